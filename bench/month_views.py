"""Draws what subscribers see: `python -m bench.month_views [--as-of 2026-11-29] [--month 2026-12] FIL.ics…`.

In come calendar files, as `avtalsvakt calendar show … --ics` or the server hands them out; out come for each a month as
a table and counts: events, titles that stand several times, alarms, titles over 40 characters, most on one day. Only
the files are looked at, so that those of any version can be compared.
"""

import argparse
from calendar import Calendar as Weeks
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar

LONG = 40
CELL = 25
DAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")


@dataclass(frozen=True)
class Seen:
    """One event as a person sees it."""

    day: date
    title: str
    alarms: int
    cancelled: bool
    text: str


def seen(content: bytes) -> list[Seen]:
    """The events of a calendar, by day."""
    found: list[Any] = list(Calendar.from_ical(content).events)
    return sorted((_seen(one) for one in found), key=lambda one: (one.day, one.title))


def _seen(event: Any) -> Seen:
    start = event["DTSTART"].dt
    day = start.date() if isinstance(start, datetime) else start
    cancelled = str(event.get("STATUS")) == "CANCELLED"
    return Seen(day, str(event["SUMMARY"]), len(event.walk("VALARM")), cancelled, str(event.get("DESCRIPTION", "")))


def counts(events: Sequence[Seen], as_of: date) -> dict[str, int]:
    """What can be counted in a calendar; cancelled events apart."""
    alive = [one for one in events if not one.cancelled]
    days = Counter(one.day for one in alive)
    titles = Counter((one.day, one.title) for one in alive)
    return {
        "poster": len(alive),
        "inställda": len(events) - len(alive),
        "dubbletter": sum(number - 1 for number in titles.values()),
        "alarm": sum(one.alarms for one in alive),
        "rubriker över 40": sum(len(one.title) > LONG for one in alive),
        "flest på en dag": max(days.values(), default=0),
        "i det förflutna": sum(one.day < as_of for one in alive),
    }


def month(events: Sequence[Seen], year: int, number: int) -> Iterator[str]:
    """The month as lines of text, a week a row, titles cut as a small screen cuts them."""
    yield " | ".join(f"{name:{CELL}}" for name in DAYS)
    for week in Weeks().monthdatescalendar(year, number):
        cells = [_cell(day, events) if day.month == number else [""] for day in week]
        for line in range(max(map(len, cells))):
            yield " | ".join(f"{cell[line] if line < len(cell) else '':{CELL}}" for cell in cells)
        yield "-+-".join("-" * CELL for _ in week)


def _cell(day: date, events: Sequence[Seen]) -> list[str]:
    return [str(day.day), *(one.title[:CELL] for one in events if one.day == day and not one.cancelled)]


def main() -> None:
    """Draw what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 29))
    parser.add_argument("--month", default="2026-12")
    asked = parser.parse_args()
    year, number = map(int, asked.month.split("-"))
    for path in asked.files:
        events = seen(path.read_bytes())
        print(f"\n{path}: {', '.join(f'{name} {count}' for name, count in counts(events, asked.as_of).items())}")
        print("\n".join(month(events, year, number)))


if __name__ == "__main__":
    main()
