"""The whole in a dozen lines: rulebook, facts and a day in, an Assessment out. A pure function.

Visible facts → one index for each agreement → timelines, umbrellas first → cells → verdicts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.case import Case
from avtalsvakt_engine.cells import Cell, cells_of
from avtalsvakt_engine.duties import Duty
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.gathering import gather
from avtalsvakt_engine.index import FactIndex
from avtalsvakt_engine.inference import Decider, NotEvaluated
from avtalsvakt_engine.judging import Judge, not_evaluated
from avtalsvakt_engine.occasions import follow
from avtalsvakt_engine.presumptions import with_presumed
from avtalsvakt_engine.scope import Scope, own_scope, shared_scope
from avtalsvakt_engine.setting import Setting
from avtalsvakt_engine.timeline import Timeline, Timelines
from avtalsvakt_engine.unfolding import unfold
from avtalsvakt_engine.verdicts import Assessment, Clause, Finding, InstrumentState, Verdict
from avtalsvakt_engine.visibility import View, view
from avtalsvakt_rules.language import Instrument
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Vocabulary, load

HORIZON = 12  # months ahead that duties are listed


class World:
    """Rulebook and visible facts on one day. Indexes and timelines are made when asked for and kept."""

    def __init__(
        self,
        rulebook: Rulebook,
        facts_of: Callable[[str], Sequence[Fact]],
        decider: Decider,
        as_of: date,
        horizon: int = HORIZON,
    ) -> None:
        """`facts_of` gives the visible facts of an agreement."""
        self.rulebook = rulebook
        self.facts_of = facts_of
        self.decider = decider
        self.as_of = as_of
        self.horizon = horizon
        self.vocabulary: Vocabulary = load()
        self.timelines = Timelines(rulebook, self.index, decider, as_of)
        self._indexes: dict[str, FactIndex] = {}

    def index(self, agreement: str) -> FactIndex:
        """The facts of an agreement, presumed receipts included."""
        if agreement not in self._indexes:
            instrument = self.rulebook.instruments[agreement]
            facts = self.facts_of(agreement)
            self._indexes[agreement] = FactIndex(
                with_presumed(self.rulebook, instrument, facts, self.decider),
                self.vocabulary,
                instrument.annexes,
                merge=self.rulebook.reading(instrument, "DUBBLETT") == "body_day",
                planned_counts=self.rulebook.reading(instrument, "FRAMTID") == "accept",
            )
        return self._indexes[agreement]

    def forget(self, agreement: str) -> None:
        """Let go of an agreement's facts when it is done."""
        self._indexes.pop(agreement, None)

    def cases(self, agreement: str) -> Iterator[Case]:
        """The agreement under its own clauses, and under each superior instrument that demands something of it."""
        instrument = self.rulebook.instruments[agreement]
        mine = self.timelines.of(agreement)
        yield self._case(instrument, instrument, own_scope(mine))
        earlier: list[Timeline] = []
        for superior in self.timelines.superior(instrument):
            theirs = self.timelines.of(superior.instrument)
            scope = shared_scope(mine, theirs, earlier)
            earlier.append(theirs)
            if scope and any(clause.per == "local_agreement" for clause in superior.clauses.values()):
                yield self._case(instrument, superior, scope)

    def _case(self, agreement: Instrument, source: Instrument, scope: Scope) -> Case:
        asof = AsOf(self.as_of)
        for name in {agreement.instrument, source.instrument}:
            asof.absorb_until(self.timelines.of(name).until)
        return Case(
            agreement, source, scope, self.index(agreement.instrument), self.timelines, self.decider, asof, self.horizon
        )

    def state(self, agreement: str) -> InstrumentState:
        """The state of an instrument on the day."""
        instrument, asof = self.rulebook.instruments[agreement], AsOf(self.as_of)
        timeline = self.timelines.of(agreement)
        asof.absorb_until(timeline.state_until)
        flags, in_force = list(timeline.flags), timeline.in_force(asof)
        umbrella = self.timelines.name_in_force(instrument, asof) if in_force else None
        if instrument.under and in_force and umbrella is None:
            flags.append("without_valid_superior")
        end = None if timeline.last == FAR else timeline.last
        return InstrumentState(agreement, timeline.state, timeline.first, end, umbrella, tuple(flags), asof.until)


