"""Whom mail goes to: roles with a shared mailbox, outside the chain, so that one can be erased without a trace.

In come a register's connection and values, out come recipients. What is taken away is overwritten in the file
(`secure_delete`), also the texts of messages that went to it; what backups hold is theirs to answer for.
"""

import json
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.checksums import settle
from avtalsvakt_engine.storage.integrity.database_errors import legible
from avtalsvakt_engine.verdicts import Verdict


class Recipient(Struct, frozen=True):
    """One role.

    `rhythm` is how often it gets a digest (`daily`, `weekly`, `monthly`, `never`), `notices` whether it is reminded of
    single last days, `operator` whether it is told of nights that failed. Empty `agreements`, `bodies` and `functions`
    mean all. What is `escalate_after` days late is told to recipient `escalate_to` too. `added`: ISO day.
    """

    role: str
    address: str
    rhythm: str = "weekly"
    notices: bool = True
    operator: bool = False
    agreements: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    escalate_to: int | None = None
    escalate_after: int | None = None
    added: str = ""
    id: int = 0

    def concerns(self, verdict: Verdict) -> bool:
        """Whether a duty is among those that the role is told of."""
        return (
            (not self.agreements or verdict.agreement in self.agreements)
            and (not self.bodies or verdict.body in self.bodies)
            and (not self.functions or verdict.attest in self.functions or verdict.bearer in self.functions)
        )


_COLUMNS = (
    "role, address, rhythm, notices, operator, agreements, bodies, functions, escalate_to, escalate_after, added, id"
)


class RecipientStore:
    """The table of recipients on one connection. Writing methods belong inside the register's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def all(self) -> list[Recipient]:
        """Every recipient, in the order in which they were added."""
        rows = self.connection.execute(f"SELECT {_COLUMNS} FROM recipients ORDER BY id")  # noqa: S608 - a constant
        return [_recipient(row) for row in rows]

    def add(self, one: Recipient) -> int:
        """Write a recipient (its id is not looked at); its number."""
        cursor = self.connection.execute(
            "INSERT INTO recipients (role, address, rhythm, notices, operator, agreements, bodies, functions,"
            " escalate_to, escalate_after, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                one.role, one.address, one.rhythm, one.notices, one.operator, json.dumps(one.agreements),
                json.dumps(one.bodies), json.dumps(one.functions), one.escalate_to, one.escalate_after, one.added,
            ),
        )  # fmt: skip
        settle(self.connection, "recipients")
        return int(cursor.lastrowid or 0)

    def erase(self, number: int) -> bool:
        """Take away a recipient for good, with the texts of what was sent to it; false where there is none."""
        self.connection.execute("PRAGMA secure_delete = ON")
        gone = self.connection.execute("DELETE FROM recipients WHERE id = ?", (number,)).rowcount == 1
        self.connection.execute("UPDATE recipients SET escalate_to = NULL WHERE escalate_to = ?", (number,))
        self.connection.execute("DELETE FROM messages WHERE recipient = ?", (number,))
        self.connection.execute("DELETE FROM told WHERE recipient = ?", (number,))
        for name, part in (("recipients", ""), ("messages", str(number)), ("told", str(number))):
            settle(self.connection, name, (part,))
        return gone


@legible
def _recipient(row: Sequence[Any]) -> Recipient:
    role, address, rhythm, notices, operator, agreements, bodies, functions, *rest = row
    first, second, third = (tuple(json.loads(one)) for one in (agreements, bodies, functions))
    return Recipient(role, address, rhythm, bool(notices), bool(operator), first, second, third, *rest)
