"""How often something is asked for, in Swedish: `vartannat år`, `2 gånger om året`."""

from fractions import Fraction

YEARS = (
    *("varje år", "varje år", "vartannat år", "vart tredje år", "vart fjärde år", "vart femte år", "vart sjätte år"),
    *("vart sjunde år", "vart åttonde år", "vart nionde år", "vart tionde år"),
)


def years_words(years: int) -> str:
    """How often something comes again that comes every so many years."""
    if years < len(YEARS):
        return YEARS[years]
    return f"vart {years}:{'a' if years % 10 in (1, 2) and years % 100 not in (11, 12) else 'e'} år"


def times_words(times: Fraction) -> str:
    """So many times a year."""
    if times >= 1:
        number = f"{float(times):.3g}".replace(".", ",")
        return "en gång om året" if times == 1 else f"{number} gånger om året"
    if times and (1 / times).denominator == 1:
        return years_words(int(1 / times))
    years = f"{float(1 / times):.3g}".replace(".", ",") if times else "?"
    return f"en gång på {years} år"
