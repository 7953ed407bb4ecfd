"""Floors: what SQLite alone takes to read the facts, to write and commit the rows, to commit one fact."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.measure import cost
from bench.reference_night import SCHEMA, open_alike

TABLES = ("duties", "parts", "history")


def read_facts(source: Path, pragmas: Mapping[str, str]) -> float:
    """Seconds to fetch every fact."""
    connection = open_alike(source, pragmas)
    seconds = cost(lambda: connection.execute("SELECT * FROM facts ORDER BY agreement, arrival").fetchall())
    connection.close()
    return seconds


def write_rows(judged: Path, target: Path, pragmas: Mapping[str, str]) -> float:
    """Seconds to write and commit the rows of a judged register into an empty one of the same shape."""
    source = open_alike(judged, pragmas)
    rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
    source.close()
    connection = open_alike(target, pragmas)
    connection.executescript(SCHEMA)
    seconds = cost(lambda: _written(connection, rows))
    connection.close()
    return seconds


def _written(connection: sqlite3.Connection, rows: Mapping[str, list[tuple[object, ...]]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for name, found in rows.items():
        marks = ", ".join("?" * len(found[0]))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
    connection.execute("COMMIT")


def commits(target: Path, pragmas: Mapping[str, str]) -> Callable[[], float]:
    """A job: seconds to write and commit one fact."""
    connection = open_alike(target, pragmas)
    connection.executescript(SCHEMA)
    fact = ("x", "meeting_held", "avtal", "2025-12-01", "day", "2025-12-01T16:00:00+01:00", "samordnare", "{}")
    query = "INSERT INTO facts SELECT coalesce(max(arrival), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM facts"

    def one() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(query, fact)
        connection.execute("COMMIT")

    return lambda: cost(one)
