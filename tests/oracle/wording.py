"""The words that people know: what the vocabulary lists for an attribute, and what some rule asks for.

A list that is open, and an attribute without one, take any word. A word that differs only by its capitals from one that
is asked for is not understood. Semantics.md, Who, towards whom, about what.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tests.oracle.people import People

from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.vocabulary import load

Word = tuple[str, str, str]
YES_OR_NO = {"separate", "joint_assessment", "police_present", "sources_disclosed", "in_writing"}
ASKED = YES_OR_NO | {"chair", "attendees"}
"""On yes or no, on who led and who was there, silence is a question and not another matter."""


@dataclass(frozen=True)
class Reader:
    """Who reads an act: the people of an agreement, and the words that rules ask for, with the bodies that they add.

    Without `asked_for` every word is taken as it stands.
    """

    people: People
    asked_for: frozenset[Word] | None = None
    initiated: bool = False

    def knows(self, kind: str, attribute: str, word: str) -> bool:
        """Whether a word is one that people use there."""
        if self.asked_for is None or (kind, attribute, word) in self.asked_for:
            return True
        usual, any_body = _usual(kind, attribute)
        return usual is None or word in usual or (any_body and word in self.people.bodies)

    def plainly(self) -> "Reader":
        """The same, taking every word as it stands."""
        return Reader(self.people, None, self.initiated)

    def odd(self, kind: str, attribute: str, words: Iterable[str], meant: Sequence[str]) -> bool:
        """Whether some word is not understood: unknown, or one of those meant but for its capitals."""
        small = [one.lower() for one in meant]
        return any(not self.knows(kind, attribute, word) or word.lower() in small for word in words)


@cache
def _usual(kind: str, attribute: str) -> tuple[frozenset[str] | None, bool]:
    """The words of the list for an attribute, or None where any will do; and whether every body is one of them."""
    listed = load()
    if attribute in listed.yes_no:
        return frozenset({"ja", "nej"}), False
    if kind in listed.kinds and attribute in listed.kinds[kind].days:
        return None, False
    for key in (f"{kind}.{attribute}", attribute):
        if key in listed.values and key not in listed.open_values:
            return frozenset(listed.values[key]), key in listed.body_values
        if key in listed.values or key in listed.open_values:
            return None, False
    return None, False


@cache
def meaning_the_same(form: str) -> frozenset[str]:
    """The words for a form that mean the same as one of them."""
    return frozenset(word for words in load().forms.values() if form in words for word in words) | {form}


def words_asked_for(instruments: Iterable[Instrument]) -> frozenset[Word]:
    """Every word that a rule of any instrument asks for, or leaves aside, by kind and attribute."""
    clauses = [clause for one in instruments for clause in one.clauses.values()]
    return frozenset(word for clause in clauses for word in _of_clause(clause))


def _of_clause(clause: Clause) -> Iterator[Word]:
    when = clause.when
    patterns = [one.pattern for one in (*clause.given, *clause.unless) if one.pattern]
    patterns += [one for one in (when.from_, when.until) if isinstance(one, p.Pattern)] if when else []
    events = list(when.events) if when else []
    own = [p.Pattern(event.kind, one.values) for one in clause.what if one.kind == p.ITSELF for event in events]
    patterns += events + own + [one for one in clause.what if one.kind != p.ITSELF]
    kinds = set()
    for pattern in patterns:
        for part in _with_inner(pattern):
            kinds.add(part.kind)
            for name, value in part.values:
                if isinstance(value, p.OneOf | p.NotIn):
                    yield from ((part.kind, name, text) for text in value.texts)
    for listed in clause.including:
        for name, wanted in listed.items():
            for text in [wanted] if isinstance(wanted, str) else wanted:
                yield from ((kind, name, text) for kind in kinds)


def _with_inner(pattern: p.Pattern) -> Iterator[p.Pattern]:
    yield pattern
    for _, value in pattern.values:
        if isinstance(value, p.Refers):
            yield from _with_inner(value.pattern)
