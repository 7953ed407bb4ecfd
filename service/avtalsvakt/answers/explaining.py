"""Finds the duty that a person means, judges its agreement, and explains the verdict. Nothing is written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from avtalsvakt.answers.acts import HowTo
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.duty_history import history_parts
from avtalsvakt.answers.duty_lookup import agreement_of, find_duty
from avtalsvakt.answers.how_to import how_to
from avtalsvakt.settings import Settings
from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.evidence.secrecy import marked, provisions
from avtalsvakt_engine.evidence.visibility import View, view
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.explanations import Background, Explanation, explain
from avtalsvakt_engine.explaining.seen import Records
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider, NotEvaluated
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.vocabulary import RECORDS, load


@dataclass(slots=True)
class Judged:
    """The agreements that were judged to find a duty: verdicts by agreement, and why an agreement could not be."""

    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def keys(self) -> Iterator[str]:
        """The keys of all duties; an agreement that could not be judged has its own name."""
        yield from (one.duty for found in self.verdicts.values() for one in found)
        yield from self.failed


def explained(material: Material, wanted: str) -> Explanation:
    """The explanation of the duty that is meant. Raises Rejected where none or several fit."""
    return explained_with_acts(material, wanted)[0]


def explained_with_acts(material: Material, wanted: str) -> tuple[Explanation, HowTo | None]:
    """The same, with how the duty is met; None where it could not be judged. Raises Rejected."""
    seen = view(material.facts, material.known_at, load())
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in seen.facts:
        by_agreement[fact.agreement].append(fact)
    with Decider(table="first") as decider:
        world = World(material.rulebook, lambda name: by_agreement.get(name, []), decider, material.as_of)
        one = agreement_of(wanted, material.rulebook.instruments)
        judged = _judge(world, [one] if one else list(material.rulebook.instruments))
        records = records_of(material.facts, seen)
        duty = find_duty(wanted, judged.keys())
        return _explained(world, judged, duty, records), _how(world, judged, duty)


def _how(world: World, judged: Judged, duty: str) -> HowTo | None:
    every = [one for found in judged.verdicts.values() for one in found]
    verdict = next((one for one in every if one.duty == duty), None)
    if verdict is None:
        return None
    facts = world.index(verdict.agreement).by_id.values()
    instrument = world.rulebook.instruments[verdict.agreement]
    own = judged.verdicts[verdict.agreement]
    return how_to(verdict, AgreementFacts(world.rulebook, instrument, world.as_of, own, tuple(facts)))


def explain_all(material: Material, decider: Decider) -> Iterator[tuple[str, Explanation]]:
    """Agreement and explanation of every duty there is."""
    seen = view(material.facts, material.known_at, load())
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in seen.facts:
        by_agreement[fact.agreement].append(fact)
    world = World(material.rulebook, lambda name: by_agreement.get(name, []), decider, material.as_of)
    records = records_of(material.facts, seen)
    for agreement in material.rulebook.instruments:
        judged = _judge(world, [agreement])
        for verdicts in judged.verdicts.values():
            background = _background(world, verdicts, agreement, records)
            yield from ((agreement, explain(one, background)) for one in verdicts)
        yield from ((agreement, _not_judged(judged, failed)) for failed in judged.failed)


def records_of(facts: Sequence[Fact], seen: View) -> Records:
    """What was recorded about other records, as far as it is seen: what mended a fact, and what took one back."""
    by_id = {one.id: one for one in facts}
    applied = [one for found in seen.corrected.values() for one in found]
    gone = [one for one in facts if one.id in seen.retracted or one.kind in RECORDS] if seen.retracted else []
    marks = provisions(gone)
    retracted = {
        name: (marked(by_id[name], marks.get(name)), by_id[seen.retracting[name]]) for name in sorted(seen.retracted)
    }
    return Records({name: by_id[name] for name in applied if name in by_id}, seen.corrected, retracted)


def _judge(world: World, agreements: Sequence[str]) -> Judged:
    judged = Judged()
    for agreement in agreements:
        try:
            cells = judge_agreement(world, agreement)
            judged.verdicts[agreement] = [one for *_, verdicts, _until in cells for one in verdicts]
        except NotEvaluated as failure:
            judged.failed[agreement] = failure.cause
    return judged


def _explained(world: World, judged: Judged, duty: str, records: Records) -> Explanation:
    if duty in judged.failed:
        return _not_judged(judged, duty)
    verdict = next(one for found in judged.verdicts.values() for one in found if one.duty == duty)
    return explain(verdict, _background(world, judged.verdicts[verdict.agreement], verdict.agreement, records))


def _not_judged(judged: Judged, agreement: str) -> Explanation:
    why = f"Ej bedömd: avtalets giltighetstid kunde inte bedömas, {judged.failed[agreement]}"
    return Explanation(agreement, agreement, "not_evaluated", why, ())


def _background(world: World, verdicts: list[Verdict], agreement: str, records: Records) -> Background:
    index = world.index(agreement)
    facts = {**index.by_id, **{twin: index.by_id[one] for twin, one in index.same_as.items()}}
    names = {agreement, *(one.instrument for one in verdicts)}
    timelines = {name: world.timelines.of(name) for name in sorted(names)}
    return Background(world.rulebook, world.as_of, verdicts, facts, timelines, records)


def withdrawn(settings: Settings, duty: str) -> Explanation | None:
    """What there is to say of a duty that runs have known and that is no more; None where there is none."""
    from avtalsvakt_engine.storage.conclusions.store import Store

    with settings.register(read_only=True) as register, answered(register.path):
        history = Store(register.connection).history(duty)
        if not history or history[-1][1] != "withdrawn":
            return None
        why = labels.WITHDRAWALS.get(history[-1][3] or "", "reglerna eller händelserna har ändrats")
        parts = tuple(history_parts(Store(register.connection), duty))
    return Explanation(duty, duty, "withdrawn", f"Bortfallen: {why}", parts)


def without_rules(settings: Settings, lacking: Sequence[str], wanted: str) -> Explanation | None:
    """What there is to say of a duty whose agreement's rules are missing; None where it is no such duty.

    Raises Rejected where several fit.
    """
    from avtalsvakt_engine.storage.conclusions.store import Store

    with settings.register(read_only=True) as register, answered(register.path):
        store = Store(register.connection)
        agreement = agreement_of(f"{wanted}.", lacking)
        verdicts = store.verdicts(agreement) if agreement else []
        if not verdicts:
            return None
        duty = find_duty(wanted, (one.duty for one in verdicts))
        told = labels.status(next(one.status for one in verdicts if one.duty == duty))
        parts = tuple(history_parts(store, duty))
    why = f"Ej bedömd: reglerna för avtalet {agreement} saknas; ange dem med --rules MAPP. Senast bedömd som {told}"
    return Explanation(duty, duty, "not_evaluated", why, parts)


def with_history(explanation: Explanation, settings: Settings) -> Explanation:
    """The explanation with what runs have said of the duty, and the life of its violation if it has one."""
    from avtalsvakt_engine.storage.conclusions.store import Store

    with settings.register(read_only=True) as register, answered(register.path):
        return replace(
            explanation, parts=(*explanation.parts, *history_parts(Store(register.connection), explanation.duty))
        )
