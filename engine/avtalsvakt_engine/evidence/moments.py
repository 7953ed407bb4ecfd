"""When a recorded fact was, to the minute where its record says the time of day; else all of its day is possible."""

from datetime import date

from avtalsvakt_engine.dates.hours import Stretch, stretch
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_hours import HOURS, read_hours


def moment_of(fact: Fact, day: date) -> Stretch:
    """When a fact was that took effect on a day: at its time of day, if that day is its own.

    One that is known to the month or year may have been on any day from its first until then.
    """
    if fact.precision != "day":
        return stretch(min(fact.date, day), day)
    return stretch(day, day, read_hours(fact.text(HOURS) or "") if day == fact.date else None)


def says_its_moment(fact: Fact) -> bool:
    """Whether the record says a time of day that is understood."""
    return read_hours(fact.text(HOURS) or "") is not None
