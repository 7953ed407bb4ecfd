"""Turns a day of the rule language into a date, given the marks of a duty and the readings chosen.

Months are counted from the anchor with the day clipped to the month's last day (lag 1930:173 1 § says the same): six
months
before 2018-05-31 is 2017-11-30, and two steps of one month are never taken for one step of two.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct, field

from avtalsvakt_engine.dates.hours import Stretch, day_in_sweden, over, stretch
from avtalsvakt_engine.dates.workdays import add_workdays, last_workday, next_workday
from avtalsvakt_rules.language.days import Day, Nth


class Marks(Struct, frozen=True, gc=False):
    """The days a duty can count from: start and end of its period or term, its event, other named days.

    `week` where the period is a week, which has each weekday once. `moment` is when the event was, to the minute if its
    record says so: hours are counted from there.
    """

    start: date | None = None
    end: date | None = None
    event: date | None = None
    named: Mapping[str, date] = field(default_factory=dict)
    week: bool = False
    moment: Stretch | None = None


def date_of(day: Day, marks: Marks, *, sexman: str = "clip", vardag: str = "B_postal") -> date | None:
    """The date; None where its mark has no date (an open end, a clause not met, a date missing on the fact).

    The earliest of several days is that of those that are known; the latest is known when all are.
    """
    if day.of:
        found = [date_of(one, marks, sexman=sexman, vardag=vardag) for one in day.of]
        known = [one for one in found if one is not None]
        return min(known, default=None) if not day.latest else max(known) if len(known) == len(found) else None
    counted = _counted(day, marks, sexman, vardag)
    if counted is not None and day.to_end:
        counted = last_of(day.to_end, counted)
    return next_workday(counted, vardag) if counted is not None and day.rolls else counted


def _counted(day: Day, marks: Marks, sexman: str, vardag: str) -> date | None:
    anchor = _anchor(day, marks, vardag)
    if anchor is None or day.count == 0:
        return anchor
    if day.unit == "hour":
        return day_in_sweden(over(marks.moment or stretch(anchor, anchor), day.count)[1])
    if day.unit == "working day":
        return add_workdays(anchor, day.count, vardag)
    if day.unit in ("day", "week"):
        return anchor + timedelta(days=day.count * (7 if day.unit == "week" else 1))
    months = day.count * (12 if day.unit == "year" else 1)
    if day.mark == "end" and months < 0:
        return before_end(anchor, -months, sexman)
    if day.end_of:  # whole months from the end of one lead to the end of another
        return last_of("month", add_months(anchor, months))
    return add_months(anchor, months)


@lru_cache(maxsize=65_536)  # the same days recur for every agreement
def add_months(day: date, months: int) -> date:
    """So many calendar months later, the day clipped to the month's last."""
    from dateutil.relativedelta import relativedelta  # only where months are counted

    return day + relativedelta(months=months)


def last_of(whole: str, day: date) -> date:
    """The last day of the calendar month, quarter, half-year or year that a day lies in."""
    from calendar import monthrange

    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[whole]
    month = (day.month - 1) // months * months + months
    return date(day.year, month, monthrange(day.year, month)[1])


def before_end(end: date, months: int, sexman: str) -> date:
    """The last day that is at least so many months before the end, by the reading SEXMAN."""
    if sexman == "dayafter":
        return add_months(end + timedelta(days=1), -months)
    if sexman == "days":
        return end - timedelta(days=round(months * 365 / 12))
    return add_months(end, -months)


def _anchor(day: Day, marks: Marks, vardag: str) -> date | None:
    if day.fixed:
        return day.fixed
    if day.annual:
        from calendar import monthrange

        year = (marks.end or marks.start or marks.event or date.min).year
        month, number = day.annual
        return date(year, month, min(number, monthrange(year, month)[1]))
    if day.nth:
        return _nth(day.nth, marks)
    if day.end_of:
        return last_of(day.end_of, marks.event) if marks.event else None
    if day.last_working:
        return last_workday(marks.end, vardag) if marks.end else None
    if day.mark in ("start", "end", "event"):
        return {"start": marks.start, "end": marks.end, "event": marks.event}[day.mark]
    return marks.named.get(day.mark or "")


def _nth(nth: Nth, marks: Marks) -> date | None:
    from calendar import monthrange

    if marks.end is None:
        return None
    if marks.week and nth.month is None:
        return marks.end - timedelta(days=marks.end.weekday() - nth.weekday)
    year, month = marks.end.year, nth.month or marks.end.month
    length = monthrange(year, month)[1]
    days = [date(year, month, number) for number in range(1, length + 1)]
    hits = [one for one in days if one.weekday() == nth.weekday]
    place = nth.which - 1 if nth.which > 0 else -1
    return hits[place] if place < len(hits) else None
