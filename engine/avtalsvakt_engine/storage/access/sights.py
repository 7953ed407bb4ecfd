"""Who has been shown what is secret: one row for each time that a marked fact's words were shown to somebody.

In come a connection and values, out come the same; writing belongs inside the register's transaction.
"""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Connection

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.checksums import settle

SIGHTS_SCHEMA = """
CREATE TABLE sights (
    id INTEGER PRIMARY KEY,
    seen TEXT NOT NULL,
    who TEXT NOT NULL,
    way TEXT NOT NULL,
    agreement TEXT NOT NULL,
    fact TEXT NOT NULL
) STRICT;
CREATE INDEX sights_by_month ON sights (substr(seen, 1, 7), id)
"""


class Sight(Struct, frozen=True):
    """Somebody (the name that signs in, or a token) was shown a fact: when (ISO 8601), and where (`page`, `api`)."""

    seen: str
    who: str
    way: str
    agreement: str
    fact: str


def keep_sights(connection: Connection, sights: Sequence[Sight]) -> None:
    """Keep that they were shown."""
    rows = [(one.seen, one.who, one.way, one.agreement, one.fact) for one in sights]
    connection.executemany("INSERT INTO sights (seen, who, way, agreement, fact) VALUES (?, ?, ?, ?, ?)", rows)
    settle(connection, "sights", {one.seen[:7] for one in sights})


def sights(connection: Connection, who: str | None = None, fact: str | None = None) -> list[Sight]:
    """All that is kept, oldest first; of somebody, or of a fact."""
    query = (
        "SELECT seen, who, way, agreement, fact FROM sights "
        "WHERE (?1 IS NULL OR who = ?1) AND (?2 IS NULL OR fact = ?2) ORDER BY id"
    )
    return [Sight(*row) for row in connection.execute(query, (who, fact))]


def clear_sights(connection: Connection, before: date) -> int:
    """Delete what was kept before a day (UTC); how many."""
    day = before.isoformat()
    months = connection.execute("SELECT DISTINCT substr(seen, 1, 7) FROM sights WHERE seen < ?", (day,)).fetchall()
    number = connection.execute("DELETE FROM sights WHERE seen < ?", (day,)).rowcount
    settle(connection, "sights", [month for (month,) in months])
    return int(number)
