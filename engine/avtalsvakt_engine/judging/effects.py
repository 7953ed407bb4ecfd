"""When acts took effect: on their own day, or that of the form or decision that they need (norm `valid_if`).

Source: semantics.md, Steps, states, occurrences.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from avtalsvakt_engine.evidence.fact_index import FactIndex, day_of
from avtalsvakt_engine.evidence.fitting import fits
from avtalsvakt_engine.evidence.matching import STRANGE, Fit, Match, Parties, look, static
from avtalsvakt_engine.evidence.selection import Occasion, Selection
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.readings_in_use import InUse
from avtalsvakt_engine.terms.timelines import Timelines
from avtalsvakt_rules.interpreting.actors import ACTING
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, Pattern, Same


@dataclass
class Effects:
    """The effect days of the acts of an agreement under one source.

    `select` gives what looks like patterns by the readings of a clause, `first_fitting` the first day of a clause's
    evidence for an occasion.
    """

    agreement: Instrument
    source: Instrument
    index: FactIndex
    timelines: Timelines
    decider: Decider
    parties: Parties
    readings: Callable[[str], InUse]
    select: Callable[[str, tuple[Pattern, ...]], Selection]
    first_fitting: Callable[[str, Clause, Occasion], date | None]
    _days: dict[str, date | None] = field(default_factory=dict)
    _unproven: dict[str, str] = field(default_factory=dict)

    def of(self, fact: Fact) -> tuple[date | None, str]:
        """The day an act took effect, and what has to be asked before that is proven."""
        return self.day(fact), self._unproven.get(fact.id, "")

    def day(self, fact: Fact) -> date | None:
        """The day an act took effect; None if it has none."""
        if fact.id not in self._days:
            self._days[fact.id] = day_of(fact)  # an act that needs itself needs nothing more
            self._days[fact.id] = self._day(fact)
        return self._days[fact.id]

    def _day(self, fact: Fact) -> date | None:
        latest = day_of(fact)
        if fact.kind == "extension_agreed" and fact.id not in self._extensions():
            return None
        for name, clause in self._conditions.get(fact.kind, ()):
            if not self._needs(name, clause, fact):
                continue
            day = self._requirement_day(name, clause, fact)
            words = ("met" if day else "missing",)
            if day is None or self.decider.decide("effect", words).value != "effective":
                return None
            latest = max(latest, day)
        return latest

    @cached_property
    def _conditions(self) -> Mapping[str, Sequence[tuple[str, Clause]]]:
        """The clauses without which acts have no effect, by the kind of act.

        A condition on the superior's own acts says nothing of those below, and the reverse.
        """
        found: dict[str, list[tuple[str, Clause]]] = defaultdict(list)
        own = self.source.instrument == self.agreement.instrument
        for name, clause in self.source.clauses.items():
            if "valid_if" in clause.norm and clause.downward is not own:
                for kind in {one.kind for one in self._about(clause)}:
                    found[kind].append((name, clause))
        return found

    def _about(self, clause: Clause) -> tuple[Pattern, ...]:
        """What a condition is about: its event, or what meets the step it follows."""
        when = clause.when
        if when is None:
            return ()
        return self.source.clauses[when.follows].what if when.follows else when.events

    def _extensions(self) -> set[str | None]:
        return {span.fact for span in self.timelines.of(self.agreement.instrument).spans}

    def _needs(self, name: str, clause: Clause, fact: Fact) -> bool:
        """Whether a valid_if clause is about this fact: its event, or what meets the step it follows.

        Only where its conditions hold: what they ask for had happened by the day of the fact.
        """
        when = clause.when
        if when is None or not clause.valid.holds(day_of(fact)) or not self._given(name, clause, fact):
            return False
        if when.follows and not self._serves(self.source.clauses[when.follows], fact):
            return False
        parties = self.parties
        return any(
            one.kind == fact.kind and static(one, fact, parties, self.index.annexes) is not Match.NO
            for one in self._about(clause)
        )

    def _given(self, name: str, clause: Clause, fact: Fact) -> bool:
        """Whether the conditions under which a form is asked for at all hold for an act."""
        held = [self._had_happened(name, one, fact) for one in clause.given]
        released = [self._had_happened(name, one, fact) for one in clause.unless]
        return all(held) and not any(released)

    def _had_happened(self, name: str, condition: Condition, fact: Fact) -> bool:
        day = day_of(fact)
        if condition.in_force == "superior":
            return self.timelines.superior_covers(self.agreement, day)
        if condition.in_force:
            return self.timelines.of(condition.in_force).covers(day)
        if condition.pattern is None:  # that another clause was met or missed: refused when the file is read
            return True
        wanted, occasion = condition.pattern, Occasion(fact, frozenset({fact.id}))
        found = [item for item in self.select(name, (condition.pattern,)).items if item.certain and item.day <= day]
        return any(fits(wanted, item, occasion, self.index).match is Match.YES for item in found)

    def _serves(self, step: Clause, fact: Fact) -> bool:
        """Whether an act belongs to a step: it refers to an event of the kind that the step is about."""
        if step.when is None or not step.when.events:
            return True
        same = [pair for one in step.what if one.kind == fact.kind for pair in one.values if isinstance(pair[1], Same)]
        named = {name for name, _ in same}
        about = [self.index.get(target) for name in named for target in self.index.targets(fact, name)]
        parties = self.parties
        return not named or any(
            static(event, one, parties, self.index.annexes) is Match.YES
            for one in about
            if one is not None
            for event in step.when.events
            if event.kind == one.kind
        )

    def _requirement_day(self, name: str, clause: Clause, fact: Fact) -> date | None:
        if clause.what[0].kind == ITSELF:
            found = self._in_form(name, clause, fact)
            if found.why == STRANGE.why:
                self._unproven[fact.id] = found.why
            return day_of(fact) if found.match is Match.YES or fact.id in self._unproven else None
        occasion = Occasion(fact, frozenset({fact.id}))
        return self.first_fitting(name, clause, occasion)

    def _in_form(self, name: str, clause: Clause, fact: Fact) -> Fit:
        """Whether an act's own record has what it needs; who acted, if nobody said, is taken to be the right one.

        A form that is neither in writing nor oral leaves it unproven.
        """
        blank = self.readings(name).get("BLANKFORM") == "flag"
        free = {one for one in (*ACTING, "form") if fact.attributes.get(one) is None and (blank or one != "form")}
        values = tuple(pair for pair in clause.what[0].values if pair[0] not in free)
        wanted, index = Pattern(fact.kind, values), self.index
        return look(wanted, fact, self.parties, index.annexes, understood=index.understood)
