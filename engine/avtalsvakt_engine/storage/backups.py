"""Backups of a register in use: one file that is whole, checked, and opens as a register.

In come an open register and a path, out comes a Copy that says what is in the file. The copy is SQLite's own, of one
moment: writers go on meanwhile, and every fact acknowledged before it began is in it. Raises Rejected.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from avtalsvakt_engine.storage.chain import Chain, follow_chain
from avtalsvakt_engine.storage.migrations import version
from avtalsvakt_engine.storage.proving import check_latest, check_pages, check_runs
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.storage.store_problems import answered
from avtalsvakt_engine.storage.whole_files import whole
from avtalsvakt_rules.problems import Problem, Rejected

_SEALED = 4
"""The first version whose runs are sealed."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a backup holds: facts, runs, the chain's head; its size in bytes."""

    path: Path
    facts: int
    runs: int
    head: str
    size: int


def backup(register: Register, target: Path) -> Copy:
    """Write a backup to a file that is not there yet. Raises Rejected; then there is no file."""
    with whole(target) as beside:
        _copy(register.connection, beside, register.path)
        checked = check_backup(beside, str(target))
        size = beside.stat().st_size
    return Copy(target, checked.facts, checked.runs, checked.head, size)


def check_backup(path: Path, called: str) -> Copy:
    """Hold a backup against itself: its pages, the chain, the seals. Raises Rejected with everything that is wrong."""
    with answered(called), closing(_read_only(path)) as connection:
        taken = version(connection, called)
        if taken == 0:
            raise Rejected([_empty(called)])
        problems = [*check_pages(connection, called)]
        chain = Chain() if problems else follow_chain(connection, called)
        problems += chain.problems
        runs = 0
        if not problems and taken >= _SEALED:
            problems += [*check_runs(connection, chain, called), *check_latest(connection, called)]
            (runs,) = connection.execute("SELECT count(*) FROM runs").fetchone()
    if problems:
        raise Rejected(problems)
    return Copy(path, chain.facts, runs, chain.head, path.stat().st_size)


def _copy(source: sqlite3.Connection, beside: Path, called: str) -> None:
    """SQLite's online backup, in one go, as one file without a log beside it."""
    with answered(called), closing(sqlite3.connect(beside, isolation_level=None)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _empty(called: str) -> Problem:
    return Problem("säkerhetskopian är tom", called, "filen har inga tabeller", "ange en annan fil")
