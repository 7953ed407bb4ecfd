"""Days as the pages say them: in full, with how long it is to them or since them."""

import re
from datetime import date, datetime

from avtalsvakt_calendars.phrases import long_day

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_IN_DAYS, _IN_MONTHS = 62, 24


def in_full(day: date) -> str:
    """`31 december 2026`."""
    return long_day(day)


def weekday(day: date) -> str:
    """`torsdag`."""
    return WEEKDAYS[day.weekday()]


def with_weekday(day: date) -> str:
    """`torsdag 31 december 2026`."""
    return f"{weekday(day)} {long_day(day)}"


def distance(day: date, today: date) -> str:
    """`om 31 dagar`, `i dag`, `för 11 månader sedan`: days within two months, then months, then years."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("i dag", "i morgon", "i går")[days]
    apart = abs(days)
    months = round(apart / 30.44)
    if apart <= _IN_DAYS:
        words = f"{apart} dagar"
    elif months < _IN_MONTHS:
        words = f"{months} månader"
    else:
        words = f"{months // 12} år"
    return f"om {words}" if days > 0 else f"för {words} sedan"


def told(day: date, today: date) -> str:
    """`31 december 2026 (om 31 dagar)`."""
    return f"{long_day(day)} ({distance(day, today)})"


def moment(at: datetime, today: date) -> str:
    """`i dag kl. 4.15`, else the day in full."""
    day = at.date()
    said = distance(day, today) if abs((day - today).days) <= 1 else long_day(day)
    return f"{said} kl. {at.hour}.{at.minute:02}"


_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")


def spoken(text: str) -> str:
    """The text with its days in full: `2026-12-31` is `31 december 2026`."""
    return _ISO.sub(lambda found: _in_full(found[0]), text)


def _in_full(text: str) -> str:
    try:
        return long_day(date.fromisoformat(text))
    except ValueError:
        return text


NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def number(count: int) -> str:
    """Up to twelve in letters, as in running text."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)
