"""What has been given out to those who asked for public records: of what, by which decision, with what masked.

In come a connection and values, out come the same; writing belongs inside the register's transaction.
"""

import json
from datetime import date
from sqlite3 import Connection

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.checksums import settle

DISCLOSURES_SCHEMA = """
CREATE TABLE disclosures (
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    maker TEXT NOT NULL,
    agreement TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    decision TEXT NOT NULL,
    masks TEXT NOT NULL,
    facts TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT
"""


class Disclosure(Struct, frozen=True):
    """One extract: its days, the decision, what was masked (field and provision), whose ids it holds, its SHA-256."""

    id: int
    made: str
    maker: str
    agreement: str
    first: date
    last: date
    decision: str
    masks: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    sha256: str


def keep_disclosure(connection: Connection, one: Disclosure) -> int:
    """Keep what was given out (its id is not looked at); its number."""
    insert = (
        "INSERT INTO disclosures (made, maker, agreement, first, last, decision, masks, facts, sha256) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    masks, facts = json.dumps(one.masks, ensure_ascii=False), json.dumps(one.facts, ensure_ascii=False)
    days = (one.first.isoformat(), one.last.isoformat())
    values = (one.made, one.maker, one.agreement, *days, one.decision, masks, facts, one.sha256)
    number = int(connection.execute(insert, values).lastrowid or 0)
    settle(connection, "disclosures")
    return number


def disclosures(connection: Connection) -> list[Disclosure]:
    """All that has been given out, oldest first."""
    columns = "id, made, maker, agreement, first, last, decision, masks, facts, sha256"
    found = []
    for row in connection.execute(f"SELECT {columns} FROM disclosures ORDER BY id"):  # noqa: S608 - a constant
        number, made, maker, agreement, first, last, decision, masks, facts, digest = row
        days = date.fromisoformat(first), date.fromisoformat(last)
        masked = tuple((field, provision) for field, provision in json.loads(masks))
        found.append(
            Disclosure(number, made, maker, agreement, *days, decision, masked, tuple(json.loads(facts)), digest)
        )
    return found
