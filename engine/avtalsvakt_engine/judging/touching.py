"""Which duties of a cell a fact that has arrived can change; the verdicts on the others stand.

Some duties can be told apart by a fact alone: one of a period looks at the facts of its days, a question at the answers
that belong to it, a step at the facts that refer to its occasion, and what an occasion gives rise to by itself at that
one and no other. Everything else may be changed by any fact that its cell watches, so the answer is yes wherever this
module is not sure. Source: docs/decisions/0007-a-verdict-knows-how-long-it-lasts.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from avtalsvakt_engine.dates.periods import span
from avtalsvakt_engine.duties.attesting import WINDOW, belongs
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.called_meetings import CALLED
from avtalsvakt_engine.evidence.fact_index import MEETING, day_of
from avtalsvakt_engine.evidence.matching import texts
from avtalsvakt_engine.evidence.selection import PERIOD_NAMES
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.cells import PLANS, Cell
from avtalsvakt_engine.judging.neighbouring import Neighbours
from avtalsvakt_rules.language.days import NEXT
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF, Alternating, Met, Pattern, Refers

Days = tuple[date, date]
ANSWER = "attestation"


@dataclass
class Touching:
    """The facts that arrived and that a cell watches, as they are and as they were before they were corrected."""

    case: Case
    cell: Cell
    arrived: tuple[Fact, ...]
    _by_days: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    _pointing: dict[str, list[tuple[Fact, frozenset[str]]]] = field(default_factory=dict)
    _about: dict[int, frozenset[str]] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    def touches(self, duty: Duty) -> bool:
        """Whether one of the facts may change the verdict on a duty."""
        return any(self._touches(duty, fact) for fact in self.arrived)

    def _touches(self, duty: Duty, fact: Fact) -> bool:
        if fact.attributes.get("changes"):
            return True
        if fact.kind == ANSWER and self._only_answered(duty):
            return belongs(fact, day_of(fact), duty)
        if fact.kind in self._unbounded:
            return True
        if self._of_period(duty):
            return not self._evidence(duty.clause, fact) or _meet(_days_of(duty, self._always(duty)), fact)
        if self._of_period(duty, by_reference=True) and not self._evidence(duty.clause, fact):
            facts = (one for one in self._related(fact) if one == fact.id or self.case.index.get(one))
            return not self._referred_to_by(duty).isdisjoint(facts)
        return self._touches_occasion(duty, fact)

    def _touches_occasion(self, duty: Duty, fact: Fact) -> bool:
        if duty.of_event and self.case.by_reference(duty.name):
            related = not duty.targets.isdisjoint(self._related(fact))
            if fact.kind not in self._occasions:
                return related
            related = related or fact.id in self._referred_to(duty.event)
            if self._alone_in(duty, fact.kind):
                return related
            if self._looks_ahead(duty, fact.kind):
                return related or not self._row.apart(duty, fact)
        if self._looks_back(duty, fact.kind):
            return not self._row.later(duty, fact)
        return True

    def _related(self, fact: Fact) -> frozenset[str]:
        """What a fact that arrived is about: itself, what it refers to, and versions that it may be taken for."""
        if id(fact) not in self._about:
            self._about[id(fact)] = frozenset({fact.id, *self._referred_to(fact), *self.case.index.rivals(fact)})
        return self._about[id(fact)]

    def _only_answered(self, duty: Duty) -> bool:
        """Whether answers are nothing to a duty but answers to its question."""
        conditions = {one.pattern.kind for one in (*duty.clause.given, *duty.clause.unless) if one.pattern}
        asked = {pattern.kind for pattern in duty.clause.what} == {ANSWER}
        return duty.window == WINDOW and asked and ANSWER not in conditions | self._delayed

    def _alone_in(self, duty: Duty, kind: str) -> bool:
        """Whether facts of a kind are to a clause nothing but occasions, whose duties look at no other one."""
        return self._once("alone", duty, kind, self._occasions_alone)

    def _looks_ahead(self, duty: Duty, kind: str) -> bool:
        """The same, but that their last days are counted from the next occasion."""
        return self._once("ahead", duty, kind, self._next_alone)

    def _looks_back(self, duty: Duty, kind: str) -> bool:
        """Whether occasions are compared with those before them, by their own records, and with nothing else."""
        return self._once("back", duty, kind, self._earlier_alone)

    @cached_property
    def _row(self) -> Neighbours:
        return Neighbours(self.case)

    def _once(self, what: str, duty: Duty, kind: str, asks: Callable[[Clause, str], Iterator[bool]]) -> bool:
        key = what, duty.name, kind
        if key not in self._known:
            self._known[key] = all(asks(duty.clause, kind))
        return self._known[key]

    def _occasions_alone(self, clause: Clause, kind: str) -> Iterator[bool]:
        when, movable = clause.when, self.case.movable
        if when is None:
            yield False
            return
        if when.follows:  # a step is of the occasion of the one before it
            yield from self._occasions_alone(self.case.source.clauses[when.follows], kind)
        yield when.form in ("event", "follows")
        yield not any(day.mark == NEXT for day in when.days)
        yield not any(event.kind in movable for event in when.events)
        yield when.due is None or not when.due.before_event
        yield from self._by_itself(clause, kind)

    def _next_alone(self, clause: Clause, kind: str) -> Iterator[bool]:
        when = clause.when
        yield when is not None and when.form == "event" and when.due is not None
        yield when is not None and [day for day in when.days if day.mark == NEXT] == [when.due]
        yield from self._by_itself(clause, kind)

    def _earlier_alone(self, clause: Clause, kind: str) -> Iterator[bool]:
        when = clause.when
        yield when is not None and when.form == "event" and not any(day.mark == NEXT for day in when.days)
        yield [one.kind for one in clause.what] == [ITSELF]
        yield any(isinstance(value, Alternating) for _, value in clause.what[0].values)
        yield from self._by_itself(clause, kind)

    def _by_itself(self, clause: Clause, kind: str) -> Iterator[bool]:
        """Whether facts of a kind are to a clause that has a window nothing but its events, each as it is recorded."""
        when, asked, movable = clause.when, tuple(_asked(clause)), self.case.movable
        if when is None:
            yield False
            return
        yield kind not in {one.kind for one in asked}
        yield when.first is None and not when.becomes and when.next_ is None
        yield not any(_looks_elsewhere(one) for one in (*asked, *when.events))
        planned = {one for event in movable for one in movable[event].kinds}
        yield planned.isdisjoint(one.kind for one in asked)  # a notice names the day of a meeting, which may move
        yield kind not in self._delayed | self._presuming

    def _of_period(self, duty: Duty, *, by_reference: bool = False) -> bool:
        """Whether nothing but what happened in its own days, or names them, decides a duty; or what that refers to."""
        known = self._by_days.get(duty.name)
        if known is None:
            known = self._by_days[duty.name] = all(self._decided_by_days(duty.clause)), _only_met(duty.clause)
        plain, looks = known
        return plain and looks is by_reference and duty.window in ("count", "annual") and duty.due is not None

    def _decided_by_days(self, clause: Clause) -> Iterator[bool]:
        kinds = {pattern.kind for pattern in clause.what}
        yield clause.when is not None and clause.when.form == "period" and clause.attest is None
        yield not {MEETING, CALLED} <= kinds and not kinds & self._delayed
        yield not any(_looks_elsewhere(one) for one in _asked(clause)) or _only_met(clause)

    def _referred_to_by(self, duty: Duty) -> frozenset[str]:
        """Ids of all that acts of a duty may refer to: of those done no later than its days, when they may count."""
        if duty.name not in self._pointing:
            kinds = {pattern.kind for pattern in duty.clause.what}
            acts = [fact for kind in kinds for fact in self.case.index.of_kind(kind)]
            self._pointing[duty.name] = [(fact, frozenset(self._referred_to(fact))) for fact in acts]
        days = date.min, _days_of(duty, self._always(duty))[1]
        return frozenset().union(*(targets for fact, targets in self._pointing[duty.name] if _meet(days, fact)))

    def _evidence(self, clause: Clause, fact: Fact) -> bool:
        """Whether a clause looks at a kind of fact only as its evidence or as one of its conditions."""
        kinds = {pattern.kind for pattern in _asked(clause)}
        return fact.kind in (kinds | set(PLANS) if MEETING in kinds else kinds)

    def _always(self, duty: Duty) -> bool:
        return self.case.readings(duty.name).get("SENT") == "always"

    @cached_property
    def _unbounded(self) -> frozenset[str]:
        """Kinds that begin or end schemes, excuse, answer, extend, or from which other facts are presumed."""
        clauses = self.case.source.clauses
        limits = {
            limit.kind
            for name in self.cell.clauses if (when := clauses[name].when)
            for limit in (when.from_, when.until) if isinstance(limit, Pattern)
        }  # fmt: skip
        presumed = {clause.what[0].kind for clause in clauses.values() if "deemed" in clause.norm and clause.what}
        return frozenset(limits | presumed | {"waiver", "attestation", "extension_agreed", "need_assessed"})

    @cached_property
    def _occasions(self) -> frozenset[str]:
        """Kinds that are more to the cell than the evidence of a step: they can change any of its occasions."""
        clauses = [self.case.source.clauses[name] for name in self.cell.clauses]
        shown = {pattern.kind for clause in clauses for pattern in clause.what}
        windows = [clause.when for clause in clauses if clause.when]
        events = {one.kind for when in windows for one in (*when.events, when.next_) if one}
        movable = self.case.movable
        planned = {kind for event in events if event in movable for kind in movable[event].kinds}
        given = {one.pattern.kind for clause in clauses for one in (*clause.given, *clause.unless) if one.pattern}
        return frozenset((self.cell.kinds - shown) | events | planned | given)

    @cached_property
    def _presuming(self) -> frozenset[str]:
        """Kinds of facts from which others are presumed."""
        deemed = [one for one in self.case.source.clauses.values() if "deemed" in one.norm and one.when]
        return frozenset(event.kind for one in deemed if one.when for event in one.when.events)

    @cached_property
    def _delayed(self) -> frozenset[str]:
        """Kinds of acts that take effect later than they are done: a clause says what makes them valid."""
        clauses = self.case.source.clauses
        kinds: set[str] = set()
        for clause in clauses.values():
            if "valid_if" in clause.norm and clause.when:
                about = clauses[clause.when.follows].what if clause.when.follows else clause.when.events
                kinds |= {pattern.kind for pattern in (*about, *clause.what)}
        return frozenset(kinds)

    def _referred_to(self, fact: Fact | None) -> set[str]:
        """Ids of the facts that a fact refers to, and of those that these refer to."""
        found: set[str] = set()
        todo = [fact] if fact else []
        while todo:
            one = todo.pop()
            for target in self._targets(one):
                if target not in found:
                    found.add(target)
                    known = self.case.index.get(target)
                    todo += [known] if known else []
        return found

    def _targets(self, fact: Fact) -> Iterator[str]:
        for name, value in fact.attributes.items():
            yield from self.case.index.targets(fact, name)
            yield from texts(value)
        if fact.kind.startswith("annex_"):
            yield from self.case.index.targets(fact, "version")


def _asked(clause: Clause) -> Iterator[Pattern]:
    yield from clause.what
    yield from (one.pattern for one in (*clause.given, *clause.unless) if one.pattern)


def _only_met(clause: Clause) -> bool:
    """Whether acts count by whether a step was met for what they refer to, and by nothing else that other facts say."""
    elsewhere = [pattern for pattern in _asked(clause) if _looks_elsewhere(pattern)]
    by_met = all(not isinstance(value, Refers) for pattern in elsewhere for _, value in pattern.values)
    return bool(elsewhere) and by_met and all(pattern in clause.what for pattern in elsewhere)


def _looks_elsewhere(pattern: Pattern) -> bool:
    """Whether an act counts by something that other facts say: when a step was met, what it refers to."""
    return any(isinstance(value, Met | Refers) for _, value in pattern.values)


def _days_of(duty: Duty, always: bool) -> Days:
    """The days in which a fact must lie, or which it must name, to be of a duty of a period."""
    due = duty.due or date.max
    firsts = [duty.start, *([duty.period.start] if duty.period else []), *([duty.opens] if duty.opens else [])]
    lasts = [due, *([duty.period.end] if duty.period else [])]
    whole = span(duty.label or "")
    if whole:
        firsts.append(whole[0])
        lasts.append(whole[1])
    if duty.window == "annual":
        lasts.append(date(due.year, 12, 31))
    return min(firsts), date.max if always else max(lasts)


def _meet(days: Days, fact: Fact) -> bool:
    """Whether a fact lies in these days, as far as is known, has borne one of them, or names a period with one."""
    first, last = days
    lies = [(fact.date, fact.last), *((one, one) for one in fact.was)]
    for name in PERIOD_NAMES:
        text = fact.text(name)
        if text is not None:
            named = span(text)
            if named is None:
                return True
            lies.append(named)
    return any(begin <= last and first <= end for begin, end in lies)
