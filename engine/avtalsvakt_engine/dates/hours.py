"""Hours that are counted from a moment: between which moments they are over, and on which side of them an act lies.

Hours pass alike in summer and winter, so they are counted in UTC: forty-eight hours from noon are over at eleven where
the clock has gone back. A moment is a stretch where it is not known exactly: a whole day without a time of day, the
hours that an occasion took, an hour that comes twice in an autumn night. Units: UTC inside, Sweden's time outside.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Stretch = tuple[datetime, datetime]
"""The first and the last moment at which something may have been, in UTC."""
ALL_DAY = (time(0, 0), time(23, 59))

IN_TIME, LATE, UNCERTAIN = "in_time", "late", "uncertain"


def stretch(first: date, last: date, clock: Sequence[time] | None = None) -> Stretch:
    """When something was that lies in the days first to last, or in the hours of the first of them that are given."""
    begins, ends = (clock[0], clock[-1]) if clock else ALL_DAY
    begun = _utc(first, begins, fold=0)
    return begun, max(begun, _utc(first if clock else last, ends, fold=1))


def over(begun: Stretch, hours: int) -> Stretch:
    """Between which moments so many hours have passed since something began."""
    return begun[0] + timedelta(hours=hours), begun[1] + timedelta(hours=hours)


def side(act: Stretch, deadline: Stretch) -> str:
    """IN_TIME or LATE where that is certain whatever is not known of the two moments; else UNCERTAIN."""
    if act[1] <= deadline[0]:
        return IN_TIME
    return LATE if act[0] > deadline[1] else UNCERTAIN


def day_in_sweden(moment: datetime) -> date:
    """The day in Sweden that a moment lies in."""
    return moment.astimezone(STOCKHOLM).date()


def clock_in_sweden(moment: datetime) -> str:
    """The time of day in Sweden, as people write it: 14.30."""
    return f"{moment.astimezone(STOCKHOLM):%H.%M}"


def _utc(day: date, clock: time, *, fold: int) -> datetime:
    return datetime.combine(day, clock.replace(fold=fold), STOCKHOLM).astimezone(UTC)
