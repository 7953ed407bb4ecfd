"""Days, moments and lengths as calendars write them, in the zone that they name.

In come lines and zones, out come days and moments; what cannot be read is Unreadable, with line, why and what to do. A
moment without a zone stands in the calendar's own, else in Stockholm's. Source: RFC 5545, 3.3.4 to 3.3.6 and 3.3.9;
ISO 8601 as programs write it besides.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from avtalsvakt_calendars.importing.content_lines import Line
from avtalsvakt_calendars.importing.zones import STOCKHOLM, Zones

Moment = date
"""A day, or a datetime with a zone (which is a day too)."""

_MOMENT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_LENGTH = re.compile(
    r"([+-]?)P(?=.)(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?", re.IGNORECASE
)
_REMEDY = "rätta händelsen i kalendern och exportera den på nytt, eller registrera mötet för hand"
EARLIEST, LATEST = 1990, 2200


class Unreadable(Exception):  # noqa: N818 - what the event is
    """An event that cannot be read: the number of the line, what is wrong, why, and what to do."""

    def __init__(self, number: int, what: str, why: str, remedy: str = _REMEDY) -> None:
        """Say what the person who exported the calendar needs to know."""
        super().__init__(what)
        self.number, self.what, self.why, self.remedy = number, what, why, remedy


def moment(line: Line, zones: Zones) -> Moment:
    """The day or moment of a line. Raises Unreadable."""
    return read_moment(line.value, line, zones)


def read_moment(text: str, line: Line, zones: Zones) -> Moment:
    """The day or moment that a text in a line means. Raises Unreadable."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise Unreadable(line.number, f"{line.name} är ingen tid: {text.strip()[:40]}", "den väntas som ÅÅÅÅMMDDTTMMSS")
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        on = date(year, month, day)
        hour = found[4]
        if hour is None or line.parameters.get("VALUE", "").upper() == "DATE":
            return on
        # The midnight that ends a day is that which begins the next.
        further = timedelta(days=1) if hour == "24" else timedelta()
        at = time(0 if hour == "24" else int(hour), int(found[5]), min(int(found[6] or 0), 59))
        return datetime.combine(on + further, at, _zone(found[7], line, zones))
    except (ValueError, OverflowError) as error:
        raise Unreadable(
            line.number, f"{line.name} {text.strip()[:40]} finns inte", "dagen eller klockslaget finns inte"
        ) from error


def _zone(stated: str | None, line: Line, zones: Zones) -> tzinfo:
    """The zone of a moment: what follows it, else what its line names, else that of the calendar's floating times."""
    if stated and stated.upper() == "Z":
        return UTC
    if stated:
        offset = timedelta(hours=int(stated[1:3]), minutes=int(stated[-2:]))
        return timezone(-offset if stated[0] == "-" else offset)
    if "TZID" in line.parameters:
        return zones.zone(line.parameters["TZID"], line.number)
    return zones.floating


def length(line: Line) -> timedelta | None:
    """The length that a line states; None where it cannot be read. Weeks and hours may stand together or misplaced."""
    text = re.sub(r"T(\d+W)", r"\1", line.value.strip().upper())
    found = _LENGTH.fullmatch(text)
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    stated = timedelta(days=7 * weeks + days, hours=hours, minutes=minutes, seconds=seconds)
    return timedelta() if found[1] == "-" else stated


def alike(value: Moment, first: Moment) -> Moment:
    """The day or moment in the form of the series' first: a day among moments stays, a moment among days is its day."""
    if isinstance(first, datetime):
        return value.astimezone(first.tzinfo) if isinstance(value, datetime) else value
    if isinstance(value, datetime):
        return local(value).date() if value.tzinfo is UTC else value.date()
    return value


def placed(value: Moment, first: Moment) -> Moment:
    """As `alike`; a day among moments is the moment at which the series is held that day."""
    found = alike(value, first)
    if isinstance(first, datetime) and not isinstance(found, datetime):
        return datetime.combine(found, first.time(), first.tzinfo)
    return found


def local(value: Moment) -> datetime:
    """Stockholm's time without a zone; the midnight that begins a day."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None)


def far(value: Moment) -> bool:
    """Whether a day is so far off that no meeting was or will be held then."""
    return not EARLIEST <= value.year <= LATEST


def refuse_far(value: Moment, line: Line) -> None:
    """Raise Unreadable for a day that is far off."""
    if far(value):
        why = f"möten läses från {EARLIEST} till {LATEST}"
        raise Unreadable(line.number, f"{line.name} ligger för långt bort: {line.value[:40]}", why)
