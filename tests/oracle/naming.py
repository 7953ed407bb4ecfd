"""Which earlier period a document says that it concerns, by the labels of vocabulary.yaml."""

from datetime import date

from tests.oracle.calendar_days import calendar_periods

from avtalsvakt_engine.facts import Fact

NAMES = ("concerns_period", "period", "year")


def named_label(fact: Fact) -> str | None:
    """The label of a period before the act's own day; None where it names none, or one that is not over."""
    for name in NAMES:
        text = fact.text(name)
        if text and _last_day(text) < fact.date:
            return text
    return None


def _last_day(text: str) -> date:
    if "--" in text:
        return date.fromisoformat(text.split("--")[1])
    if "/" in text:
        return date(int(text.split("/")[1]), 12, 31)
    for kind in ("year", "half_year", "semester", "quarter", "month", "week"):
        for label, _, last in calendar_periods(kind, int(text[:4])) if text[:4].isdigit() else ():
            if label == text:
                return last
    return date.max


def year_named(fact: Fact) -> str | None:
    """The year that a fact says it concerns, past or coming."""
    return next((text for name in NAMES if (text := fact.text(name)) and text.isdigit()), None)
