"""Who may read which feed. Only a hash of each secret address is kept: whoever reads the database cannot use one."""

import json
from collections.abc import Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.storage.integrity.checksums import settle


class Subscription(Struct, frozen=True):
    """One subscriber's right to one combination of feeds.

    `holder` is a role or a unit, `feeds` the feeds' keys. How the feed is made: `detailed`, `lead` (days beforehand at
    which an alarm rings, None for none), `without` (what it leaves out), `name` and `colour`. `created`, `revoked` and
    `last_fetched` are moments (ISO 8601), the latter two None while it has not happened.
    """

    id: int
    holder: str
    feeds: tuple[str, ...]
    detailed: bool
    created: str
    revoked: str | None = None
    last_fetched: str | None = None
    lead: int | None = None
    without: tuple[str, ...] = ()
    name: str | None = None
    colour: str | None = None


_COLUMNS = "id, holder, feeds, detailed, created, revoked, last_fetched, lead, without, name, colour"
_FROM = "FROM subscriptions LEFT JOIN subscription_choices ON subscription = id"


class SubscriptionStore:
    """The table of subscriptions on one connection. Writing methods belong inside the register's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def add(self, token_hash: str, subscription: Subscription) -> Subscription:
        """Store a new subscription (its id is not looked at); it as stored."""
        one = subscription
        cursor = self.connection.execute(
            "INSERT INTO subscriptions (token_hash, holder, feeds, alarm, detailed, created) VALUES (?, ?, ?, ?, ?, ?)",
            (token_hash, one.holder, json.dumps(one.feeds), one.lead is not None, one.detailed, one.created),
        )
        stored = replace(one, id=int(cursor.lastrowid or 0))
        self.connection.execute(
            "INSERT INTO subscription_choices VALUES (?, ?, ?, ?, ?)",
            (stored.id, one.lead, json.dumps(one.without, ensure_ascii=False), one.name, one.colour),
        )
        settle(self.connection, "subscriptions")
        settle(self.connection, "subscription_choices")
        return stored

    def all(self) -> list[Subscription]:
        """Every subscription there has been, oldest first."""
        rows = self.connection.execute(f"SELECT {_COLUMNS} {_FROM} ORDER BY id")
        return [_subscription(row) for row in rows]

    def find(self, number: int) -> Subscription | None:
        """The subscription with the number."""
        query = f"SELECT {_COLUMNS} {_FROM} WHERE id = ?"
        row = self.connection.execute(query, (number,)).fetchone()
        return None if row is None else _subscription(row)

    def valid(self) -> dict[str, Subscription]:
        """Those not revoked, by the hash of their secret."""
        query = f"SELECT {_COLUMNS}, token_hash {_FROM} WHERE revoked IS NULL"
        return {row[-1]: _subscription(row[:-1]) for row in self.connection.execute(query)}

    def revoke(self, number: int, moment: str) -> bool:
        """Take back a subscription; false if there is none with the number or it was taken back before."""
        changed = self.connection.execute(
            "UPDATE subscriptions SET revoked = ? WHERE id = ? AND revoked IS NULL", (moment, number)
        )
        settle(self.connection, "subscriptions")
        return changed.rowcount == 1

    def fetched(self, moments: Mapping[int, str]) -> None:
        """Remember when subscriptions were last fetched."""
        self.connection.executemany(
            "UPDATE subscriptions SET last_fetched = max(coalesce(last_fetched, ''), ?) WHERE id = ?",
            ((moment, number) for number, moment in moments.items()),
        )
        settle(self.connection, "subscriptions")


def _subscription(row: Sequence[Any]) -> Subscription:
    number, holder, feeds, detailed, created, revoked, last_fetched, lead, without, name, colour = row
    left_out = tuple(json.loads(without or "[]"))
    keys = tuple(json.loads(feeds))
    return Subscription(
        number, holder, keys, bool(detailed), created, revoked, last_fetched, lead, left_out, name, colour
    )
