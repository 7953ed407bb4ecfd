"""Values of attributes: what people and files write, as clean text, tuples of text, or mappings of such.

In come raw values (JSON or cells of a CSV file), out come values that compare as they look: Unicode in composed form
(NFC), no control characters, no space around, one space where a line was broken. Numbers become text, true and false
"ja" and "nej". What says nothing (null, an empty text or list) becomes None.
"""

import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from avtalsvakt_engine.facts import Value
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.expressions import expression
from avtalsvakt_rules.texts.normal_form import MOST_MARKS, composed, stacked

MAPPINGS = ("set", "changes", "new_end")
"""Attributes that may hold a mapping."""

LONGEST = 10_000
"""Characters in one text."""

DEEPEST = 3
"""Mappings inside each other: a correction of an attribute that holds one has two."""

_BREAKS = expression(r"[ \t]*[\r\n\t]+[ \t]*")
_YES = frozenset({"ja", "j", "sant", "sann", "true", "yes", "y", "x", "1"})
_NO = frozenset({"nej", "n", "falskt", "falsk", "false", "no", "0"})
# Marks that turn the direction of text or are never seen let two values look the same and differ.
_UNSEEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def read_value(raw: object, name: str, where: str, depth: int = 0) -> Value | Problem | None:
    """The value of one attribute, None where it says nothing, or what is wrong with it."""
    if depth > DEEPEST:
        why = f"det har mer än {DEEPEST} nivåer under varandra"
        return Problem(f"värdet på {name} är för djupt nästlat", where, why, "skriv namn och värden på en nivå")
    if isinstance(raw, str):
        return _text(raw, name, where)
    if isinstance(raw, Mapping):
        if name not in MAPPINGS:
            why = "bara " + ", ".join(MAPPINGS) + " kan innehålla namn och värden"
            return Problem(f"värdet på {name} är av fel slag", where, why, "skriv en text eller en lista av texter")
        return _mapping(raw, name, where, depth)
    if isinstance(raw, list | tuple):
        return _texts(raw, name, where)
    return _text(raw, name, where)


def yes_or_no(value: Value) -> Value:
    """Answer "ja" or "nej" for the many ways to write it; anything else stays as it is."""
    if isinstance(value, str):
        word = value.casefold()
        return "ja" if word in _YES else "nej" if word in _NO else value
    return value


def number(text: str | None) -> Fraction | None:
    """A number written by a person: 3, 0,5, 3/4, 75 %; None where it is none.

    No exponents: a short text may stand for a number that fills the memory.
    """
    if text is None or "e" in text.casefold():
        return None
    cleaned = text.replace(" ", "").replace("\u00a0", "").replace(",", ".")
    share = cleaned.endswith("%")
    try:
        value = Fraction(cleaned.rstrip("%"))
    except (ValueError, ZeroDivisionError):
        return None
    return value / 100 if share else value


def _text(raw: object, name: str, where: str) -> str | Problem | None:
    """One clean text; None where it is empty."""
    if isinstance(raw, str):
        text = composed(raw).strip()
        if text.isprintable() and len(text) <= LONGEST and (text.isascii() or not stacked(text)):
            return text or None
        text = _BREAKS.sub(" ", text)
        return _forbidden(text, name, where) or text
    if raw is None:
        return None
    if isinstance(raw, bool):
        return "ja" if raw else "nej"
    if isinstance(raw, int | float):
        return str(raw)
    return Problem(
        f"värdet på {name} är av fel slag", where, "listor kan bara innehålla texter", "skriv en text i taget"
    )


def _texts(raw: list[object] | tuple[object, ...], name: str, where: str) -> tuple[str, ...] | Problem | None:
    """A tuple of clean texts without empty ones; None where nothing is left."""
    found = []
    for part in raw:
        text = _text(part, name, where)
        if isinstance(text, Problem):
            return text
        if text is not None:
            found.append(text)
    return tuple(found) or None


def _mapping(raw: Mapping[object, object], name: str, where: str, depth: int) -> Mapping[str, object] | Problem | None:
    """A mapping of clean names to clean values; an empty value stays, as None, since it takes something away."""
    found: dict[str, object] = {}
    for key, entry in raw.items():
        clean = _text(key, name, where)
        # `set` may hold attributes that hold mappings themselves.
        value = read_value(entry, str(clean) if name == "set" else f"{name}.{clean}", where, depth + 1)
        if isinstance(clean, Problem):
            return clean
        if isinstance(value, Problem):
            return value
        found[str(clean or "")] = value
    return found or None


def _forbidden(text: str, name: str, where: str) -> Problem | None:
    """What cannot be kept in the text, if anything: unseen characters, or too many."""
    if len(text) > LONGEST:
        why = f"texten har {len(text)} tecken, och {LONGEST} ryms"
        return Problem(f"värdet på {name} är för långt", where, why, "korta texten eller hänvisa till en handling")
    if stacked(text):
        why = f"fler än {MOST_MARKS} lösa tecken står ovanpå en bokstav"
        return Problem(f"värdet på {name} kan inte läsas som text", where, why, "ta bort de lösa tecknen")
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") or character in _UNSEEN:
            why = f"tecknet U+{ord(character):04X} syns inte och hör inte hemma i text"
            return Problem(f"värdet på {name} innehåller ett styrtecken", where, why, "ta bort tecknet")
    return None


def attributes_of(values: Mapping[str, object]) -> Mapping[str, Value]:
    """The mapping as attributes, without what says nothing."""
    return cast("Mapping[str, Value]", {name: value for name, value in values.items() if value is not None})
