"""Readers of calendar files that are not ours, each giving the same plain account of what it read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import icalendar
import ics
import recurring_ical_events
import vobject
from ics.grammar.parse import ContentLine


@dataclass(frozen=True)
class Read:
    """What a parser read of one event; moments in UTC."""

    uid: str
    start: date
    end: date
    summary: str
    description: str
    status: str
    sequence: int
    categories: tuple[str, ...]
    alarms: tuple[timedelta, ...]


def in_utc(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def by_icalendar(content: bytes) -> list[Read]:
    """The library that also writes the feeds."""
    return _components(icalendar.Calendar.from_ical(content).events)


def by_recurring(content: bytes) -> list[Read]:
    """What a person sees in a calendar's weeks: occurrences, with the time zone of the file applied."""
    calendar = icalendar.Calendar.from_ical(content)
    return _components(recurring_ical_events.of(calendar).between(date(2000, 1, 1), date(2100, 1, 1)))


def _components(events: list[Any]) -> list[Read]:
    return [
        Read(
            str(event["UID"]),
            in_utc(event.start),
            in_utc(event.end),
            str(event["SUMMARY"]),
            str(event["DESCRIPTION"]),
            str(event["STATUS"]),
            int(event["SEQUENCE"]),
            tuple(map(str, event["CATEGORIES"].ical_value)),
            tuple(alarm["TRIGGER"].dt for alarm in event.walk("VALARM")),
        )
        for event in events
    ]


def by_vobject(content: bytes) -> list[Read]:
    """vobject: old and forgiving."""
    # What is read with a zone of the file itself shows that the file's zone is right.
    vobject.icalendar.registerTzid("Europe/Stockholm", None)
    return [
        Read(
            event.uid.value,
            in_utc(event.dtstart.value),
            in_utc(event.dtend.value),
            event.summary.value,
            event.description.value,
            event.status.value,
            int(event.sequence.value),
            tuple(event.categories.value),
            tuple(alarm.trigger.value for alarm in event.contents.get("valarm", ())),
        )
        for event in vobject.readOne(content.decode()).vevent_list
    ]


def by_ical(content: bytes) -> list[Read]:
    """ical: new and strict, and slow to import: not for whoever only sees which tests there are."""
    from ical.calendar_stream import IcsCalendarStream

    events: list[Any] = list(IcsCalendarStream.calendar_from_ics(content.decode()).events)
    return [
        Read(
            event.uid,
            in_utc(event.dtstart),
            in_utc(event.dtend),
            event.summary or "",
            event.description or "",
            event.status.value if event.status else "",
            event.sequence or 0,
            tuple(event.categories),
            tuple(alarm.trigger for alarm in event.alarm),
        )
        for event in events
    ]


_line = lru_cache(maxsize=2000)(ContentLine.parse)


def _line_by_ics(line: str, _: int = -1) -> Any:
    """A line as ics.py reads it: most stand in every file, and its grammar takes milliseconds for each."""
    found = _line(line)
    return ContentLine(found.name, {name: list(values) for name, values in found.params.items()}, found.value)


ContentLine.parse = _line_by_ics


def by_ics(content: bytes) -> list[Read]:
    """ics.py: a parser made from a grammar. It knows whole days only as moments."""
    return [
        Read(
            event.uid,
            event.begin.date() if event.all_day else in_utc(event.begin.datetime),
            event.end.date() if event.all_day else in_utc(event.end.datetime),
            event.name or "",
            event.description or "",
            event.status or "",
            int(next(line.value for line in event.extra if line.name == "SEQUENCE")),
            tuple(event.categories),
            tuple(alarm.trigger for alarm in event.alarms),
        )
        for event in ics.Calendar(content.decode()).events
    ]


READERS: dict[str, Callable[[bytes], list[Read]]] = {
    "icalendar": by_icalendar,
    "recurring-ical-events": by_recurring,
    "vobject": by_vobject,
    "ical": by_ical,
    "ics": by_ics,
}
