"""Does a fact look like a pattern? Yes, no, or unknown because the attribute that decides is missing.

`static` answers what the fact alone tells and is asked once for each fact; `dynamic` answers what depends on the
duty (same,
next, alternating).
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_rules import patterns as p


class Match(IntEnum):
    """Ordered, so that the weakest answer of several is their minimum."""

    NO = 0
    UNKNOWN = 1
    YES = 2


EVERYONE = frozenset({"both", "båda", "parterna"})


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of an agreement and whether one party's initiative is enough (reading SAMRAD)."""

    names: tuple[str, ...] = ()
    one_is_enough: bool = False


def texts(value: Value | None) -> tuple[str, ...]:
    """The texts of an attribute: none, one or several."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()


def static(
    pattern: p.Pattern, fact: Fact, parties: Parties, annexes: dict[str, str], *, asked: Container[str] = ()
) -> Match:
    """What the fact alone tells about the pattern's values; those that depend on the duty count as yes.

    A fact that says nothing of what a text attribute should be is about something else; only for attributes in `asked`
    (yes or no, or all of an occasion's own record) is silence a question to ask.
    """
    answer = Match.YES
    for name, wanted in pattern.values:
        if isinstance(wanted, p.OneOf):
            one = _one_of(name, wanted, fact, annexes, asked)
        elif isinstance(wanted, p.Both):
            one = both(texts(fact.attributes.get(name)), parties)
        elif isinstance(wanted, p.Compare):
            one = _compare(wanted, fact, name)
        else:
            continue
        if one is Match.NO:
            return one
        answer = min(answer, one)
    return answer


def _one_of(name: str, wanted: p.OneOf, fact: Fact, annexes: dict[str, str], asked: Container[str]) -> Match:
    found = fact.agreement if name == "agreement" else fact.attributes.get(name)
    if found is None:
        return Match.UNKNOWN if name in asked else Match.NO
    if isinstance(found, str):
        if name == "annex":
            found = annexes.get(found, found)
        return Match.YES if found in wanted.texts else Match.NO
    return Match.YES if set(texts(found)) & set(wanted.texts) else Match.NO


def both(found: Sequence[str], parties: Parties) -> Match:
    """Whether every party is named (reading SAMRAD: or one is enough)."""
    if not found:
        return Match.UNKNOWN
    everyone = bool(set(found) & EVERYONE) or (len(set(found)) > 1 and set(parties.names) <= set(found) | {""})
    if not parties.names:
        everyone = everyone or len(set(found)) > 1
    return Match.YES if everyone or parties.one_is_enough else Match.NO


def _compare(wanted: p.Compare, fact: Fact, name: str) -> Match:
    left, right = number(fact.text(name)), Fraction(1)
    if wanted.of is not None:
        of = number(fact.text(wanted.of))
        if of is None:
            return Match.UNKNOWN
        right = of
    if left is None:
        return Match.UNKNOWN
    bound = wanted.bound * right
    return Match.YES if (left >= bound if wanted.at_least else left <= bound) else Match.NO


def number(text: str | None) -> Fraction | None:
    """A number written by a person: 3, 0,5, 3/4, 75 %; None where it is none."""
    if text is None:
        return None
    cleaned = text.replace(" ", "").replace("\u00a0", "").replace(",", ".")
    share = cleaned.endswith("%")
    try:
        value = Fraction(cleaned.rstrip("%"))
    except (ValueError, ZeroDivisionError):
        return None
    return value / 100 if share else value
