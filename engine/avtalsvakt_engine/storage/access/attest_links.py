"""Links by which a function answers its questions without a sign-in: who may answer what until when, and every use.

Only a hash of each secret is kept: whoever reads the register cannot use one. A link is revoked, never deleted; uses
are counted by day, so that they stay few however often an address is opened. In come a connection and values, out come
the same; writing belongs inside the register's transaction.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from sqlite3 import Connection
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.storage.integrity.checksums import settle

LINKS_SCHEMA = """
CREATE TABLE attest_links (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    agreement TEXT NOT NULL,
    function TEXT NOT NULL,
    questions TEXT NOT NULL,
    made TEXT NOT NULL,
    maker TEXT NOT NULL,
    expires TEXT NOT NULL,
    revoked TEXT
) STRICT;
CREATE TABLE attest_uses (
    link INTEGER NOT NULL REFERENCES attest_links (id),
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    number INTEGER NOT NULL,
    last TEXT NOT NULL,
    PRIMARY KEY (link, day, what)
) STRICT, WITHOUT ROWID;
CREATE TABLE attest_answers (
    id INTEGER PRIMARY KEY,
    link INTEGER NOT NULL REFERENCES attest_links (id),
    made TEXT NOT NULL,
    duty TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('ja', 'nej', 'vet inte')),
    comment TEXT NOT NULL,
    fact TEXT
) STRICT
"""
TABLES = ("attest_links", "attest_uses", "attest_answers")


class AttestLink(Struct, frozen=True):
    """One function's right to answer one round of questions in one agreement, through its last day `expires`.

    `questions` holds what an answer to each of them states (`duty`, and a fact's attributes). Moments are ISO 8601.
    """

    id: int
    agreement: str
    function: str
    questions: tuple[Mapping[str, str], ...]
    made: str
    maker: str
    expires: date
    revoked: str | None = None

    def holds(self, today: date) -> bool:
        """Whether it can be used on a day."""
        return self.revoked is None and today <= self.expires


class Use(Struct, frozen=True):
    """What was done by a link on a day, how often, and when last: `öppnad`, `svar`, `nekad`."""

    day: date
    what: str
    number: int
    last: str


class LinkAnswer(Struct, frozen=True):
    """One answer by a link: `ja`, `nej` or `vet inte`, with a comment, and the fact that was recorded, if any."""

    made: str
    duty: str
    answer: str
    comment: str
    fact: str | None


_COLUMNS = "id, agreement, function, questions, made, maker, expires, revoked"


class AttestLinks:
    """The links of one register."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def add(self, token_hash: str, link: AttestLink) -> AttestLink:
        """Keep a new link (its id is not looked at); it as kept."""
        told = json.dumps([dict(one) for one in link.questions], ensure_ascii=False)
        insert = (
            "INSERT INTO attest_links (token_hash, agreement, function, questions, made, maker, expires) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        values = (token_hash, link.agreement, link.function, told, link.made, link.maker, link.expires.isoformat())
        number = int(self.connection.execute(insert, values).lastrowid or 0)
        settle(self.connection, "attest_links")
        return replace(link, id=number)

    def all(self) -> list[AttestLink]:
        """Every link there has been, oldest first."""
        return [_link(row) for row in self.connection.execute(f"SELECT {_COLUMNS} FROM attest_links ORDER BY id")]  # noqa: S608 - a constant

    def find(self, number: int) -> AttestLink | None:
        """The link with the number."""
        return self._one("id = ?", number)

    def of(self, token_hash: str) -> AttestLink | None:
        """The link whose secret has the hash, also one that cannot be used any more."""
        return self._one("token_hash = ?", token_hash)

    def revoke(self, number: int, moment: str) -> bool:
        """Take a link back; false if there is none with the number or it was taken back before."""
        update = "UPDATE attest_links SET revoked = ? WHERE id = ? AND revoked IS NULL"
        changed = self.connection.execute(update, (moment, number)).rowcount == 1
        settle(self.connection, "attest_links")
        return changed

    def used(self, number: int, what: str, day: date, moment: str) -> None:
        """Count a use."""
        self.connection.execute(
            "INSERT INTO attest_uses VALUES (?, ?, ?, 1, ?) "
            "ON CONFLICT (link, day, what) DO UPDATE SET number = number + 1, last = excluded.last",
            (number, day.isoformat(), what, moment),
        )
        settle(self.connection, "attest_uses")

    def uses(self, number: int) -> list[Use]:
        """What was done by the link, by day."""
        query = "SELECT day, what, number, last FROM attest_uses WHERE link = ? ORDER BY last, what"
        return [Use(date.fromisoformat(row[0]), *row[1:]) for row in self.connection.execute(query, (number,))]

    def answered(self, number: int, answers: Sequence[LinkAnswer]) -> None:
        """Keep answers."""
        insert = "INSERT INTO attest_answers (link, made, duty, answer, comment, fact) VALUES (?, ?, ?, ?, ?, ?)"
        rows = ((number, one.made, one.duty, one.answer, one.comment, one.fact) for one in answers)
        self.connection.executemany(insert, rows)
        settle(self.connection, "attest_answers")

    def answers(self, number: int) -> list[LinkAnswer]:
        """Every answer by the link, oldest first."""
        query = "SELECT made, duty, answer, comment, fact FROM attest_answers WHERE link = ? ORDER BY id"
        return [LinkAnswer(*row) for row in self.connection.execute(query, (number,))]

    def clear(self, number: int) -> int:
        """Take away the comments that came by the link, for good (SQLite overwrites them); how many there were."""
        self.connection.execute("PRAGMA secure_delete = ON")
        update = "UPDATE attest_answers SET comment = '' WHERE link = ? AND comment <> ''"
        gone = self.connection.execute(update, (number,)).rowcount
        settle(self.connection, "attest_answers")
        return gone

    def _one(self, where: str, value: object) -> AttestLink | None:
        query = f"SELECT {_COLUMNS} FROM attest_links WHERE {where}"  # noqa: S608 - constants
        row = self.connection.execute(query, (value,)).fetchone()
        return None if row is None else _link(row)


def _link(row: Sequence[Any]) -> AttestLink:
    number, agreement, function, questions, made, maker, expires, revoked = row
    asked = tuple(json.loads(questions))
    return AttestLink(number, agreement, function, asked, made, maker, date.fromisoformat(expires), revoked)
