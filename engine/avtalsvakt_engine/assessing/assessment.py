"""The whole in a dozen lines: rulebook, facts and a day in, an Assessment out. A pure function.

Visible facts → one index for each agreement → timelines, umbrellas first → cells → verdicts.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.assessing.requirements_in_force import requirements
from avtalsvakt_engine.duties.requirements import Doubled, doubled
from avtalsvakt_engine.evidence.fact_index import FactIndex
from avtalsvakt_engine.evidence.matching import Understood
from avtalsvakt_engine.evidence.presumptions import with_presumed
from avtalsvakt_engine.evidence.visibility import View, view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider, NotEvaluated
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.cell_judging import HORIZON, judge_cell
from avtalsvakt_engine.judging.cells import Cell, cells_of
from avtalsvakt_engine.judging.judge import not_evaluated
from avtalsvakt_engine.judging.used_rights import used_rights
from avtalsvakt_engine.sweeping import swept_seldom
from avtalsvakt_engine.terms.scope import Scope, own_scope, shared_scope
from avtalsvakt_engine.terms.timeline import Timeline
from avtalsvakt_engine.terms.timelines import Timelines
from avtalsvakt_engine.verdicts import Assessment, Clause, Finding, InstrumentState, Requirement, Verdict
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Vocabulary, load

OF_ITS_OWN = frozenset({
    "agreement_term", "extension_agreed", "agreement_terminated", "amendment_signed", "waiver", "attestation",
})  # fmt: skip


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
        self.timelines = Timelines(rulebook, self.index, decider, as_of, used_rights)
        self._indexes: dict[str, FactIndex] = {}

    def on(self, day: date) -> "World":
        """The same rules and facts on another day. Indexes are not made again: no fact looks at the day."""
        other = World(self.rulebook, self.facts_of, self.decider, day, self.horizon)
        other._indexes = self._indexes
        return other

    def index(self, agreement: str) -> FactIndex:
        """The facts of an agreement, presumed receipts included."""
        if agreement not in self._indexes:
            instrument = self.rulebook.instruments[agreement]
            facts = self._facts(instrument)
            self._indexes[agreement] = FactIndex(
                with_presumed(self.rulebook, instrument, facts, self.decider),
                self._vocabulary_of(instrument),
                instrument.annexes,
                merge=self.rulebook.reading(instrument, "DUBBLETT") == "body_day",
                planned_counts=self.rulebook.reading(instrument, "FRAMTID") == "accept",
                understood=self.understood(instrument),
            )
        return self._indexes[agreement]

    def _facts(self, instrument: Instrument) -> Sequence[Fact]:
        """An agreement's facts; a municipality's own and what was done under agreements that hold for the whole of it.

        What an agreement's own term and form rest on (its term, an extension, a waiver) concerns nobody else.
        """
        own = self.facts_of(instrument.instrument)
        covering = self.rulebook.covering(instrument)
        shared = (fact for name in covering for fact in self.facts_of(name) if fact.kind not in OF_ITS_OWN)
        return [*own, *shared] if covering else own

    def findings(self, agreement: str) -> list[Finding]:
        """What was found among an agreement's own facts; what it shares with others is theirs to tell."""
        found = self.index(agreement).findings
        shared = set(self.rulebook.covering(self.rulebook.instruments[agreement]))
        return [one for one in found if one.agreement not in shared]

    def _vocabulary_of(self, instrument: Instrument) -> Vocabulary:
        """The vocabulary with the kinds of facts and the bodies that the instrument and its superiors add."""
        wider = self.vocabulary
        for one in (instrument, *self.rulebook.chain(instrument)):
            wider = wider.extended(kinds=one.facts, bodies=one.bodies) if one.facts or one.bodies else wider
        return wider

    def understood(self, instrument: Instrument) -> Understood:
        """Whether a text of an attribute is one that people know: a usual one, or one that some rule asks for."""
        vocabulary, asked_for = self._vocabulary_of(instrument), self.rulebook.texts_asked_for

        def known(kind: str, attribute: str, text: str) -> bool:
            usual = vocabulary.expected(kind, attribute)
            return usual is None or text in usual or text in asked_for.get((kind, attribute), ())

        return known

    def forget(self, agreement: str) -> None:
        """Let go of an agreement's facts when it is done."""
        self._indexes.pop(agreement, None)

    def cases(self, agreement: str) -> Iterator[Case]:
        """The agreement under its own clauses, and under each superior instrument that demands something of it."""
        instrument = self.rulebook.instruments[agreement]
        scopes = dict(self._scopes(instrument))
        over = [self.rulebook.instruments[name] for name in scopes]
        groups = doubled(self.rulebook, instrument, over)
        for source in over:
            yield self._case(instrument, source, scopes, groups)

    def _scopes(self, instrument: Instrument) -> Iterator[tuple[str, Scope]]:
        """Every instrument whose clauses bind an agreement, itself first, with the days on which they do."""
        mine = self.timelines.of(instrument.instrument)
        yield instrument.instrument, own_scope(mine)
        earlier: list[Timeline] = []
        for superior in self.timelines.superior(instrument):
            theirs = self.timelines.of(superior.instrument)
            scope = shared_scope(mine, theirs, earlier)
            if superior.level != "statute":  # one umbrella at a time, but any number of statutes
                earlier.append(theirs)
            if scope and any(clause.downward for clause in superior.clauses.values()):
                yield superior.instrument, scope

    def _case(
        self, agreement: Instrument, source: Instrument, scopes: Mapping[str, Scope], groups: Sequence[Doubled]
    ) -> Case:
        here = {
            name: group for group in groups for owner, text, name in group.clauses
            if text == source.instrument and owner == agreement.instrument
        }  # fmt: skip
        alone = all(group.choice == "both" for group in here.values())  # else another text's terms decide too
        asof = AsOf(self.as_of)
        for name in {agreement.instrument, source.instrument, *(() if alone else scopes)}:
            asof.absorb_until(self.timelines.of(name).until)
        return Case(
            agreement, source, scopes[source.instrument], self.index(agreement.instrument), self.timelines,
            self.decider, asof, self.horizon, here, scopes,
        )  # fmt: skip

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


