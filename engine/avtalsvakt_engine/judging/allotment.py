"""Which occasion an act serves, where a clause binds at every occasion and the act refers to none by itself.

An act serves the occasion it names; if it names none, the only one that is open on its day; if several are open it
serves none and asks which. What must come before its occasion serves the next one. Source: semantics.md, Who, towards
whom, about what.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.fact_index import FactIndex, day_of
from avtalsvakt_engine.evidence.matching import FITS, Fit, Match
from avtalsvakt_engine.evidence.selection import Item
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.vocabulary import OCCASION

WHICH = Fit(Match.UNKNOWN, "occasion_unclear")
ANOTHER = Fit(Match.NO, "another_occasion")

Fitting = Callable[[Duty, Item], Fit]


@dataclass(slots=True)
class Allotment:
    """The occasions of one clause, by the suffix of their duty, that each act serves or may serve."""

    served: dict[str, frozenset[str]] = field(default_factory=dict)
    unclear: dict[str, frozenset[str]] = field(default_factory=dict)

    def serves(self, suffix: str, item: Item) -> Fit:
        """Whether an act serves the duty of that suffix."""
        if suffix in self.served.get(item.fact.id, ()):
            return FITS
        return WHICH if suffix in self.unclear.get(item.fact.id, ()) else ANOTHER


def allot(duties: Sequence[Duty], items: Iterable[Item], fitting: Fitting, index: FactIndex) -> Allotment:
    """Give each act to its occasion, by day, so that what was done before decides and nothing that comes after."""
    out, done = Allotment(), Counter[str]()
    named, behind = _by_name(duties, index)
    open_to = [(duty, _last(duty)) for duty in duties if duty.cover != "called_off"]
    for item in items:
        reached = [duty for duty, last in open_to if duty.start <= item.day <= last]
        fits = {duty.suffix: fit for duty in reached if (fit := fitting(duty, item)).match is not Match.NO}
        theirs = [duty for duty in duties if duty.suffix in fits]
        targets = _refers_to(item.fact, index)
        own = {suffix for target in targets for suffix in named.get(target, ())}
        near = {suffix for target in targets for suffix in behind.get(target, ())}
        chosen = [duty for duty in theirs if duty.suffix in (own or near)]
        if not own and not chosen:
            chosen = _open(theirs, item, done)
        if len(chosen) > 1 and not own:
            out.unclear[item.fact.id] = frozenset(duty.suffix for duty in chosen)
            continue
        out.served[item.fact.id] = frozenset(duty.suffix for duty in chosen)
        done.update(duty.suffix for duty in chosen if fits[duty.suffix].match is Match.YES)
    return out


def _by_name(duties: Sequence[Duty], index: FactIndex) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The duties by the records of their occasions, and by what those refer to: a receipt, to the demand."""
    named: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, set[str]] = defaultdict(set)
    for duty in duties:
        for target in duty.targets:
            named[target].add(duty.suffix)
        for target in _refers_to(duty.event, index) if duty.event else ():
            behind[target].add(duty.suffix)
    return named, behind


def _last(duty: Duty) -> date:
    """The last day on which a duty can be done, in time or late."""
    return max(duty.due, duty.late_until) if duty.due else duty.late_until


def _refers_to(fact: Fact, index: FactIndex) -> list[str]:
    """Ids that a record refers to, as what it concerns or through an attribute of its kind."""
    kind = index.vocabulary.kinds.get(fact.kind)
    attributes = dict.fromkeys((OCCASION, *(kind.refers if kind else ())))
    return [target for name in attributes for target in index.targets(fact, name)]


def _open(duties: Sequence[Duty], item: Item, done: Counter[str]) -> list[Duty]:
    """The occasions that an act which names none may serve: what is still to be done, else the only one there is."""
    ahead = [duty for duty in duties if duty.event and item.day <= day_of(duty.event) and _before(duty)]
    if ahead:
        first = min(day_of(duty.event) for duty in ahead if duty.event)
        return [duty for duty in ahead if duty.event and day_of(duty.event) == first]
    waiting = [duty for duty in duties if done[duty.suffix] < duty.required]
    return waiting or (list(duties) if len(duties) == 1 else [])


def _before(duty: Duty) -> bool:
    """Whether the act has to come before its occasion."""
    return duty.due is not None and duty.event is not None and duty.due <= day_of(duty.event)
