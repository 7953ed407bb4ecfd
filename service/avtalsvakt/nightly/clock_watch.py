"""Whether the machine's clock was set, told by seconds that go on evenly whatever the clock shows.

In come two pairs of a moment and the even seconds at it, out comes how far the clock was set. Summer time is no jump:
moments are aware.
"""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

SMALLEST = timedelta(seconds=60)
"""A smaller step is what keeping time takes."""


class Glance(Struct, frozen=True):
    """What the clock showed, and the even seconds then."""

    now: datetime
    ticks: float

    def elapsed(self, later: "Glance") -> float:
        """The seconds that passed, whatever the clock showed."""
        return later.ticks - self.ticks

    def jump(self, later: "Glance") -> timedelta | None:
        """By how much the clock was set between two glances, forward or back; None where it was not."""
        # In UTC: the difference of two moments in one zone would be that of what its clocks show.
        shown = later.now.astimezone(UTC) - self.now.astimezone(UTC)
        jumped = shown - timedelta(seconds=self.elapsed(later))
        return jumped if abs(jumped) >= SMALLEST else None


def jump_words(jump: timedelta) -> str:
    """`klockan ställdes fram 2 timmar och 5 minuter`."""
    minutes = round(abs(jump).total_seconds() / 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        f"{count} {one if count == 1 else several}"
        for count, one, several in (
            (days, "dygn", "dygn"),
            (hours, "timme", "timmar"),
            (rest, "minut", "minuter"),
        )
        if count
    ]
    return f"klockan ställdes {'fram' if jump > timedelta() else 'tillbaka'} {' och '.join(parts)}"
