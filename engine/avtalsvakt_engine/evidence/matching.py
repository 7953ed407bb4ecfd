"""Does a fact look like a pattern? Yes, no, or unknown because what decides is missing or is not understood.

`look` answers what the fact alone tells and is asked once for each fact; what depends on the duty (same, next,
alternating) is the business of fitting.py. Source: semantics.md, Who, towards whom, about what.
"""

from collections.abc import Callable, Container, Sequence
from datetime import date, timedelta
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from avtalsvakt_engine.dates.deadlines import add_months
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.intake.fact_values import number
from avtalsvakt_rules.interpreting.actors import EVERYONE, Actors
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.vocabulary import load


class Match(IntEnum):
    """Ordered, so that the weakest answer of several is their minimum."""

    NO = 0
    UNKNOWN = 1
    YES = 2


class Fit(NamedTuple):
    """An answer and, where it is not yes, why: a code that explaining/labels.py says in Swedish, or nothing to tell.

    Fits are ordered by their answers, so that the weakest of several is their minimum.
    """

    match: Match
    why: str = ""


FITS, NO_FIT = Fit(Match.YES), Fit(Match.NO)
SILENT, STRANGE = Fit(Match.UNKNOWN, "attribute_missing"), Fit(Match.UNKNOWN, "value_unknown")

Understood = Callable[[str, str, str], bool]
"""Whether the text of an attribute of a kind is one of those people know (kind, attribute, text)."""


def anything(_kind: str, _attribute: str, _text: str) -> bool:
    """Every text is understood: for what is compared without a vocabulary."""
    return True


class Parties(Struct, frozen=True):
    """The parties of an agreement and whether one party's initiative is enough (reading SAMRAD).

    `actors` tell which party a function acts for, where that is known.
    """

    names: tuple[str, ...] = ()
    one_is_enough: bool = False
    actors: Actors | None = None

    def of(self, name: str) -> str:
        """The party that a name acts for, else the name."""
        return (self.actors.party_of(name) if self.actors and name not in EVERYONE else None) or name


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
    """What the fact alone tells about the pattern's values, where any text is taken as it stands."""
    return look(pattern, fact, parties, annexes, asked=asked).match


def look(
    pattern: p.Pattern, fact: Fact, parties: Parties, annexes: dict[str, str], *,
    asked: Container[str] = (), understood: Understood = anything,
) -> Fit:  # fmt: skip
    """What the fact alone tells about the pattern's values; those that depend on the duty count as yes.

    A fact that says nothing of what a text attribute should be is about something else; only for attributes in `asked`
    (yes or no, who took part, or all of an occasion's own record) is silence a question to ask. A text that is there
    and not understood always is.
    """
    answer = FITS
    for name, wanted in pattern.values:
        if isinstance(wanted, p.OneOf | p.NotIn):
            one = _worded(name, wanted, fact, annexes, asked, understood)
        elif isinstance(wanted, p.Both):
            one = _known(both(texts(fact.attributes.get(name)), parties))
        elif isinstance(wanted, p.Compare):
            one = _compare(wanted, fact, name)
        elif isinstance(wanted, p.Length):
            one = _length(wanted, fact, name)
        else:
            continue
        if one.match is Match.NO:
            return one
        answer = min(answer, one)
    return answer


def _known(match: Match) -> Fit:
    return SILENT if match is Match.UNKNOWN else Fit(match)


_SEVERAL_WORDS = ("agreement", "annex", "form")


def _worded(
    name: str, wanted: p.OneOf | p.NotIn, fact: Fact, annexes: dict[str, str], asked: Container[str], known: Understood
) -> Fit:
    said = fact.attributes.get(name)
    if name not in _SEVERAL_WORDS and isinstance(said, str) and said in wanted.texts and isinstance(wanted, p.OneOf):
        return FITS  # as nearly always
    found = (fact.agreement,) if name == "agreement" else texts(fact.attributes.get(name))
    if not found:
        return SILENT if name in asked else NO_FIT
    if name == "annex":
        found = tuple(annexes.get(text, text) for text in found)
    accepted = _meaning(name, wanted.texts)
    listed = [text for text in found if text in accepted]
    others = [text for text in found if text not in accepted]
    strange = [text for text in others if not known(fact.kind, name, text) or _nearly(text, wanted.texts)]
    if listed if isinstance(wanted, p.OneOf) else len(others) > len(strange):
        return FITS
    return STRANGE if strange else NO_FIT


def _meaning(name: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The texts wanted, and for a form the other words that mean the same."""
    if name != "form":
        return wanted
    return (*wanted, *(word for words in load().forms.values() if set(words) & set(wanted) for word in words))


def _nearly(text: str, wanted: Sequence[str]) -> bool:
    """Whether a text is one of those wanted but for its capitals."""
    return text.casefold() in {one.casefold() for one in wanted}


def both(found: Sequence[str], parties: Parties) -> Match:
    """Whether every party is named (reading SAMRAD: or one is enough)."""
    if not found:
        return Match.UNKNOWN
    found = [parties.of(name) for name in found]
    everyone = bool(set(found) & EVERYONE) or (len(set(found)) > 1 and set(parties.names) <= set(found) | {""})
    if not parties.names:
        everyone = everyone or len(set(found)) > 1
    return Match.YES if everyone or parties.one_is_enough else Match.NO


def _compare(wanted: p.Compare, fact: Fact, name: str) -> Fit:
    left, right = number(fact.text(name)), Fraction(1) if wanted.of is None else number(fact.text(wanted.of))
    if left is None or right is None:
        return SILENT
    bound = wanted.bound * right
    if left == bound:
        return NO_FIT if wanted.strict else FITS
    return FITS if (left > bound) is wanted.at_least else NO_FIT


def _length(wanted: p.Length, fact: Fact, name: str) -> Fit:
    first, last = _day(fact.text(wanted.since)), _day(fact.text(name))
    if first is None or last is None:
        return SILENT
    whole = add_months(first, wanted.months)
    if wanted.at_least and last > whole:
        return FITS
    return FITS if last in (whole, whole - timedelta(days=1)) else NO_FIT


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None  # a month or a year: which day is not known
