"""Repeated events of random calendars are read as ical.js reads them, every occasion of every one."""

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path

from tests.interop.made_calendars import LAST, made
from tests.interop.outside import BUILD, HERE

from avtalsvakt_calendars.importing.calendar_file import read_calendar
from avtalsvakt_calendars.importing.zones import STOCKHOLM

CALENDARS = 400


def theirs(paths: list[Path]) -> list[list[str]]:
    """What ical.js reads in each file: the moments, in Stockholm's time."""
    surroundings = {**os.environ, "NODE_PATH": str(BUILD / "node_modules"), "TZ": "UTC"}
    command = ["node", str(HERE / "read_recurrences.cjs"), str(LAST.year), *map(str, paths)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=300, check=True)
    return [
        sorted({one for one in map(_local, found) if one < str(LAST.year + 1)}) for found in json.loads(done.stdout)
    ]


def _local(text: str) -> str:
    if len(text) == 10:
        return f"{text} 00:00"
    return f"{datetime.fromisoformat(text).astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"


def ours(path: Path) -> list[str]:
    """The moments that are read in a file."""
    reading = read_calendar(path, LAST, lambda _: True)
    assert (reading.unread, reading.damage) == ((), ())
    return sorted({f"{one.start:%Y-%m-%d %H:%M}" for one in reading.occasions if not one.cancelled})


def test_random_calendars_are_read_as_icaljs_reads_them(tmp_path: Path) -> None:
    paths = []
    for number in range(CALENDARS):
        paths.append(tmp_path / f"{number}.ics")
        paths[-1].write_bytes(made(number))
    assert dict(zip(paths, map(ours, paths), strict=True)) == dict(zip(paths, theirs(paths), strict=True))
