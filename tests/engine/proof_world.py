"""A register with facts and two nights, small enough to change behind the program's back again and again."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.engine.meetings import meeting
from tests.engine.new_registers import new_register

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.database.migrations import MIGRATIONS
from avtalsvakt_rules.rulebook import Rulebook, read_rulebook

RULES = """
instrument: lokal
title: Lokal (påhittad)
level: local
document: x.txt
parties: [kommunen, polisen]
term: {from: 2024-01-01}
clauses:
  moten: {at: {section: "1"}, norm: shall, when: {each: half_year}, what: {meeting_held: {body: local_steering_group}}}
  revideras: {at: {section: "2"}, norm: shall, when: {each: year}, what: {agreement_revised: {}}}
"""
FIRST, SECOND = date(2024, 7, 5), date(2025, 1, 5)
NOON = datetime(2025, 1, 5, 11, tzinfo=UTC)


def rules(folder: Path, text: str = RULES) -> Rulebook:
    """The rules, read from a file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lokal.yaml").write_text(text, encoding="utf-8")
    return read_rulebook([folder / "lokal.yaml"])


def filled(path: Path, rulebook: Rulebook, decider: Decider) -> None:
    """Make the register: four meetings, a night after the first half-year, a fifth, a night after the second."""
    days = [date(2024, month, 10) for month in (2, 3, 4, 5)]
    with new_register(path) as register:
        register.append([meeting(n, day) for n, day in enumerate(days, start=1)], now=NOON.replace(year=2024, month=6))
        run(register, rulebook, decider, FIRST, None, "2024-07-05T04:15:00+02:00")
        register.append([meeting(5, date(2024, 9, 10))], now=NOON.replace(year=2024, month=10))
        run(register, rulebook, decider, SECOND, None, "2025-01-05T04:15:00+01:00")


def filled_before(step: str, folder: Path, decider: Decider) -> Path:
    """The same register in a folder, as it was made before there was that step of migration; its path."""
    earlier = MIGRATIONS[: [one.name for one in MIGRATIONS].index(step)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_engine.storage.database.migrations.MIGRATIONS", earlier)
        patch.setattr("avtalsvakt_engine.storage.database.register.MIGRATIONS", earlier)
        filled(folder / "r.db", rules(folder / "regler"), decider)
    return folder / "r.db"


@contextmanager
def behind_its_back(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection with every guard of the history taken away, which are put back afterwards."""
    connection = sqlite3.connect(path, isolation_level=None)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    for _, sql in guards:
        connection.execute(sql)
    connection.close()
