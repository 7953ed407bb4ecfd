"""Cells: the connected parts of an instrument's clauses, the units of incremental work.

Clauses hang together when one follows, counts from, requires or releases another, or decides whether the other's
evidence is valid.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from weakref import ref

from msgspec import Struct

from avtalsvakt_engine.evidence.fact_index import MEETING
from avtalsvakt_engine.evidence.matching import Match, Parties, Understood, look
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language.days import NEXT
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import Movables, held_as, recorded_twice
from avtalsvakt_rules.language.patterns import ITSELF, Met, Pattern
from avtalsvakt_rules.vocabulary import load

PLANS = ("meeting_scheduled", "meeting_cancelled")


class Cell(Struct, frozen=True, dict=True):
    """Names of clauses, each after those it depends on, and the patterns of facts that can change its verdicts.

    Two records of the kinds in `doubled` may be about one occasion.
    """

    clauses: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    doubled: frozenset[str] = frozenset({MEETING})

    @property
    def name(self) -> str:
        """Its first clause names it."""
        return self.clauses[0]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of facts that it looks at."""
        kinds = {pattern.kind for pattern in self.patterns}
        return frozenset(kinds | (set(PLANS) if "meeting_held" in kinds else set()))

    def watches(self, fact: Fact, annexes: dict[str, str], understood: Understood) -> bool:
        """Whether a fact can change one of its verdicts: it may look like something the clauses ask for."""
        if fact.attributes.get("changes"):
            return True
        if fact.kind not in self.kinds:
            return fact.kind == "waiver" and any(name in (fact.text("obligation") or "") for name in self.clauses)
        if fact.kind in PLANS:
            return True
        anyone = Parties((), one_is_enough=True)
        return any(
            look(one, fact, anyone, annexes, asked=[name for name, _ in one.values], understood=understood).match
            is not Match.NO
            for one in self._loose
            if one.kind == fact.kind
        )

    @cached_property
    def _loose(self) -> tuple[Pattern, ...]:
        """The patterns; of a meeting only its body, since two records of one meeting are one when they are matched."""
        return tuple(
            Pattern(one.kind, tuple(pair for pair in one.values if pair[0] == "body"))
            if one.kind in self.doubled
            else one
            for one in self.patterns
        )


_KNOWN: dict[tuple[int, bool], tuple[ref[Instrument], tuple[Cell, ...]]] = {}
"""The cells of each instrument there is, by which one it is; they go when it does."""


def cells_of(instrument: Instrument, *, local: bool) -> tuple[Cell, ...]:
    """The cells of an instrument: of its own level, or (`local`) of what it demands of those below."""
    key = (id(instrument), local)
    known = _KNOWN.get(key)
    if known is None or known[0]() is not instrument:
        chosen = {name: one for name, one in instrument.clauses.items() if one.judged and one.downward is local}
        cells = tuple(_cells(chosen, _presumed_from(instrument), instrument.movable))
        known = _KNOWN[key] = (ref(instrument, lambda _: _KNOWN.pop(key, None)), cells)
    return known[1]


def _presumed_from(instrument: Instrument) -> Mapping[str, tuple[Pattern, ...]]:
    """What facts of a kind may be presumed from, by that kind."""
    return {
        clause.what[0].kind: (
            *clause.when.events,
            *(one.pattern for one in (*clause.given, *clause.unless) if one.pattern),
        )
        for clause in instrument.clauses.values()
        if "deemed" in clause.norm and clause.what and clause.when
    }