def judge_agreement(
    world: World, agreement: str, clauses: Collection[str] | None = None
) -> Iterator[tuple[Case, Cell, list[Verdict], date | None]]:
    """Every cell of an agreement, or every one with any of these clauses, with its verdicts and its until."""
    for case in world.cases(agreement):
        for cell in cells_of(case.source, local=case.source is not case.agreement):
            if clauses is not None and not any(name in clauses for name in cell.clauses):
                continue
            verdicts, until = judge_cell(case, cell)
            yield case, cell, verdicts, until


@swept_seldom()
def assess(  # noqa: PLR0913 - what a verdict follows from, and what is asked for
    rulebook: Rulebook,
    facts: Iterable[Fact],
    as_of: date,
    known_at: date | None,
    decider: Decider,
    *,
    agreements: Sequence[str] | None = None,
    clauses: Collection[str] | None = None,
    horizon: int = HORIZON,
) -> Assessment:
    """Everything that follows from the rules and the facts on a day; of some agreements or clauses where given.

    Raises nothing on facts that were read; a duty that the rule engine fails on is `not_evaluated`.
    """
    seen: View = view(facts, known_at, load())
    world = World(rulebook, _by_agreement(seen.facts), decider, as_of, horizon)
    chosen = list(rulebook.instruments) if agreements is None else list(agreements)
    duties: list[Verdict] = []
    states: list[InstrumentState] = []
    findings: list[Finding] = list(seen.findings)
    asked: list[Requirement] = []
    for agreement in chosen:
        try:
            states.append(world.state(agreement))
            cases: dict[str, Case] = {}
            for case, _, verdicts, _until in judge_agreement(world, agreement, clauses):
                cases[case.source.instrument] = case
                duties += verdicts
            asked += requirements(world.timelines, cases)
        except NotEvaluated as failure:
            findings.append(Finding("not_evaluated", agreement, None, str(failure)))
            duties.append(unjudged(rulebook.instruments[agreement], failure.cause))
        findings += world.findings(agreement)
    return Assessment(as_of, known_at, rulebook.digest, tuple(duties), tuple(states), tuple(findings), tuple(asked))


def _by_agreement(facts: Iterable[Fact]) -> Callable[[str], Sequence[Fact]]:
    """What gives an agreement's own facts."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.agreement].append(fact)
    return lambda name: found.get(name, [])


def unjudged(instrument: Instrument, cause: str) -> Verdict:
    """Stands for all duties of an agreement whose terms could not be judged at all."""
    clause = Clause(instrument.document, "")
    return not_evaluated(instrument.instrument, instrument.instrument, "samtliga", clause, cause)


def only(assessment: Assessment, keep: Callable[[Verdict], bool]) -> Assessment:
    """The assessment with only some duties."""
    return replace(assessment, duties=tuple(filter(keep, assessment.duties)))
