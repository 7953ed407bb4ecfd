"""Where days stand in a picture: months, or years where the time is long. Pure.

In come two days and a span of units, out come places along it and the lines between months or years.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt_calendars.phrases import MONTHS

MONTHLY = 400  # days: in a longer time years are marked


class Axis(Struct, frozen=True):
    """The days from `start` to `end`, both included, over `width` units from `left`."""

    start: date
    end: date
    left: float
    width: float

    def place(self, day: date) -> float:
        """The middle of the day."""
        days = (self.end - self.start).days + 1
        return round(self.left + self.width * ((day - self.start).days + 0.5) / days, 1)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Where each month (or year) begins, and what it is called there."""
        monthly = (self.end - self.start).days <= MONTHLY
        day = self.start
        while day <= self.end:
            yield self.place(day), MONTHS[day.month - 1][:3] if monthly else str(day.year)
            day = _next_month(day) if monthly else date(day.year + 1, 1, 1)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
