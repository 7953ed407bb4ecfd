"""Feeds as bytes (RFC 5545) and as files. Of what is handed out, only this module knows the iCalendar library."""

import os
import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from icalendar import Alarm, Calendar, Event, vText
from icalendar.prop import vCategory, vDDDTypes, vDuration
from msgspec import Struct

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.phrases import one_line
from avtalsvakt_calendars.publishing.ledger import KEPT, Stamped
from avtalsvakt_calendars.timezone import VTIMEZONE
from avtalsvakt_rules.keeping.private_files import make_file
from avtalsvakt_rules.machine import flush_folder
from avtalsvakt_rules.problems import Problem, Rejected

PUBLISHED = 0o644
"""A web server, which is another account, reads what is published; the account's habit (umask) takes its part away."""
PRODID = "-//Avtalsvakt//Avtalsvakt//SV"
RENDERING = 2
"""Rises when events are written otherwise than before, so that kept bytes are written anew."""
COLOR = "steelblue"
REFRESH = timedelta(hours=6)
# 09:00 the day before an all-day event; alarms.py puts the subscriber's own lead in its place.
ALARM_BEFORE = -timedelta(hours=15)

_EVENT_END = b"END:VEVENT\r\n"
_CALENDAR_END = b"END:VCALENDAR\r\n"
_ZONED = re.compile(rb"\r\nDT(START|END);TZID=")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# A byte order mark inside a text is taken away by the library and by parsers; better never written.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[!-~]+")


class _Text(vText):
    """Text escaped as RFC 5545 says. The library's own turns a backslash before a capital N into a line break."""

    def to_ical(self) -> bytes:
        """The text as it stands in the file, before folding."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode("utf-8")


class Written(Struct, frozen=True):
    """One event as bytes: the VEVENT up to its end, and its alarm (empty if it has none), which feeds may leave out."""

    event: bytes
    alarm: bytes


def render(name: str, stamped: Sequence[Stamped], *, color: str = COLOR, alarm: bool = True) -> bytes:
    """The feed as bytes: the same for the same input, on every machine.

    In: the calendar's name, its events, a CSS3 colour name, and whether events carry an alarm the day before. Text may
    hold anything: what a calendar file cannot carry (control characters) is left out. An address that is not plain http
    or https is left out too. Raises ValueError on an empty feed.
    """
    ordered = sorted(stamped, key=lambda item: (item.reminder.day, item.reminder.uid))
    written = [write_event(item) for item in ordered]
    return assemble(name, [one if alarm else Written(one.event, b"") for one in written], color=color)


@lru_cache(maxsize=KEPT)
def write_event(item: Stamped) -> Written:
    """One event as bytes. They are made when the event changes and kept: writing is what costs time in a feed."""
    event: bytes = _event(item).to_ical(sorted=False)
    reminder = item.reminder
    alarm: bytes = _alarm(reminder).to_ical(sorted=False) if reminder.rings else b""
    return Written(event.removesuffix(_EVENT_END), alarm)


def assemble(name: str, events: Sequence[Written], *, color: str = COLOR) -> bytes:
    """The feed made of written events, in the order given. Raises ValueError on an empty feed."""
    if not events:
        raise ValueError("a feed must hold an event: programs report an empty one as broken")
    parts = [_head(name, color)]
    if any(_ZONED.search(written.event) for written in events):
        parts.append(VTIMEZONE.encode())
    for written in events:
        parts += (written.event, written.alarm, _EVENT_END)
    return b"".join((*parts, _CALENDAR_END))


@lru_cache(maxsize=256)
def _head(name: str, color: str) -> bytes:
    """The calendar's own lines. Remembered, since a feed is put together anew each time it is asked for."""
    # Calendar.new() would invent a random UID for the whole calendar.
    calendar = Calendar()
    for key, value in _titles(name, color):
        calendar.add(key, value)
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    lines: bytes = calendar.to_ical(sorted=False)
    return lines.removesuffix(_CALENDAR_END)


def _titles(name: str, color: str) -> Iterator[tuple[str, vText]]:
    """The calendar's own text properties."""
    title = _line(name)
    yield "PRODID", _Text(PRODID)
    yield "VERSION", _Text("2.0")
    yield "METHOD", _Text("PUBLISH")
    # Assigned through the library's attributes these would not be escaped.
    yield "NAME", _Text(title)
    yield "X-WR-CALNAME", _Text(title)
    yield "X-WR-TIMEZONE", _Text("Europe/Stockholm")
    yield "COLOR", _Text(color)


