"""Readers that do not come from Python's package index: two in JavaScript, and the C library behind GNOME and KDE.

`scripts/interop.sh` installs them under build/. A reader that is missing is an error here, never a skipped test.
"""

import ctypes
import ctypes.util
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.calendars.readers import Read

HERE = Path(__file__).parent
BUILD = Path(__file__).resolve().parents[2] / "build" / "interop"


def by_icaljs(content: bytes) -> list[Read]:
    """ical.js: what Thunderbird and Nextcloud read with."""
    return _by_script("read_icaljs.cjs", content)


def by_node_ical(content: bytes) -> list[Read]:
    """node-ical: what home automation and bots read with."""
    return _by_script("read_node_ical.cjs", content)


def _by_script(name: str, content: bytes) -> list[Read]:
    with tempfile.NamedTemporaryFile(suffix=".ics") as file:
        file.write(content)
        file.flush()
        surroundings = {**os.environ, "NODE_PATH": str(BUILD / "node_modules"), "TZ": "UTC"}
        command = ["node", str(HERE / name), file.name]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr}")
    (events,) = json.loads(done.stdout)
    return [_read(event) for event in events]


def _read(event: Mapping[str, Any]) -> Read:
    return Read(
        event["uid"],
        moment(event["start"]),
        moment(event["end"]),
        event["summary"],
        event["description"],
        event["status"],
        event["sequence"],
        tuple(event["categories"]),
        tuple(timedelta(seconds=alarm) for alarm in event["alarms"]),
    )


def moment(text: str) -> date:
    """A day, or a moment in UTC."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).astimezone(UTC)


class _Time(ctypes.Structure):
    """libical's icaltimetype."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "daylight")),
        ("zone", ctypes.c_void_p),
    ]  # fmt: skip


@cache
def _libical() -> ctypes.CDLL:
    name = ctypes.util.find_library("ical")
    if name is None:
        raise RuntimeError("libical is not installed: run scripts/interop.sh")
    library = ctypes.CDLL(name)
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for function, result, arguments in (
        ("icalparser_parse_string", pointer, [text]),
        ("icalcomponent_string_to_kind", number, [text]),
        ("icalproperty_string_to_kind", number, [text]),
        ("icalcomponent_count_errors", number, [pointer]),
        ("icalcomponent_get_first_component", pointer, [pointer, number]),
        ("icalcomponent_get_next_component", pointer, [pointer, number]),
        ("icalcomponent_get_first_property", pointer, [pointer, number]),
        ("icalproperty_get_value_as_string", text, [pointer]),
        ("icalproperty_get_categories", text, [pointer]),
        ("icalcomponent_get_uid", text, [pointer]),
        ("icalcomponent_get_summary", text, [pointer]),
        ("icalcomponent_get_description", text, [pointer]),
        ("icalcomponent_get_sequence", number, [pointer]),
        ("icalcomponent_get_dtstart", _Time, [pointer]),
        ("icalcomponent_get_dtend", _Time, [pointer]),
        ("icaltime_as_timet_with_zone", ctypes.c_long, [_Time, pointer]),
        ("icalcomponent_free", None, [pointer]),
    ):
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


def by_libical(content: bytes) -> list[Read]:
    """libical: what Evolution and KOrganizer read with."""
    library = _libical()
    calendar = library.icalparser_parse_string(content)
    if not calendar:
        raise RuntimeError("libical reads nothing in the file")
    try:
        if errors := library.icalcomponent_count_errors(calendar):
            raise RuntimeError(f"libical finds {errors} errors in the file")
        return [_by_libical(library, event) for event in _children(library, calendar, b"VEVENT")]
    finally:
        library.icalcomponent_free(calendar)


def _by_libical(library: ctypes.CDLL, event: int) -> Read:
    categories = library.icalproperty_get_categories(_property(library, event, b"CATEGORIES"))
    return Read(
        library.icalcomponent_get_uid(event).decode(),
        _moment(library, library.icalcomponent_get_dtstart(event)),
        _moment(library, library.icalcomponent_get_dtend(event)),
        library.icalcomponent_get_summary(event).decode(),
        library.icalcomponent_get_description(event).decode(),
        _text(library, event, b"STATUS"),
        library.icalcomponent_get_sequence(event),
        (categories.decode(),),
        tuple(_duration(_text(library, alarm, b"TRIGGER")) for alarm in _children(library, event, b"VALARM")),
    )


def _children(library: ctypes.CDLL, component: int, name: bytes) -> Iterator[int]:
    kind = library.icalcomponent_string_to_kind(name)
    child = library.icalcomponent_get_first_component(component, kind)
    while child:
        yield child
        child = library.icalcomponent_get_next_component(component, kind)


def _property(library: ctypes.CDLL, component: int, name: bytes) -> int:
    found: int = library.icalcomponent_get_first_property(component, library.icalproperty_string_to_kind(name))
    return found


def _text(library: ctypes.CDLL, component: int, name: bytes) -> str:
    value: bytes = library.icalproperty_get_value_as_string(_property(library, component, name))
    return value.decode()


def _moment(library: ctypes.CDLL, time: _Time) -> date:
    if time.is_date:
        return date(time.year, time.month, time.day)
    return datetime.fromtimestamp(library.icaltime_as_timet_with_zone(time, time.zone), UTC)


def _duration(text: str) -> timedelta:
    sign, hours = (-1, text[3:-1]) if text.startswith("-") else (1, text[2:-1])
    return sign * timedelta(hours=int(hours))


OUTSIDE: dict[str, Callable[[bytes], list[Read]]] = {
    "ical.js": by_icaljs,
    "node-ical": by_node_ical,
    "libical": by_libical,
}


def ordered(events: Sequence[Read]) -> list[Read]:
    """Events by identity, for readers that keep them in another order."""
    return sorted(events, key=lambda event: event.uid)
