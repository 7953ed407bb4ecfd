"""What was published before, so that an event says truly when it last changed.

A calendar program takes the higher SEQUENCE and the later stamp. Both follow from what was published, never from the
time of day: nothing changed means the same bytes. Events that are gone are remembered, so that one that comes back goes
on counting.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.timezone import STOCKHOLM

FIELDS = sorted(Reminder.__struct_fields__)
KEPT = 4096
"""Hashes kept in memory: an agreement's reminders are much the same with and without details."""


class Entry(Struct, frozen=True):
    """What is remembered of one event; plain values, ready for a table.

    `content_hash` is over the whole reminder. `placing` is the date, the status and whose it is, whose change
    raises `sequence`. `stamp` is the moment of the last change, UTC, `2026-11-22T03:15:00Z`; for an event that is gone
    (`present` false), the moment it went.
    """

    uid: str
    content_hash: str
    placing: str
    stamp: str
    sequence: int
    present: bool = True


class Stamped(Struct, frozen=True):
    """A reminder with the moment it last changed (aware, UTC, whole seconds) and its sequence number."""

    reminder: Reminder
    stamp: datetime
    sequence: int


def stamp(
    reminders: Sequence[Reminder], previous: Mapping[str, Entry], now: datetime
) -> tuple[tuple[Stamped, ...], dict[str, Entry]]:
    """The reminders as they are to be published, and the ledger to keep for the next time.

    In: one feed's reminders, the feed's own earlier ledger by uid, and the aware moment of the run. Raises ValueError
    if two reminders have one uid, which would make a program lose one of them.
    """
    current = {reminder.uid: reminder for reminder in reminders}
    if len(current) != len(reminders):
        raise ValueError("two reminders of one feed have the same uid")
    moment = _iso(now)
    entries = {uid: _gone(entry, moment) for uid, entry in previous.items() if uid not in current}
    entries |= {uid: _entry(reminder, previous.get(uid), moment) for uid, reminder in current.items()}
    stamped = tuple(_stamped(reminder, entries[reminder.uid]) for reminder in reminders)
    return stamped, dict(sorted(entries.items()))


def last_change(entries: Iterable[Entry]) -> datetime | None:
    """The moment the feed last changed, removals included; None for a feed that never held anything."""
    return max((_moment(entry.stamp) for entry in entries), default=None)


def _entry(reminder: Reminder, before: Entry | None, moment: str) -> Entry:
    """What to remember of an event that is published now."""
    content, placing = _content(reminder), _placing(reminder)
    if before is None:
        return Entry(reminder.uid, content, placing, moment, 0)
    if before.present and (before.content_hash, before.placing) == (content, placing):
        return before
    # Coming back after having been removed is a change of status to those who read the feed.
    moved = before.placing != placing or not before.present
    # A clock that was set back must not make the newest version look older than the one before.
    return Entry(reminder.uid, content, placing, max(moment, before.stamp), before.sequence + moved)


def _gone(entry: Entry, moment: str) -> Entry:
    """What to remember of an event that is published no longer."""
    return replace(entry, present=False, stamp=max(moment, entry.stamp)) if entry.present else entry


def _stamped(reminder: Reminder, entry: Entry) -> Stamped:
    """The reminder with its stamp; one that floats stands on the Stockholm day of its last change."""
    moment = _moment(entry.stamp)
    if _floats(reminder):
        reminder = replace(reminder, day=moment.astimezone(STOCKHOLM).date())
    return Stamped(reminder, moment, entry.sequence)


def _floats(reminder: Reminder) -> bool:
    """Whether the event has no day of its own: the notice that there is nothing to remind of."""
    return reminder.kind == "info"


def _placing(reminder: Reminder) -> str:
    """Date, status and whose it is in one readable text.

    In other hands it leaves some feeds and comes into others: to those who follow them that is a change of status.
    """
    hands = f"{reminder.body or ''}/{reminder.bearer or ''}"
    status = f"{'cancelled' if reminder.cancelled else 'confirmed'} {hands}"
    if _floats(reminder):
        return status
    if reminder.start is None or reminder.end is None:
        return f"{reminder.day.isoformat()} {status}"
    return f"{reminder.start.isoformat()}/{reminder.end.isoformat()} {status}"


@lru_cache(maxsize=KEPT)
def _content(reminder: Reminder) -> str:
    """A hash of everything in the reminder, apart from a floating day."""
    floating = _floats(reminder)
    told = {name: getattr(reminder, name) for name in FIELDS if not (floating and name == "day")}
    return sha256(json.dumps(told, default=_plain).encode()).hexdigest()


def _plain(value: object) -> str:
    """A day or a moment as text."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a reminder cannot hold {type(value).__name__}")


def _iso(now: datetime) -> str:
    """The moment in UTC, whole seconds: texts that sort as the moments do."""
    if now.tzinfo is None:
        raise ValueError("the moment of the run must have a time zone")
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str) -> datetime:
    """The aware moment that `_iso` wrote."""
    return datetime.fromisoformat(text)
