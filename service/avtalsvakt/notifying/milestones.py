"""When somebody is reminded of a last day: 30, 7 and 1 days before, on the day, and after it ever more seldom.

In come a last day and today, out comes the milestone that was reached last. One that was passed while nothing ran is
reached all the same, once, in the form of the latest. Pure.
"""

from datetime import date, timedelta

from msgspec import Struct

BEFORE = (30, 7, 1, 0)
AFTER = (1, 7, 14, 30, 60, 120, 240)
"""Days after the last day; from the last of them on the distance doubles."""


class Milestone(Struct, frozen=True):
    """How many days before (positive) or after (negative) a last day, and which day that is."""

    days: int
    day: date

    @property
    def late(self) -> bool:
        """Whether the last day has passed."""
        return self.days < 0


def reached(due: date, today: date) -> Milestone | None:
    """The milestone that was reached last; None while the first is to come."""
    left = (due - today).days
    days = min((one for one in BEFORE if one >= left), default=None) if left >= 0 else -_after(-left)
    return None if days is None else Milestone(days, due - timedelta(days=days))


def _after(late: int) -> int:
    found = max(one for one in AFTER if one <= late)
    while found >= AFTER[-1] and found * 2 <= late:
        found *= 2
    return found
