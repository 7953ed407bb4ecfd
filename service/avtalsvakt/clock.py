"""The clock: the only place that reads the time.

It is read once per command; everything below takes the moment, or the day that follows from it, as an argument.
"""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """This moment, aware, in Stockholm's time."""
    return datetime.now(STOCKHOLM)


def moment(text: str) -> datetime:
    """A moment as it was stored, aware."""
    return datetime.fromisoformat(text)


def ticks() -> float:
    """Seconds since the machine started, asleep or awake: they go on evenly however the clock is set."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