def _event(item: Stamped) -> Event:
    """One event, without its alarm."""
    reminder = item.reminder
    event = Event()
    event.add("UID", _Text(_line(reminder.uid)))
    for key in ("DTSTAMP", "LAST-MODIFIED"):
        event.add(key, item.stamp)
    event.add("SEQUENCE", item.sequence)
    for key, value in _when(reminder):
        event.add(key, value)
    for key, text in _texts(reminder):
        event.add(key, _Text(text))
    if reminder.location:
        event.add("LOCATION", _Text(_line(reminder.location)))
    if reminder.categories:
        event.add("CATEGORIES", _categories(reminder.categories))
    if reminder.url and _ADDRESS.fullmatch(reminder.url):
        event.add("URL", reminder.url)
    return event


def _when(reminder: Reminder) -> Iterator[tuple[str, vDDDTypes]]:
    """Hours, or the whole day: then the end is the next day, since it is exclusive."""
    if reminder.start is not None and reminder.end is not None:
        yield "DTSTART", vDDDTypes(_unmistakable(reminder.start))
        yield "DTEND", vDDDTypes(_unmistakable(reminder.end))
    else:
        yield "DTSTART", vDDDTypes(reminder.day)
        yield "DTEND", vDDDTypes(reminder.day + timedelta(days=1))


def _unmistakable(moment: datetime) -> datetime:
    """The moment in its own zone, but in UTC if clocks show it twice: of the two, programs choose differently."""
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if twice else moment


def _texts(reminder: Reminder) -> Iterator[tuple[str, str]]:
    """The event's words, its status and whether it takes up time: only a meeting with hours does."""
    busy = reminder.timed and not reminder.cancelled
    yield "SUMMARY", _line(reminder.summary)
    yield "DESCRIPTION", _plain(reminder.description)
    yield "STATUS", "CANCELLED" if reminder.cancelled else "CONFIRMED"
    yield "TRANSP", "OPAQUE" if busy else "TRANSPARENT"
    yield "X-MICROSOFT-CDO-BUSYSTATUS", "BUSY" if busy else "FREE"


def _categories(names: Sequence[str]) -> vCategory:
    """The categories, each escaped as other text is."""
    value = vCategory([])
    value.cats = [_Text(_line(name)) for name in names]
    return value


def _alarm(reminder: Reminder) -> Alarm:
    """A notice on the screen the day before."""
    alarm = Alarm()
    alarm.add("ACTION", _Text("DISPLAY"))
    alarm.add("TRIGGER", ALARM_BEFORE)
    alarm.add("DESCRIPTION", _Text(_line(reminder.summary)))
    return alarm


def _plain(text: str) -> str:
    """The text as a calendar file can carry it: every kind of line break as one, no control characters."""
    return _SURROGATES.sub("\ufffd", _FORBIDDEN.sub("", _LINE_BREAKS.sub("\n", text)))


def _line(text: str) -> str:
    """The text on one line."""
    return one_line(_plain(text))


def write_if_changed(path: Path, content: bytes) -> bool:
    """Put the feed in its file unless the file already holds the same bytes; true if it was written.

    Readers see the old file or the new one, whole. Makes missing folders. Raises Rejected if the place cannot be
    written; the old file is then untouched.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise Rejected([_unwritable(path, error)]) from error
    return True


def _make(beside: Path, path: Path) -> None:
    """An empty file that is to replace another: with the rights of that, else as what is published for a web server."""
    if path.exists():
        make_file(beside, path)
    else:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PUBLISHED))


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and rename: a crash leaves the old file, and synced, so does a power cut."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        _make(beside, path)
        with beside.open("r+b") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(path.parent)


def _unwritable(path: Path, error: OSError) -> Problem:
    """What to tell the person who chose the folder."""
    return Problem(
        what="kalenderfilen kan inte skrivas",
        where=str(path),
        why=f"Operativsystemet svarar: {error.strerror or error}",
        remedy="kontrollera att mappen finns, att programmet får skriva där och att disken har plats",
    )
