"""Backups of a register in use: one file that is whole, checked, and opens as a register.

In come an open register and a path, out comes a Copy that says what is in the file. The copy is SQLite's own, of one
moment: writers go on meanwhile, and every fact acknowledged before it began is in it. Raises Rejected.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from avtalsvakt_engine.storage.database.first_format import SEALED, check_first_format
from avtalsvakt_engine.storage.database.migrations import MIGRATIONS, SECOND_FORMAT, SIGNED_HEADS, version
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.facts.chain import follow_chain
from avtalsvakt_engine.storage.integrity.atomic_files import whole
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.proof.conclusion_checks import check_conclusions
from avtalsvakt_engine.storage.proof.register_checks import check_beside, check_mark, check_pages, check_runs
from avtalsvakt_engine.storage.proof.signed_heads import check_signed
from avtalsvakt_rules.problems import Problem, Rejected


class Copy(Struct, frozen=True):
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
        facts, runs, head = (0, 0, "") if problems else _contents(connection, taken, called, problems)
    if problems:
        raise Rejected(problems)
    return Copy(path, facts, runs, head, path.stat().st_size)


def _contents(connection: sqlite3.Connection, taken: int, called: str, problems: list[Problem]) -> tuple[int, int, str]:
    """How many facts and runs there are, and the chain's head; what is wrong with them is added to the problems."""
    if taken < SECOND_FORMAT:
        first = check_first_format(connection, called, runs=taken >= SEALED)
        problems += first.problems
        return first.facts, first.runs, first.head
    chain = follow_chain(connection, called)
    problems += [*chain.problems, *check_runs(connection, chain, called)]
    problems += [*check_conclusions(connection, chain, called), *check_mark(connection, chain, called)]
    if taken >= SIGNED_HEADS:
        problems += check_signed(connection, called)
    problems += check_beside(connection, tuple(one.name for one in MIGRATIONS[:taken]), called)
    (runs,) = connection.execute("SELECT count(*) FROM runs").fetchone()
    return chain.facts, runs, chain.head


def _copy(source: sqlite3.Connection, beside: Path, called: str) -> None:
    """SQLite's online backup, in one go, as one file without a log beside it."""
    with answered(called), closing(sqlite3.connect(beside, isolation_level=None)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _empty(called: str) -> Problem:
    return Problem("säkerhetskopian är tom", called, "filen har inga tabeller", "ange en annan fil")
