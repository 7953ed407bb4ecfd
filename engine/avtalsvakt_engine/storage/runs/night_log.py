"""The journal of nights: every try, also one that failed, with when, for which day, how long, what it saw and changed.

In come a register's connection and values, out come entries. A row is written when a try begins and written again when
it ends; one that never ended was broken off, which the next one that begins notes.
"""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.checksums import settle
from avtalsvakt_engine.storage.integrity.database_errors import legible

NIGHT_LOG_SCHEMA = """
CREATE TABLE night_log (
    id INTEGER PRIMARY KEY,
    began TEXT NOT NULL,
    as_of TEXT NOT NULL,
    cause TEXT NOT NULL,
    outcome TEXT NOT NULL,
    seconds REAL,
    run INTEGER,
    facts INTEGER,
    judged INTEGER,
    changed INTEGER,
    not_evaluated INTEGER,
    clock INTEGER,
    why TEXT
) STRICT;
"""

BEGUN, DONE, INCOMPLETE, NOT_STORED, FAILED, STOPPED, BROKEN, CLOCK = (
    "begun", "done", "incomplete", "not_stored", "failed", "stopped", "broken", "clock"
)  # fmt: skip
"""How a try ended: under way, all done, something was not, not stored, failed, asked to stop, cut off; and that the
clock was set, which is no try."""

OUTCOMES = (BEGUN, DONE, INCOMPLETE, NOT_STORED, FAILED, STOPPED, BROKEN, CLOCK)
_COLUMNS = "began, as_of, cause, outcome, seconds, run, facts, judged, changed, not_evaluated, clock, why"
_MARKS = ", ".join("?" * 12)


class LogEntry(Struct, frozen=True):
    """One try.

    `began` is a moment (ISO 8601), `cause` what started it (`run`, `serve`), `clock` by how many seconds the clock was
    set while it went on. `id` is 0 until it is stored.
    """

    began: str
    as_of: date
    cause: str
    outcome: str
    seconds: float | None = None
    run: int | None = None
    facts: int | None = None
    judged: int | None = None
    changed: int | None = None
    not_evaluated: int | None = None
    clock: int | None = None
    why: str | None = None
    id: int = 0


class NightLog:
    """The journal on one connection. Writing methods belong inside the register's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def begin(self, entry: LogEntry) -> int:
        """Write that a try begins, and that those that never ended were broken off; its number."""
        for (number,) in self.connection.execute("SELECT id FROM night_log WHERE outcome = ?", (BEGUN,)).fetchall():
            self.connection.execute("UPDATE night_log SET outcome = ? WHERE id = ?", (BROKEN, number))
            self._settle(number)
        return self.add(entry)

    def add(self, entry: LogEntry) -> int:
        """Write an entry; its number."""
        query = f"INSERT INTO night_log ({_COLUMNS}) VALUES ({_MARKS})"  # noqa: S608 - constants
        number = int(self.connection.execute(query, _values(entry)).lastrowid or 0)
        self._settle(number)
        return number

    def finish(self, number: int, entry: LogEntry) -> None:
        """Write how a try ended."""
        query = f"UPDATE night_log SET ({_COLUMNS}) = ({_MARKS}) WHERE id = ?"  # noqa: S608 - constants
        self.connection.execute(query, (*_values(entry), number))
        self._settle(number)

    def latest(self, limit: int = 30) -> list[LogEntry]:
        """The latest entries, the latest first."""
        query = f"SELECT {_COLUMNS}, id FROM night_log ORDER BY id DESC LIMIT ?"  # noqa: S608 - constants
        return [_entry(row) for row in self.connection.execute(query, (limit,))]

    def counts(self) -> dict[str, int]:
        """How many tries ended in each way."""
        return dict(self.connection.execute("SELECT outcome, count(*) FROM night_log GROUP BY 1 ORDER BY 1").fetchall())

    def _settle(self, number: int) -> None:
        settle(self.connection, "night_log", (str(number),))


def _values(one: LogEntry) -> tuple[object, ...]:
    return (
        one.began, one.as_of.isoformat(), one.cause, one.outcome, one.seconds, one.run, one.facts, one.judged,
        one.changed, one.not_evaluated, one.clock, one.why,
    )  # fmt: skip


@legible
def _entry(row: Sequence[Any]) -> LogEntry:
    began, as_of, *rest = row
    return LogEntry(began, date.fromisoformat(as_of), *rest)
