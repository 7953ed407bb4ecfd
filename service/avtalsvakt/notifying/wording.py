"""The words of letters, all in one place: days, distances, subjects and headings."""

import re
from collections.abc import Sequence
from datetime import date

from avtalsvakt.answers.acts import HowTo
from avtalsvakt.words.summary import counted
from avtalsvakt_calendars.phrases import MONTHS, long_day

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
NEWLY_LATE, NEWLY_AT_RISK, COMING, WAITING, MENDED = (
    "Nytt försenat", "Nytt i riskzonen", "Att göra till och med {}", "Väntar på svar", "Rättat sedan sist",
)  # fmt: skip
AUTOMATIC = "Brevet är skrivet av Avtalsvakt efter det som är registrerat. Det går inte att svara på det."
HOW = "Gör så här: {}."
ANSWER = "Svara"
"""What the link of a question says."""


def big(text: str) -> str:
    """The text with a capital."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text without its capital, but for words that are written in capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def with_weekday(day: date) -> str:
    """`torsdag 31 december 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {long_day(day)}"


_ISO = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")


def spoken(text: str) -> str:
    """The text with its days in full: `2026-12-31` is `31 december 2026`."""
    return _ISO.sub(lambda found: long_day(date.fromisoformat(found[0])), text)


def distance(day: date, today: date) -> str:
    """`i dag`, `i morgon`, `om 7 dagar`, `för 3 dagar sedan`."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("i dag", "i morgon", "i går")[days]
    return f"om {days} dagar" if days > 0 else f"för {-days} dagar sedan"


def last_day(due: date, today: date) -> str:
    """The last day in a sentence: `Sista dag är torsdag 31 december 2026, om 7 dagar`."""
    verb = "är" if due >= today else "var"
    return f"Sista dag {verb} {with_weekday(due)}, {distance(due, today)}."


def how_line(how: HowTo | None) -> str:
    """How it is met: `Gör så här: ordföranden utses; sedan protokollet lämnas`; empty where nobody can tell."""
    if how is None or not how.acts:
        return ""
    steps = [small(one.title) + (f" ({one.times} gånger)" if one.times > 1 else "") for one in how.acts]
    return HOW.format("; sedan ".join(dict.fromkeys(steps)))


def questions_title(number: int, function: str, agreement: str) -> str:
    """`3 frågor till stadsdelsdirektör (Östermalm)`."""
    return f"{counted(number, 'fråga', 'frågor')} till {function} ({agreement})"


def digest_subject(today: date, late: int, coming: int, asked: int) -> str:
    """`Avtalsvakt vecka 48: 2 nya försenade, 3 att göra, 15 frågor`."""
    parts = [counted(late, "ny försenad", "nya försenade")] if late else []
    parts += [f"{coming} att göra"] if coming else []
    parts += [counted(asked, "fråga", "frågor")] if asked else []
    parts = parts or ["inget att göra just nu"]
    return f"Avtalsvakt vecka {today.isocalendar().week}: {', '.join(parts)}"


def notice_subject(titles: Sequence[str], late: int, soonest: date | None, today: date) -> str:
    """One thing by its name, several by their number."""
    when = "försenat" if late and (late == len(titles) or soonest is None) else ""
    if not when and soonest is not None:
        when = f"sista dag {distance(soonest, today)}"
    if len(titles) == 1:
        return f"{big(when)}: {titles[0]}"
    return f"{len(titles)} påminnelser: {f'{late} försenade' if late else when}"


def foot(role: str, number: int) -> tuple[str, ...]:
    """Why it comes, and how it is stopped."""
    stop = f"avtalsvakt notify recipients remove {number}"
    return (f"Du får brevet för att rollen {role} står bland mottagarna (nr {number}).", AUTOMATIC,
            f"Ska rollen inte få fler brev: be den som sköter programmet köra '{stop}'.")  # fmt: skip


def proof(run: int, as_of: date, seal: str) -> tuple[str, ...]:
    """What a receiver can hold the register against later, without having its file."""
    return (f"Sigillet efter körning {run} ({as_of}):", seal,
            "Spara brevet: 'avtalsvakt verify --head SIGILLET' säger om registret fortsätter det.")  # fmt: skip


def month(day: date) -> str:
    """`november 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"
