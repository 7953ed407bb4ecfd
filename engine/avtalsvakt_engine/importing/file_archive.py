"""Facts out of an archive that `avtalsvakt export` wrote: as they were recorded, when, by whom and in which order.

In comes a path, out come raw lines, after the chain has been held against its sums. Raises Rejected. docs/registret.md
describes the format.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from avtalsvakt_engine.importing.file_lines import RawLine
from avtalsvakt_engine.importing.file_package import Unreadable, package
from avtalsvakt_engine.storage.chain import ENOUGH
from avtalsvakt_engine.storage.fact_rows import BEGINNING
from avtalsvakt_rules.problems import Problem, Rejected

CHAIN, SUMS = "fakta/kedja.jsonl", "fakta/summor.txt"


def archive_lines(path: Path) -> Iterator[RawLine]:
    """The facts of an archive. Raises Rejected where it is none, or was changed."""
    try:
        with package(path) as archive:
            _refuse_other_files(path, archive.namelist())
            lines = archive.read(CHAIN).decode().split("\n")[:-1]
            sums = archive.read(SUMS).decode().split()
            found = [_line(f"{path}:{CHAIN}:{n}", line) for n, line in enumerate(lines, start=1)]
    except Unreadable as error:
        raise Rejected([_broken(path, "det är inget arkiv från programmet, eller är skadat")]) from error
    _follow(path, lines, sums)
    yield from found


def _line(where: str, line: str) -> RawLine:
    """One line of the chain: its number, who recorded it, what was recorded. Raises ValueError for another form."""
    _, who, fact = json.loads(line)
    if not isinstance(fact, dict) or not isinstance(who, str | None):
        raise ValueError(where)
    return RawLine(where, fact, {}, who)


def _refuse_other_files(path: Path, names: Sequence[str]) -> None:
    """Raise Rejected for a package of files that are read one by one: calendars that were exported together, say."""
    ends = [Path(name).suffix.lower() for name in names if not name.endswith("/")]
    if CHAIN in names:
        return
    for suffixes, what, command in (
        (
            (".ics", ".ical", ".vcs"),
            "kalendrar (.ics)",
            "packa upp den och läs in kalendrarna: avtalsvakt import *.ics",
        ),
        ((".csv", ".xlsx", ".jsonl", ".tsv"), "tabeller", "packa upp den och läs in filerna i den"),
    ):
        if count := sum(end in suffixes for end in ends):
            why = f"den innehåller {count} filer som är {what}, och är inget arkiv från 'avtalsvakt export'"
            raise Rejected([Problem("filen är packad", str(path), why, command)])


def _follow(path: Path, lines: list[str], sums: list[str]) -> None:
    """Raise Rejected unless each sum follows from the one before."""
    problems = []
    before = BEGINNING
    if len(lines) != len(sums):
        problems.append(_broken(path, f"det har {len(lines)} registreringar och {len(sums)} kontrollsummor"))
    for number, (line, stored) in enumerate(zip(lines, sums, strict=False), start=1):
        if hashlib.sha256(f"{before}\n{line}".encode()).hexdigest() != stored:
            why = "raden stämmer inte med sin kontrollsumma"
            problems.append(
                Problem("arkivet är ändrat", f"{path}:{CHAIN}:{number}", why, "använd ett oförändrat arkiv")
            )
        before = stored
    if problems:
        raise Rejected(problems[:ENOUGH])


def _broken(path: Path, why: str) -> Problem:
    return Problem("arkivet kan inte läsas", str(path), why, "ange en fil som 'avtalsvakt export' har skrivit")
