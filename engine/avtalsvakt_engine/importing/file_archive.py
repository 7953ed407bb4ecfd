"""Facts out of an archive that `avtalsvakt export` wrote: as they were recorded, when, by whom and in which order.

In comes a path, out come raw lines, after the chain has been held against its sums; with each how it was sealed, so
that it gets the same hashes where it is moved to. Raises Rejected. docs/registret.md describes the format. Archives
of the first format hold the chain's lines by the first rule (facts/sealing.py), those of the second the lines of the
tree, with texts beside them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from msgspec import Struct

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.importing.file_lines import RawLine
from avtalsvakt_engine.importing.file_package import Unreadable, package
from avtalsvakt_engine.storage.facts.chain import ENOUGH
from avtalsvakt_engine.storage.facts.sealing import (
    BEGINNING,
    FIRST,
    RECORDER,
    SECOND,
    Gone,
    Kept,
    chained,
    digest,
)
from avtalsvakt_rules.problems import Problem, Rejected

LINES, MARKS = 300_000, 20_000_000
"""Lines in one part, and values in them: a hundred thousand registrations have some six million."""

CHAIN, SUMS, TEXTS = "fakta/kedja.jsonl", "fakta/summor.txt", "fakta/texter.jsonl"
ERASED = "fakta/gallringar.jsonl"


Texts = Mapping[int, Mapping[str, list[object]]]
"""By number, the texts of a fact with their salts."""
Erasures = Mapping[tuple[int, str], list[Any]]
"""By number and field, what was erased."""


class _Told(Struct, frozen=True):
    """One fact of an archive: what was recorded, by whom, how it was sealed, and what its sum is over.

    `chain` is None where a text that the sum was taken over has been erased.
    """

    fact: dict[str, object]
    who: str | None
    kept: Kept
    chain: str | None
    honest: bool


def archive_lines(path: Path) -> Iterator[RawLine]:
    """The facts of an archive. Raises Rejected where it is none, or was changed."""
    try:
        with package(path) as archive:
            _refuse_other_files(path, archive.namelist())
            lines, sums = _lines(archive, path, CHAIN), _lines(archive, path, SUMS)
            texts, gone = (
                [json.loads(line) for line in _lines(archive, path, name)] if name in archive.namelist() else []
                for name in (TEXTS, ERASED)
            )  # fmt: skip
            found = list(_told(lines, sums, dict(texts), {(one[1], one[2]): one for one in gone}))
    except Unreadable as error:
        raise Rejected([_broken(path, "det är inget arkiv från programmet, eller är skadat")]) from error
    _follow(path, found, sums)
    for number, one in enumerate(found, start=1):
        yield RawLine(f"{path}:{CHAIN}:{number}", one.fact, {}, one.who, one.kept)


def _lines(archive: ZipFile, path: Path, name: str) -> list[str]:
    """The lines of a part. Raises Rejected for more of them, or more in them, than is kept in memory at a time."""
    data = archive.read(name)
    marks = sum(map(data.count, (b",", b"[", b"{", b":")))
    if (count := data.count(b"\n")) > LINES or marks > MARKS:
        why = f"{count} rader med {marks} värden; {LINES} rader och {MARKS} värden kan läsas in på en gång"
        raise Rejected(
            [Problem("arkivet är för stort", f"{path}:{name}", why, "återställ en säkerhetskopia i stället")]
        )
    return data.decode().split("\n")[:-1]


def _told(lines: list[str], sums: list[str], texts: Texts, gone: Erasures) -> Iterator[_Told]:
    """Each line of the chain. Raises ValueError for another form."""
    before = BEGINNING
    for line, stored in zip(lines, [*sums, *[""] * len(lines)], strict=False):
        number, *said = json.loads(line)
        if len(said) == 2:
            yield _checked(said[1], said[0], Kept(FIRST, {}), line)
        else:
            yield _second(line, number, said, texts.get(number, {}), gone, chained(before, line) == stored)
        before = stored


def _checked(fact: object, who: object, kept: Kept, chain: str | None, *, honest: bool = True) -> _Told:
    """What a line says. Raises ValueError for what a fact or a recorder is not."""
    if not isinstance(fact, dict) or not isinstance(who, str | None):
        raise ValueError(fact)
    return _Told(fact, who, kept, chain, honest)


def _second(
    line: str, number: int, said: list[object], texts: Mapping[str, list[object]], gone: Erasures, second: bool
) -> _Told:
    """A line of the tree with its texts. Its sum is over the line itself (`second`), or by the first rule over all."""
    _, fact, digests = said
    if not isinstance(fact, dict) or not isinstance(digests, dict):
        raise ValueError(line)
    salts = {name: str(salt) for name, (salt, _) in texts.items()}
    values = {name: value for name, (_, value) in texts.items()}
    honest = all(digests.get(name) == digest(salts[name], value) for name, value in values.items())  # type: ignore[arg-type]
    who = values.pop(RECORDER, None)
    whole = {**fact, **values}
    erased = {
        name: Gone(str(one), gone[number, name][0], gone[number, name][3], gone[number, name][4])
        for name, one in digests.items()
        if name not in texts
    }
    old = None if erased else canonical([number, who, whole])
    kept = Kept(SECOND if second else FIRST, salts, erased)
    return _checked(whole, who, kept, line if second else old, honest=honest)


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


def _follow(path: Path, found: list[_Told], sums: list[str]) -> None:
    """Raise Rejected unless each sum follows from the one before, and each text is the one recorded."""
    problems = []
    before = BEGINNING
    if len(found) != len(sums):
        problems.append(_broken(path, f"det har {len(found)} registreringar och {len(sums)} kontrollsummor"))
    for number, (one, stored) in enumerate(zip(found, sums, strict=False), start=1):
        if not one.honest or (one.chain is not None and chained(before, one.chain) != stored):
            why = "raden stämmer inte med sin kontrollsumma"
            problems.append(
                Problem("arkivet är ändrat", f"{path}:{CHAIN}:{number}", why, "använd ett oförändrat arkiv")
            )
        before = stored
    if problems:
        raise Rejected(problems[:ENOUGH])


def _broken(path: Path, why: str) -> Problem:
    return Problem("arkivet kan inte läsas", str(path), why, "ange en fil som 'avtalsvakt export' har skrivit")
