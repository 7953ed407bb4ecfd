"""The outbox: messages that wait, that were sent, and that were refused; and what each recipient has been told.

A message is written in the transaction that notes its causes, so that a cause gives one message however often a night
is repeated. It is noted as being sent before it is sent, and as sent after: one that is found in between may have gone,
and goes once more with the same Message-ID, and no more than that. Texts go after a time; that it was told stays.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.checksums import settle
from avtalsvakt_engine.storage.integrity.database_errors import legible

WAITING, SENDING, SENT, REFUSED, UNSURE, OUTDATED = "waiting", "sending", "sent", "refused", "unsure", "outdated"
"""Not sent yet, may be under way, taken by the mail server, refused for good, perhaps sent twice already, too late."""

_COLUMNS = (
    "recipient, kind, message_id, planned, as_of, run, last_day, state, tries, unsure, settled, answer, subject, plain,"
    " html, id"
)


class Message(Struct, frozen=True):
    """One message to one recipient.

    `last_day` is the last on which it is worth sending; `answer` what the mail server said last. Without texts it is
    past its retention.
    """

    recipient: int
    kind: str
    message_id: str
    planned: str
    as_of: date
    run: int | None
    last_day: date
    state: str = WAITING
    tries: int = 0
    unsure: int = 0
    settled: str | None = None
    answer: str | None = None
    subject: str | None = None
    plain: str | None = None
    html: str | None = None
    id: int = 0


class Outbox:
    """The tables of messages on one connection. Writing methods belong inside the register's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def told(self, recipient: int) -> frozenset[str]:
        """The causes that a recipient has been told of."""
        rows = self.connection.execute("SELECT cause FROM told WHERE recipient = ?", (recipient,))
        return frozenset(cause for (cause,) in rows)

    def last_run_told(self, recipient: int, kind: str) -> int | None:
        """The run that the latest message of a kind told of; None before the first."""
        query = "SELECT max(run) FROM messages WHERE recipient = ? AND kind = ?"
        return self.connection.execute(query, (recipient, kind)).fetchone()[0]  # type: ignore[no-any-return]

    def put(self, message: Message, causes: Iterable[str]) -> bool:
        """Write a message for causes that have not been told; whether it was written."""
        fresh = set(causes) - self.told(message.recipient)
        if not fresh:
            return False
        one = message
        cursor = self.connection.execute(
            "INSERT INTO messages (recipient, kind, message_id, planned, as_of, run, last_day, state, subject, plain,"
            " html) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING",
            (
                one.recipient, one.kind, one.message_id, one.planned, one.as_of.isoformat(), one.run,
                one.last_day.isoformat(), one.state, one.subject, one.plain, one.html,
            ),
        )  # fmt: skip
        if cursor.rowcount == 0:
            return False
        rows = ((one.recipient, cause, cursor.lastrowid) for cause in sorted(fresh))
        self.connection.executemany("INSERT INTO told VALUES (?, ?, ?)", rows)
        for name in ("messages", "told"):
            settle(self.connection, name, (str(one.recipient),))
        return True

    def mark(self, recipient: int, cause: str) -> None:
        """Note a cause that has had its turn without a message of its own."""
        self.connection.execute("INSERT OR IGNORE INTO told VALUES (?, ?, 0)", (recipient, cause))
        settle(self.connection, "told", (str(recipient),))

    def unsettled(self) -> list[Message]:
        """What waits and what may be under way, the oldest first."""
        query = f"SELECT {_COLUMNS} FROM messages WHERE state IN (?, ?) ORDER BY id"  # noqa: S608 - a constant
        return [_message(row) for row in self.connection.execute(query, (WAITING, SENDING))]

    def latest(self, limit: int = 50) -> list[Message]:
        """The latest messages, the latest first."""
        query = f"SELECT {_COLUMNS} FROM messages ORDER BY id DESC LIMIT ?"  # noqa: S608 - a constant
        return [_message(row) for row in self.connection.execute(query, (limit,))]

    def counts(self) -> dict[str, int]:
        """How many messages are in each state."""
        return dict(self.connection.execute("SELECT state, count(*) FROM messages GROUP BY 1 ORDER BY 1").fetchall())

    def note(self, message: Message, state: str, moment: str, answer: str | None = None) -> None:
        """Note what became of a message; as being sent it counts as a try, and as unsure where it was so already."""
        sending = state == SENDING
        self.connection.execute(
            "UPDATE messages SET state = ?, settled = ?, answer = coalesce(?, answer), tries = tries + ?,"
            " unsure = unsure + ? WHERE id = ?",
            (state, moment, answer, sending, sending and message.state == SENDING, message.id),
        )
        settle(self.connection, "messages", (str(message.recipient),))

    def forget_texts(self, before: str) -> int:
        """Take the texts from messages that were settled before a moment (ISO 8601, UTC); from how many."""
        self.connection.execute("PRAGMA secure_delete = ON")
        query = "SELECT id, recipient FROM messages WHERE settled < ? AND plain IS NOT NULL AND state NOT IN (?, ?)"
        found = self.connection.execute(query, (before, WAITING, SENDING)).fetchall()
        for number, _ in found:
            self.connection.execute(
                "UPDATE messages SET subject = NULL, plain = NULL, html = NULL WHERE id = ?", (number,)
            )
        settle(self.connection, "messages", {str(recipient) for _, recipient in found})
        return len(found)


@legible
def _message(row: Sequence[Any]) -> Message:
    recipient, kind, message_id, planned, as_of, run, last_day, *rest = row
    return Message(recipient, kind, message_id, planned, date.fromisoformat(as_of), run,
                   date.fromisoformat(last_day), *rest)  # fmt: skip
