"""Calendars of repeated events, made at random from a number: the same number gives the same calendar.

Rules of all four frequencies, days that are left out or added, occasions that are moved or called off, in several zones
or none. What is written follows RFC 5545, so that every reader must agree.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event, Timezone
from icalendar.prop import vRecur

ZONES = {
    "Europe/Stockholm": (("STANDARD", "+0200", "+0100", "10", "-1SU", "030000"),
                         ("DAYLIGHT", "+0100", "+0200", "3", "-1SU", "020000")),
    "America/New_York": (("STANDARD", "-0400", "-0500", "11", "1SU", "020000"),
                         ("DAYLIGHT", "-0500", "-0400", "3", "2SU", "020000")),
    "Australia/Sydney": (("STANDARD", "+1100", "+1000", "4", "1SU", "030000"),
                         ("DAYLIGHT", "+1000", "+1100", "10", "1SU", "020000")),
    "Asia/Tokyo": (("STANDARD", "+0900", "+0900", "", "", "000000"),),
    "UTC": (),
}  # fmt: skip
"""Since 2008: from, to, month, day and hour of each change."""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = date(2027, 12, 31)


def made(number: int) -> bytes:
    """The calendar of a number."""
    chance = random.Random(number)
    whole_day = chance.random() < 0.25
    zone = None if whole_day else ZoneInfo(chance.choice(tuple(ZONES)))
    rule = _rule(chance)
    day = date(chance.randint(2019, 2026), chance.randint(1, 12), chance.randint(1, 28))
    earliest = datetime.combine(day, time(chance.randint(4, 23), chance.choice((0, 15, 30))))
    starts = _first(rule, earliest, 40)
    if not starts:
        return made(number + 1_000_000)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Prov//SV")
    if zone is not None and zone.key != "UTC":
        calendar.add_component(Timezone.from_ical(_defined(zone.key)))
    at = [_placed(one, zone) for one in starts]
    held, end = chance.choice(((len(at), ""), *_ends(chance, at)))
    calendar.add_component(_series(chance, rule + end, at[:held], zone))
    for place in sorted(chance.sample(range(1, held), min(held - 1, chance.choice((0, 0, 1, 2))))):
        calendar.add_component(_changed(chance, at[place]))
    return bytes(calendar.to_ical())


def _rule(chance: random.Random) -> str:
    """A rule with parts that fit together."""
    frequency = chance.choice(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "MONTHLY", "YEARLY"))
    parts = [f"FREQ={frequency}", f"INTERVAL={chance.choice((1, 1, 1, 2, 3))}"]
    days = ",".join(sorted(chance.sample(DAYS, chance.randint(1, 3)), key=DAYS.index))
    if frequency == "DAILY" and chance.random() < 0.5:
        parts.append(chance.choice((f"BYDAY={days}", "BYMONTH=3,9")))
    elif frequency == "WEEKLY":
        parts += [f"BYDAY={days}", *chance.choice(((), ("WKST=SU",), ("WKST=MO",)))]
    elif frequency == "MONTHLY":
        parts.append(chance.choice((
            f"BYDAY={chance.choice(('1', '2', '3', '4', '-1'))}{chance.choice(DAYS)}",
            f"BYMONTHDAY={chance.randint(1, 28)}",
            "BYMONTHDAY=-1", "BYMONTHDAY=31", "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", f"BYDAY={days};BYSETPOS=2",
        )))  # fmt: skip
    elif frequency == "YEARLY":
        month = chance.choice((2, 3, 6, 10, 11))
        parts.append(chance.choice((
            f"BYMONTH={month};BYDAY={chance.choice(('1', '2', '-1'))}{chance.choice(DAYS)}",
            f"BYMONTH={month};BYMONTHDAY={chance.randint(1, 28)}", "BYMONTH=2;BYMONTHDAY=29",
        )))  # fmt: skip
    return ";".join(parts)


def _first(rule: str, earliest: datetime, count: int) -> list[datetime]:
    """The first occasions from the moment on; the series begins with the first, as it should."""
    found: list[datetime] = []
    for one in rrulestr(rule, dtstart=earliest):
        if len(found) == count or one.date() > LAST:
            break
        found.append(one)
    return found if len(found) > 1 else []


def _placed(moment: datetime, zone: ZoneInfo | None) -> date:
    if zone is None:
        return moment.date()
    return moment.replace(tzinfo=UTC if zone.key == "UTC" else zone)


def _series(chance: random.Random, rule: str, at: Sequence[date], zone: ZoneInfo | None) -> Event:
    event = Event()
    event.add("UID", "serie@prov")
    event.add("SUMMARY", "Granbyrådet")
    event.add("DTSTAMP", datetime(2026, 1, 1, tzinfo=UTC))
    event.add("DTSTART", at[0])
    event.add("DTEND", at[0] + (timedelta(hours=1) if isinstance(at[0], datetime) else timedelta(days=1)))
    event.add("RRULE", vRecur.from_ical(rule))
    gone = chance.sample(list(at[1:]), min(len(at) - 1, chance.choice((0, 0, 1, 2))))
    if gone:
        event.add("EXDATE", gone)
    if chance.random() < 0.3:
        further = _placed(datetime.combine(at[-1], time(11)) + timedelta(days=1), zone)
        event.add("RDATE", [further])
    return event


def _ends(chance: random.Random, at: Sequence[date]) -> list[tuple[int, str]]:
    """How many occasions are held before an end, and the end: a number of times, or a last moment."""
    held = chance.randint(2, len(at))
    last = at[held - 1]
    until = last.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if isinstance(last, datetime) else last.strftime("%Y%m%d")
    return [(held, f";COUNT={held}"), (held, f";UNTIL={until}")]


def _defined(key: str) -> str:
    """A zone's definition in the file."""
    rows = ["BEGIN:VTIMEZONE", f"TZID:{key}"]
    for kind, was, becomes, month, day, hour in ZONES[key]:
        rule = [f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={day}"] if month else []
        rows += [f"BEGIN:{kind}", f"DTSTART:19700101T{hour}", f"TZOFFSETFROM:{was}", f"TZOFFSETTO:{becomes}", *rule,
                 f"END:{kind}"]  # fmt: skip
    return "\r\n".join([*rows, "END:VTIMEZONE", ""])


def _changed(chance: random.Random, stands_for: date) -> Event:
    """An occasion that was moved or called off."""
    event = Event()
    event.add("UID", "serie@prov")
    event.add("SUMMARY", "Granbyrådet")
    event.add("DTSTAMP", datetime(2026, 1, 2, tzinfo=UTC))
    event.add("RECURRENCE-ID", stands_for)
    moved = stands_for + timedelta(days=chance.randint(0, 4))
    if isinstance(moved, datetime):
        moved += timedelta(minutes=chance.choice((0, 30, 90)))
    event.add("DTSTART", moved)
    event.add("DTEND", moved + (timedelta(hours=1) if isinstance(moved, datetime) else timedelta(days=1)))
    if chance.random() < 0.3:
        event.add("STATUS", "CANCELLED")
    return event
