"""One agreement under one source instrument on one day: everything that judging its duties shares.

Own clauses have the agreement as their source; an umbrella's clauses on the local level are judged for each local
agreement,
on its facts. Evidence is selected once per set of patterns and kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.duties.requirements import Doubled
from avtalsvakt_engine.evidence.appointments import Appointment, appointed
from avtalsvakt_engine.evidence.called_meetings import CALLED, each_meeting_once
from avtalsvakt_engine.evidence.fact_index import MEETING, Dated, FactIndex, day_of
from avtalsvakt_engine.evidence.fitting import elsewhere, fits
from avtalsvakt_engine.evidence.matching import FITS, NO_FIT, SILENT, Fit, Match, Parties, static
from avtalsvakt_engine.evidence.selection import Item, Occasion, Selection, by_day, refused_by_day, select
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.judging.acting import Acting
from avtalsvakt_engine.judging.allotment import Allotment
from avtalsvakt_engine.judging.amendments import changed_number, stated_changes
from avtalsvakt_engine.judging.clause_plan import ClausePlan, clause_plan
from avtalsvakt_engine.judging.effects import Effects
from avtalsvakt_engine.readings_in_use import InUse, in_use
from avtalsvakt_engine.terms.scope import Scope
from avtalsvakt_engine.terms.timelines import Timelines
from avtalsvakt_rules.interpreting.actors import Actors, actors_of
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import Movables
from avtalsvakt_rules.language.patterns import Pattern, Same


@dataclass
class Case:
    """Shared context. `scope` is when `source` applied to `agreement`; `asof` says how long that stays true.

    `doubled` are the source's clauses that another text also makes, `scopes` when each text applied to the agreement.
    """

    agreement: Instrument
    source: Instrument
    scope: Scope
    index: FactIndex
    timelines: Timelines
    decider: Decider
    asof: AsOf
    horizon: int
    doubled: Mapping[str, Doubled] = field(default_factory=dict)
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    _selections: dict[tuple[str, object], Selection] = field(default_factory=dict)
    _evidence: dict[str, Selection] = field(default_factory=dict)
    _readings: dict[str, InUse] = field(default_factory=dict)
    _plans: dict[str, ClausePlan] = field(default_factory=dict)
    _references: dict[str, dict[str, str] | None] = field(default_factory=dict)
    allotted: dict[str, Allotment] = field(default_factory=dict)
    _called: dict[tuple[tuple[str, ...], str], Dated] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Change when a change of the obligations' numbers that is already known comes into its day."""
        indexes = [self.index]
        if self.source is not self.agreement:
            indexes.append(self.timelines.index_of(self.source.instrument))
        blank = self.timelines.rulebook.reading(self.source, "BLANKFORM")
        stated = stated_changes(indexes, self.parties, self.decider, blank)
        self.changes = [fact for fact in stated if self.asof.reached(day_of(fact))]

    @property
    def movable(self) -> Movables:
        """The occasions that are planned before they are held."""
        return self.index.vocabulary.movable

    def readings(self, name: str) -> InUse:
        """The readings of a clause of the source."""
        if name not in self._readings:
            found = in_use(self.timelines.rulebook, self.source, self.source.clauses[name])
            group = self.doubled.get(name)
            self._readings[name] = found.read_together("DUBBEL", group.choice) if group else found
        return self._readings[name]

    def plan(self, name: str) -> ClausePlan:
        """How a clause of the source is judged."""
        found = self._plans.get(name)
        if found is None:
            owner, clause = self.agreement.instrument, self.source.clauses[name]
            found = clause_plan(owner, self.source, name, clause, self.readings(name), self.index.vocabulary)
            self._plans[name] = found
        return found

    def yields(self, name: str, day: date) -> bool:
        """Whether another text alone governs what a clause asks for on a day (reading DUBBEL)."""
        group = self.doubled.get(name)
        owner = self.agreement.instrument
        if group is None or group.governs(owner, self.source.instrument):
            return False
        book = self.timelines.rulebook.instruments
        texts = [(source, other) for who, source, other in group.clauses if who == owner and group.governs(who, source)]
        return any(
            source in self.scopes and self.scopes[source].covers(day) and book[source].clauses[other].valid.holds(day)
            for source, other in texts
        )

    def evidence(self, name: str) -> Selection:
        """What looks like the evidence of a clause."""
        found = self._evidence.get(name)
        if found is None:
            found = self._evidence[name] = self.select(name, self.source.clauses[name].what)
        return found

    def about(self, name: str, targets: frozenset[str]) -> list[Item]:
        """What looks like a clause's evidence and may be about these facts, by day.

        By reference where the clause has one.
        """
        selection = self.evidence(name)
        attributes = self._reference(name)
        if attributes is None:
            return selection.items
        if len(targets) == 1:
            return selection.linked(next(iter(targets)))
        found = {item.fact.id: item for target in targets for item in selection.linked(target)}
        return sorted(found.values(), key=by_day)

    def refused_about(self, name: str, targets: frozenset[str]) -> list[tuple[Item, str]] | None:
        """What does not count of what names these facts, by day; None where a clause's evidence need not name any."""
        selection = self.evidence(name)
        if self._reference(name) is None:
            return None
        found = {pair[0].fact.id: pair for target in targets for pair in selection.refused_linked(target)}
        return sorted(found.values(), key=refused_by_day)

    def called(self, bodies: tuple[str, ...], reason: str) -> Dated:
        """Meetings of bodies that are `planned`, or that were `cancelled`."""
        key = bodies, reason
        if key not in self._called:
            kind = "meeting_scheduled" if reason == "planned" else "meeting_cancelled"
            found = self.index.of_kind(kind, "body", bodies)
            self._called[key] = Dated([fact for fact in found if fact.text("body") in bodies])
        return self._called[key]

    def by_reference(self, name: str) -> bool:
        """Whether everything that shows a clause done refers to its occasion by itself."""
        return self._reference(name) is not None

    def _reference(self, name: str) -> dict[str, str] | None:
        """The attribute, by kind of fact, through which a clause's evidence names its occasion; None if it need not."""
        if name in self._references:
            return self._references[name]
        found: dict[str, str] | None = {}
        for pattern in self.source.clauses[name].what:
            named = [
                one
                for one, value in pattern.values
                if isinstance(value, Same) and self.index.is_reference(pattern.kind, one)
            ]
            if not named or found is None:
                found = None
                break
            found[pattern.kind] = named[0]
        self._references[name] = found
        if found is not None:
            attributes = found
            self.evidence(name).link(lambda fact: self.index.targets(fact, attributes[fact.kind]))
        return found

    def select(self, name: str, patterns: tuple[Pattern, ...]) -> Selection:
        """What looks like these patterns, by the readings of a clause."""
        key = (name, patterns)
        if key not in self._selections:
            found = self._selected(name, patterns)
            found.appointments += [
                one for part in patterns if part.kind in self.movable for one in self._appointed(part)
            ]
            self._selections[key] = found
        return self._selections[key]

    def _selected(self, name: str, patterns: tuple[Pattern, ...]) -> Selection:
        readings = self.readings(name)
        parties = Parties(self.agreement.parties, readings.get("SAMRAD") == "initiated", self.actors)
        clause = self.source.clauses[name]
        # A form that is also a duty is one of the act as it was done: what it is without must not hide that it is.
        bare = clause.demands_its_form and clause.when is not None and patterns == clause.when.events
        found = select(patterns, self.index, parties, _as_done if bare else self.effects.of, self.met_day)
        if {MEETING, CALLED} <= {pattern.kind for pattern in patterns}:
            found = each_meeting_once(found)
        if readings.chosen("REVIDERA", "change"):
            unchanged = [item for item in found.items if item.fact.text("outcome") == "oförändrad"]
            kept = [item for item in found.items if item not in unchanged]
            return Selection(kept, found.refused + [(item, "unchanged") for item in unchanged])
        return found

    def _appointed(self, pattern: Pattern) -> list[Appointment]:
        """The appointments, planned or held, that look like a pattern of a movable kind."""
        parties = self.parties
        return [
            one
            for one in appointed(self.index, pattern.kind)
            if static(pattern, one.event(one.first.date), parties, self.index.annexes) is Match.YES
        ]

    @cached_property
    def own(self) -> bool:
        """Whether the agreement is judged under its own clauses, not under what another demands of it."""
        return self.source.instrument == self.agreement.instrument

    def _first_fitting(self, name: str, clause: Clause, occasion: Occasion) -> date | None:
        found = self.about(name, occasion.targets)
        days = [item.day for item in found if self.fitting(clause, item, occasion).match is Match.YES]
        return min(days, default=None)

    def met_day(self, name: str, occasion_id: str) -> date | None:
        """The day a clause was first met for an event or a version; None if it was not."""
        event = self.index.get(occasion_id)
        if event is None:
            return None
        occasion = Occasion(event, frozenset({event.id}))
        return self._first_fitting(name, self.source.clauses[name], occasion)

    def fitting(self, clause: Clause, item: Item, occasion: Occasion) -> Fit:
        """Whether an item fits a duty of a clause with that occasion: the best of the patterns that it looks like.

        The act must be of the one who had to do it, towards the one it had to be done towards, and about this occasion.
        """
        site, event = _at_site(clause, item.fact, occasion), occasion.event
        if site.match is Match.NO or (event is not None and self._not_of(event, item)):
            return NO_FIT
        best = NO_FIT
        for one, asks in _alike(clause, item):
            answer = fits(one, item, occasion, self.index)
            if answer.match is not Match.NO:
                answer = min(answer, site, Fit(Match.UNKNOWN, asks)) if asks else min(answer, site)
                best = max(best, self.acting.by_whom(clause, one, item, occasion, answer))
        return best

    def _not_of(self, event: Fact, item: Item) -> bool:
        """Whether an act is of another occasion, or is what gives rise to the duty and so not what fulfils it."""
        same = item.fact.id == event.id and event.kind not in self.movable
        return same or elsewhere(item.fact, event, self.index)

    def performed(self, name: str) -> list[Item]:
        """What was certainly done of what a clause asks for, and by the one who had to do it, by day."""
        clause, anyhow = self.source.clauses[name], Occasion()
        certain = (item for item in self.evidence(name).items if item.certain)
        who = self.acting.bearer(clause, anyhow)
        return [
            item
            for item in certain
            if any(self.acting.acted(who, clause, one, item).match is Match.YES for one, _ in _alike(clause, item))
        ]

    def serves(self, duty: Duty, item: Item) -> Fit:
        """Whether an act serves this occasion of its clause, and not another one."""
        known = self.allotted.get(duty.name)
        return known.serves(duty.suffix, item) if known else FITS

    @cached_property
    def effects(self) -> Effects:
        """When acts under the source took effect."""
        return Effects(
            self.agreement, self.source, self.index, self.timelines, self.decider, self.parties,
            self.readings, self.select, self._first_fitting,
        )  # fmt: skip

    @cached_property
    def acting(self) -> Acting:
        """Who has to act, and who did."""
        return Acting(self.actors, self.index)

    @cached_property
    def parties(self) -> Parties:
        """The agreement's parties, and who acts for them."""
        return Parties(self.agreement.parties, actors=self.actors)

    @cached_property
    def actors(self) -> Actors:
        """Who can act for whom under the text."""
        return actors_of(self.agreement, *(() if self.own else (self.source,)))

    def means(self, name: str, fact: Fact) -> bool:
        """Whether an answer is to the source's clause: the agreement's own one goes before it if they share a name."""
        return self.source is self.agreement or fact.text("clause") != name or name not in self.agreement.clauses

    def required(self, name: str, day: date) -> int:
        """How many are required on a day.

        The clause's own number, or what a valid amendment or decision changed it to.
        """
        return changed_number(self.changes, name, self.source.clauses[name].at_least, day, self.effects.day)


def _as_done(fact: Fact) -> tuple[date, str]:
    """The day of an act, whether or not it has the form that it needs."""
    return day_of(fact), ""


def _alike(clause: Clause, item: Item) -> Sequence[tuple[Pattern, str]]:
    """The patterns of a clause that an item looks like, with what is asked of each."""
    return item.seen_as or [(one, item.asks) for one in clause.what if one.kind == item.fact.kind]


def _at_site(clause: Clause, fact: Fact, occasion: Occasion) -> Fit:
    """Where a duty is one for each site or case, its evidence names the same, whether or not the pattern says so."""
    if clause.per_case is None or occasion.per is None:
        return FITS
    about = fact.text(clause.per_case)
    return SILENT if about is None else FITS if about == occasion.per else NO_FIT
