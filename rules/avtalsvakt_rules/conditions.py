"""Given what, and with what effect: the conditions of a clause, and what using a power does.

Source: docs/regelspraket.md, Vad som visar det; docs/regelspraket.md, Att avsluta avtalet.
"""

import re

from avtalsvakt_rules.days import Day, read_day
from avtalsvakt_rules.model import Model
from avtalsvakt_rules.patterns import Pattern, read_pattern
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
    """What using a power does: lengthens the term by years (exactly, or at most), or ends it on a day."""

    extends: int | None = None
    at_most: bool = False
    ends: Day | None = None


def read_effect(raw: object) -> object:
    """Read an effect into the fields of Effect. Raises ValueError with a Swedish explanation."""
    if not isinstance(raw, dict) or set(raw) not in ({"extends"}, {"ends"}):
        return raw if isinstance(raw, Effect) else _bad_effect()
    if "ends" in raw:
        return {"ends": read_day(str(raw["ends"]))}
    length = raw["extends"]
    at_most = isinstance(length, dict) and set(length) == {"at_most"}
    text = str(length["at_most"] if at_most and isinstance(length, dict) else length)
    if re.fullmatch(r"[1-9]\d{0,2} years?", text, re.ASCII) is None:
        raise Misread("extends är ett antal år", "skriv {extends: 2 years} eller {extends: {at_most: 4 years}}")
    return {"extends": int(text.split(maxsplit=1)[0]), "at_most": at_most}


def _bad_effect() -> object:
    raise Misread(
        "effect förlänger avtalet eller avslutar det",
        "skriv {extends: 2 years}, {extends: {at_most: 4 years}} eller {ends: 3 months after event}",
    )
