"""The headings of a table: which field each column holds, and what is wrong with a row that should have been headings.

In come rows of cells, out come Problems that say what was meant: a title above the headings, another separator,
headings that come again.
"""

import re
from collections.abc import Mapping, Sequence

from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.normal_form import composed

_OTHER_SEPARATORS = "|:^~"


def plain(heading: str) -> str:
    """A heading without differences that nobody means."""
    return re.sub(r"[\s_-]+", " ", composed(heading).strip(" \ufeff").strip().casefold())


def come_again(row: Sequence[str], headings: Sequence[str], known: Mapping[str, str]) -> bool:
    """Whether a row below the headings is a row of headings too: these, or others."""
    cells = [plain(cell) for cell in row if cell.strip(" \ufeff")]
    return len(cells) > 1 and (all(cell in known for cell in cells) or cells == [plain(one) for one in headings if one])


def misplaced(
    row: Sequence[str], below: Sequence[Sequence[str]], where: str, known: Mapping[str, str]
) -> Problem | None:
    """What the first row is where it holds no heading, but a line below it does or another separator would."""
    if any(plain(cell) in known for cell in row):
        return None
    for further, cells in enumerate(below, start=1):
        if sum(plain(cell) in known for cell in cells) > 1:
            why = f"den står {further} rader längre ned, under det som står här"
            return Problem("rubrikraden är inte först i tabellen", where, why, "ta bort raderna ovanför rubrikerna")
    for separator in _OTHER_SEPARATORS:
        cells = row[0].split(separator) if len(row) == 1 else []
        if sum(plain(cell) in known for cell in cells) > 1:
            why = f"de skiljs åt med {separator}, som inte är komma, semikolon eller tabb"
            remedy = f"spara tabellen med semikolon, eller skriv sep={separator} på en rad överst"
            return Problem("rubrikraden går inte att dela upp i celler", where, why, remedy)
    return None


def unknown(cell: str, where: str, known: Mapping[str, str]) -> Problem:
    """What to say of a heading that names no field."""
    named = shown(cell.strip())
    remedy = f"{closest(plain(cell), known)}; annars import --map '{named}=FÄLT' eller --ignore '{named}'"
    return Problem(f"rubriken '{named}' finns inte", where, "vokabulären har inget fält med det namnet", remedy)
