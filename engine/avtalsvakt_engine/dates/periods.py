"""Periods that recur: weeks, months, quarters, half-years, school terms, years; their labels and their limits.

A period is whole here; clipping to term and scheme is the business of duties.py. Under the reading `agreement` a
year or half-year
is counted from the agreement's first day, and its label is its first and last day.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from avtalsvakt_engine.dates.deadlines import add_months
from avtalsvakt_engine.verdicts import Period
from avtalsvakt_rules.texts.expressions import expression

MONTHS_IN = {"month": 1, "quarter": 3, "half_year": 6, "semester": 6, "year": 12, "year_end": 12}
DAY = timedelta(days=1)


def periods(
    kind: str,
    first: date,
    last: date,
    *,
    anchor: date | None = None,
    closing: str = "dec31",
    terms: str = "half",
    months: int | None = None,
) -> Iterator[Period]:
    """The periods of a kind that touch [first, last], in order.

    `anchor`: count slices from that day (reading `agreement` or `rolling`) instead of the calendar's. `closing`: the
    reading
    ARETSSLUT, for year_end. `terms`: the reading TERMIN, for semester. `months`: blocks of so many, of which one begins
    on the anchor.
    """
    if months is not None and anchor is not None:
        yield from _blocks(months, first, last, anchor)
    elif kind == "week":
        yield from _weeks(first, last)
    elif kind == "year_end":
        yield from (
            _closing(year, closing)
            for year in range(first.year - 1, last.year + 1)
            if _touches(_closing(year, closing), first, last)
        )
    elif kind == "semester" and terms == "school":
        found = (_school_term(one) for one in _calendar(kind, first, last))
        yield from (one for one in found if _touches(one, first, last))
    elif anchor is not None:
        yield from _slices(MONTHS_IN[kind], first, last, anchor)
    else:
        yield from _calendar(kind, first, last)


def _touches(period: Period, first: date, last: date) -> bool:
    return period.start <= last and period.end >= first


def _calendar(kind: str, first: date, last: date) -> Iterator[Period]:
    months = MONTHS_IN[kind]
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    while start <= last:
        period, start = _beginning(kind, start)
        yield period


@lru_cache(maxsize=20_000)  # the same periods recur for every clause of every agreement
def _beginning(kind: str, start: date) -> tuple[Period, date]:
    """The calendar period that begins on a day, and the first day of the next."""
    following = add_months(start, MONTHS_IN[kind])
    return Period(label(kind, start), start, following - DAY), following


def _school_term(half: Period) -> Period:
    """The school term in a half-year, by outer days that always hold: spring to 15 June, autumn from 1 August."""
    year = half.start.year
    if half.start.month == 1:
        return Period(half.label, half.start, date(year, 6, 15))
    return Period(half.label, date(year, 8, 1), half.end)


def _slices(months: int, first: date, last: date, anchor: date) -> Iterator[Period]:
    number = 0
    while (start := add_months(anchor, number * months)) <= last:
        number += 1
        end = add_months(anchor, number * months) - DAY
        if end >= first:
            yield Period(f"{start.isoformat()}--{end.isoformat()}", start, end)


def _blocks(months: int, first: date, last: date, anchor: date) -> Iterator[Period]:
    number = ((first.year - anchor.year) * 12 + first.month - anchor.month) // months - 1
    while (start := add_months(anchor, number * months)) <= last:
        number += 1
        end = add_months(anchor, number * months) - DAY
        if end >= first:
            yield Period(block_label(start, end), start, end)


def block_label(start: date, end: date) -> str:
    """The label of a block: its years where it has whole ones (2019/2022), else its first and last day."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}/{end.year}"
    return f"{start.isoformat()}--{end.isoformat()}"


def _weeks(first: date, last: date) -> Iterator[Period]:
    start = first - timedelta(days=first.weekday())
    while start <= last:
        yield Period(label("week", start), start, start + timedelta(days=6))
        start += timedelta(days=7)


def _closing(year: int, closing: str) -> Period:
    """The closing window of a year: from October by default.

    The reading can choose December, or let January belong to it.
    """
    start = date(year, 12, 1) if closing == "december" else date(year, 10, 1)
    end = date(year + 1, 1, 31) if closing == "january" else date(year, 12, 31)
    return Period(str(year), start, end)


def label(kind: str, start: date) -> str:
    """The fixed label of a calendar period that starts on a day: 2026, 2026-H1, 2026-Q2, 2026-03, 2026-VT, 2026-W03."""
    if kind == "week":
        return f"{start:%G-W%V}"
    if kind == "month":
        return f"{start.year}-{start.month:02}"
    if kind == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    if kind == "half_year":
        return f"{start.year}-H{1 if start.month == 1 else 2}"
    if kind == "semester":
        return f"{start.year}-{'VT' if start.month == 1 else 'HT'}"
    return str(start.year)


_LABEL = expression(r"^(\d{4})(?:-(H[12]|Q[1-4]|VT|HT|W\d\d|\d\d)|/(\d{4}))?$")
_HALF = {
    "H1": (1, 6),
    "VT": (1, 6),
    "H2": (7, 6),
    "HT": (7, 6),
    "Q1": (1, 3),
    "Q2": (4, 3),
    "Q3": (7, 3),
    "Q4": (10, 3),
}


@lru_cache(maxsize=20_000)
def within(text: str, label: str | None) -> bool:
    """Whether one label names the same period as another or a part of it: what is said of 2026-H1 is said of 2026."""
    if text == label:
        return True
    part, whole = span(text), span(label) if label else None
    return part is not None and whole is not None and whole[0] <= part[0] and part[1] <= whole[1]


@lru_cache(maxsize=2_000)
def span(text: str) -> tuple[date, date] | None:
    """First and last day of the period that a label names; None where it is no label."""
    if "--" in text:
        first, _, last = text.partition("--")
        try:
            return date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            return None
    found = _LABEL.match(text)
    if not found:
        return None
    year, part, until = int(found[1]), found[2], found[3]
    try:
        if until:
            return date(year, 1, 1), date(int(until), 12, 31)
        if part is None:
            return date(year, 1, 1), date(year, 12, 31)
        if part.startswith("W"):
            start = date.fromisocalendar(year, int(part[1:]), 1)
            return start, start + timedelta(days=6)
        month, months = _HALF.get(part) or (int(part), 1)
        start = date(year, month, 1)
    except ValueError:
        return None
    return start, add_months(start, months) - DAY
