"""Fact patterns: what a fact must look like, written `{kind: {attribute: value}}`.

A value is a text, a list (any of them), `{not_in: list}` (something else), a comparison, a length of time, a pattern
(the attribute refers to a fact that looks so), `{met: clause}` (the version referred to has met that clause) or one of
the words `same`, `alternating`, `next`, `both`. Source: docs/regelspraket.md, Vad som visar det.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from avtalsvakt_rules.problems import Misread
from avtalsvakt_rules.texts.expressions import expression

ITSELF = "itself"
_LENGTH = expression(r"([1-9]\d{0,2}) (years?|months?)", re.ASCII)
_NUMBER = expression(r"\d{1,9}(?:\.\d{1,9}|/\d{1,9})?", re.ASCII)


class OneOf(Struct, frozen=True):
    """Any of these texts (a list-valued attribute matches when one of its texts does)."""

    texts: tuple[str, ...]


class NotIn(Struct, frozen=True):
    """Something beside these texts (of a list-valued attribute at least one text that is none of them)."""

    texts: tuple[str, ...]


class Same(Struct, frozen=True):
    """The same as the `per` value, else the step followed, else the occasion; of a period its label.

    `attribute` names the other side's attribute where it differs.
    """

    attribute: str | None = None


class Alternating(Struct, frozen=True):
    """Not as the last time."""


class Next(Struct, frozen=True):
    """The coming period's label."""


class Both(Struct, frozen=True):
    """Every party of the agreement."""


class Compare(Struct, frozen=True):
    """A number: at least, or at most, `bound` (of another attribute, as a share, where `of` is given).

    `strict`: more than it, or less than it.
    """

    at_least: bool
    bound: Fraction
    of: str | None = None
    strict: bool = False


class Length(Struct, frozen=True):
    """A last day so many months from another attribute's first day: the day before, or the same day of the month.

    `at_least`: that day or any later one.
    """

    months: int
    since: str
    at_least: bool = False


class Met(Struct, frozen=True):
    """The version that the attribute refers to has met that clause; the fact counts from that day."""

    clause: str


class Refers(Struct, frozen=True):
    """The attribute refers to a fact of this pattern."""

    pattern: "Pattern"


Value = OneOf | NotIn | Same | Alternating | Next | Both | Compare | Length | Met | Refers


class Pattern(Struct, frozen=True, dict=True):
    """One kind of fact and what its attributes must say. `kind` is `itself` for the occasion's own record."""

    kind: str
    values: tuple[tuple[str, Value], ...] = ()

    @cached_property
    def depending(self) -> tuple[tuple[str, Same | Next], ...]:
        """The values that depend on the duty (`same`, `next`); the others look the same for every duty."""
        return tuple((name, value) for name, value in self.values if isinstance(value, Same | Next))

    @cached_property
    def names(self) -> frozenset[str]:
        """The attributes that it compares."""
        return frozenset(name for name, _ in self.values)

    @cached_property
    def refers_to_occasion(self) -> bool:
        """Whether a reference decides which facts belong (`same`), so that the date only says if they were in time."""
        return any(isinstance(value, Same) for _, value in self.values)

    def parts(self) -> Iterator["Pattern"]:
        """This pattern and those inside it."""
        yield self
        for _, value in self.values:
            if isinstance(value, Refers):
                yield from value.pattern.parts()


COMPARISONS = ("at_least", "at_most", "more_than", "less_than")
"""How a number is compared."""

_WORDS: dict[str, Value] = {"same": Same(), "alternating": Alternating(), "next": Next(), "both": Both()}


def read_patterns(raw: object) -> tuple[Pattern, ...]:
    """Read one pattern, the word `itself`, or `{any_of: [pattern, …]}`.

    Raises ValueError with a Swedish explanation.
    """
    if isinstance(raw, Mapping) and set(raw) == {"any_of"}:
        if not isinstance(raw["any_of"], list) or len(raw["any_of"]) < 2:
            raise Misread(
                "any_of ska vara en lista med minst två mönster", "skriv {any_of: [{…}, {…}]}, eller bara mönstret"
            )
        return tuple(read_pattern(item) for item in raw["any_of"])
    return (read_pattern(raw),)


def read_pattern(raw: object) -> Pattern:
    """Read `{kind: {attribute: value}}`. Raises ValueError with a Swedish explanation."""
    if raw == ITSELF:
        return Pattern(ITSELF)
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise Misread(
            "ett mönster har precis en faktatyp", "skriv {faktatyp: {attribut: värde}}, t.ex. {meeting_held: {}}"
        )
    [(kind, values)] = raw.items()
    if kind == "becomes":
        raise Misread("becomes kan bara stå i each", "skriv each: {becomes: {faktatyp: {…}}}")
    if values is None:
        values = {}
    if not isinstance(values, Mapping):
        raise Misread(
            f"under '{kind}' väntas attribut", f"skriv {{{kind}: {{attribut: värde}}}}, eller {{}} om inget krävs"
        )
    return Pattern(str(kind), tuple((str(name), read_value(value)) for name, value in values.items()))


def read_value(raw: object) -> Value:
    """Read one value of a pattern. Raises ValueError with a Swedish explanation."""
    if isinstance(raw, str):
        return _WORDS.get(raw, OneOf((raw,)))
    if isinstance(raw, list):
        return OneOf(tuple(map(str, raw)))
    if not isinstance(raw, Mapping) or not raw:
        remedy = "skriv en text, en lista, ett mönster, {at_least: 3} eller ett av orden same, alternating, next, both"
        raise Misread("ett värde saknas", remedy)
    keys = set(raw)
    if keys == {"same"}:
        return Same(str(raw["same"]))
    if keys == {"met"}:
        return Met(str(raw["met"]))
    if keys == {"not_in"}:
        return _not_in(raw["not_in"])
    if "length" in keys:
        return _length(raw)
    if any(keys <= {key, "of"} for key in COMPARISONS):
        return _comparison(raw)
    return Refers(read_pattern(raw))


def _not_in(listed: object) -> NotIn:
    if not isinstance(listed, list) or not listed:
        raise Misread("not_in ska vara en lista med minst en text", "skriv till exempel {not_in: [a, b]}")
    return NotIn(tuple(map(str, listed)))


def _length(raw: Mapping[str, object]) -> Length:
    length = raw["length"]
    least = isinstance(length, Mapping) and set(length) == {"at_least"}
    found = _LENGTH.fullmatch(str(length["at_least"] if least and isinstance(length, Mapping) else length))
    if found is None or not isinstance(raw.get("from"), str):
        raise Misread(
            "length är så många år eller månader från ett attribut",
            "skriv {length: 2 years, from: start} eller {length: {at_least: 1 year}, from: start}",
        )
    return Length(int(found[1]) * (12 if found[2].startswith("year") else 1), str(raw["from"]), at_least=least)


def _comparison(raw: Mapping[str, object]) -> Compare:
    key = next((one for one in COMPARISONS if one in raw), "at_least")
    try:
        # No exponents: a short text may stand for a number that fills the memory.
        found = _NUMBER.fullmatch(str(raw[key]))
        bound = Fraction(found[0] if found else "")
    except (KeyError, ValueError, ZeroDivisionError):
        raise Misread(
            f"{key} ska vara ett tal eller en andel", f"skriv {{{key}: 3}} eller {{{key}: 3/4, of: attribut}}"
        ) from None
    up, strict = key in ("at_least", "more_than"), key.endswith("_than")
    return Compare(up, bound, str(raw["of"]) if "of" in raw else None, strict=strict)
