"""A calendar that somebody exported (Outlook, Google and others) as occasions: what, when, where.

In come a path, a last day and what to look for; out come occasions in Stockholm's time, repeated ones one by one, with
an account of what was seen, read, left and could not be read. Only events whose words are looked for are read any
further: the rest of a person's calendar is none of ours. Raises Rejected where the file is no calendar, and says what
it is. Source: RFC 5545.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from avtalsvakt_calendars.importing.components import EVENT, Part, parts
from avtalsvakt_calendars.importing.content_lines import Content, content
from avtalsvakt_calendars.importing.events import ANSWERS, Source, title
from avtalsvakt_calendars.importing.series import Member, Occasion, Work, occasions
from avtalsvakt_calendars.importing.zones import zones_of
from avtalsvakt_engine.importing.file_text import file_bytes
from avtalsvakt_rules.problems import Problem, Rejected

__all__ = ["Occasion", "Reading", "read_calendar"]

LARGEST = 20_000_000
"""Bytes. A person's calendar of ten years is a few million."""

_MOJIBAKE = re.compile("Ã[¥¤¶…„–\x85\x84\x96]")


class Reading(Struct, frozen=True):
    """What a calendar holds. `events` were seen, `concerned` of them named what was looked for and were read.

    `unread` are events that could not be, `damage` is what is wrong with the file as a whole, `notes` what was unusual.
    `others` counts parts that are no events, `answers` those that only answer an invitation. `series` are the UIDs
    whose whole series was there, `unnamed` the titles of events that were left, with how often they stand there.
    """

    occasions: tuple[Occasion, ...]
    events: int
    concerned: int
    unread: tuple[Problem, ...] = ()
    damage: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)
    answers: int = 0
    series: frozenset[str] = frozenset()
    unnamed: Mapping[str, int] = field(default_factory=dict)


def read_calendar(path: Path, last: date, concerns: Callable[[str], bool]) -> Reading:
    """The occasions no later than the day of events whose words `concerns` says yes to, by time. Raises Rejected."""
    data = file_bytes(path, LARGEST)
    name = str(path)
    read = content(data, name)
    found = parts(read.lines, name)
    if not found.calendars:
        raise Rejected([_no_calendar(data, name)])
    sources = {id(one): Source(zones_of(one, name), one.text("METHOD").upper()) for one in found.calendars}
    events = [(part, sources[id(calendar)]) for calendar, part in found.inside(EVENT)]
    meetings = [one for one in events if one[1].method not in ANSWERS]
    series = _concerned(meetings, concerns)
    taken = {id(part) for members in series.values() for part, _ in members}
    work = Work()
    held = [one for uid, members in series.items() for one in occasions(uid, members, last, name, work)]
    zones = [note for source in sources.values() for note in source.zones.notes()]
    damage = [*found.damage, *_nothing_found(read, series, data, name)]
    return Reading(
        tuple(sorted(held, key=lambda one: (one.start, one.uid))),
        len(events),
        sum(map(len, series.values())),
        tuple(work.unread),
        tuple(damage),
        (*(note for note in read.notes if note not in damage), *zones, *work.notes),
        found.others(),
        len(events) - len(meetings),
        frozenset(uid for uid, members in series.items() if any(not one.get("RECURRENCE-ID") for one, _ in members)),
        Counter(part.text("SUMMARY") or "utan rubrik" for part, _ in meetings if id(part) not in taken),
    )


def _concerned(events: Sequence[Member], concerns: Callable[[str], bool]) -> dict[str, list[Member]]:
    """The events by UID of which any has words that are looked for; one without a UID is alone."""
    grouped: dict[str, list[Member]] = {}
    for part, source in events:
        grouped.setdefault(part.text("UID") or f"{part.text('SUMMARY')} {part.text('DTSTART')}", []).append(
            (part, source)
        )
    return {uid: members for uid, members in grouped.items() if any(concerns(_words(*one)) for one in members)}


def _words(part: Part, source: Source) -> str:
    said = title(part, source)
    return f"{said.summary} {said.location}"


def _nothing_found(read: Content, series: Mapping[str, object], data: bytes, name: str) -> list[Problem]:
    """Where nothing was found: what may have hidden it. A calendar that names no body is in order."""
    if series:
        return []
    suspects = [note for note in read.notes if "veckade" in note.what or "tecken" in note.what]
    if _MOJIBAKE.search(data.decode("utf-8", "replace")):
        why = "å, ä och ö står som två tecken var: texten har kodats två gånger"
        suspects.append(Problem("texten är fel kodad", name, why, "exportera kalendern på nytt i UTF-8"))
    return suspects


def _no_calendar(data: bytes, name: str) -> Problem:
    """What the file is instead of a calendar."""
    begins = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kinds = (
        (b"", "filen är tom" if not begins else ""),
        (b"<", "den är en webbsida eller XML; adressen kräver kanske inloggning"),
        (b"pk\x03\x04", "den är ett arkiv (zip); packa upp det och läs in filerna som slutar på .ics"),
        (b"begin:vcard", "den är ett adresskort (vCard)"),
        (b"{", "den är JSON"),
        (b"begin:vevent", "den saknar BEGIN:VCALENDAR och är kanske en del av en kalender"),
    )
    told = next((why for mark, why in kinds if why and begins.startswith(mark)), "BEGIN:VCALENDAR finns inte i den")
    return Problem("filen är ingen kalender", name, told, "exportera kalendern som iCalendar (.ics)")
