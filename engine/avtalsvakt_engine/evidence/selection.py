"""Finds the facts that show a duty done, and says why others do not count.

Facts that look like a clause's evidence are found once and kept sorted by the day on which they take effect; a duty
then takes its own by bisection (a window) or by reference (`same`), and `fitting` says which of them fit it.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.dates.periods import span
from avtalsvakt_engine.evidence.appointments import Appointment
from avtalsvakt_engine.evidence.fact_index import FactIndex, day_of
from avtalsvakt_engine.evidence.matching import NO_FIT, Fit, Match, Parties, look, static
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import NotCounted
from avtalsvakt_rules.language import patterns as p

NAMING = ("concerns_period", "period", "year")
PERIOD_NAMES = ("concerns_period", "for_year", "period", "year")
"""Attributes in which a record can name the period that it is about."""


class Item(Struct, frozen=True, gc=False):
    """A fact that looks like evidence, and the day it takes effect.

    `asks` says what is missing or not understood where that decides, as a code. `names` is the earlier period it
    names as its own. `own` is the day of the act itself, where it took effect later (an annexing before a written
    decision). `serves` is the version of a document that it is a step of; `since` the day on which what it refers to
    was done (a receipt: the day of the demand). `seen_as` are the patterns that it looks like, and what each asks.
    """

    fact: Fact
    day: date
    asks: str = ""
    names: str | None = None
    own: date | None = None
    serves: Fact | None = None
    since: date | None = None
    seen_as: tuple[tuple[p.Pattern, str], ...] = ()

    @property
    def certain(self) -> bool:
        """Whether nothing that decides is missing."""
        return not self.asks


class Occasion(Struct, frozen=True, gc=False):
    """What a duty's evidence is held against.

    The event, ids that `same` may refer to, the value of `per`, the next label, the period's own label.
    """

    event: Fact | None = None
    targets: frozenset[str] = frozenset()
    per: str | None = None
    next_label: str | None = None
    label: str | None = None


@dataclass(slots=True)
class Selection:
    """All that looks like the evidence of one clause, by day; and what does not count whatever the duty.

    `appointments` are those that look like patterns of movable kinds.
    """

    items: list[Item]
    refused: list[tuple[Item, str]]
    days: list[date] = field(init=False)
    named: dict[str, list[Item]] = field(init=False)
    delayed: list[Item] = field(init=False)
    rough: list[Item] = field(init=False)
    refused_days: list[date] = field(init=False)
    serving: bool = field(init=False)
    appointments: list[Appointment] = field(default_factory=list)
    _linked: dict[str, list[Item]] = field(init=False, default_factory=dict)
    _refused_linked: dict[str, list[tuple[Item, str]]] = field(init=False, default_factory=dict)
    _of_year: dict[str, list[Item]] | None = field(init=False, default=None)
    _naming: list[Item] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Sort for bisection."""
        self.items.sort(key=by_day)
        self.days = [item.day for item in self.items]
        self.refused.sort(key=refused_by_day)
        self.refused_days = [item.day for item, _ in self.refused]
        self.delayed = [item for item in self.items if item.own is not None]
        self.serving = any(item.serves for item in self.items)
        self.rough = [item for item in self.items if item.fact.precision != "day"]
        self.named = defaultdict(list)
        for item in self.items:
            if item.names:
                self.named[item.names].append(item)

    def linked(self, target: str) -> list[Item]:
        """Items that refer to a fact, by day; only after `link`."""
        return self._linked.get(target, [])

    def link(self, targets: Callable[[Fact], Iterable[str]]) -> None:
        """Sort by the facts they refer to."""
        self._linked, self._refused_linked = defaultdict(list), defaultdict(list)
        for item in self.items:
            for target in set(targets(item.fact)):
                self._linked[target].append(item)
        for pair in self.refused:
            for target in set(targets(pair[0].fact)):
                self._refused_linked[target].append(pair)

    def refused_linked(self, target: str) -> list[tuple[Item, str]]:
        """What does not count and refers to a fact, by day; only after `link`."""
        return self._refused_linked.get(target, [])

    def between(self, first: date, last: date) -> list[Item]:
        """Items that take effect in [first, last]."""
        return self.items[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def between_or_naming(self, first: date, last: date) -> list[Item]:
        """Items that take effect in [first, last], and all that name a period, by day."""
        if self._naming is None:
            self._naming = [item for item in self.items if any(item.fact.text(name) for name in NAMING)]
        inside = self.between(first, last)
        if not self._naming:
            return inside
        return sorted({item.fact.id: item for item in (*inside, *self._naming)}.values(), key=by_day)

    def after(self, day: date) -> list[Item]:
        """Items that take effect after a day."""
        return self.items[bisect_right(self.days, day) :]

    def of_year(self, label: str) -> list[Item]:
        """Items that name a year, past or coming, by day."""
        if self._of_year is None:
            self._of_year = defaultdict(list)
            for item in self.items:
                self._of_year[names_year(item.fact) or ""].append(item)
        return self._of_year.get(label, [])

    def refused_between(self, first: date, last: date) -> Sequence[tuple[Item, str]]:
        """What was refused, by its own day, in [first, last]."""
        return self.refused[bisect_left(self.refused_days, first) : bisect_right(self.refused_days, last)]


def by_day(item: Item) -> tuple[date, int, str]:
    """The order of evidence."""
    return item.day, item.fact.arrival, item.fact.id


def refused_by_day(pair: tuple[Item, str]) -> tuple[date, str]:
    """The order of what does not count."""
    return pair[0].day, pair[0].fact.id


Effect = Callable[[Fact], "tuple[date | None, str]"]
MetDay = Callable[[str, str], "date | None"]


def select(
    patterns: Iterable[p.Pattern], index: FactIndex, parties: Parties, effect: Effect, met_day: MetDay
) -> Selection:
    """Everything in the index that looks like one of the patterns, with the day on which it takes effect.

    `effect` gives the day an act became valid (None: it is not) and what must be asked before that is proven;
    `met_day(clause, version)` the day that clause was met.
    """
    items: dict[str, Item] = {}  # an act that looks like two of the patterns is still one act
    refused: dict[str, tuple[Item, str]] = {}
    for pattern in patterns:
        for fact in _candidates(pattern, index):
            answer = seen(pattern, fact, parties, index)
            if answer.match is Match.NO:
                reason = _near_miss(pattern, fact, parties)
                if reason:
                    refused[fact.id] = Item(fact, day_of(fact)), reason
                continue
            item, reason = _judge(pattern, fact, answer, index, effect, met_day)
            if reason:
                refused[fact.id] = item, reason
            else:
                items[fact.id] = _together(items.get(fact.id), item)
    return Selection(list(items.values()), [pair for name, pair in refused.items() if name not in items])


def _together(known: Item | None, other: Item) -> Item:
    """One act of the two patterns that it looks like: as the one that is certain shows it, or the earlier."""
    if known is None:
        return other
    better = other if (other.certain, known.day) > (known.certain, other.day) else known
    return replace(better, seen_as=known.seen_as + other.seen_as)


def seen(pattern: p.Pattern, fact: Fact, parties: Parties, index: FactIndex) -> Fit:
    """Whether a fact of the index looks like a pattern."""
    return look(pattern, fact, parties, index.annexes, asked=index.asked, understood=index.understood)


MANY_WORDS = ("annex", "agreement", "form")
"""Attributes that say one thing in several words, or that every fact has: not looked up by the word asked for."""


def _candidates(pattern: p.Pattern, index: FactIndex) -> list[Fact]:
    for name, value in pattern.values:
        if isinstance(value, p.OneOf) and name not in MANY_WORDS:
            return index.of_kind(pattern.kind, name, value.texts)
    return index.of_kind(pattern.kind)


def _judge(
    pattern: p.Pattern, fact: Fact, answer: Fit, index: FactIndex, effect: Effect, met_day: MetDay
) -> tuple[Item, str | None]:
    own, named = day_of(fact), names_earlier(fact)
    if index.planned(fact):
        return Item(fact, own, answer.why, named), "planned"
    valid, asks = effect(fact)
    if valid is None:
        return Item(fact, own, answer.why, named), "no_effect"
    asks, day, serves, since = answer.why or asks, max(own, valid), None, None
    for name, value in pattern.values:
        if isinstance(value, p.Met):
            versions = index.targets(fact, name)
            met = met_day(value.clause, versions[0]) if versions else None
            if met is None:
                return Item(fact, own, asks, named, None, serves, since), "no_decision"
            day, serves = max(day, met), index.get(versions[0])
        elif isinstance(value, p.Refers):
            answer, since = _refers(value, fact, name, index)
            if answer.match is Match.NO:
                return Item(fact, own, asks, named, None, serves, None), "wrong_reference"
            asks = asks or answer.why
    return Item(fact, day, asks, named, own if day > own else None, serves, since, ((pattern, asks),)), None


def _refers(value: p.Refers, fact: Fact, name: str, index: FactIndex) -> tuple[Fit, date | None]:
    """Whether a reference leads to a fact of the pattern, and the day of that fact."""
    found = [target for target in map(index.get, index.targets(fact, name)) if target]
    alike = [target for target in found if target.kind == value.pattern.kind]
    answers = [(seen(value.pattern, target, Parties(), index), day_of(target)) for target in alike]
    return max(answers, default=(NO_FIT, None), key=lambda pair: pair[0])


def _near_miss(pattern: p.Pattern, fact: Fact, parties: Parties) -> str | None:
    """A fact that only lacks a party is worth showing; one about something else is not."""
    others = p.Pattern(pattern.kind, tuple(pair for pair in pattern.values if not isinstance(pair[1], p.Both)))
    if len(others.values) < len(pattern.values) and static(others, fact, parties, {}) is Match.YES:
        return "one_party_only"
    return None


def names_earlier(fact: Fact) -> str | None:
    """The label of the earlier period that a fact names as its own; None where it belongs to its own date."""
    said = fact.attributes
    for name in NAMING:
        if name in said and (text := fact.text(name)) and (limits := span(text)) and limits[1] < fact.date:
            return text
    return None


def names(fact: Fact) -> str | None:
    """The label of the period that a fact names, over or not."""
    return next((text for name in NAMING if (text := fact.text(name)) and span(text)), None)


def names_year(fact: Fact) -> str | None:
    """The year that a fact names, whether past or coming."""
    return next((text for name in NAMING if (text := fact.text(name)) and text.isdigit()), None)


def not_counted(pairs: Sequence[tuple[Item, str]]) -> tuple[NotCounted, ...]:
    """The refusals as output, each fact once."""
    if not pairs:
        return ()
    return tuple({item.fact.id: NotCounted(item.fact.id, reason) for item, reason in pairs}.values())
