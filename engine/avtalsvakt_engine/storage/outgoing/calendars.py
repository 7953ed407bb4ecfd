"""Writes and reads what the calendars hold. SQL lives here; what to remind of is the calendars' business."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.storage.conclusions.stored_verdicts import StoredVerdicts
from avtalsvakt_engine.storage.integrity.checksums import settle


class StoredEvent(Struct, frozen=True):
    """One event of an agreement's calendar as it stands in feeds; gone if `event` is None, then since `stamp`.

    `stamp` is UTC, `2026-11-22T03:15:00Z`. `event` and `alarm` are iCalendar bytes. `duty` holds the keys of the duties
    that it is about, a line each.
    """

    agreement: str
    uid: str
    body: str | None
    bearer: str | None
    kind: str
    day: date
    duty: str | None
    summary: str
    stamp: str
    sequence: int
    event: bytes | None
    alarm: bytes | None

    @property
    def duties(self) -> tuple[str, ...]:
        """The keys of the duties that it is about, the one that gives its identity first."""
        return tuple(self.duty.split("\n")) if self.duty else ()

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What makes two rows one: an event that changes hands leaves a trace with the one that had it."""
        return self.uid, self.body, self.bearer


class Mark(Struct, frozen=True):
    """How far the calendars have come.

    The run and the last fact they follow, its day, a fingerprint of all words, a number that rises whenever an event
    changes, and the moment of the first time.
    """

    run: int
    head: int
    as_of: date
    words: str
    revision: int
    first: str


class StoredAgreement(Struct, frozen=True):
    """An agreement that has a calendar: what it is called, where it lies, and its state when last looked at.

    `until` is the last day on which its events stay as they are if nothing happens (ISO 8601; empty if not known).
    """

    agreement: str
    title: str
    municipality: str | None
    state: str
    until: str = ""


class CalendarStore:
    """The tables of calendars on one connection. Writing methods belong inside the register's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def mark(self) -> Mark | None:
        """How far the calendars have come, or None before the first time."""
        row = self.connection.execute(
            "SELECT run, head, as_of, words, revision, first FROM calendar_refreshes"
        ).fetchone()
        return None if row is None else Mark(row[0], row[1], date.fromisoformat(row[2]), *row[3:])

    def set_mark(self, mark: Mark) -> None:
        """Store how far the calendars have come."""
        self.connection.execute(
            "INSERT OR REPLACE INTO calendar_refreshes VALUES (1, ?, ?, ?, ?, ?, ?)",
            (mark.run, mark.head, mark.as_of.isoformat(), mark.words, mark.revision, mark.first),
        )
        settle(self.connection, "calendar_refreshes")

    def events(self, *, detailed: bool, agreements: Collection[str] | None = None) -> list[StoredEvent]:
        """All events, gone ones included, by day and identity; of some agreements only if they are given."""
        columns = "agreement, uid, body, bearer, kind, day, duty, summary, stamp, sequence, event, alarm"
        query = f"SELECT {columns} FROM calendar_events WHERE detailed = ?"  # noqa: S608 - a constant
        if agreements is None:
            rows = self.connection.execute(query, (detailed,)).fetchall()
        else:
            each = (self.connection.execute(f"{query} AND agreement = ?", (detailed, one)) for one in agreements)
            rows = [row for found in each for row in found]
        rows.sort(key=lambda row: (row[5], row[1], row[2], row[3]))
        return [_event(row) for row in rows]

    def put_events(self, events: Iterable[StoredEvent], *, detailed: bool) -> None:
        """Store these events in place of the earlier ones with the same key."""
        written = list(events)
        self.connection.executemany(
            "INSERT OR REPLACE INTO calendar_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one.agreement,
                    detailed,
                    one.uid,
                    one.body or "",
                    one.bearer or "",
                    one.kind,
                    one.day.isoformat(),
                    one.duty,
                    one.summary,
                    one.stamp,
                    one.sequence,
                    one.event,
                    one.alarm,
                )
                for one in written
            ),
        )
        settle(self.connection, "calendar_events", (one.agreement for one in written))

    def present(self) -> set[tuple[str, str | None, str | None]]:
        """The (agreement, body, bearer) that events have or have had: a feed that is emptied is still somebody's."""
        rows = self.connection.execute(
            "SELECT DISTINCT agreement, body, bearer FROM calendar_events WHERE detailed = 0"
        )
        return {(agreement, body or None, bearer or None) for agreement, body, bearer in rows}

    def agreements(self) -> dict[str, StoredAgreement]:
        """The agreements that have calendars, by id."""
        query = "SELECT agreement, title, municipality, state, until FROM calendar_agreements ORDER BY agreement"
        return {row[0]: StoredAgreement(*row) for row in self.connection.execute(query)}

    def put_agreements(self, agreements: Iterable[StoredAgreement]) -> None:
        """Store these agreements."""
        written = list(agreements)
        self.connection.executemany(
            "INSERT OR REPLACE INTO calendar_agreements VALUES (?, ?, ?, ?, ?)",
            ((one.agreement, one.title, one.municipality, one.state, one.until) for one in written),
        )
        settle(self.connection, "calendar_agreements", (one.agreement for one in written))

    def evaluated(self) -> str | None:
        """When the run began that the calendars follow (ISO 8601); None before the first."""
        row = self.connection.execute("SELECT started FROM runs JOIN calendar_refreshes ON run = id").fetchone()
        return None if row is None else str(row[0])

    def base(self) -> str | None:
        """Where the program is reached from outside, if anybody has said so."""
        row = self.connection.execute("SELECT base FROM calendar_site").fetchone()
        return None if row is None else str(row[0])

    def put_base(self, base: str) -> None:
        """Remember where the program is reached from outside."""
        self.connection.execute("INSERT OR REPLACE INTO calendar_site VALUES (1, ?)", (base,))
        settle(self.connection, "calendar_site")

    def labels(self) -> dict[str, str]:
        """What bodies and bearers are called."""
        return dict(self.connection.execute("SELECT id, label FROM calendar_labels ORDER BY id").fetchall())

    def put_labels(self, labels: Mapping[str, str]) -> None:
        """Store what bodies and bearers are called, in place of what they were called."""
        self.connection.execute("DELETE FROM calendar_labels")
        self.connection.executemany("INSERT INTO calendar_labels VALUES (?, ?)", sorted(labels.items()))
        settle(self.connection, "calendar_labels")

    def agreements_changed_since(self, run: int) -> set[str]:
        """Agreements with a verdict that a later run changed."""
        return StoredVerdicts(self.connection).changed_agreements(run)

    def version(self) -> int:
        """A number that differs once another connection has changed the database; cheap enough for every request."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])


def _event(row: Sequence[Any]) -> StoredEvent:
    agreement, uid, body, bearer, kind, day, *rest = row
    return StoredEvent(agreement, uid, body or None, bearer or None, kind, date.fromisoformat(day), *rest)
