"""The reference's own calendar: months, periods and their names, and whether a day has come."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

ONE = timedelta(days=1)
FAR = date.max
LENGTHS = {"month": 1, "quarter": 3, "half_year": 6, "semester": 6, "year": 12}
NAME = re.compile(r"(\d{4})(?:-(H[12]|Q[1-4]|VT|HT|\d\d)|/(\d{4}))?")
STARTS = {"H1": 1, "VT": 1, "H2": 7, "HT": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}


@dataclass
class Today:
    """The day judged; `until` becomes the last day on which nothing that was asked of it comes out otherwise."""

    day: date
    until: date = field(default=FAR)

    def has_come(self, day: date) -> bool:
        """Whether a day has come."""
        if day <= self.day:
            return True
        if day <= self.until:
            self.until = day - ONE
        return False

    def is_past(self, day: date) -> bool:
        """Whether a day lies behind."""
        return day < FAR and self.has_come(day + ONE)


@lru_cache(maxsize=100_000)
def plus(day: date, months: int) -> date:
    """So many months later, or on that month's last day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=10_000)
def named(name: str) -> tuple[date, date] | None:
    """First and last day of the period that a name means; None where it means none."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    year, part, last = found.groups()
    start, months = date(int(year), 1, 1), 12
    if last:
        months = 12 * (int(last) - int(year) + 1)
    elif part:
        start = start.replace(month=STARTS.get(part) or int(part))
        months = 1 if part.isdigit() else 3 if part[0] == "Q" else 6
    return start, plus(start, months) - ONE


@lru_cache(maxsize=10_000)
def within(part: str, whole: str) -> bool:
    """Whether a name means a period or a part of it."""
    inner, outer = named(part), named(whole)
    return inner is not None and outer is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


@lru_cache(maxsize=1_000)
def calendar_periods(kind: str) -> tuple[tuple[str, date, date], ...]:
    """Every period of a kind that the workload can touch: name, first and last day."""
    return tuple(_periods(kind))


def _periods(kind: str) -> Iterator[tuple[str, date, date]]:
    months = LENGTHS[kind]
    for year in range(2014, 2032):
        for month in range(1, 13, months):
            start = date(year, month, 1)
            yield _name(kind, year, month), start, plus(start, months) - ONE


def _name(kind: str, year: int, month: int) -> str:
    half = (month > 6) + 1
    return {
        "month": f"{year}-{month:02}",
        "quarter": f"{year}-Q{(month + 2) // 3}",
        "half_year": f"{year}-H{half}",
        "semester": f"{year}-{('VT', 'HT')[half - 1]}",
        "year": str(year),
    }[kind]
