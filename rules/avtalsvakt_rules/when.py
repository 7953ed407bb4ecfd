"""When: what gives rise to a duty, and the window around it. One answer of a clause, in a module of its own.

Source: docs/regelspraket.md, När.
"""

import re
from datetime import date
from typing import Literal

from avtalsvakt_rules.days import OPEN, Day, read_day
from avtalsvakt_rules.model import Model
from avtalsvakt_rules.patterns import Pattern, read_pattern, read_patterns

PERIODS = ("week", "month", "quarter", "half_year", "semester", "year", "year_end")


class When(Model):
    """What gives rise to a duty, and the window around it."""

    form: Literal["once", "always", "period", "years", "term", "event", "performance", "follows", "date"]
    period: str | None = None
    years: int | None = None
    events: tuple[Pattern, ...] = ()
    follows: str | None = None
    opens: Day | None = None
    due: Day | None = None
    open: bool = False
    exact: bool = False
    only: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    from_: date | Pattern | str | None = None
    until: date | Pattern | None = None


WHEN_KEYS = {"each", "follows", "opens", "due", "day", "only", "except", "from", "until"}


def read_when(raw: object) -> object:
    """Read the `when` of a clause into the fields of When. Raises ValueError with a Swedish explanation."""
    if isinstance(raw, When):
        return raw
    if raw in ("once", "always"):
        return {"form": raw}
    if not isinstance(raw, dict):
        raise ValueError("when är once, always eller ett fönster {each: …} eller {follows: …}")
    unknown = sorted(set(raw) - WHEN_KEYS)
    if unknown:
        raise ValueError(f"okänd nyckel i when: {', '.join(unknown)}; kända är {', '.join(sorted(WHEN_KEYS))}")
    out = _rise(raw) | _window(raw)
    if out["form"] in ("event", "follows") and "due" not in out and not out.get("open"):
        raise ValueError(
            "en händelse eller ett steg måste säga due, om så bara 'due: open'; annars blir det aldrig försenat"
        )
    return out


def _rise(raw: dict[str, object]) -> dict[str, object]:
    if "each" in raw and "follows" in raw:
        raise ValueError("välj each eller follows, inte båda")
    if "follows" in raw:
        return {"form": "follows", "follows": raw["follows"]}
    each = raw.get("each")
    if each is None:
        return {"form": "date" if "due" in raw or "day" in raw else "once"}
    if each in ("term", "performance"):
        return {"form": each}
    if isinstance(each, str) and each in PERIODS:
        return {"form": "period", "period": each}
    if isinstance(each, str) and re.fullmatch(r"[1-9]\d{0,2} years", each, re.ASCII):
        return {"form": "years", "years": each[:-6]}
    if isinstance(each, dict):
        return {"form": "event", "events": read_patterns(each)}
    raise ValueError(
        f"each: {each} är varken en period ({', '.join(PERIODS)}, '4 years'), term, performance eller ett faktamönster"
    )


def _window(raw: dict[str, object]) -> dict[str, object]:
    out = _days_of_window(raw)
    for key, name in (("only", "only"), ("except", "except_")):
        if key in raw:
            words = raw[key]
            out[name] = tuple(str(word) for word in (words if isinstance(words, list) else [words]))
    for key, name in (("from", "from_"), ("until", "until")):
        if key in raw:
            out[name] = _limit(key, raw[key])
    return out


def _days_of_window(raw: dict[str, object]) -> dict[str, object]:
    if "day" in raw:
        if "due" in raw or "opens" in raw:
            raise ValueError("day är både opens och due; skriv bara day")
        day = read_day(str(raw["day"]))
        return {"opens": day, "due": day, "exact": True}
    out: dict[str, object] = {"opens": read_day(str(raw["opens"]))} if "opens" in raw else {}
    if raw.get("due") == OPEN:
        return out | {"open": True}
    return out | ({"due": read_day(str(raw["due"]))} if "due" in raw else {})


def _limit(key: str, raw: object) -> object:
    if isinstance(raw, dict):
        return read_pattern(raw)
    text = str(raw)
    if key == "from" and text.isdigit() and len(text) == 4:
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{key}: {text} är varken ett datum (ÅÅÅÅ-MM-DD) eller ett faktamönster") from None
