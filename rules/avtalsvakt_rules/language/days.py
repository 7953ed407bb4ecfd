"""Days, as agreements say them: `6 months before end`, `14 days after event`, `01-31`, `second tuesday of may`.

After a day may stand where it is moved to: `to end of month`, `or next working day`. Of several days the earliest
or the latest is one too.

One regular expression reads them all; it also stands in the JSON Schema. Which date a day is, is worked out by the
engine (dates/deadlines.py), because it depends on the duty and on the readings chosen.
Source: docs/regelspraket.md, Nycklarna i when och dagarna.
"""

import re
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_rules.problems import Misread
from avtalsvakt_rules.texts.expressions import expression

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
UNITS = ("hour", "day", "working day", "week", "month", "year")

WHOLES = ("month", "quarter", "half_year", "year")
"""What a day may be the last day of: the calendar month (quarter, half-year, year) that it lies in."""

OFFSET = r"(?P<count>\d{1,4}) (?P<unit>hour|working day|day|week|month|year)s? (?P<side>before|after) "
MARK = (
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<annual>\d{2}-\d{2})"
    r"|(?P<lastworking>last working day)"
    rf"|end of (?P<endof>{'|'.join(WHOLES)})"
    rf"|(?P<nth>{'|'.join(ORDINALS)}) (?P<weekday>{'|'.join(WEEKDAYS)})(?: of (?P<month>{'|'.join(MONTHS)}))?"
    r"|(?P<mark>[a-zåäö][a-zåäö0-9-]*(?:\.[a-z_]+)?)"
)
MOVED = rf"(?:,? to end of (?P<toend>{'|'.join(WHOLES)}))?(?P<roll>,? or next working day)?"
PATTERN = rf"^(?:{OFFSET})?(?:{MARK}){MOVED}$"
_DAY = expression(PATTERN)

OPEN = "open"
NEXT = "next"
MARKS = ("start", "end", "event", NEXT)


class Nth(Struct, frozen=True):
    """The n-th weekday of a month: `which` counts from 1, -1 is the last.

    Month None means the period's own last month.
    """

    which: int
    weekday: int
    month: int | None


class Day(Struct, frozen=True):
    """A day relative to a mark. `count` is signed: negative before the mark, positive after; 0 is the mark itself.

    Exactly one of `mark` (start, end, event, event.attribute), `fixed`, `annual` (month, day), `nth`, `last_working`,
    `end_of` (the last day of the event's month, or of another of WHOLES) or `of` (several days, of which the `latest`
    or the earliest is meant) tells what is counted from. What comes out is moved to the last day of the whole `to_end`,
    then (`rolls`) to the next working day.
    """

    text: str
    count: int = 0
    unit: str = "day"
    mark: str | None = None
    fixed: date | None = None
    annual: tuple[int, int] | None = None
    nth: Nth | None = None
    last_working: bool = False
    end_of: str | None = None
    to_end: str | None = None
    rolls: bool = False
    of: tuple["Day", ...] = ()
    latest: bool = False

    @property
    def each(self) -> tuple["Day", ...]:
        """The days that it is made of: itself, or those of which it is one."""
        return self.of or (self,)

    @property
    def of_event(self) -> bool:
        """Whether it is counted from an event, as some of the days that it is made of are."""
        return any(one.end_of is not None or (one.mark or "").startswith("event") for one in self.each)

    @property
    def before_event(self) -> bool:
        """Whether it lies before its event or on its day; a day that the event's record names may lie after it."""
        return all(
            (one.mark or "").startswith("event") and (one.count < 0 or (one.count == 0 and one.mark == "event"))
            for one in self.each
        )

    @property
    def hours(self) -> int | None:
        """So many hours after a moment; None where it is counted in days."""
        return self.count if self.unit == "hour" else None

    @property
    def yearly(self) -> bool:
        """Whether it is a day of every calendar year: `01-31`, `second tuesday of may`."""
        return self.annual is not None or (self.nth is not None and self.nth.month is not None)


def read_day(text: str) -> Day:
    """Read a day expression. Raises ValueError with a Swedish explanation."""
    found = _DAY.match(text)
    if not found:
        remedy = (
            "skriv t.ex. '6 months before end', '14 days after event', '01-31', '2019-09-04', 'last working day' "
            "eller 'open'"
        )
        raise Misread(f"'{text}' är ingen dag", remedy)
    part = found.groupdict()
    count = int(part["count"] or 0) * (-1 if part["side"] == "before" else 1)
    day = Day(text, count, part["unit"] or "day", to_end=part["toend"], rolls=bool(part["roll"]), end_of=part["endof"])
    if part["nth"]:
        month = MONTHS.index(part["month"]) + 1 if part["month"] else None
        return replace(day, nth=Nth(ORDINALS[part["nth"]], WEEKDAYS.index(part["weekday"]), month))
    if part["iso"]:
        return replace(day, fixed=_real(part["iso"], text))
    if part["annual"]:
        leap = _real(f"2024-{part['annual']}", text)
        return replace(day, annual=(leap.month, leap.day))
    return replace(day, mark=part["mark"], last_working=bool(part["lastworking"]))


def read_days(raw: object) -> Day:
    """Read a day, or `{earliest: [day, …]}` or `{latest: [day, …]}`. Raises ValueError with a Swedish explanation."""
    if not isinstance(raw, dict):
        return read_day(str(raw))
    [(which, listed)] = raw.items() if len(raw) == 1 else [("", None)]
    if which not in ("earliest", "latest") or not isinstance(listed, list) or len(listed) < 2:
        raise Misread(
            "här väntas en dag, eller den första eller sista av flera",
            "skriv t.ex. {earliest: [30 days after event, 2026-12-31]}, eller latest",
        )
    of = tuple(read_day(str(one)) for one in listed)
    return Day(f"{which} {', '.join(one.text for one in of)}", of=of, latest=which == "latest")


def limits(text: str) -> tuple[date, date]:
    """First and last day of a day, month or year: `2019-05-31`, `2019-05`, `2019`.

    Raises ValueError with a Swedish explanation.
    """
    if not re.fullmatch(r"[12]\d{3}(-\d{2}){0,2}", text):
        raise Misread(f"'{text}' är ingen dag, månad eller år", "skriv t.ex. 2019-05-31, 2019-05 eller 2019")
    first = _real(text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text, text)
    if len(text) == 10:
        return first, first
    following = (
        date(first.year + 1, 1, 1) if len(text) == 4 or first.month == 12 else first.replace(month=first.month + 1)
    )
    return first, following - timedelta(days=1)


def _real(iso: str, text: str) -> date:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise Misread(f"'{text}' är ingen dag i kalendern", "skriv en dag som finns, t.ex. 02-28") from None
