"""Alarms of one feed: as long beforehand as its subscriber wants, and at most one on any day.

In come events in the order they stand, with the alarm that each may have, out come alarms; most are left out. Of those
that would ring on one day the first in order rings. Source: the subscriber's choice; RFC 5545 § 3.6.6.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from avtalsvakt_calendars.publishing.as_icalendar import Written
from avtalsvakt_engine.storage.outgoing.calendars import StoredEvent

_DAY_BEFORE = b"TRIGGER:-PT15H\r\n"
_ALL_DAY = b"\r\nDTSTART;VALUE=DATE:"
NINE = 9


def with_alarms(events: Sequence[StoredEvent], lead: int | None) -> list[Written]:
    """The events as bytes, each with its alarm or without one."""
    rung: set[date] = set()
    return [Written(one.event or b"", _alarm(one, lead, rung)) for one in events]


def _alarm(one: StoredEvent, lead: int | None, rung: set[date]) -> bytes:
    if lead is None or not one.alarm or not one.event:
        return b""
    day = one.day - timedelta(days=lead)
    if day in rung:
        return b""
    rung.add(day)
    return one.alarm.replace(_DAY_BEFORE, b"TRIGGER:%s\r\n" % _trigger(lead, all_day=_ALL_DAY in one.event).encode())


def _trigger(lead: int, *, all_day: bool) -> str:
    """At nine in the morning; so many days before an event with hours, and an hour before it on its own day."""
    if all_day:
        hours = lead * 24 - NINE
        return f"-PT{hours}H" if hours > 0 else f"PT{-hours}H"
    return f"-P{lead}D" if lead else "-PT1H"
