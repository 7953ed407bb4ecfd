"""Rules of repetition as calendars write them, in the one form that the libraries reckon with, within a budget.

In come a rule's text, its event's first moment and the last day that matters; out comes the same rule, strict, with an
end: no rule goes on for ever. A rule that cannot be followed is Unreadable; one that never comes true is told apart
before anybody looks for its days to the end of time. Source: RFC 5545, 3.3.10; RFC 7529 for RSCALE.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from math import prod

from dateutil.rrule import rrulestr

from avtalsvakt_calendars.importing.content_lines import Line
from avtalsvakt_calendars.importing.values import EARLIEST, Moment, Unreadable, alike, read_moment
from avtalsvakt_calendars.importing.zones import Zones

_NUMBERS = {
    "BYSECOND": 60, "BYMINUTE": 59, "BYHOUR": 23, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12,
    "BYSETPOS": 366,
}  # fmt: skip
_SIGNED = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_HOURS = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_DAILY_OR_RARER = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_OFTENER = {"HOURLY": 3_600, "MINUTELY": 60, "SECONDLY": 1}
_UNDERSTOOD = {*_NUMBERS, "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
_CYCLE = 400
"""Years after which the days of the calendar repeat exactly, weekdays and leap days included."""

OCCASIONS_A_DAY = 24
STEPS = 100_000


def strict_rule(line: Line, first: Moment, last: date, zones: Zones) -> str:
    """The rule in strict form with an end that is no later than the day after `last`. Raises Unreadable."""
    stated = _parts(line)
    frequency = stated.get("FREQ", "")
    _number(line, stated, "INTERVAL", 1)
    if frequency in _OFTENER:
        _refuse_too_often(line, stated, first, last)
    elif frequency not in _DAILY_OR_RARER:
        raise _not_understood(line, f"FREQ={frequency}" if frequency else "FREQ saknas")
    if prod(len(stated.get(name, "x").split(",")) for name in _HOURS) > OCCASIONS_A_DAY:
        raise Unreadable(line.number, "mötet upprepas oftare än en gång i timmen", "regeln kan inte gälla ett möte")
    days = _weekdays(line, stated)
    if days and frequency in ("WEEKLY", "DAILY"):
        days = [day[-2:] for day in days]  # which of a month's makes no difference within a week
    kept = {name: value for name, value in stated.items() if name not in ("COUNT", "UNTIL")}
    kept |= {"BYDAY": ",".join(dict.fromkeys(days))} if days else {}
    for name in _NUMBERS:
        if name in kept:
            kept[name] = _numbers(line, name, kept[name])
    kept |= _end(line, stated, first, last, zones)
    return ";".join(f"{name}={value}" for name, value in sorted(kept.items(), key=lambda pair: pair[0] != "FREQ"))


@lru_cache(maxsize=1024)
def comes_true(rule: str, first: Moment) -> bool:
    """Whether a strict rule has any day after all. Asked so near the end of time that the search is short."""
    near = (9999 - first.year) // _CYCLE * _CYCLE
    bare = ";".join(part for part in rule.split(";") if not part.startswith(("UNTIL=", "COUNT=")))
    start = datetime.combine(first, first.time() if isinstance(first, datetime) else time())
    return next(iter(rrulestr(bare, dtstart=start.replace(year=start.year + near))), None) is not None


def _parts(line: Line) -> dict[str, str]:
    """The rule's parts in capitals without space. Raises Unreadable for one that nobody knows, or that stands twice."""
    found: dict[str, str] = {}
    for part in re.sub(r"\s+", "", line.value).upper().removeprefix("RRULE:").strip(";").split(";"):
        name, _, value = part.partition("=")
        if name.startswith("X-") or (name, value) in (("RSCALE", "GREGORIAN"), ("SKIP", "OMIT"), ("", "")):
            continue
        if name not in _UNDERSTOOD:
            raise _not_understood(line, part)
        if name in found and found[name] != value:
            raise _not_understood(line, f"{name} står två gånger")
        if value.strip(","):
            found[name] = value.strip(",")
    return found


def _number(line: Line, stated: Mapping[str, str], name: str, least: int) -> int:
    text = stated.get(name, "1")
    if not _is_number(text) or not least <= int(text) <= 100_000:
        raise _not_understood(line, f"{name}={text}")
    return int(text)


