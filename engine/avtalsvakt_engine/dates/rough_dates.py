"""Days written at day, month or year precision: `2019-05-31`, `2019-05`, `2019`.

A rough end is the last day it can be.
"""

from datetime import date

from avtalsvakt_engine.dates.periods import span


def first_day(text: str) -> date:
    """The first day meant. Raises ValueError for anything else than a day, month or year."""
    return _limits(text)[0]


def last_day(text: str) -> date:
    """The last day meant (reading ARSSKIFTE). Raises ValueError for anything else than a day, month or year."""
    return _limits(text)[1]


def _limits(text: str) -> tuple[date, date]:
    if len(text) > 7:
        day = date.fromisoformat(text[:10])
        return day, day
    limits = span(text)
    if limits is None:
        raise ValueError(f"'{text}' är varken dag, månad eller år")
    return limits
