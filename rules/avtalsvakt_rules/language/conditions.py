"""Given what, and with what effect: the conditions of a clause, and what using a power does.

Source: docs/regelspraket.md, Vad som visar det; docs/regelspraket.md, Att avsluta avtalet.
"""

import re

from avtalsvakt_rules.language.days import Day, read_days
from avtalsvakt_rules.language.patterns import Pattern, read_pattern
from avtalsvakt_rules.model import Model
from avtalsvakt_rules.problems import Misread


class Condition(Model):
    """One thing that must hold: a pattern, another instrument in force, another clause met or missed."""

    pattern: Pattern | None = None
    in_force: str | None = None
    met: str | None = None
    missed: str | None = None


def read_condition(raw: object) -> object:
    """Read one condition into the fields of Condition. Raises ValueError with a Swedish explanation."""
    if isinstance(raw, Condition):
        return raw
    if isinstance(raw, dict) and len(raw) == 1 and next(iter(raw)) in ("in_force", "met", "missed"):
        return raw
    return {"pattern": read_pattern(raw)}


class Effect(Model):
    """What using a right does: lengthens the term by years (exactly, or at most), or ends it on a day.

    A right to object to a renewal does it unused: the term is renewed by `renews` months, at most `times` in all.
    """

    extends: int | None = None
    at_most: bool = False
    ends: Day | None = None
    renews: int | None = None
    times: int | None = None


LONGER, TIMES = ("extends", "renews"), ((), ("times",))
"""What lengthens a term, alone or so many times."""


def read_effect(raw: object) -> object:
    """Read an effect into the fields of Effect. Raises ValueError with a Swedish explanation."""
    if not isinstance(raw, dict) or set(raw) not in ({"ends"}, *({one, *more} for one in LONGER for more in TIMES)):
        return raw if isinstance(raw, Effect) else _bad_effect()
    if "renews" in raw:
        return _renewal(raw)
    if "ends" in raw:
        return {"ends": read_days(raw["ends"])}
    length = raw["extends"]
    at_most = isinstance(length, dict) and set(length) == {"at_most"}
    text = str(length["at_most"] if at_most and isinstance(length, dict) else length)
    if re.fullmatch(r"[1-9]\d{0,2} years?", text, re.ASCII) is None:
        raise Misread("extends är ett antal år", "skriv {extends: 2 years} eller {extends: {at_most: 4 years}}")
    return {"extends": int(text.split(maxsplit=1)[0]), "at_most": at_most} | _times(raw)


def _times(raw: dict[str, object]) -> dict[str, int]:
    if re.fullmatch(r"[1-9]\d{0,2}", str(raw.get("times", "1")), re.ASCII) is None:
        raise Misread("times är hur många gånger avtalet förlängs", "skriv t.ex. {extends: 1 year, times: 3}")
    return {"times": int(str(raw["times"]))} if "times" in raw else {}


def _renewal(raw: dict[str, object]) -> object:
    length = re.fullmatch(r"([1-9]\d{0,2}) (year|month)s?", str(raw["renews"]), re.ASCII)
    times = re.fullmatch(r"[1-9]\d{0,2}", str(raw.get("times", "1")), re.ASCII)
    if length is None or times is None:
        raise Misread(
            "renews är en tid i år eller månader, och times hur många gånger",
            "skriv {renews: 1 year} eller {renews: 3 months, times: 2}",
        )
    months = int(length[1]) * (12 if length[2] == "year" else 1)
    return {"renews": months} | ({"times": int(times[0])} if "times" in raw else {})


def _bad_effect() -> object:
    raise Misread(
        "effect förlänger avtalet, avslutar det eller hindrar att det förlängs av sig självt",
        "skriv {extends: 2 years}, {extends: {at_most: 4 years}}, {ends: 3 months after event} eller {renews: 1 year}",
    )
