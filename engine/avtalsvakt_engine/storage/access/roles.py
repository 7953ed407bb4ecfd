"""Roles: who, by the name that a sign-in gives, may read, record, attest or administer what. Also their log.

A role is given and revoked, never deleted, so the table tells who has had what, by whom, and when. In come a connection
and values, out come the same; writing belongs inside the register's transaction.
"""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.storage.integrity.checksums import settle

Scope = Literal["all", "municipality", "agreement"]

ROLES_SCHEMA = """
CREATE TABLE access_roles (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('all', 'municipality', 'agreement')),
    place TEXT NOT NULL,
    recorder TEXT NOT NULL,
    made TEXT NOT NULL,
    maker TEXT NOT NULL,
    revoked TEXT,
    revoker TEXT
) STRICT
"""


class GivenRole(Struct, frozen=True):
    """One role that somebody has or has had.

    `name` is what the sign-in says, `recorder` the role or account that facts are recorded by. `place` is the agreement
    or the municipality of `scope`, empty for all. Moments are ISO 8601; `revoked` is None while the role holds.
    """

    id: int
    name: str
    role: str
    scope: Scope
    place: str
    recorder: str
    made: str
    maker: str
    revoked: str | None = None
    revoker: str | None = None


_COLUMNS = "id, name, role, scope, place, recorder, made, maker, revoked, revoker"


class AccessRoles:
    """The roles of one register."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def all(self) -> list[GivenRole]:
        """Every role there has been, oldest first."""
        rows = self.connection.execute(f"SELECT {_COLUMNS} FROM access_roles ORDER BY id")  # noqa: S608 - a constant
        return [_role(row) for row in rows]

    def add(self, role: GivenRole) -> GivenRole:
        """Keep a new role (its id is not looked at); it as kept."""
        one = role
        insert = (
            "INSERT INTO access_roles (name, role, scope, place, recorder, made, maker) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        values = (one.name, one.role, one.scope, one.place, one.recorder, one.made, one.maker)
        number = int(self.connection.execute(insert, values).lastrowid or 0)
        settle(self.connection, "access_roles")
        return replace(one, id=number)

    def revoke(self, number: int, moment: str, revoker: str) -> bool:
        """Take a role back; false if there is none with the number or it was taken back before."""
        update = "UPDATE access_roles SET revoked = ?, revoker = ? WHERE id = ? AND revoked IS NULL"
        changed = self.connection.execute(update, (moment, revoker, number)).rowcount == 1
        settle(self.connection, "access_roles")
        return changed


def _role(row: Sequence[Any]) -> GivenRole:
    return GivenRole(*row)
