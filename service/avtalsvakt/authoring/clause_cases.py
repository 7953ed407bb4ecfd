"""The cases of an instrument by the clause that they hold, to be read beside it.

In come the folders that rules are read from, out come cases by clause. A case file that cannot be read gives none: what
is wrong with it `rules cases` tells.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from avtalsvakt_rules.case_files import CaseFile, builtin_case_files, case_files_in, read_case_files, status_words
from avtalsvakt_rules.problems import Rejected


class ClauseCase(Struct, frozen=True):
    """One case as it bears on one clause: why, how much happens in it, and what must be said on which days."""

    name: str
    why: str
    facts: int
    expected: tuple[tuple[date, str], ...]


def cases_by_clause(instrument: str, folders: Iterable[Path] = ()) -> Mapping[str, tuple[ClauseCase, ...]]:
    """The cases of the instrument's own clauses."""
    found: dict[str, list[ClauseCase]] = {}
    own = [one for folder in folders for one in _files_in(folder)]
    for path in (*builtin_case_files(), *own):
        for file in _read(path, path.stat().st_mtime_ns):
            if file.instrument == instrument:
                _sort(file, found)
    return {name: tuple(cases) for name, cases in found.items()}


def _sort(file: CaseFile, found: dict[str, list[ClauseCase]]) -> None:
    words = {code: text for text, code in status_words().items()}
    for name, case in file.cases.items():
        by_clause: dict[str, list[tuple[date, str]]] = {}
        for day, expected in case.expect.items():
            for duty, one in expected.items():
                for part in dict.fromkeys(duty.split(".")):
                    by_clause.setdefault(part, []).append((day, words.get(one.status, one.status)))
        for part, told in by_clause.items():
            case_ = ClauseCase(name, case.why, len(case.facts), tuple(dict.fromkeys(told)))
            found.setdefault(part, []).append(case_)


def _files_in(folder: Path) -> list[Path]:
    try:
        return [] if folder.is_file() else case_files_in(folder)
    except Rejected:
        return []


@lru_cache(maxsize=64)
def _read(path: Path, _: int) -> tuple[CaseFile, ...]:
    """A file as it was at its latest change."""
    try:
        return tuple(read_case_files([path]))
    except Rejected:
        return ()