def judge_cell(case: Case, cell: Cell) -> tuple[list[Verdict], date | None]:
    """The verdicts of one cell, and the last day on which the list and every verdict stay as they are."""
    listing = case.asof.fork()
    listing.absorb(case.asof)
    reached: dict[tuple[str, str], Verdict] = {}
    judge = Judge(case, lambda name, occasion: reached.get((name, occasion)))
    duties: dict[str, list[Duty]] = {}
    out: list[Verdict] = []
    for name in cell.clauses:
        try:
            duties[name] = list(_duties(case, name, listing, duties))
        except NotEvaluated as failure:
            duties[name] = []
            out.append(judge.unjudged(name, failure.cause))
        if case.source.clauses[name].duty_norm is None:
            continue
        for duty in duties[name]:
            verdict = judge.judge(duty)
            reached[name, duty.occasion] = verdict
            out.append(verdict)
            listing.absorb_until(verdict.until)
    return out, listing.until


def _duties(case: Case, name: str, asof: AsOf, done: Mapping[str, list[Duty]]) -> Iterator[Duty]:
    clause = case.source.clauses[name]
    when = clause.when
    if when is None or not clause.computed:
        return
    setting = Setting(
        name, clause, when, case.scope, case.readings(name), asof, case.horizon,
        lambda patterns: case.select(name, patterns), lambda day: case.required(name, day), case.agreement.parties,
    )  # fmt: skip
    found = _following(case, setting, done) if when.follows else unfold(setting)
    for duty in found:
        if _in_version(duty, clause.valid.from_, clause.valid.to):
            yield duty


def _following(case: Case, setting: Setting, done: Mapping[str, list[Duty]]) -> Iterator[Duty]:
    for leader in done.get(setting.when.follows or "", ()):
        steps = case.asof.fork()
        if leader.known:
            steps.absorb(leader.known)
        found = gather(case, leader, steps)
        setting.asof.absorb(steps)
        invalid = [item for item, reason in found.refused if reason == "no_effect"]  # a decision that awaits its form
        shown = [*found.in_time, *found.late, *invalid]
        met = found.in_time[0].day if found.in_time else None
        yield follow(setting, leader, met, frozenset(item.fact.id for item in shown), steps)


def _in_version(duty: Duty, first: date | None, last: date | None) -> bool:
    """A period is judged by the version in force on its last day, an event's duty by the one on its day."""
    day = duty.period.end if duty.period else duty.event.date if duty.event else duty.start
    return (first is None or day >= first) and (last is None or day <= last)


def judge_agreement(world: World, agreement: str) -> Iterator[tuple[Case, Cell, list[Verdict], date | None]]:
    """Every cell of an agreement with its verdicts and its until."""
    for case in world.cases(agreement):
        for cell in cells_of(case.source, local=case.source is not case.agreement):
            verdicts, until = judge_cell(case, cell)
            yield case, cell, verdicts, until


def assess(
    rulebook: Rulebook,
    facts: Iterable[Fact],
    as_of: date,
    known_at: date | None,
    decider: Decider,
    *,
    agreements: Sequence[str] | None = None,
    horizon: int = HORIZON,
) -> Assessment:
    """Everything that follows from the rules and the facts on a day.

    Raises nothing on facts that were read; a duty that the rule engine fails on is `not_evaluated`.
    """
    seen: View = view(facts, known_at, load())
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in seen.facts:
        by_agreement[fact.agreement].append(fact)
    world = World(rulebook, lambda name: by_agreement.get(name, []), decider, as_of, horizon)
    chosen = list(rulebook.instruments) if agreements is None else list(agreements)
    duties: list[Verdict] = []
    states: list[InstrumentState] = []
    findings: list[Finding] = list(seen.findings)
    for agreement in chosen:
        try:
            states.append(world.state(agreement))
            for *_, verdicts, _until in judge_agreement(world, agreement):
                duties += verdicts
        except NotEvaluated as failure:
            findings.append(Finding("not_evaluated", agreement, None, str(failure)))
            duties.append(unjudged(rulebook.instruments[agreement], failure))
        findings += world.index(agreement).findings
    return Assessment(as_of, known_at, rulebook.digest, tuple(duties), tuple(states), tuple(findings))


def unjudged(instrument: Instrument, failure: NotEvaluated) -> Verdict:
    """Stands for all duties of an agreement whose life could not be judged at all."""
    clause = Clause(instrument.document, "")
    return not_evaluated(instrument.instrument, instrument.instrument, "samtliga", clause, failure.cause)


def only(assessment: Assessment, keep: Callable[[Verdict], bool]) -> Assessment:
    """The assessment with only some duties."""
    return replace(assessment, duties=tuple(filter(keep, assessment.duties)))
