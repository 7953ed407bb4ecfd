"""Tokens by which other programs ask the API: a name, scopes, agreements, a last day, and when last used.

Only a hash of each secret is kept. A token is revoked, never deleted. In come a connection and values, out come the
same; writing belongs inside the register's transaction.
"""

import json
from collections.abc import Sequence
from datetime import date
from sqlite3 import Connection
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.storage.integrity.checksums import settle

TOKENS_SCHEMA = """
CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    agreements TEXT NOT NULL,
    made TEXT NOT NULL,
    maker TEXT NOT NULL,
    expires TEXT NOT NULL,
    revoked TEXT,
    last_used TEXT
) STRICT
"""


class ApiToken(Struct, frozen=True):
    """One program's right to read or record (`scopes`) in some agreements, through its last day `expires`.

    `agreements` is None for all there are. `last_used` is a day. Moments are ISO 8601.
    """

    id: int
    name: str
    scopes: tuple[str, ...]
    agreements: tuple[str, ...] | None
    made: str
    maker: str
    expires: date
    revoked: str | None = None
    last_used: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it can be used on a day."""
        return self.revoked is None and today <= self.expires

    def allows(self, agreement: object) -> bool:
        """Whether it is for an agreement."""
        return self.agreements is None or agreement in self.agreements


_COLUMNS = "id, name, scopes, agreements, made, maker, expires, revoked, last_used"


class ApiTokens:
    """The tokens of one register."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def add(self, token_hash: str, token: ApiToken) -> ApiToken:
        """Keep a new token (its id is not looked at); it as kept."""
        insert = (
            "INSERT INTO api_tokens (token_hash, name, scopes, agreements, made, maker, expires) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        agreements = json.dumps(token.agreements, ensure_ascii=False)
        values = (token_hash, token.name, json.dumps(token.scopes), agreements, token.made, token.maker)
        number = int(self.connection.execute(insert, (*values, token.expires.isoformat())).lastrowid or 0)
        settle(self.connection, "api_tokens")
        return replace(token, id=number)

    def all(self) -> list[ApiToken]:
        """Every token there has been, oldest first."""
        return [_token(row) for row in self.connection.execute(f"SELECT {_COLUMNS} FROM api_tokens ORDER BY id")]  # noqa: S608 - a constant

    def of(self, token_hash: str) -> ApiToken | None:
        """The token whose secret has the hash, also one that cannot be used any more."""
        query = f"SELECT {_COLUMNS} FROM api_tokens WHERE token_hash = ?"  # noqa: S608 - a constant
        row = self.connection.execute(query, (token_hash,)).fetchone()
        return None if row is None else _token(row)

    def revoke(self, number: int, moment: str) -> bool:
        """Take a token back; false if there is none with the number or it was taken back before."""
        update = "UPDATE api_tokens SET revoked = ? WHERE id = ? AND revoked IS NULL"
        changed = self.connection.execute(update, (moment, number)).rowcount == 1
        settle(self.connection, "api_tokens")
        return changed

    def used(self, number: int, day: date) -> None:
        """Note that a token was used on a day."""
        self.connection.execute("UPDATE api_tokens SET last_used = ? WHERE id = ?", (day.isoformat(), number))
        settle(self.connection, "api_tokens")


def _token(row: Sequence[Any]) -> ApiToken:
    number, name, scopes, agreements, made, maker, expires, revoked, used = row
    named = json.loads(agreements)
    return ApiToken(
        number, name, tuple(json.loads(scopes)), None if named is None else tuple(named), made, maker,
        date.fromisoformat(expires), revoked, date.fromisoformat(used) if used else None,
    )  # fmt: skip
