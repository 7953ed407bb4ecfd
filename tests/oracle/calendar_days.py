"""Days, months, periods and Swedish working days, worked out from the calendar alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from avtalsvakt_rules.language.days import Day

ONE = timedelta(days=1)


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day of [first, last]."""
    day = first
    while day <= last:
        yield day
        day += ONE


def last_of_month(day: date) -> date:
    """The last day of the month a day lies in."""
    while (day + ONE).month == day.month:
        day += ONE
    return day


def plus_months(day: date, months: int) -> date:
    """The same day number so many months on, or the month's last day where it has no such number."""
    place = day.year * 12 + day.month - 1 + months
    end = last_of_month(date(place // 12, place % 12 + 1, 28))
    return end.replace(day=min(day.day, end.day))


def label_of(day: date, kind: str) -> str:
    """The label of the calendar period that a day lies in."""
    half = 1 if day.month <= 6 else 2
    return {
        "year": f"{day.year}",
        "half_year": f"{day.year}-H{half}",
        "semester": f"{day.year}-{'VT' if half == 1 else 'HT'}",
        "quarter": f"{day.year}-Q{(day.month - 1) // 3 + 1}",
        "month": f"{day.year}-{day.month:02}",
        "week": f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02}",
    }[kind]


@cache
def calendar_periods(kind: str, year: int) -> tuple[tuple[str, date, date], ...]:
    """The periods of a kind that have a day in a year: label, first and last day, found by looking at every day."""
    days: dict[str, list[date]] = {}
    for day in days_from(date(year, 1, 1) - 7 * ONE, date(year, 12, 31) + 7 * ONE):
        days.setdefault(label_of(day, kind), []).append(day)
    inside = {label_of(day, kind) for day in days_from(date(year, 1, 1), date(year, 12, 31))}
    return tuple((label, found[0], found[-1]) for label, found in days.items() if label in inside)


def closing_window(year: int, reading: str) -> tuple[str, date, date]:
    """The end of a year (reading ARETSSLUT)."""
    first = date(year, 12, 1) if reading == "december" else date(year, 10, 1)
    return str(year), first, date(year + 1, 1, 31) if reading == "january" else date(year, 12, 31)


@cache
def easter(year: int) -> date:
    """Easter Sunday, by the rule of Gauss as Meeus gives it."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def red_days(year: int) -> frozenset[date]:
    """Public holidays by lag (1989:253), Sundays aside."""
    sunday = easter(year)
    fixed = {(1, 1), (1, 6), (5, 1), (12, 25), (12, 26)} | ({(6, 6)} if year >= 2005 else set())
    midsummer = next(day for day in days_from(date(year, 6, 20), date(year, 6, 26)) if day.weekday() == 5)
    all_saints = next(day for day in days_from(date(year, 10, 31), date(year, 11, 6)) if day.weekday() == 5)
    moving = {sunday - 2 * ONE, sunday + ONE, sunday + 39 * ONE, midsummer, all_saints}
    return frozenset({date(year, month, day) for month, day in fixed} | moving)


@cache
def norwegian(year: int) -> frozenset[date]:
    """Public holidays by the Norwegian law of 24 February 1995 and the law of 26 April 1947."""
    sunday = easter(year)
    fixed = {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}
    return frozenset({date(year, month, day) for month, day in fixed} | {sunday + n * ONE for n in (-3, -2, 1, 39, 50)})


def working(day: date, vardag: str) -> bool:
    """Whether a day is a working day (reading VARDAG), in Sweden or, if it says so, in Norway."""
    if vardag.startswith("NO/"):
        return day.weekday() < (6 if vardag.endswith("A_strict") else 5) and day not in norwegian(day.year)
    if day.weekday() == 6 or day in red_days(day.year):
        return False
    if vardag == "A_strict":
        return True
    eve = (day.month, day.day) in {(12, 24), (12, 31)} or day + ONE == _midsummer(day.year)
    return day.weekday() != 5 and not eve


def _midsummer(year: int) -> date:
    return next(day for day in days_from(date(year, 6, 20), date(year, 6, 26)) if day.weekday() == 5)


def working_days_after(day: date, count: int, vardag: str) -> date:
    """Step by step, the day of departure not counted."""
    step = ONE if count > 0 else -ONE
    while count:
        day += step
        if working(day, vardag):
            count -= 1 if count > 0 else -1
    return day


def minute(day: date, hour: int = 0, minutes: int = 0) -> int:
    """A time on a clock as a number of minutes."""
    return (day.toordinal() * 24 + hour) * 60 + minutes


@cache
def _summer(year: int) -> tuple[int, int]:
    """When summer time begins and ends, in UTC: at one o'clock on the last Sundays of March and October."""
    last = [[day for day in days_from(date(year, month, 25), date(year, month, 31)) if day.weekday() == 6]
            for month in (3, 10)]  # fmt: skip
    return minute(last[0][0], 1), minute(last[1][0], 1)


def in_sweden(moment: int) -> int:
    """What a Swedish clock shows at a moment in UTC."""
    begins, ends = _summer(date.fromordinal(moment // 1440).year)
    return moment + (120 if begins <= moment < ends else 60)


def in_utc(shown: int) -> list[int]:
    """The moments in UTC at which a Swedish clock shows a time: two in the hour that comes twice."""
    found = [shown - off for off in (120, 60) if in_sweden(shown - off) == shown]
    return found or [shown - 60]  # an hour that never is: as if the clock had not gone forward


def moments(first: date, last: date, hours: tuple[tuple[int, int], ...] = ()) -> tuple[int, int]:
    """The first and the last moment that something may have been at: some days, or some hours of the first of them."""
    (begins, past), (ends, end_past) = (hours[0], hours[-1]) if hours else ((0, 0), (23, 59))
    found = [in_utc(minute(first, begins, past))[0], in_utc(minute(first if hours else last, ends, end_past))[-1]]
    return found[0], max(found)


def date_meant(day: Day, marks: dict[str, date | None], sexman: str, vardag: str) -> date | None:
    """The date that a day of the language means, given its marks."""
    if day.of:
        found = [date_meant(one, marks, sexman, vardag) for one in day.of]
        known = sorted(one for one in found if one)
        return (known[-1] if None not in found else None) if day.latest else (known[0] if known else None)
    found_day = _plainly(day, marks, sexman, vardag)
    while found_day and day.to_end and label_of(found_day + ONE, day.to_end) == label_of(found_day, day.to_end):
        found_day += ONE
    while found_day and day.rolls and not working(found_day, vardag):
        found_day += ONE
    return found_day


def _plainly(day: Day, marks: dict[str, date | None], sexman: str, vardag: str) -> date | None:
    anchor = _counted_from(day, marks, vardag)
    if anchor is None or not day.count:
        return anchor
    if day.unit == "hour":
        return date.fromordinal(in_sweden(moments(anchor, anchor)[1] + day.count * 60) // 1440)
    if day.unit == "working day":
        return working_days_after(anchor, day.count, vardag)
    if day.unit in ("day", "week"):
        return anchor + day.count * (7 if day.unit == "week" else 1) * ONE
    months = day.count * (12 if day.unit == "year" else 1)
    if day.mark == "end" and months < 0 and sexman == "dayafter":
        return plus_months(anchor + ONE, months)
    if day.mark == "end" and months < 0 and sexman == "days":
        return anchor - (-months * 365 // 12) * ONE
    return last_of_month(plus_months(anchor, months)) if day.end_of else plus_months(anchor, months)


def _counted_from(day: Day, marks: dict[str, date | None], vardag: str) -> date | None:
    end = marks.get("end")
    if day.fixed:
        return day.fixed
    if day.annual:
        year = (end or marks.get("start") or marks["event"] or date.min).year
        month, number = day.annual
        return min(date(year, month, 1) + (number - 1) * ONE, last_of_month(date(year, month, 1)))
    if day.end_of:
        last = marks.get("event")
        while last and label_of(last + ONE, day.end_of) == label_of(last, day.end_of):
            last += ONE
        return last
    if day.last_working:
        while end and not working(end, vardag):
            end -= ONE
        return end
    if day.nth:
        if end is None:
            return None
        monday = marks.get("monday")
        if monday and not day.nth.month:  # a week has each weekday once
            return next(one for one in days_from(monday, end) if one.weekday() == day.nth.weekday)
        first = date(end.year, day.nth.month or end.month, 1)
        found = [one for one in days_from(first, last_of_month(first)) if one.weekday() == day.nth.weekday]
        return found[-1] if day.nth.which < 0 else found[day.nth.which - 1] if day.nth.which <= len(found) else None
    return marks.get(day.mark or "")
