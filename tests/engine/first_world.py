"""A register as the version before made it, in the first format: loaded from its own words in SQL.

Eleven facts of an invented agreement (a correction, a retraction, a clock that went ahead), ten runs of which one was
made again after a change of rules, violations of several lives, a calendar, a subscription and a folder with rules.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.engine.proof_world import behind_its_back

from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.migrations import APPLICATION_ID
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.proof.first_seals import seal_earlier
from avtalsvakt_engine.storage.runs.kept_rules import kept_texts
from avtalsvakt_rules.rulebook import Rulebook, parse_rulebook

DUMP = Path(__file__).parent / "registers" / "first-format.sql"
HEAD = "e0e4896085f3d898a82f09a36896104984183aff36e57c7eaab2f2a3a0edf110"
SEAL = "97d5a4a2068377f84f11e0a9ed481f7f9e15b3c56fcc15369b1744d992d1318b"


def first_register(path: Path, *changes: str) -> Path:
    """Make the register in a file, and change it behind its back; the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for statement in changes:
            connection.execute(statement)
    return path


def its_rules(register: Register) -> Rulebook:
    """The rules that its last run used, as they are read today."""
    last = Store(register.connection).last_run()
    assert last is not None
    texts = kept_texts(register.connection, last.rulebook)
    return parse_rulebook({f"{name}.yaml": text for name, text in texts.items()})


def with_an_odd_seal(path: Path) -> Path:
    """The same, but for one run that took its verdicts for the first of their duties: no column says so."""
    with behind_its_back(path) as connection:
        connection.execute("UPDATE changes SET was = NULL WHERE run = 4 AND was IS NOT NULL")
        connection.execute("DELETE FROM seals")
        seal_earlier(connection)
    return path
