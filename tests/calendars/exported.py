"""Calendars as programs export them, all invented, and what is read in them."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from avtalsvakt_calendars.importing.calendar_file import Reading, read_calendar

NAME = "Provrådet"
LAST = date(2028, 1, 1)
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Prov//SV")
STOCKHOLM = "DTSTART;TZID=Europe/Stockholm:20260112T130000"


def event(*lines: str, uid: str = "a", summary: str = NAME) -> tuple[str, ...]:
    """One event; a UID or summary that is empty is left out."""
    own = [f"UID:{uid}"] if uid else []
    said = [f"SUMMARY:{summary}"] if summary else []
    return ("BEGIN:VEVENT", *own, *said, *lines, "END:VEVENT")


def calendar(*parts: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    """A calendar of these parts."""
    return ("\r\n".join([*head, *(line for part in parts for line in part), "END:VCALENDAR"]) + "\r\n").encode()


def read(data: bytes, concerns: Callable[[str], bool] = lambda words: "provråd" in words.casefold()) -> Reading:
    """What is read in a calendar's bytes. Raises Rejected."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "k.ics"
        path.write_bytes(data)
        return read_calendar(path, LAST, concerns)


def times(reading: Reading) -> list[str]:
    """When the meetings that are held take place; without an hour if none is stated."""
    held = [one for one in reading.occasions if not one.cancelled]
    return [f"{one.start:%Y-%m-%d}" if one.whole_day else f"{one.start:%Y-%m-%d %H:%M}" for one in held]


def faults(reading: Reading) -> list[str]:
    """What could not be read."""
    return [one.what for one in (*reading.damage, *reading.unread)]
