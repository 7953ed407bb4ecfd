"""Accounts of the program's own, the invitations that open them, and who is signed in, by whatever way.

Of passwords, invitations and sign-ins only hashes are kept. In come a connection and values, out come the same; writing
belongs inside the register's transaction.
"""

from sqlite3 import Connection

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.checksums import settle

ACCOUNTS_SCHEMA = """
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    password TEXT,
    made TEXT NOT NULL,
    maker TEXT NOT NULL,
    closed TEXT,
    closer TEXT
) STRICT;
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id),
    token_hash TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL,
    maker TEXT NOT NULL,
    expires TEXT NOT NULL,
    used TEXT
) STRICT;
CREATE TABLE sign_ins (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    way TEXT NOT NULL,
    made TEXT NOT NULL,
    seen TEXT NOT NULL,
    ended TEXT,
    ender TEXT
) STRICT
"""


class Account(Struct, frozen=True):
    """One account. `password` is a hash, None until an invitation was accepted. Moments are ISO 8601 in UTC."""

    id: int
    name: str
    password: str | None
    made: str
    maker: str
    closed: str | None = None
    closer: str | None = None


class Invitation(Struct, frozen=True):
    """The right to choose an account's password, once, until `expires`."""

    id: int
    account: int
    made: str
    maker: str
    expires: str
    used: str | None = None


class SignIn(Struct, frozen=True):
    """One sign-in: by what name, which way (`account`, `openid`), when last seen, and by whom it was ended."""

    id: int
    name: str
    way: str
    made: str
    seen: str
    ended: str | None = None
    ender: str | None = None


class Accounts:
    """The accounts of one register, with their invitations."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def all(self) -> list[Account]:
        """Every account there has been, oldest first."""
        rows = self.connection.execute(
            "SELECT id, name, password, made, maker, closed, closer FROM accounts ORDER BY id"
        )
        return [Account(*row) for row in rows]

    def add(self, name: str, moment: str, maker: str) -> int:
        """Keep a new account, without a password; its number."""
        insert = "INSERT INTO accounts (name, made, maker) VALUES (?, ?, ?)"
        number = int(self.connection.execute(insert, (name, moment, maker)).lastrowid or 0)
        settle(self.connection, "accounts")
        return number

    def keep_password(self, number: int, password: str) -> None:
        """Keep the hash of an account's password."""
        self.connection.execute("UPDATE accounts SET password = ? WHERE id = ?", (password, number))
        settle(self.connection, "accounts")

    def close(self, number: int, moment: str, closer: str) -> None:
        """Close an account: its password and its invitations are gone."""
        update = "UPDATE accounts SET password = NULL, closed = ?, closer = ? WHERE id = ?"
        self.connection.execute(update, (moment, closer, number))
        self.connection.execute("UPDATE invitations SET used = ? WHERE account = ? AND used IS NULL", (moment, number))
        settle(self.connection, "accounts")
        settle(self.connection, "invitations")

    def invite(self, account: int, token_hash: str, moment: str, maker: str, expires: str) -> None:
        """Keep an invitation; earlier ones to the account are of no use any more."""
        self.connection.execute("UPDATE invitations SET used = ? WHERE account = ? AND used IS NULL", (moment, account))
        insert = "INSERT INTO invitations (account, token_hash, made, maker, expires) VALUES (?, ?, ?, ?, ?)"
        self.connection.execute(insert, (account, token_hash, moment, maker, expires))
        settle(self.connection, "invitations")

    def invitation(self, token_hash: str) -> Invitation | None:
        """The invitation with the hash, also one that is of no use any more."""
        query = "SELECT id, account, made, maker, expires, used FROM invitations WHERE token_hash = ?"
        row = self.connection.execute(query, (token_hash,)).fetchone()
        return None if row is None else Invitation(*row)

    def use(self, invitation: int, moment: str) -> None:
        """Note that an invitation was accepted."""
        self.connection.execute("UPDATE invitations SET used = ? WHERE id = ?", (moment, invitation))
        settle(self.connection, "invitations")


class SignIns:
    """Who is and has been signed in to one register's pages."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def all(self) -> list[SignIn]:
        """Every sign-in that is kept, oldest first."""
        rows = self.connection.execute("SELECT id, name, way, made, seen, ended, ender FROM sign_ins ORDER BY id")
        return [SignIn(*row) for row in rows]

    def of(self, token_hash: str) -> SignIn | None:
        """The sign-in with the hash, also one that has ended."""
        query = "SELECT id, name, way, made, seen, ended, ender FROM sign_ins WHERE token_hash = ?"
        row = self.connection.execute(query, (token_hash,)).fetchone()
        return None if row is None else SignIn(*row)

    def begin(self, token_hash: str, name: str, way: str, moment: str) -> None:
        """Keep a new one."""
        insert = "INSERT INTO sign_ins (token_hash, name, way, made, seen) VALUES (?, ?, ?, ?, ?)"
        self.connection.execute(insert, (token_hash, name, way, moment, moment))
        settle(self.connection, "sign_ins")

    def see(self, number: int, moment: str) -> None:
        """Note that somebody is still there."""
        self.connection.execute("UPDATE sign_ins SET seen = ? WHERE id = ?", (moment, number))
        settle(self.connection, "sign_ins")

    def end(self, number: int, moment: str, ender: str) -> bool:
        """End one; false if there is none with the number, or it was ended before."""
        update = "UPDATE sign_ins SET ended = ?, ender = ? WHERE id = ? AND ended IS NULL"
        changed = self.connection.execute(update, (moment, ender, number)).rowcount == 1
        settle(self.connection, "sign_ins")
        return changed

    def forget(self, before: str) -> None:
        """Take away those that nobody has used since a moment."""
        if self.connection.execute("DELETE FROM sign_ins WHERE seen < ?", (before,)).rowcount:
            settle(self.connection, "sign_ins")
