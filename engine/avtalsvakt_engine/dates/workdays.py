"""Working days: Sweden's, or those of the country whose holidays a text follows.

Public holidays follow lag (1989:253). Lag (1930:173) 2 § treats Saturdays, Midsummer Eve, Christmas Eve and New
Year's Eve like
holidays for time set by statute. The reading VARDAG decides which of the two a contract's `vardag` means.
"""

from datetime import date, timedelta
from functools import cache

from avtalsvakt_rules.language.countries import HOME


@cache
def public_holidays(year: int, country: str = HOME) -> frozenset[date]:
    """The public holidays of a year besides Sundays, and Easter and Whit Sunday."""
    import holidays

    if country == HOME:
        return frozenset(holidays.country_holidays(country, years=year, include_sundays=False))
    return frozenset(holidays.country_holidays(country, years=year))


def _eve(day: date) -> bool:
    """Midsummer Eve (the Friday 19–25 June), Christmas Eve, New Year's Eve."""
    if day.month == 6:
        return day.weekday() == 4 and 19 <= day.day <= 25
    return (day.month, day.day) in {(12, 24), (12, 31)}


def is_workday(day: date, reading: str = "B_postal") -> bool:
    """Whether a day is a `vardag`: under B_postal Monday to Friday, no holiday, no eve.

    Under A_strict also Saturdays and eves. `NO/B_postal` is the same by the holidays of Norway; the eves are Sweden's.
    """
    country, _, choice = reading.rpartition("/")
    if day.weekday() == 6 or day in public_holidays(day.year, country or HOME):
        return False
    return choice == "A_strict" or (day.weekday() != 5 and (bool(country) or not _eve(day)))


def add_workdays(day: date, count: int, reading: str = "B_postal") -> date:
    """The day `count` working days after (negative: before) `day`, itself not counted."""
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_workday(day, reading):
            day += step
    return day


def next_workday(day: date, reading: str = "B_postal") -> date:
    """The first working day from `day` on; that is no Saturday, Sunday, holiday or eve by lag 1930:173 2 §."""
    while not is_workday(day, reading):
        day += timedelta(days=1)
    return day


def last_workday(day: date, reading: str = "B_postal") -> date:
    """The last working day on or before `day`."""
    while not is_workday(day, reading):
        day -= timedelta(days=1)
    return day
