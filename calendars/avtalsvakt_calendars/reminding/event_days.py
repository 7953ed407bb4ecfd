"""On which day an event stands: worked back from the last day, on a working day outside July, spread, and moved on.

Everything follows from the day of asking and from days that are written down, never from other events, so that what is
done with one event moves no other. Each function gives days in order; the one an event stands on is `first_from`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import takewhile

from avtalsvakt_engine.dates.workdays import is_workday, last_workday

JULY = 7
WIDEST = 10
"""Working days over which what falls due on one day is spread at most."""
DAYS_PER_STEP = 18
"""So many days of a period give one working day to spread over: none in a week, five in a quarter."""
PACE = (0, 7, 14, 28, 42, 70)
SLOWEST = 28
"""Days between the repetitions of a prompt, once PACE has run out."""


def first_from(days: Iterable[date], as_of: date) -> date | None:
    """The first of the days, in order, that is not past; None where all are."""
    return next((day for day in days if day >= as_of), None)


def fits(day: date) -> bool:
    """Whether people are at work: no weekend, no holiday, not July."""
    return is_workday(day) and day.month != JULY


def fitting(day: date) -> date:
    """The last day on or before the day on which people are at work."""
    while not fits(day):
        day -= timedelta(days=1)
    return day


def next_fitting(day: date) -> date:
    """The first day, from the day on, on which people are at work."""
    while not fits(day):
        day += timedelta(days=1)
    return day


def earlier(key: str, day: date) -> date:
    """The day or one of those before it, within a week: what is to be begun on one day is spread."""
    return day - timedelta(days=_number(key) % 7)


def _number(key: str) -> int:
    return int(sha256(key.encode()).hexdigest(), 16)


def prompts(start: date, end: date) -> Iterator[date]:
    """The days on which to prompt for something that is open: from a start on, ever more seldom, before an end."""
    for day in takewhile(lambda one: one < end, (start + timedelta(days=offset) for offset in _offsets())):
        yield fitting(day)  # moved out of July it may meet the one before it, and is then the same prompt


def _offsets() -> Iterator[int]:
    yield from PACE
    offset = PACE[-1]
    while True:
        offset += SLOWEST
        yield offset


def last_days(key: str, opens: date | None, due: date, *, dated: bool) -> tuple[date, ...]:
    """Where an act with a last day stands: the text's own day, else a working day some time before, then the last one.

    The key decides how long before, so that what falls due at the end of a year does not lie in a heap.
    """
    if dated:
        return (due,)
    first = opens or date.min
    last = next((day for day in (fitting(due), last_workday(due)) if day >= first), due)
    width = min(WIDEST, max(0, (due - opens).days) // DAYS_PER_STEP) if opens else 0
    placed = last
    for _ in range(_number(key) % (width + 1)):
        placed = fitting(placed - timedelta(days=1))
    return (placed, last) if first <= placed < last else (last,)


def weekly(first: date, weeks: int) -> Iterator[date]:
    """A day and the same day of so many weeks, each moved on to where people are at work."""
    yield from (next_fitting(first + timedelta(weeks=week)) for week in range(weeks))


def later(key: str, day: date) -> date:
    """One of the working days after the day: what has passed on one day is asked about on several."""
    for _ in range(1 + _number(key) % WIDEST):
        day = next_fitting(day + timedelta(days=1))
    return day


def working_mondays(after: date, weeks: int) -> Iterator[date]:
    """The Mondays after a day on which people are at work, for so many weeks."""
    day = after + timedelta(days=7 - after.weekday())
    for week in range(weeks):
        monday = day + timedelta(weeks=week)
        if fits(monday):
            yield monday
