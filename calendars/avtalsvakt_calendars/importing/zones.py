"""What the name of a time zone in a calendar means, and what time it then is in Stockholm.

In come names as programs write them and the zones that the file defines, out come zones that Python reckons with.
Known names come first (the zone database's, with or without a program's own prefix; Windows'), then what the file
defines, then a city inside a longer name. Any other zone is taken for Stockholm's, which is noted; one that is defined
and broken but used by no event matters to nobody. Source: RFC 5545, 3.2.19 and 3.6.5; Windows' names from icalendar.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from avtalsvakt_calendars.importing.components import Part
from avtalsvakt_calendars.importing.content_lines import Line
from avtalsvakt_rules.problems import Problem

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_MOST_RULES = 200
"""Lines in a zone that is defined; every change of a hundred years is about so many."""
MOST, LONGEST = 500, 200
"""Zones that are looked up in one calendar, and letters of a name."""
_YEARLY = re.compile(r"FREQ=YEARLY", re.IGNORECASE)
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d{1,2})(?:[:.]?(\d{2}))?\)?", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*\D)\s\d{1,2}")
_CONTINENTS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
    "Pacific/",
)  # fmt: skip
_WORDS = re.compile(r"[(),;/+\"]|\s-\s")


@dataclass(slots=True)
class Zones:
    """The zones of one calendar: those it defines, by name, and the one that it says its floating times are in."""

    name: str
    defined: Mapping[str, Part] = field(default_factory=dict)
    floating: tzinfo = STOCKHOLM
    unknown: dict[str, int] = field(default_factory=dict)
    _found: dict[str, tzinfo] = field(default_factory=dict)

    def zone(self, tzid: str, number: int) -> tzinfo:
        """The zone that a line names, Stockholm's if nobody knows it."""
        key = tzid[:LONGEST].strip().strip("\"'").strip()
        if key not in self._found:
            looked_up = len(self._found) < MOST  # a calendar names a few; to look up each takes a while
            zone = known_zone(key) or self._own(key) or _alias(key) if looked_up else None
            if zone is None:
                self.unknown.setdefault(key, number)
            self._found[key] = zone or STOCKHOLM
        return self._found[key]

    def notes(self) -> Iterator[Problem]:
        """A note for each zone that was named and is not known."""
        for tzid, number in self.unknown.items():
            why = "namnet är okänt, och kalendern (VTIMEZONE) beskriver den inte så att det går att räkna med den"
            what = f"tidszonen '{tzid}' lästes som svensk tid"
            yield Problem(what, f"{self.name}:{number}", why, "kontrollera mötenas klockslag")

    def _own(self, key: str) -> tzinfo | None:
        part = self.defined.get(key)
        return _defined_zone(part, key) if part else None


def zones_of(calendar: Part, name: str) -> Zones:
    """The zones of a calendar."""
    own = {part.text("TZID").strip().strip("\"'"): part for part in calendar.parts if part.kind == "VTIMEZONE"}
    return Zones(name, own, known_zone(calendar.text("X-WR-TIMEZONE")) or STOCKHOLM)


@cache
def known_zone(name: str) -> tzinfo | None:
    """The zone that a name means everywhere: in the zone database, to Windows, or as a distance from UTC."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    if not name:
        return None
    if offset := _OFFSET.fullmatch(name):
        return _at(offset)
    here = _folded(_names())
    found = next((here[end] for end in _endings(name.casefold()) if end in here), None)
    windows = _folded(tuple(WINDOWS_TO_OLSON)).get(name.casefold())
    if found is None and windows is not None:
        found = WINDOWS_TO_OLSON[windows]
    return _zone(found) if found else None


def _alias(name: str) -> tzinfo | None:
    """The zone that a longer name holds: one that Outlook numbered, or one of the cities in a list."""
    if numbered := _NUMBERED.fullmatch(name):
        return known_zone(numbered[1])
    words = (word.strip().casefold() for word in _WORDS.split(name))
    return next((_zone(_cities()[word]) for word in words if word in _cities()), None)


@cache
def _names() -> tuple[str, ...]:
    """The names in the zone database: to look for them is to read hundreds of files."""
    return tuple(sorted(available_timezones()))


@cache
def _cities() -> Mapping[str, str]:
    return {one.rsplit("/", 1)[-1].replace("_", " ").casefold(): one for one in _names() if one.startswith(_CONTINENTS)}


def _endings(name: str) -> Iterator[str]:
    """The name and what follows each slash in it: programs put their own names before the database's."""
    parts = name.split("/")
    yield from ("/".join(parts[start:]) for start in range(len(parts)))


def _at(found: re.Match[str]) -> tzinfo | None:
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(-distance if found[1] == "-" else distance)


@cache
def _folded(names: tuple[str, ...]) -> Mapping[str, str]:
    return {name.casefold(): name for name in names}


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _defined_zone(part: Part, key: str) -> tzinfo | None:
    """The zone that the file defines; None where it cannot be reckoned with."""
    if any(line.name == "RRULE" and not _YEARLY.search(line.value) for one in part.parts for line in one.lines):
        return None
    if sum(len(one.lines) for one in part.parts) > _MOST_RULES:
        return None
    try:
        return _reckoned(part, key)
    except _BrokenError:
        return None


class _BrokenError(ValueError):
    """A definition that the library cannot reckon with."""


def _reckoned(part: Part, key: str) -> tzinfo:
    """The zone as the library makes it. Raises _BrokenError for all that it raises."""
    from icalendar import Timezone

    try:
        defined = cast("Timezone", Timezone.from_ical(_written(part, key)))
        zone: tzinfo = defined.to_tz(lookup_tzid=False)
        datetime(2026, 1, 1, tzinfo=zone).utcoffset()  # some of what is wrong is found when it is asked
    except Exception as error:
        raise _BrokenError(key) from error
    return zone


def _written(part: Part, key: str) -> str:
    """The definition as text that the library reads, with nothing but what decides the time."""
    rows = ["BEGIN:VTIMEZONE", f"TZID:{key or 'okänd'}"]
    for one in part.parts:
        kept = [line for line in one.lines if line.name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE")]
        rows += [f"BEGIN:{one.kind}", *(_row(line) for line in kept), f"END:{one.kind}"]
    return "\r\n".join([*rows, "END:VTIMEZONE", ""])


def _row(line: Line) -> str:
    return f"{line.name}:{''.join(line.value.split())}"
