"""Days and times as a report says them: `20 maj`, `18 februari 2026`, `1 januari–31 december 2025`. Pure."""

from collections.abc import Iterable
from datetime import date

from avtalsvakt_calendars.phrases import MONTHS
from avtalsvakt_engine.facts import Fact, Precision


def day_words(day: date, year: int | None = None, precision: Precision = "day") -> str:
    """The day; without its year where that is `year`, and no more of it than is known."""
    named = "" if day.year == year and precision != "year" else f" {day.year}"
    month = "" if precision == "year" else MONTHS[day.month - 1]
    number = f"{day.day} " if precision == "day" else ""
    return f"{number}{month}{named}".strip()


def fact_days(facts: Iterable[Fact], year: int | None = None) -> str:
    """The days of facts, each once: `11 februari, 3 juni och 16 september`."""
    return listed(dict.fromkeys(day_words(one.date, year, one.precision) for one in facts))


def listed(words: Iterable[str]) -> str:
    """Words in running text; nothing where there are none."""
    found = list(words)
    return " och ".join(filter(None, (", ".join(found[:-1]), found[-1]))) if found else ""


def time_words(start: date, end: date) -> str:
    """`2025` for a whole year, `2024–2025` for several, else both days."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return span_words(start, end)


def span_words(start: date, end: date) -> str:
    """Both days: `1 januari–31 december 2025`."""
    return f"{day_words(start, end.year)}–{day_words(end)}"


def only_year(start: date, end: date) -> int | None:
    """The year that need not be said within a time; None where it spans several."""
    return start.year if start.year == end.year else None
