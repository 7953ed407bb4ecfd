"""Events of a calendar, read line by line: when they begin and end, how they repeat, whether they are called off.

In comes a part of a calendar, out comes an event, or Unreadable with the line that costs it. What only says how long it
lasts costs nobody the event. Source: RFC 5545, 3.6.1 and 3.8; RFC 5546 for what a calendar's METHOD means.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from html import unescape

from msgspec import Struct, field

from avtalsvakt_calendars.importing.components import Part
from avtalsvakt_calendars.importing.content_lines import Line
from avtalsvakt_calendars.importing.recurrence_rules import STEPS, comes_true, strict_rule
from avtalsvakt_calendars.importing.values import (
    Moment,
    Unreadable,
    alike,
    far,
    length,
    moment,
    placed,
    read_moment,
    refuse_far,
)
from avtalsvakt_calendars.importing.zones import Zones

ANSWERS = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})
"""Methods of calendars that answer an invitation, and are no meetings."""

_OFF = (
    r"(?:inställ(?:t|d|da|s)|ställs in|avbok(?:at|ad|ade|as)|avlys(?:t|es)|utgår|aflyst|peruttu|peruutettu|abgesagt|"
    r"cancel(?:l?ed)?|annul(?:erat|erad|lerat|lerad|leret))"
)
_MOVED = r"(?:flyttat|flyttad|flyttas|ombokat|ombokad|moved|rescheduled)"
_FORWARDED = r"^\W*(?:(?:sv|vb|re|fw|fwd)\s*:\s*)*"


LONGEST = 500
"""Characters of a title that are looked at."""


def _marked(words: str) -> re.Pattern[str]:
    """A title that begins or ends with one of the words, or has it in brackets."""
    return re.compile(rf"{_FORWARDED}{words}(?!\w)|[(\[]\s*{words}\b[^)\]]*[)\]]|(?<!\w){words}\W*$", re.IGNORECASE)


_OFF_TITLE, _MOVED_TITLE = _marked(_OFF), _marked(_MOVED)


class Source(Struct, frozen=True):
    """Where events stand: the zones of their calendar, and what it is sent to do."""

    zones: Zones
    method: str = ""


class Title(Struct, frozen=True):
    """What an event says of itself in words; `off` if it is called off, `moved` if the title says so."""

    summary: str
    location: str
    off: bool
    moved: bool


class Event(Struct, frozen=True):
    """One event as it is written. `recurrence`: which occasion of a series it stands for, if any.

    `onwards`: it stands for all that follow, too. `rules` are strict; `skipped` are the series' occasions that are not
    held. `never`: a rule was left out, since it has no day.
    """

    number: int
    title: Title
    start: Moment
    end: Moment
    whole_day: bool
    recurrence: Moment | None = None
    onwards: bool = False
    rules: tuple[str, ...] = ()
    further: tuple[Moment, ...] = ()
    skipped: tuple[Moment, ...] = field(default=())
    never: bool = False


def title(part: Part, source: Source) -> Title:
    """The words of an event, and whether they or its status call it off."""
    summary = unescape(part.text("SUMMARY"))[:LONGEST]
    off = source.method == "CANCEL" or part.text("STATUS").upper() in ("CANCELLED", "CANCELED")
    moved = _MOVED_TITLE.search(summary) is not None
    return Title(
        summary, unescape(part.text("LOCATION"))[:LONGEST], off or _OFF_TITLE.search(summary) is not None, moved
    )


def recurrence(part: Part, source: Source) -> Moment | None:
    """Which occasion of a series an event stands for, None for the series itself. Raises Unreadable."""
    line = part.get("RECURRENCE-ID")
    if line is None:
        return None
    found = moment(line, source.zones)
    refuse_far(found, line)
    return found


def event(part: Part, source: Source, last: date) -> Event:
    """The event, whose rules end no later than the last day that matters. Raises Unreadable."""
    if not part.whole:
        why = "END:VEVENT saknas, så det syns inte om något fattas"
        raise Unreadable(part.number, "händelsen är inte hel", why)
    begins = _begins(part)
    start = moment(begins, source.zones)
    refuse_far(start, begins)
    stands_for = part.get("RECURRENCE-ID")
    rules = () if stands_for else tuple(strict_rule(line, start, last, source.zones) for line in _stated(part, "RRULE"))
    true = tuple(rule for rule in rules if comes_true(rule, start))
    return Event(
        part.number,
        title(part, source),
        start,
        _end(part, start, source.zones),
        not isinstance(start, datetime) or _marked_whole_day(part, start),
        recurrence(part, source),
        onwards=stands_for is not None and stands_for.parameters.get("RANGE", "").upper() == "THISANDFUTURE",
        rules=true,
        further=tuple(placed(value, start) for value in _listed(part, "RDATE", source.zones)),
        skipped=(
            *(alike(value, start) for value in _listed(part, "EXDATE", source.zones)),
            *_ruled_out(part, start, last, source),
        ),
        never=len(true) < len(rules),
    )


def _begins(part: Part) -> Line:
    """The line that says when the event begins. Raises Unreadable where none does, or two differ."""
    stated = _stated(part, "DTSTART")
    if not stated:
        raise Unreadable(part.number, "händelsen har ingen tid", "DTSTART saknas eller är tom")
    if len({(line.value, tuple(line.parameters.items())) for line in stated}) > 1:
        raise Unreadable(stated[1].number, "händelsen har två tider", "DTSTART står två gånger och säger olika")
    return stated[0]


def _end(part: Part, start: Moment, zones: Zones) -> Moment:
    """When it ends; if nothing that can be read says so, a day ends with itself and a moment is all there is."""
    shortest = start if isinstance(start, datetime) else start + timedelta(days=1)
    line, stated = part.get("DTEND"), part.get("DURATION")
    try:
        found = moment(line, zones) if line else None
    except Unreadable:
        found = None
    if found is not None and isinstance(found, datetime) == isinstance(start, datetime) and not far(found):
        return max(found, shortest)
    lasts = length(stated) if stated else None
    return max(start + lasts, shortest) if lasts and lasts < timedelta(days=3_660) else shortest


def _marked_whole_day(part: Part, start: datetime) -> bool:
    """Whether a moment is Outlook's way to write a whole day."""
    return part.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE" and start.time() == time()


def _stated(part: Part, name: str) -> list[Line]:
    return [line for line in part.all(name) if line.value]


def _listed(part: Part, name: str, zones: Zones) -> Iterator[Moment]:
    """The days and moments that lines list; of a period its beginning. Raises Unreadable."""
    for line in _stated(part, name):
        for text in re.split(r"[,;]", line.value):
            found = read_moment(text.split("/")[0], line, zones) if text.strip() else None
            if found is not None and not far(found):
                yield found


def _ruled_out(part: Part, start: Moment, last: date, source: Source) -> Iterator[Moment]:
    """The occasions that a rule of exceptions takes away: RFC 2445 had such, and programs still write them."""
    from dateutil.rrule import rrulestr

    for line in _stated(part, "EXRULE"):
        rule = strict_rule(line, start, last, source.zones)
        if comes_true(rule, start):
            first = start if isinstance(start, datetime) else datetime.combine(start, time())
            for count, found in enumerate(rrulestr(rule, dtstart=first)):
                if count >= STEPS:
                    return
                yield found if isinstance(start, datetime) else found.date()
