"""How far two days of a window lie from each other, as bounds that always hold, whatever the year.

In come days of the language and the kind of period, out come numbers of days, or nothing where only a case can tell.
"""

from datetime import date
from fractions import Fraction

from avtalsvakt_rules.language.days import MONTHS, Day
from avtalsvakt_rules.language.when import When

Bounds = tuple[int, int]

LENGTHS: dict[str, Bounds] = {
    "week": (7, 7), "month": (28, 31), "quarter": (90, 92), "half_year": (181, 184), "semester": (181, 184),
    "year": (365, 366), "year_end": (31, 123),
}  # fmt: skip
PER_YEAR = {"week": 52, "month": 12, "quarter": 4, "half_year": 2, "semester": 2, "year": 1, "year_end": 1}
_MONTHS_A_YEAR = 12


def per_year(when: When) -> Fraction:
    """How many of a window's periods there are in a year."""
    return Fraction(_MONTHS_A_YEAR, when.every) if when.every else Fraction(PER_YEAR[when.period or "year"])


_UNITS: dict[str, Bounds] = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}
_WHOLES = {"month": 31, "quarter": 92, "half_year": 184, "year": 366}
_FIRST_MONTHS = {
    "quarter": (1, 4, 7, 10), "half_year": (1, 7), "semester": (1, 7), "year": (1,), "year_end": (10, 12),
}  # fmt: skip


def gap(when: When, term: tuple[date, date] | None) -> Bounds | None:
    """The fewest and the most days from `opens` to `due`; None where the text alone does not say."""
    if when.opens is None or when.due is None:
        return None
    opens, due = _place(when.opens, when, term), _place(when.due, when, term)
    if opens is None or due is None or opens[0] != due[0]:
        return None
    return due[1][0] - opens[1][1], due[1][1] - opens[1][0]


def _place(day: Day, when: When, term: tuple[date, date] | None) -> tuple[str, Bounds] | None:
    """What a day is counted from, and how many days after that it lies."""
    if day.of:
        return None
    low, high = spread(day)
    if day.fixed:
        return "calendar", (day.fixed.toordinal() + low, day.fixed.toordinal() + high)
    if day.annual:
        number = date(2023, day.annual[0], min(day.annual[1], 28 if day.annual[0] == 2 else 31)).timetuple().tm_yday
        return "year", (number + low, number + high + 1)
    if day.mark == "start":
        return "period", (low, high)
    if day.mark == "end":
        length = LENGTHS.get(when.period or "") if when.form == "period" else _length(term)
        return None if length is None else ("period", (length[0] - 1 + low, length[1] - 1 + high))
    if day.mark and (day.mark.startswith("event") or day.mark == "next"):
        return day.mark, (low, high)
    return None


def _length(term: tuple[date, date] | None) -> Bounds | None:
    if term is None:
        return None
    days = (term[1] - term[0]).days + 1
    return days, days


def spread(day: Day) -> Bounds:
    """How many days a day lies from its mark, at least and at most; negative before it."""
    count = abs(day.count)
    if day.unit == "hour":
        low, high = count // 24, -(-count // 24) + 1
    elif day.unit == "working day":
        low, high = count, 2 * count + 9 if count else 0
    else:
        least, most = _UNITS[day.unit]
        low, high = count * least, count * most
    if day.to_end or day.rolls:
        return (low, high + _WHOLES.get(day.to_end or "", 0) + 10) if day.count >= 0 else (-high, 10 - low)
    return (low, high) if day.count >= 0 else (-high, -low)


def kept_months(when: When, year_starts: str = "01-01") -> set[tuple[int, str]]:
    """The months, of even and odd years, in which something that `only` and `except` keep can begin."""
    firsts: tuple[int, ...] = tuple(range(1, 13))
    if when.form == "period" and year_starts == "01-01":
        firsts = _FIRST_MONTHS.get(when.period or "", firsts)
    out = set()
    for month in firsts:
        for parity in ("even", "odd"):
            words = {MONTHS[month - 1], f"q{(month + 2) // 3}", parity}
            if (not when.only or words & set(when.only)) and not words & set(when.except_):
                out.add((month, parity))
    return out
