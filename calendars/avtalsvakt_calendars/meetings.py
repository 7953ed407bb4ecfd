"""Planned meetings: what the recorded plans, notices and cancellations together say about each meeting.

The same body, site and day is one meeting. Its identity is the id of the fact that first announced it, so that a
corrected date moves the event instead of making a new one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from avtalsvakt_calendars.events import CATEGORIES, Reminder, uid
from avtalsvakt_calendars.phrases import long_day, short_day, summary
from avtalsvakt_calendars.timezone import STOCKHOLM
from avtalsvakt_calendars.wording import Wording
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_hours import read_hours

MEETING_KINDS = frozenset({"meeting_scheduled", "meeting_convened", "meeting_held", "meeting_cancelled"})
CANCELLED_DAYS = 30
DEFAULT_LENGTH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One planned meeting: who, where, when, whether notice has gone out, and whether it was called off or moved.

    `hours` are the first and last moment as far as they are known. `held` is true once it is recorded as held on or
    after its day. `cancelled_on` is the day the cancellation was known.
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


Key = tuple[str | None, str | None, date]


def planned_meetings(facts: Iterable[Fact]) -> tuple[Meeting, ...]:
    """The meetings that were announced before they were to be held, the cancelled ones included, by day.

    In: one agreement's visible facts (others than meetings are passed over), in any order. What arrived last wins. A
    plan without a day (only a month or a year) is no date for a calendar.
    """
    meetings: dict[Key, Meeting] = {}
    for fact in sorted(facts, key=lambda fact: fact.arrival):
        if fact.kind == "meeting_cancelled":
            _cancel(meetings, fact)
        elif (day := _announced_day(fact, meetings)) is not None:
            _announce(meetings, fact, day)
    return tuple(sorted(meetings.values(), key=lambda meeting: (meeting.day, meeting.fact)))


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
    meetings[key] = replace(
        known,
        hours=_hours(fact.text("time")) or known.hours,
        convened=known.convened or fact.kind == "meeting_convened",
        held=known.held or (fact.kind == "meeting_held" and fact.recorded_on >= fact.date),
        cancelled_on=None,
        moved_to=None,
        moved_from=moved_from or known.moved_from,
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
            meetings[key] = replace(meeting, cancelled_on=known_on, moved_to=moved_to)
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


def meeting_reminders(meetings: Iterable[Meeting], wording: Wording, as_of: date) -> Iterator[Reminder]:
    """One event for each meeting; a cancelled one for about a month after its cancellation was known.

    Once its day has passed without a word of it, one more asks whether it was held.
    """
    for meeting in meetings:
        if meeting.cancelled_on is None or as_of <= meeting.cancelled_on + timedelta(days=CANCELLED_DAYS):
            yield _reminder(meeting, wording)
        if meeting.cancelled_on is None and not meeting.held and meeting.day < as_of:
            yield _question(meeting, wording)


def _question(meeting: Meeting, wording: Wording) -> Reminder:
    """A planned day has passed and nobody has said whether the meeting was held: ask, the day after."""
    who = _who(meeting, wording)
    lines = (
        "Mötet var planerat, men registret vet inte om det hölls.",
        "",
        f"Avtal: {wording.title(meeting.agreement)}",
        *([f"Vem: {who}"] if who else []),
        f"Planerad dag: {long_day(meeting.day)}",
        "Registrera att mötet hölls, ställdes in eller flyttades, så försvinner posten.",
    )
    return Reminder(
        uid=uid(f"{meeting.agreement}.{meeting.fact}", "confirm"),
        kind="confirm",
        day=meeting.day + timedelta(days=1),
        summary=summary("Bekräfta att mötet hölls", (f"{who} {short_day(meeting.day)}", short_day(meeting.day))),
        description="\n".join(lines),
        agreement=meeting.agreement,
        categories=(CATEGORIES["confirm"],),
        body=meeting.body,
    )


def _who(meeting: Meeting, wording: Wording) -> str:
    """The body and the site, as far as they are known."""
    return ", ".join(wording.label(name) for name in (meeting.body, meeting.site) if name)


def _reminder(meeting: Meeting, wording: Wording) -> Reminder:
    """The event of one meeting: timed if its hours are known, otherwise all day."""
    cancelled = meeting.cancelled_on is not None
    who = _who(meeting, wording)
    start, end = _moments(meeting)
    return Reminder(
        uid=uid(f"{meeting.agreement}.{meeting.fact}", "meeting"),
        kind="meeting",
        day=meeting.day,
        summary=summary(f"{'INSTÄLLT: ' if cancelled else ''}Möte{f' ({who})' if who else ''}"),
        description="\n".join(_description(meeting, wording, who)),
        agreement=meeting.agreement,
        start=start,
        end=end,
        categories=(CATEGORIES["meeting"],),
        body=meeting.body,
        cancelled=cancelled,
    )


def _moments(meeting: Meeting) -> tuple[datetime, datetime] | tuple[None, None]:
    """First and last moment in Stockholm's time; an hour where the end is not known."""
    if meeting.hours is None:
        return None, None
    first, last = meeting.hours
    start = _existing(datetime.combine(meeting.day, first, STOCKHOLM))
    end = _existing(datetime.combine(meeting.day, last, STOCKHOLM) if last else start + DEFAULT_LENGTH)
    return start, end if end > start else start + DEFAULT_LENGTH


def _existing(moment: datetime) -> datetime:
    """The moment as clocks show it: an hour skipped in March becomes the next, of one doubled in October the first."""
    return moment.astimezone(UTC).astimezone(STOCKHOLM).replace(fold=0)


def _description(meeting: Meeting, wording: Wording, who: str) -> Iterator[str]:
    """What the register says about the meeting."""
    yield "Mötet är inställt." if meeting.cancelled_on else "Planerat möte enligt registret."
    yield ""
    yield f"Avtal: {wording.title(meeting.agreement)}"
    if who:
        yield f"Vem: {who}"
    yield f"Dag: {long_day(meeting.day)}"
    if meeting.hours is None:
        yield "Tid: inte angiven i registret"
    else:
        first, last = meeting.hours
        yield f"Tid: {first:%H:%M}–{last:%H:%M}" if last else f"Tid: {first:%H:%M}, sluttid inte angiven"
    if meeting.moved_to:
        yield f"Flyttat till: {long_day(meeting.moved_to)}"
    if meeting.moved_from:
        yield f"Flyttat från: {long_day(meeting.moved_from)}"
