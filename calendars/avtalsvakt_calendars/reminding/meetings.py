"""Planned meetings: what the recorded plans, notices and cancellations together say about each meeting.

The same body, site and day is one meeting. Its identity is the id of the fact that first announced it, so that a
corrected date moves the event instead of making a new one.
"""

from collections.abc import Iterable
from datetime import date, time

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.evidence.secrecy import provision
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_hours import read_hours

MEETING_KINDS = frozenset({"meeting_scheduled", "meeting_convened", "meeting_held", "meeting_cancelled"})
CANCELLED_DAYS = 30


class Meeting(Struct, frozen=True):
    """One planned meeting: who, where, when, whether notice has gone out, and whether it was called off or moved.

    `hours` are the first and last moment and `place` is where, as far as they are known. `held` is true once it is
    recorded as held on or after its day. `cancelled_on` is the day the cancellation was known. `secret`: a registration
    with a secrecy mark speaks of it.
    """

    fact: str
    agreement: str
    day: date
    body: str | None
    site: str | None
    hours: tuple[time, time | None] | None = None
    convened: bool = False
    held: bool = False
    cancelled_on: date | None = None
    moved_to: date | None = None
    moved_from: date | None = None
    place: str | None = None
    secret: bool = False


Key = tuple[str | None, str | None, date]


def planned_meetings(facts: Iterable[Fact]) -> tuple[Meeting, ...]:
    """The meetings that were announced before they were to be held, the cancelled ones included, by day.

    In: one agreement's visible facts (others than meetings are passed over), in any order. What arrived last wins. A
    plan without a day (only a month or a year) is no date for a calendar. A secret meeting is left out: its day
    and body may say as much as its words.
    """
    meetings: dict[Key, Meeting] = {}
    for fact in sorted(facts, key=lambda fact: fact.arrival):
        if fact.kind == "meeting_cancelled":
            _cancel(meetings, fact)
        elif (day := _announced_day(fact, meetings)) is not None:
            _announce(meetings, fact, day)
    shown = (one for one in meetings.values() if not one.secret)
    return tuple(sorted(shown, key=lambda meeting: (meeting.day, meeting.fact)))


def _announced_day(fact: Fact, meetings: dict[Key, Meeting]) -> date | None:
    """The day of the meeting the fact announces, or None if it announces none."""
    if fact.kind == "meeting_convened":
        return _day(fact.text("meeting_date"))
    if fact.precision != "day":
        return None
    if fact.kind == "meeting_scheduled":
        return fact.date
    if fact.kind == "meeting_held" and (fact.recorded_on < fact.date or _key(fact, fact.date) in meetings):
        return fact.date
    return None


def _announce(meetings: dict[Key, Meeting], fact: Fact, day: date, moved_from: date | None = None) -> None:
    """Add the meeting, or what the fact newly says about it; one that had been called off is on again."""
    key = _key(fact, day)
    known = meetings.get(key) or Meeting(fact.id, fact.agreement, day, key[0], key[1])
    if known.cancelled_on is not None:
        # Planned anew it is the same event, and takes nothing else from the one that was called off.
        known = Meeting(known.fact, known.agreement, day, key[0], key[1], secret=known.secret)
    meetings[key] = replace(
        known,
        hours=_hours(fact.text("time")) or known.hours,
        convened=known.convened or fact.kind == "meeting_convened",
        held=known.held or (fact.kind == "meeting_held" and fact.recorded_on >= fact.date),
        cancelled_on=None,
        moved_to=None,
        moved_from=moved_from or known.moved_from,
        place=fact.text("place") or known.place,
        secret=known.secret or provision(fact) is not None,
    )


def _cancel(meetings: dict[Key, Meeting], fact: Fact) -> None:
    """Call off the meeting, and announce the day it was moved to. Without a site it concerns every site of the body."""
    day, moved_to = _day(fact.text("planned_for")), _day(fact.text("rescheduled_to"))
    # Moved within its day it is still held that day: nothing is called off.
    if day is None or moved_to == day:
        return
    body, site, _ = _key(fact, day)
    # Subscribers learn of it when it is recorded, so the days it stays are counted from then.
    known_on = max(fact.date, fact.recorded_on)
    for key, meeting in list(meetings.items()):
        if key[0] == body and key[2] == day and site in (None, key[1]):
            secret = meeting.secret or provision(fact) is not None
            meetings[key] = replace(meeting, cancelled_on=known_on, moved_to=moved_to, secret=secret)
    if moved_to is not None:
        _announce(meetings, fact, moved_to, moved_from=day)


def _key(fact: Fact, day: date) -> Key:
    """What makes two records one meeting."""
    return fact.text("body"), fact.text("site"), day


def _day(text: str | None) -> date | None:
    """A day in ISO form; None where there is none or it cannot be read (which the register has already said)."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _hours(text: str | None) -> tuple[time, time | None] | None:
    """First and last moment; None where they are not known, or were recorded before they had to be readable.

    An end that is not after the start is not an end.
    """
    read = read_hours(text) if text else None
    if read is None:
        return None
    return read[0], next((end for end in read[1:] if end > read[0]), None)