def _cells(
    clauses: dict[str, Clause], presumed: Mapping[str, tuple[Pattern, ...]], movable: Movables
) -> Iterator[Cell]:
    needs = {name: sorted(target for target in _links(clause) if target in clauses) for name, clause in clauses.items()}
    for name, clause in clauses.items():
        if "valid_if" in clause.norm:
            for other, needing in clauses.items():
                if other != name and name not in needs[other] and _validates(clause, needing, clauses):
                    needs[other] = [*needs[other], name] if other not in needs[name] else needs[other]
    remaining, doubled, near = dict.fromkeys(clauses), recorded_twice(movable), _near(needs)
    while remaining:
        group = _connected(next(iter(remaining)), near)
        ordered = _ordered([name for name in clauses if name in group], needs)
        for name in ordered:
            remaining.pop(name, None)
        group_of = [clauses[name] for name in ordered]
        coming = any(_asks_for_next(one) for one in group_of)
        patterns = [pattern for one in group_of for pattern in _patterns(one, movable, coming=coming)]
        patterns += [part for pattern in patterns for part in pattern.parts() if part is not pattern]
        patterns += [event for pattern in patterns for event in presumed.get(pattern.kind, ())]
        yield Cell(tuple(ordered), tuple(dict.fromkeys(patterns)), doubled)


def _links(clause: Clause) -> set[str]:
    when = clause.when
    links = {when.follows} if when and when.follows else set()
    for condition in (*clause.given, *clause.unless):
        links |= {name for name in (condition.met, condition.missed) if name}
    for pattern in clause.what:
        links |= {value.clause for _, value in pattern.values if isinstance(value, Met)}
    return links


def _validates(validity: Clause, other: Clause, clauses: dict[str, Clause]) -> bool:
    """Whether a valid_if clause is about acts of a kind that another clause takes as evidence."""
    when = validity.when
    if when is None:
        return False
    about = clauses[when.follows].what if when.follows in clauses else when.events
    return bool({pattern.kind for pattern in about} & {pattern.kind for pattern in other.what})


def _near(needs: dict[str, list[str]]) -> dict[str, set[str]]:
    """By clause, those that it needs and those that need it."""
    near = {name: set(targets) for name, targets in needs.items()}
    for name, targets in needs.items():
        for target in targets:
            near[target].add(name)
    return near


def _connected(start: str, near: dict[str, set[str]]) -> set[str]:
    group, todo = {start}, [start]
    while todo:
        new = near[todo.pop()] - group
        todo += new
        group |= new
    return group


def _ordered(names: list[str], needs: dict[str, list[str]]) -> list[str]:
    out: list[str] = []

    def place(name: str, above: frozenset[str]) -> None:
        if name in out or name in above:
            return
        for target in needs[name]:
            place(target, above | {name})
        out.append(name)

    for name in names:
        place(name, frozenset())
    return out


def _asks_for_next(clause: Clause) -> bool:
    """Whether a day of the clause counts from the next occasion."""
    when = clause.when
    return when is not None and any(day.mark == NEXT for day in when.days)


def _records(pattern: Pattern, movable: Movables, *, coming: bool) -> Iterator[Pattern]:
    """The records that may tell of an event: of an appointment all that plan, move, call off and hold one."""
    held = held_as(pattern.kind, movable) if coming or pattern.kind not in load().kinds else None
    occasion = movable.get(pattern.kind) or movable.get(held or "")
    if pattern.kind not in movable:
        yield pattern
    if occasion:
        body = tuple(pair for pair in pattern.values if pair[0] == "body")
        yield from (Pattern(kind, body) for kind in occasion.kinds)


def _patterns(clause: Clause, movable: Movables, *, coming: bool) -> Iterator[Pattern]:
    yield from (pattern for pattern in clause.what if pattern.kind != ITSELF)
    when = clause.when
    if when:
        yield from (record for event in when.events for record in _records(event, movable, coming=coming))
        yield from (limit for limit in (when.from_, when.until) if isinstance(limit, Pattern))
        yield from _records(when.next_, movable, coming=True) if when.next_ else ()
        yield from (Pattern(event.kind) for event in when.events if when.becomes)
    yield from (condition.pattern for condition in (*clause.given, *clause.unless) if condition.pattern)
    if "ELLERBEHOV" in clause.readings.codes:
        yield Pattern("need_assessed")
    for pattern in clause.what:
        if pattern.kind.startswith("annex_"):
            yield Pattern("document_revised")
