"""Judges one cell of clauses under one agreement: its duties, in the order in which they hang together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.duties.attesting import questions
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.duties.event_duties import follow
from avtalsvakt_engine.duties.unfolding import unfold
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_engine.evidence.matching import Fit
from avtalsvakt_engine.evidence.selection import Item
from avtalsvakt_engine.inference.deciding import NotEvaluated
from avtalsvakt_engine.judging.allotment import allot
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.cells import Cell
from avtalsvakt_engine.judging.gathered import occasion_of
from avtalsvakt_engine.judging.gathering import gather
from avtalsvakt_engine.judging.judge import Judge
from avtalsvakt_engine.judging.standing import Standing
from avtalsvakt_engine.terms.scope import Scope
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.patterns import ITSELF

HORIZON = 12  # months ahead that duties are listed

Reached = dict[tuple[str, str], dict[str | None, Verdict | str]]
"""What was concluded of a clause for an occasion, for each that its duties are about: a verdict, or its key."""


def judge_cell(case: Case, cell: Cell, standing: Standing | None = None) -> tuple[list[Verdict], date | None]:
    """The verdicts of one cell, and the last day on which the list and every verdict stay as they are.

    Verdicts that stand from an earlier run (`standing`) are neither judged nor returned; it keeps their names.
    """
    listing = case.asof.fork()
    listing.absorb(case.asof)
    reached: Reached = defaultdict(dict)
    judge = Judge(case, partial(_tied, reached, standing))
    duties: dict[str, list[Duty]] = {}
    out: list[Verdict] = []
    for name in cell.clauses:
        try:
            duties[name] = list(_duties(case, name, listing, duties))
        except NotEvaluated as failure:
            duties[name] = []
            out.append(judge.unjudged(name, failure.cause))
        _allot(case, name, duties[name])
        if case.source.clauses[name].duty_norm is None:
            continue
        alone = standing if standing and _stand_alone(case, name, duties[name], standing) else None
        for duty in duties[name]:
            key = judge.key(duty)
            if alone and alone.stands(key, duty):
                reached[name, duty.occasion][duty.per] = key
                listing.absorb_until(alone.until[key])
                continue
            verdict = judge.judge(duty)
            reached[name, duty.occasion][duty.per] = verdict
            out.append(verdict)
            listing.absorb_until(verdict.until)
    return out, listing.until


def _tied(reached: Reached, standing: Standing | None, name: str, duty: Duty) -> list[Verdict]:
    """The verdicts reached on a clause for the occasion of a duty, now or earlier and still standing.

    Where both clauses have duties for each of several, only that for the same one.
    """
    found = reached.get((name, duty.occasion), {})
    chosen = [found[duty.per]] if duty.per in found else found.values()
    return [standing.read(one) if standing and isinstance(one, str) else one for one in chosen]  # type: ignore[misc]


def _stand_alone(case: Case, name: str, duties: list[Duty], standing: Standing) -> bool:
    """Whether each duty of a clause can be judged by itself.

    Not where its acts are shared out between them, unless nothing arrived and there were the same duties on the day of
    the run before: then each act is shared out as it was.
    """
    if case.plan(name).condition:
        return False
    if name not in case.allotted:
        return True
    if standing.touching.arrived:
        return False
    before = _duties(case, name, AsOf(standing.day), {})
    return list(map(_shared_out_by, before)) == list(map(_shared_out_by, duties))


def _shared_out_by(duty: Duty) -> tuple[object, ...]:
    """What of a duty decides which acts are its own."""
    day = duty.event.date if duty.event else None
    return duty.suffix, day, duty.start, duty.due, duty.late_until, duty.cover, duty.targets, duty.required


def _duties(case: Case, name: str, asof: AsOf, done: Mapping[str, list[Duty]]) -> Iterator[Duty]:
    clause = case.source.clauses[name]
    when = clause.when
    if when is None or not clause.judged:
        return
    scope = _scope(case, name)
    if scope is None:
        return
    context = UnfoldingContext(
        name, clause, when, scope, case.readings(name), asof, case.horizon,
        lambda patterns: case.select(name, patterns), lambda: case.performed(name),
        lambda day: case.required(name, day), case.agreement.parties,
    )  # fmt: skip
    found = _following(case, context, done) if when.follows else unfold(context)
    valid = (duty for duty in found if _in_version(duty, clause.valid.from_, clause.valid.to))
    yield from questions(context, list(valid)) if clause.attest else valid


def _allot(case: Case, name: str, duties: list[Duty]) -> None:
    """Where a clause binds at every occasion and its acts refer to none by themselves, each act serves one."""
    clause = case.source.clauses[name]
    if len(duties) < 2 or not clause.when or clause.when.form != "event" or clause.attest:
        return
    if clause.what[0].kind == ITSELF or case.by_reference(name):
        return
    fitting = partial(_fitting, case)
    case.allotted[name] = allot(duties, case.evidence(name).items, fitting, case.index)


def _fitting(case: Case, duty: Duty, item: Item) -> Fit:
    return case.fitting(duty.clause, item, occasion_of(duty))


def _scope(case: Case, name: str) -> Scope | None:
    """The days of a clause: its text's, but some go on after it ends, and some change with their version."""
    clause, readings = case.source.clauses[name], case.readings(name)
    if readings.chosen("TILLSVIDARE", "independent"):
        return case.scope.continued()
    if readings.chosen("NYREGEL", "split") and clause.when and clause.when.form == "period":
        return case.scope.within(clause.valid.from_, clause.valid.to)
    if clause.when and clause.when.form in ("once", "always"):  # what has no day of its own has those of its version
        return case.scope.within(clause.valid.from_, clause.valid.to)
    return case.scope


def _following(case: Case, context: UnfoldingContext, done: Mapping[str, list[Duty]]) -> Iterator[Duty]:
    for leader in done.get(context.when.follows or "", ()):
        steps = case.asof.fork()
        if leader.known:
            steps.absorb(leader.known)
        found = gather(case, leader, steps)
        context.asof.absorb(steps)
        invalid = [item for item, reason in found.refused if reason == "no_effect"]  # a decision that awaits its form
        shown = [*found.in_time, *found.late, *invalid]
        met = found.in_time[0].day if found.in_time else None
        yield follow(context, leader, met, frozenset(item.fact.id for item in shown), steps)


def _in_version(duty: Duty, first: date | None, last: date | None) -> bool:
    """A period is judged by the version in force on its last day, an event's duty and one of a day by the one on it."""
    alone = duty.due or duty.start if duty.clause.when and duty.clause.when.form == "date" else duty.start
    day = duty.period.end if duty.period else duty.event.date if duty.event else alone
    return (first is None or day >= first) and (last is None or day <= last)