def _is_number(text: str) -> bool:
    """Whether a text is written with our digits, and so few that it can be a number of times."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _refuse_too_often(line: Line, stated: Mapping[str, str], first: Moment, last: date) -> None:
    """Raise Unreadable for a rule by the hour, minute or second that is no long interval in disguise."""
    seconds = _OFTENER[stated["FREQ"]] * _number(line, stated, "INTERVAL", 1)
    span = max((last - date(first.year, first.month, first.day)).days + 2, 1) * 86_400
    steps = min(span / seconds, int(stated["COUNT"]) if _is_number(stated.get("COUNT", "")) else STEPS)
    if seconds < 3_600 or steps >= STEPS or any(name.startswith("BY") for name in stated):
        why = f"den upprepas med {stated['FREQ']}, och inget möte hålls så ofta"
        raise Unreadable(line.number, "regeln för hur ofta mötet hålls kan inte följas", why)


def _weekdays(line: Line, stated: Mapping[str, str]) -> list[str]:
    days = stated["BYDAY"].split(",") if "BYDAY" in stated else []
    for day in days:
        found = _DAY.fullmatch(day)
        if found is None or found[1] in ("0", "+0", "-0"):
            raise _not_understood(line, f"BYDAY={day}")
    if "WKST" in stated and not re.fullmatch("MO|TU|WE|TH|FR|SA|SU", stated["WKST"]):
        raise _not_understood(line, f"WKST={stated['WKST']}")
    return days


def _numbers(line: Line, name: str, text: str) -> str:
    """The numbers of a part, which lie within their bounds. Raises Unreadable."""
    found = []
    for part in text.split(","):
        signed = part.lstrip("+-") if name in _SIGNED else part
        if not _is_number(signed) or int(signed) > _NUMBERS[name]:
            raise _not_understood(line, f"{name}={part[:20]}")
        if int(signed) == 0 and (name in _SIGNED or name == "BYMONTH"):
            raise _not_understood(line, f"{name}={part[:20]}")
        found.append(str(int(part)))
    return ",".join(dict.fromkeys(found))


def _end(line: Line, stated: Mapping[str, str], first: Moment, last: date, zones: Zones) -> dict[str, str]:
    """COUNT where it is stated, and UNTIL: as stated, and no later than the last day that matters."""
    count = stated.get("COUNT", "")
    # Outlook writes -1 for a series without end.
    counted = {} if count in ("", "-1") else {"COUNT": str(_number(line, stated, "COUNT", 1))}
    horizon = last + timedelta(days=2)
    until = _until(line, stated, first, zones)
    if not isinstance(first, datetime):
        day = alike(until, first) if until else horizon
        return {**counted, "UNTIL": f"{min(day, horizon):%Y%m%d}"} if until or not counted else counted
    end = datetime.combine(horizon, time(), UTC)
    if until is not None and until.year <= horizon.year:
        end = min(end, _last_moment(until, first.tzinfo))
    return {**counted, "UNTIL": f"{end:%Y%m%dT%H%M%SZ}"} if until or not counted else counted


def _until(line: Line, stated: Mapping[str, str], first: Moment, zones: Zones) -> Moment | None:
    """The stated end; one without a zone stands in the event's own."""
    if "UNTIL" not in stated:
        return None
    until = read_moment(stated["UNTIL"], line, zones)
    if until.year < EARLIEST:
        raise _not_understood(line, f"UNTIL={stated['UNTIL']}")
    if isinstance(until, datetime) and isinstance(first, datetime) and re.search(r"T\d+$", stated["UNTIL"]):
        return until.replace(tzinfo=first.tzinfo)
    return until


def _last_moment(until: Moment, zone: tzinfo | None) -> datetime:
    """The last moment of a rule whose end is a day (all of it, where the event is held) or a moment."""
    if isinstance(until, datetime):
        return until.astimezone(UTC)
    return datetime.combine(until, time(23, 59, 59), zone).astimezone(UTC)


def _not_understood(line: Line, what: str) -> Unreadable:
    why = f"upprepningen ({line.name}) innehåller {what[:60]}, som inte kan följas"
    return Unreadable(line.number, "regeln för hur ofta mötet hålls kan inte följas", why)
