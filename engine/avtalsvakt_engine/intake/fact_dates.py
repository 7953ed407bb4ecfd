"""Days and moments as people write them: ISO 8601 and nothing else, since a guessed date is worse than a refused one.

In come texts, out come dates with their precision, or moments with Stockholm's offset, or a Problem in Swedish.
Units: days are whole days in Europe/Stockholm, moments have seconds. Source: semantics.md, section Time.
"""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from avtalsvakt_engine.facts import Precision
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.expressions import expression

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST_YEAR = 1990
YEARS_AHEAD = 15

_DAY = expression(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MOMENT = expression(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_OTHER_ORDER = expression(r"\d{1,2}([./ -])\d{1,2}\1(?:\d{4}|\d{2})|\d{2}([./-])\d{1,2}\2\d{1,2}")
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def in_stockholm(moment: datetime) -> datetime:
    """The moment with Stockholm's offset, in whole seconds. ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).replace(microsecond=0).astimezone(STOCKHOLM)


def read_day(text: str, *, now: datetime, where: str) -> tuple[date, Precision] | Problem:
    """A day, month or year as its first day and its precision; refuses the impossible, the ambiguous, the far-off."""
    found = _DAY.fullmatch(text)
    if found is None:
        return _unreadable(text, where)
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    last = now.astimezone(STOCKHOLM).year + YEARS_AHEAD
    if not FIRST_YEAR <= year <= last:
        why = f"registret tar emot datum från {FIRST_YEAR} till och med {last}"
        return Problem(f"datumet {text} ligger för långt bort", where, why, "kontrollera årtalet")
    if not 1 <= month <= len(_MONTHS):
        return Problem(f"datumet {text} finns inte", where, "månaden ska vara 01–12", "rätta månaden")
    from calendar import monthrange  # only where a day is read

    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        why = f"{_MONTHS[month - 1]} {year} har {days} dagar"
        return Problem(f"datumet {text} finns inte", where, why, "rätta dagen")
    return date(year, month, day), _precision(text)


def read_moment(text: str, *, now: datetime, where: str) -> str | Problem:
    """A moment of recording, as ISO 8601 with Stockholm's offset.

    A day means its first moment, so that it is known on that day. Without an offset, Stockholm's own time is meant.
    """
    day = read_day(text[:10], now=now, where=where)
    if isinstance(day, Problem):
        return day
    try:
        moment = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        remedy = "skriv till exempel 2026-03-04 eller 2026-03-04T14:30"
        return Problem(f"tidpunkten {text} kan inte läsas", where, "den är inte skriven enligt ISO 8601", remedy)
    recorded = in_stockholm(moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM))
    if recorded > now:
        why = "en registrering kan inte vara gjord efter denna stund"
        return Problem(f"registreringstiden {text} ligger i framtiden", where, why, "rätta tiden eller utelämna den")
    return recorded.isoformat()


def written_day(day: date, precision: Precision) -> str:
    """The day as text at its precision: 2026-03-04, 2026-03 or 2026."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _precision(text: str) -> Precision:
    """The precision that the length of an ISO text states."""
    return "day" if len(text) > len("2026-03") else "month" if len(text) > len("2026") else "year"


def _unreadable(text: str, where: str) -> Problem:
    """Why the text is no date: written in another order, or not a date at all."""
    shown = text if len(text) <= 40 else text[:40] + "…"
    if _OTHER_ORDER.fullmatch(text):
        why = "ordningen mellan år, månad och dag framgår inte"
        return Problem(f"datumet {shown} är tvetydigt", where, why, "skriv år-månad-dag, till exempel 2026-03-04")
    why = "det är inte skrivet som ÅÅÅÅ-MM-DD, ÅÅÅÅ-MM eller ÅÅÅÅ"
    return Problem(f"datumet {shown} kan inte läsas", where, why, "skriv till exempel 2026-03-04, 2026-03 eller 2026")
