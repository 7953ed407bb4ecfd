"""A calendar that somebody exported (Outlook, Google and others) as occasions: what, when, where.

In comes a path and a last day, out come occasions in Stockholm's time, repeated ones one by one. Raises Rejected where
the file is no calendar. Times with a zone of their own, floating times and whole days are read; what is cancelled says
so. Source: RFC 5545.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar

from avtalsvakt_rules.problems import Problem, Rejected

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LARGEST = 20_000_000
"""Bytes. A person's calendar of ten years is a few million."""

REPEATED = 1_000
"""Occasions of one repeated event."""

EARLIEST = datetime.combine(date(1990, 1, 1), time())
_TOO_OFTEN = re.compile(r"FREQ=(?:HOURLY|MINUTELY|SECONDLY)", re.IGNORECASE)
_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6})Z")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion. `start` and `end` are Stockholm's time without a zone; `whole_day` says that no time was stated."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    location: str = ""
    whole_day: bool = False
    cancelled: bool = False


def read_calendar(path: Path, last: date) -> list[Occasion]:
    """The occasions no later than the day, by time. Raises Rejected."""
    try:
        data = path.read_bytes()
    except OSError as error:
        why = f"systemet svarar: {error.strerror or error}"
        raise Rejected([Problem("kalendern kan inte läsas", str(path), why, "kontrollera sökvägen")]) from error
    if len(data) > LARGEST:
        why = f"den är {len(data) // 1_000_000} MB"
        raise Rejected([Problem("kalendern är för stor", str(path), why, "exportera en kortare tid")])
    try:
        return _read(data, last)
    except Exception as error:  # the library names damage in many ways, some only when a value is asked for
        why = "den är ingen kalender enligt iCalendar (.ics)"
        raise Rejected([Problem("kalendern kan inte läsas", str(path), why, "exportera den på nytt")]) from error


def _read(data: bytes, last: date) -> list[Occasion]:
    """The occasions in the bytes of a calendar; whatever the library raises where they are none."""
    calendars = Calendar.from_ical(data, multiple=True)
    events: list[Any] = [event for one in calendars for event in one.walk("VEVENT")]
    moved = {(str(one.get("UID", "")), _local(one["RECURRENCE-ID"].dt)[0]) for one in events if "RECURRENCE-ID" in one}
    found = [one for event in events for one in _occasions(event, moved, last)]
    return sorted(found, key=lambda one: (one.start, one.uid))


def _occasions(event: Any, moved: set[tuple[str, datetime]], last: date) -> Iterator[Occasion]:
    """The occasions of one event; one that was moved is told by the event that moved it."""
    if "DTSTART" not in event:
        return
    first, whole_day = _local(event["DTSTART"].dt)
    length = _length(event, first, whole_day)
    uid, summary = str(event.get("UID", "")), " ".join(str(event.get("SUMMARY", "")).split())
    location = " ".join(str(event.get("LOCATION", "")).split())
    cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    for start in _starts(event, first, last):
        if "RECURRENCE-ID" in event or (uid, start) not in moved:
            yield Occasion(uid, start, start + length, summary, location, whole_day, cancelled)


def _starts(event: Any, first: datetime, last: date) -> Iterator[datetime]:
    """When it takes place, as often as its rule says and its exceptions leave."""
    limit = datetime.combine(last, time.max)
    rules = event.get("RRULE")
    if rules is None or "RECURRENCE-ID" in event:
        yield from [first] if EARLIEST <= first <= limit else []
        return
    rule = rules[0] if isinstance(rules, list) else rules
    text = _UNTIL.sub(_until, rule.to_ical().decode())
    except_ = {_local(one.dt)[0] for part in _listed(event.get("EXDATE")) for one in part.dts}
    if _TOO_OFTEN.search(text):
        text = ""  # no meeting is held every hour; a rule that never comes true would be looked for by the second
    try:
        repeated: Iterable[datetime] = rrulestr(text, dtstart=first) if text else [first]
    except (ValueError, TypeError):
        repeated = [first]
    for start in islice(repeated, REPEATED):
        if start > limit:
            return
        if start >= EARLIEST and start not in except_:
            yield start


def _local(moment: date | datetime) -> tuple[datetime, bool]:
    """Stockholm's time without a zone, and whether it was a whole day."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time()), True
    return (moment.astimezone(STOCKHOLM).replace(tzinfo=None) if moment.tzinfo else moment), False


def _length(event: Any, first: datetime, whole_day: bool) -> timedelta:
    if "DTEND" in event:
        return max(_local(event["DTEND"].dt)[0] - first, timedelta())
    if "DURATION" in event:
        length: timedelta = event["DURATION"].dt
        return max(length, timedelta())
    return timedelta(days=1) if whole_day else timedelta()


def _until(found: re.Match[str]) -> str:
    """The end of a rule, which is stated in UTC, in Stockholm's time like everything else."""
    moment = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(STOCKHOLM)
    return f"UNTIL={moment:%Y%m%dT%H%M%S}"


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
