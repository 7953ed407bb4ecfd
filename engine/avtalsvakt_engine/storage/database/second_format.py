"""From the register's first format to its second (decision 19), inside the transaction that migrates.

In comes a database whose tables are of the first format, out comes one whose are of the second: the same facts under
the same hashes, the same runs under the same seals, the same verdicts and violations. A register whose chain or seals
do not hold is Rejected, and left as it was. The table `second_format` marks where the one ended and the other began.
"""

import sqlite3

from avtalsvakt_engine.storage.conclusions.schema import CONCLUSIONS_SCHEMA, ROOTS_SCHEMA, history_triggers
from avtalsvakt_engine.storage.database.first_conclusions import carry_conclusions
from avtalsvakt_engine.storage.database.first_format import FACTS as FIRST_FACTS
from avtalsvakt_engine.storage.database.first_format import FirstFormat, check_first_format, first_fact
from avtalsvakt_engine.storage.facts.clock_turns import TURNS_TRIGGERS
from avtalsvakt_engine.storage.facts.rows import INSERT, fact_row, text_row
from avtalsvakt_engine.storage.facts.schema import BESIDE_FACTS, FACT_TRIGGERS, FACTS
from avtalsvakt_engine.storage.facts.sealing import BEGINNING, FIRST, Kept, seal_fact
from avtalsvakt_engine.storage.integrity.checksums import settle_all
from avtalsvakt_rules.problems import Problem, Rejected

_LEFT = ("verdicts", "changes", "violations", "violation_history")


def to_second_format(connection: sqlite3.Connection) -> None:
    """Carry everything over. Raises Rejected where what is there is not what was written."""
    path = _path(connection)
    found = check_first_format(connection, path, runs=True)
    if found.problems:
        why = "det som står i det är inte det som skrevs: " + "; ".join(
            f"{one.where}: {one.what}" for one in found.problems
        )
        remedy = "återställ en säkerhetskopia; registret är orört"
        raise Rejected([Problem("registret kan inte föras över till det nya formatet", path, why, remedy)])
    _facts(connection)
    _statements(connection, BESIDE_FACTS)
    _conclusions(connection, found)
    for trigger in (*FACT_TRIGGERS, TURNS_TRIGGERS[0], *history_triggers()):
        connection.execute(trigger)


def _facts(connection: sqlite3.Connection) -> None:
    """The facts in their new table, with their texts beside them; every hash must come out as it was."""
    connection.execute(f"CREATE TABLE facts_second {FACTS}")
    connection.execute("CREATE TEMP TABLE texts_second (fact, recorder, said, salts)")
    before = BEGINNING
    rows, texts = [], []
    for *row, stored in connection.execute(f"{FIRST_FACTS} ORDER BY arrival").fetchall():
        fact = first_fact(row)
        assert fact is not None  # check_first_format has read it  # noqa: S101
        sealed = seal_fact(fact, before, Kept(FIRST, {}))
        assert sealed.hash == stored  # noqa: S101
        before = sealed.hash
        rows.append(fact_row(fact, sealed))
        texts.append(text_row(fact, sealed))
    connection.executemany(INSERT.replace("INTO facts", "INTO facts_second"), rows)
    connection.executemany("INSERT INTO texts_second VALUES (?, ?, ?, ?)", texts)
    connection.execute("DROP TABLE facts")
    connection.execute("ALTER TABLE facts_second RENAME TO facts")


def _conclusions(connection: sqlite3.Connection, found: FirstFormat) -> None:
    """Verdicts, violations and their histories as columns; the first format's tables go."""
    connection.execute("INSERT INTO fact_texts SELECT * FROM texts_second")
    connection.execute("DROP TABLE texts_second")
    for table in ("changes", "violation_history"):
        for event in ("update", "delete"):
            connection.execute(f"DROP TRIGGER {table}_no_{event}")
    for table in _LEFT:
        connection.execute(f"ALTER TABLE {table} RENAME TO first_{table}")
    _statements(connection, CONCLUSIONS_SCHEMA)
    _statements(connection, ROOTS_SCHEMA)
    mark = (found.facts, found.head, found.runs, found.seal)
    connection.execute("INSERT INTO second_format VALUES (1, ?, ?, ?, ?)", mark)
    carry_conclusions(connection)
    for table in _LEFT:
        connection.execute(f"DROP TABLE first_{table}")
    settle_all(connection)


def _statements(connection: sqlite3.Connection, schema: str) -> None:
    """Carry out a schema, one statement at a time: a script would commit the transaction it is in."""
    for statement in schema.split(";"):
        if statement.strip():
            connection.execute(statement)


def _path(connection: sqlite3.Connection) -> str:
    """The file, for messages."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2]) or ":memory:"
