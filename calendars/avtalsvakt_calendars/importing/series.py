"""Events with the same identity become a series, and a series its occasions, each reckoned in the event's own zone.

In come the parts of a calendar that share a UID, out come occasions in Stockholm's time: converted last, so that
weekdays and changes of summer time are those where the meeting is called. Of several versions the latest holds. An
event that cannot be read is told and costs itself alone. Source: RFC 5545, 3.8.4.4, 3.8.5 and 3.8.7.4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_calendars.importing.components import Part
from avtalsvakt_calendars.importing.events import Event, Source, event, recurrence
from avtalsvakt_calendars.importing.values import EARLIEST, Moment, Unreadable, local, placed
from avtalsvakt_rules.problems import Problem

_MARK = "X-PLACE"
FIRST_DAY = date(EARLIEST, 1, 1)


class Occasion(Struct, frozen=True):
    """One occasion. `start` and `end` are Stockholm's time without a zone; `whole_day` says that no time was stated.

    `uid` and `recurrence` (empty for an event that is no series) are what it keeps when it is moved. `cancelled`: it is
    called off; `moved`: its title says that it takes place another time.
    """

    uid: str
    start: datetime
    end: datetime
    summary: str
    location: str = ""
    whole_day: bool = False
    cancelled: bool = False
    moved: bool = False
    recurrence: str = ""
    number: int = 0


OCCASIONS = 20_000
"""Occasions in a file; a meeting every working day since 1990 is ten thousand."""


@dataclass(slots=True)
class Work:
    """What is left of the work that a file may cost: occasions, and searches for rules that never come true."""

    left: int = OCCASIONS
    dropped: int = 0
    notes: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)

    def charge(self, amount: int) -> None:
        """Take from what is left."""
        self.left -= amount

    def refuse(self, where: str) -> None:
        """Say that nothing more is read; once, from which event on."""
        self.dropped += 1
        if self.dropped == 1:
            why = f"kalendern har fler än {OCCASIONS} möten, eller regler som aldrig inträffar"
            remedy = "exportera en kortare tid, eller en kalender i taget"
            self.unread.append(Problem("läsningen avbröts vid den här händelsen", where, why, remedy))


NEVER = 1_000
"""What the search for a day that never comes costs."""

Member = tuple[Part, Source]


def occasions(uid: str, members: Sequence[Member], last: date, name: str, work: Work) -> list[Occasion]:
    """The occasions of the events that share a UID, no later than the day; what cannot be read is told in `work`."""
    found: list[Occasion] = []
    if work.left <= 0:
        work.refuse(f"{name}:{members[0][0].number}")
        return found
    for own, versions in _apart(uid, members, name, work):
        found += _series(own, list(_read(versions, last, name, work)), last, name, work)
    return found


def _apart(uid: str, members: Sequence[Member], name: str, work: Work) -> Iterator[tuple[str, list[Member]]]:
    """The events that hold, of each the latest version; where none is later, each is a series of its own."""
    latest: dict[object, list[Member]] = {}
    for part, source in members:
        try:
            stands_for = recurrence(part, source)
        except Unreadable as refused:
            work.unread.append(_told(refused, name))
            continue
        known = latest.setdefault(stands_for and local(stands_for), [])
        if known and _age(part, source) > _age(*known[0]):
            known.clear()
        if not known or (_age(part, source) == _age(*known[0]) and _when(part) not in {_when(one) for one, _ in known}):
            known.append((part, source))
    own = latest.pop(None, [])
    others = [one for found in latest.values() for one in found]
    yield uid, [*own[:1], *others]
    for part, source in own[1:]:
        work.notes.append(_same_uid(part, name))
        yield f"{uid} {part.text('DTSTART')}", [(part, source)]


def _age(part: Part, source: Source) -> tuple[int, str, bool]:
    """How late a version is: its number, when it was written, and a call-off last."""
    number = part.text("SEQUENCE")
    return (
        int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
        part.text("LAST-MODIFIED") or part.text("DTSTAMP"),
        source.method == "CANCEL" or part.text("STATUS").upper() == "CANCELLED",
    )


def _when(part: Part) -> tuple[str, ...]:
    return tuple(line.value for line in part.lines if line.name in ("DTSTART", "RRULE", "RDATE", "SUMMARY"))


def _read(members: Sequence[Member], last: date, name: str, work: Work) -> Iterator[Event]:
    """The events that can be read; of a changed occasion that cannot, the day it stood for is not held as planned."""
    lost, series = [], None
    for part, source in members:
        try:
            found = event(part, source, last)
        except Unreadable as refused:
            work.unread.append(_told(refused, name))
            if part.get("RECURRENCE-ID"):
                lost.append(recurrence(part, source))
            continue
        if found.never:
            work.charge(NEVER)
            work.notes.append(_never(found, name))
        if found.recurrence is None:
            series = found
        else:
            yield found
    if series is not None:
        gone = tuple(placed(day, series.start) for day in lost if day is not None)
        yield replace(series, skipped=(*series.skipped, *gone))


def _series(uid: str, events: Sequence[Event], last: date, name: str, work: Work) -> list[Occasion]:
    """The occasions of a series and its changed ones. What the library cannot reckon is told."""
    if not events:
        return []
    try:
        found = _alone(uid, events[0]) if _is_alone(events) else [
            _occasion(uid, component, events) for component in _reckoned(events, last)
        ]  # fmt: skip
    except Unreadable as refused:
        work.unread.append(_told(refused, name))
        return []
    work.charge(max(len(found), 1))
    limit = datetime.combine(last, time.max)
    return [one for one in found if datetime.combine(FIRST_DAY, time()) <= one.start <= limit]


def _is_alone(events: Sequence[Event]) -> bool:
    """Whether there is nothing to reckon: one event that is not repeated."""
    one = events[0]
    return len(events) == 1 and one.recurrence is None and not (one.rules or one.further or one.skipped)


def _alone(uid: str, one: Event) -> list[Occasion]:
    said, start, end = one.title, local(one.start), local(one.end)
    words = said.summary, said.location, one.whole_day, said.off, said.moved
    return [Occasion(uid, start, end, *words, "", one.number)]


def _reckoned(events: Sequence[Event], last: date) -> list[Any]:
    """The library's components for the occasions up to the day. Raises Unreadable for all that it raises."""
    from icalendar import Calendar
    from recurring_ical_events import of

    series = next((one.start for one in events if one.recurrence is None), None)
    calendar = Calendar()
    for place, one in enumerate(events):
        calendar.add_component(_component(place, one, series))
    begin = datetime.combine(FIRST_DAY, time()) - timedelta(days=1)
    try:
        return list(of(calendar).between(begin, datetime.combine(last, time()) + timedelta(days=2)))
    except Exception as error:
        why = f"upprepningen går inte att räkna ut ({type(error).__name__})"
        raise Unreadable(events[-1].number, "händelsens tider kan inte räknas ut", why) from error


