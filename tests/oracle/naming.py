"""Which earlier period a document says that it concerns, by the labels of vocabulary.yaml."""

from datetime import date

from tests.oracle.calendar_days import calendar_periods

from avtalsvakt_engine.facts import Fact

NAMES = ("concerns_period", "period", "year")


def named_days(fact: Fact) -> tuple[date, date] | None:
    """First and last day of the period that an act names, over or not; None where it names none."""
    found = [days_of(text) for name in NAMES if (text := fact.text(name))]
    return next((days for days in found if days), None)


def days_of(text: str) -> tuple[date, date] | None:
    """First and last day of the period of that label; None where there is none."""
    if "--" in text:
        opening, _, closing = text.partition("--")
        return date.fromisoformat(opening), date.fromisoformat(closing)
    if "/" in text:
        return date(int(text[:4]), 1, 1), date(int(text[5:]), 12, 31)
    for kind in ("year", "half_year", "semester", "quarter", "month", "week"):
        for label, first, last in calendar_periods(kind, int(text[:4])) if text[:4].isdigit() else ():
            if label == text:
                return first, last
    return None


def year_named(fact: Fact) -> str | None:
    """The year that a fact says it concerns, past or coming."""
    return next((text for name in NAMES if (text := fact.text(name)) and text.isdigit()), None)
