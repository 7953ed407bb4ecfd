"""Where a clause stands, as people cite it: `avsnitt 5, stycke 2, mening 1`, `6 §, stycke 1`, `bilaga 4, rad Syfte`.

In comes an address, out comes Swedish. Explanations, lists and pages say it in the same words.
"""

from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.language.instrument import Instrument


def place_words(at: Address, *, statute: bool = False) -> str:
    """The address in Swedish; a statute's sections are cited with their sign."""
    section = f"{at.section_text} §" if statute and at.section_text[:1].isdigit() else at.section_text
    parts = [section if at.annex or statute else f"avsnitt {section}"]
    if at.paragraph_text:
        parts.append(f"{'rad' if at.row and not at.paragraph else 'stycke'} {at.paragraph_text}")
    if at.sentence:
        parts.append(f"mening {at.sentence}")
    if at.item:
        parts.append(f"punkt {at.item}")
    if at.statement:
        parts.append(f"led {at.statement}")
    return ", ".join(parts)


def place_in(instrument: Instrument, at: Address) -> str:
    """The address as it is cited of this instrument's text."""
    return place_words(at, statute=instrument.level == "statute")