def _component(place: int, one: Event, series: Moment | None) -> Any:
    """An event as the library knows it; `series`: when the series begins that it may be an occasion of."""
    from icalendar import Event as Component
    from icalendar.prop import vRecur

    component = Component()
    component.add("UID", "series")
    component.add(_MARK, str(place))
    in_zone = one.onwards and isinstance(series, datetime) and isinstance(one.start, datetime)
    zone = series.tzinfo if in_zone and isinstance(series, datetime) else None
    component.add("DTSTART", one.start.astimezone(zone) if zone and isinstance(one.start, datetime) else one.start)
    component.add("DTEND", one.end.astimezone(zone) if zone and isinstance(one.end, datetime) else one.end)
    for rule in one.rules:
        component.add("RRULE", vRecur.from_ical(rule))
    if one.further:
        component.add("RDATE", list(one.further))
    if one.skipped:
        component.add("EXDATE", list(one.skipped))
    if one.recurrence is not None:
        stands_for = placed(one.recurrence, series if series is not None else one.recurrence)
        component.add("RECURRENCE-ID", stands_for, parameters={"RANGE": "THISANDFUTURE"} if one.onwards else {})
    return component


def _occasion(uid: str, component: Any, events: Sequence[Event]) -> Occasion:
    """The occasion that a component of the library stands for."""
    one = events[int(component[_MARK])]
    series = next((other for other in events if other.recurrence is None), None)
    start, end = component["DTSTART"].dt, component["DTEND"].dt
    said = one.title if one.title.summary or series is None else replace(one.title, summary=series.title.summary)
    called_off = said.off or bool(series and series.title.off)
    return Occasion(
        uid, local(start), local(end), said.summary, said.location, one.whole_day, called_off, said.moved,
        _stands_for(one, start, events), one.number,
    )  # fmt: skip


def _stands_for(one: Event, start: Moment, events: Sequence[Event]) -> str:
    """Which occasion of its series it is, by the moment it was first planned for; empty where there is no series."""
    if len(events) == 1 and one.recurrence is None and not (one.rules or one.further):
        return ""
    original = start
    if one.recurrence is not None:
        series = next((other.start for other in events if other.recurrence is None), one.recurrence)
        original = placed(one.recurrence, series)
        if one.onwards:
            original = placed(start, series) - (placed(one.start, series) - original)
    return f"{original.astimezone(UTC):%Y%m%dT%H%MZ}" if isinstance(original, datetime) else f"{original:%Y%m%d}"


def _told(refused: Unreadable, name: str) -> Problem:
    return Problem(refused.what, f"{name}:{refused.number}", refused.why, refused.remedy)


def _never(one: Event, name: str) -> Problem:
    why = "dess villkor möts inte någon dag"
    return Problem(
        "regeln för hur ofta mötet hålls inträffar aldrig",
        f"{name}:{one.number}",
        why,
        "kontrollera upprepningen i kalendern",
    )


def _same_uid(part: Part, name: str) -> Problem:
    why = "de säger olika, och ingen är senare än den andra; båda läses"
    return Problem(
        "två händelser har samma identitet (UID)", f"{name}:{part.number}", why, "kontrollera att båda stämmer"
    )
