"""Which facts came in together, out of which files: so that a whole import can be taken back with one reason.

In come a connection and the arrivals of the facts that an import added, out come the imports, oldest first. The facts
of an import arrived one after the other; what happened to them since is read from the facts.
"""

import json
from collections.abc import Sequence
from sqlite3 import Connection

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.checksums import settle

IMPORTS_SCHEMA = """
CREATE TABLE imports (
    number INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    recorder TEXT NOT NULL,
    sources TEXT NOT NULL,
    undoes INTEGER,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
) STRICT
"""
IMPORTS_TRIGGERS = tuple(
    f"CREATE TRIGGER imports_no_{event.lower()} BEFORE {event} ON imports "
    "BEGIN SELECT RAISE(ABORT, 'imports are never changed or deleted'); END"
    for event in ("UPDATE", "DELETE")
)


class Import(Struct, frozen=True):
    """One import: when, by whom, from files of which names, and the first and last arrival of its facts.

    `undoes` is the number of the import that it takes back; its facts are then retractions.
    """

    number: int
    made: str
    recorder: str
    sources: tuple[str, ...]
    undoes: int | None
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many facts it added."""
        return self.last - self.first + 1


def remember_import(connection: Connection, done: Import) -> int:
    """Keep an import, whose own number is not asked, inside the transaction that adds its facts; the number it gets."""
    values = (
        done.made,
        done.recorder,
        json.dumps(done.sources, ensure_ascii=False),
        done.undoes,
        done.first,
        done.last,
    )
    insert = "INSERT INTO imports (made, recorder, sources, undoes, first, last) VALUES (?, ?, ?, ?, ?, ?)"
    number = int(connection.execute(insert, values).lastrowid or 0)
    settle(connection, "imports")
    return number


def imports(connection: Connection) -> Sequence[Import]:
    """The imports there are."""
    rows = connection.execute(
        "SELECT number, made, recorder, sources, undoes, first, last FROM imports ORDER BY number"
    )
    return [Import(number, made, who, tuple(json.loads(sources)), *rest) for number, made, who, sources, *rest in rows]
