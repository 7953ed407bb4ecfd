"""When: what gives rise to a duty, and the window around it. One answer of a clause, in a module of its own.

Source: docs/regelspraket.md, När.
"""

import re
from datetime import date
from typing import Literal

from avtalsvakt_rules.language.days import OPEN, Day, read_day, read_days
from avtalsvakt_rules.language.identifiers import shown
from avtalsvakt_rules.language.patterns import Pattern, read_pattern, read_patterns
from avtalsvakt_rules.language.swedish_words import nearest
from avtalsvakt_rules.model import Model
from avtalsvakt_rules.problems import Misread

PERIODS = ("week", "month", "quarter", "half_year", "semester", "year", "year_end")


BLOCK = "block"
"""A period of so many months (`every`) that is counted from a day (`starting`) and not from the calendar's years."""


SERIES = ("body", "site", "area", "group", "document")
"""Attributes that tell one series of records from another: a state is compared with the record before of the same."""
FIRST_IN = ("month", "quarter", "half_year", "year", "term")
"""Of what the first so many events may be meant."""


class When(Model):
    """What gives rise to a duty, and the window around it."""

    form: Literal["once", "always", "period", "years", "term", "event", "performance", "follows", "date"]
    period: str | None = None
    years: int | None = None
    every: int | None = None
    starting: date | None = None
    events: tuple[Pattern, ...] = ()
    becomes: bool = False
    first: int | None = None
    first_in: str | None = None
    next_: Pattern | None = None
    follows: str | None = None
    opens: Day | None = None
    due: Day | None = None
    open: bool = False
    exact: bool = False
    only: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    from_: date | Pattern | str | None = None
    until: date | Pattern | None = None

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of its window, each by itself where it is the earliest or the latest of several."""
        return tuple(one for day in (self.opens, self.due) if day for one in day.each)


WHEN_KEYS = {
    "each",
    "follows",
    "opens",
    "due",
    "day",
    "only",
    "except",
    "from",
    "until",
    "starting",
    "always",
    "first",
    "next",
}


def read_when(raw: object) -> object:
    """Read the `when` of a clause into the fields of When. Raises ValueError with a Swedish explanation."""
    if isinstance(raw, When):
        return raw
    if raw in ("once", "always"):
        return {"form": raw}
    if not isinstance(raw, dict):
        raise Misread(
            "when säger när något ska göras",
            "skriv once, always, {each: year}, {due: 2026-09-04} eller {follows: klausul, …}",
        )
    unknown = sorted(set(raw) - WHEN_KEYS)
    if unknown:
        raise Misread(f"when har ingen nyckel {', '.join(unknown)}", nearest(unknown[0], WHEN_KEYS))
    out = _rise(raw) | _window(raw)
    if out["form"] in ("event", "follows") and "due" not in out and not out.get("open"):
        raise Misread(
            "en händelse eller ett steg måste säga due; annars blir det aldrig försenat",
            "lägg till t.ex. 'due: 14 days after event', eller 'due: open' om texten inte anger någon sista dag",
        )
    return out


def _rise(raw: dict[str, object]) -> dict[str, object]:
    if "each" in raw and "follows" in raw:
        raise Misread("each och follows är två svar på samma fråga", "skriv each eller follows, inte båda")
    if "always" in raw:
        return _always(raw)
    if "follows" in raw:
        return {"form": "follows", "follows": raw["follows"]}
    if "starting" in raw:
        return _block(str(raw.get("each")), str(raw["starting"]))
    return _each(raw)


def _always(raw: dict[str, object]) -> dict[str, object]:
    if raw["always"] not in (None, "") or "each" in raw or "follows" in raw:
        raise Misread("always står ensamt och har inget värde", "skriv {always, from: 2026-03-01, until: 2026-12-31}")
    return {"form": "always"}


def _each(raw: dict[str, object]) -> dict[str, object]:
    each = raw.get("each")
    if each is None:
        return {"form": "date" if "due" in raw or "day" in raw else "once"}
    if isinstance(each, dict) and set(each) == {"becomes"}:
        return {"form": "event", "events": (read_pattern(each["becomes"]),), "becomes": True}
    if isinstance(each, dict):
        return {"form": "event", "events": read_patterns(each)}
    if each in ("term", "performance"):
        return {"form": each}
    if each in PERIODS:
        return {"form": "period", "period": each}
    if re.fullmatch(r"[1-9]\d{0,2} years", str(each), re.ASCII):
        return {"form": "years", "years": str(each)[:-6]}
    if re.fullmatch(r"[1-9]\d{0,2} months?", str(each), re.ASCII):
        raise Misread(f"each: {each} säger inte varifrån det räknas", "lägg till t.ex. starting: 2026-01-01")
    raise Misread(
        f"each: {shown(str(each))} är varken en period, term, performance eller ett faktamönster",
        nearest(str(each), (*PERIODS, "term", "performance", "4 years")),
    )


def _block(each: str, starting: str) -> dict[str, object]:
    """Fixed blocks of years or months, counted from the first day of one of them."""
    length = re.fullmatch(r"([1-9]\d{0,2}) (year|month)s?", each, re.ASCII)
    if length is None:
        raise Misread(
            f"starting hör till ett antal år eller månader, och each är {shown(each)}",
            "skriv t.ex. {each: 4 years, starting: 2019}; för en annan period skriv from",
        )
    try:
        first = date.fromisoformat(f"{starting}-01-01" if re.fullmatch(r"[12]\d{3}", starting) else starting)
    except ValueError:
        first = None
    if first is None or first.day > 28:
        raise Misread(
            f"starting: {shown(starting)} är varken ett år eller en dag som varje månad har",
            "skriv året eller dagen då ett av blocken börjar, t.ex. 2019 eller 2018-10-15",
        )
    months = int(length[1]) * (12 if length[2] == "year" else 1)
    return {"form": "period", "period": BLOCK, "every": months, "starting": first}


def _window(raw: dict[str, object]) -> dict[str, object]:
    out = _days_of_window(raw)
    for key, name in (("only", "only"), ("except", "except_")):
        if key in raw:
            words = raw[key]
            out[name] = tuple(str(word) for word in (words if isinstance(words, list) else [words]))
    for key, name in (("from", "from_"), ("until", "until")):
        if key in raw:
            out[name] = _limit(key, raw[key])
    if "next" in raw:
        out["next_"] = read_pattern(raw["next"])
    return out | (_first(str(raw["first"])) if "first" in raw else {})


def _first(text: str) -> dict[str, object]:
    found = re.fullmatch(rf"([1-9]\d?)(?: per ({'|'.join(FIRST_IN)}))?", text, re.ASCII)
    if found is None:
        raise Misread(
            f"first: {shown(text)} är inget antal",
            f"skriv t.ex. first: 1, eller first: 2 per year ({', '.join(FIRST_IN)})",
        )
    return {"first": int(found[1]), "first_in": found[2]}


def _days_of_window(raw: dict[str, object]) -> dict[str, object]:
    if "day" in raw:
        if "due" in raw or "opens" in raw:
            raise Misread("day är både opens och due", "skriv bara day")
        day = read_day(str(raw["day"]))
        return {"opens": day, "due": day, "exact": True}
    out: dict[str, object] = {"opens": read_day(str(raw["opens"]))} if "opens" in raw else {}
    if raw.get("due") == OPEN:
        return out | {"open": True}
    return out | ({"due": read_days(raw["due"])} if "due" in raw else {})


def _limit(key: str, raw: object) -> object:
    if isinstance(raw, dict):
        return read_pattern(raw)
    text = str(raw)
    if key == "from" and text.isdigit() and len(text) == 4:
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misread(
            f"{key}: {shown(text)} är varken ett datum eller ett faktamönster", f"skriv t.ex. {key}: 2026-03-01"
        ) from None
