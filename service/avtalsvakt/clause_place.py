"""Where a clause stands, as people cite it: `avsnitt 5, stycke 2, mening 1`, `bilaga 4, Ungdomar, rad Syfte`."""

from avtalsvakt_rules.address import Address


def place(at: Address, *, statute: bool = False) -> str:
    """The address in Swedish; a statute's sections are cited with their sign."""
    section = f"{at.section_text} §" if statute and at.section_text[:1].isdigit() else at.section_text
    parts = [section if at.annex or statute else f"avsnitt {section}"]
    if at.paragraph_text:
        parts.append(f"{'rad' if at.row and not at.paragraph else 'stycke'} {at.paragraph_text}")
    if at.sentence:
        parts.append(f"mening {at.sentence}")
    if at.item:
        parts.append(f"punkt {at.item}")
    return ", ".join(parts)
