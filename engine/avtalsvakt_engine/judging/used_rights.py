"""Rights to end or lengthen an agreement that were used: a `may` clause with an `effect`, and the acts it speaks of.

An act uses a right if the right could be used on the day the act took effect: in its window, on its conditions, in the
form that the text demands. That is what the verdict on the right says on that day, so it is judged then, once and for
all; later days change nothing in it. Source: semantics.md, Instruments in time.
"""

from collections.abc import Iterator
from datetime import date

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.dates.deadlines import Marks, date_of
from avtalsvakt_engine.duties.event_duties import named_days
from avtalsvakt_engine.evidence.selection import Item
from avtalsvakt_engine.inference.deciding import NotEvaluated
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.cell_judging import HORIZON, judge_cell
from avtalsvakt_engine.judging.cells import cells_of
from avtalsvakt_engine.judging.renewals import renewals
from avtalsvakt_engine.terms.scope import own_scope
from avtalsvakt_engine.terms.timeline import Use
from avtalsvakt_engine.terms.timelines import Timelines
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import AGREED, Instrument
from avtalsvakt_rules.language.patterns import ITSELF


def used_rights(timelines: Timelines, instrument: Instrument, asof: AsOf) -> Iterator[Use]:
    """The uses of rights, those that lengthen the term before those that end it, each by day.

    `asof` remembers when the next may come. Raises NotEvaluated where the rule engine fails on a right.
    """
    extending = [name for name, clause in instrument.clauses.items() if clause.extends_its_term]
    ending = [name for name, clause in instrument.clauses.items() if clause.ends_its_term]
    granted = list(_extensions(timelines, instrument, extending, asof)) if extending else []
    renewing = next((name for name, clause in instrument.clauses.items() if clause.renews_its_term), None)
    granted += _renewals(timelines, instrument, renewing, asof) if renewing and not extending else []
    yield from granted
    yield from _endings(timelines, instrument, ending, asof, granted) if ending else ()


def _extensions(timelines: Timelines, instrument: Instrument, names: list[str], asof: AsOf) -> Iterator[Use]:
    """The uses of rights to lengthen the term: each right once in a term, in the terms that the uses before gave."""
    granted: list[Use] = []
    spent: set[tuple[str, str]] = set()
    case = _case(timelines.apart_from_rights(instrument.instrument, timelines.day), instrument)
    for item, name in _by_day(case, names):
        if item.fact.kind == AGREED:
            continue
        if not asof.reached(item.day):
            return
        used = [one for one in _verdicts(timelines, instrument, name, item.day, granted) if _uses(one, item)]
        keys = {(name, one.period.label if one.period else one.trigger or "") for one in used}
        if keys - spent:
            spent |= keys
            granted.append(Use(name, item.fact.id, item.day, None, extends=True))
            yield granted[-1]


def _renewals(timelines: Timelines, instrument: Instrument, name: str, asof: AsOf) -> Iterator[Use]:
    """The renewals of the term, which a right to object that was used has not hindered."""
    case = _case(timelines.apart_from_rights(instrument.instrument, timelines.day), instrument)
    acts = [item.day for item in _acts(case, name)]

    def objected(day: date, term: str, granted: list[Use]) -> bool:
        if not any(one <= day for one in acts):
            return False
        found = _verdicts(timelines, instrument, name, day, granted)
        return any(_status(one) == "fulfilled" and (one.period.label if one.period else "") == term for one in found)

    yield from renewals(timelines, instrument, name, asof, objected)


def _endings(
    timelines: Timelines, instrument: Instrument, names: list[str], asof: AsOf, granted: list[Use]
) -> Iterator[Use]:
    """The uses of rights to end the term, in the terms that agreement and rights had given by then."""
    case = _case(timelines.apart_from_rights(instrument.instrument, timelines.day, granted), instrument)
    for item, name in _by_day(case, names):
        if not asof.reached(item.day):
            return
        before = [one for one in granted if one.counts_on(item.day)]
        if any(_uses(verdict, item) for verdict in _verdicts(timelines, instrument, name, item.day, before)):
            yield _use(case, name, item)


def _by_day(case: Case, names: list[str]) -> list[tuple[Item, str]]:
    return sorted(((item, name) for name in names for item in _acts(case, name)), key=lambda act: act[0].day)


def _case(timelines: Timelines, instrument: Instrument) -> Case:
    name = instrument.instrument
    scope = own_scope(timelines.of(name))
    asof = AsOf(timelines.day)
    return Case(instrument, instrument, scope, timelines.index_of(name), timelines, timelines.decider, asof, HORIZON)


def _acts(case: Case, name: str) -> list[Item]:
    """What looks like a use of a right, whenever it was."""
    clause = case.source.clauses[name]
    events = clause.when.events if clause.when else ()
    patterns = events if clause.what[0].kind == ITSELF else clause.what
    return [item for item in case.select(name, patterns).items if item.certain]


def _verdicts(timelines: Timelines, instrument: Instrument, name: str, day: date, granted: list[Use]) -> list[Verdict]:
    """What was to be said of a right on a day: the one that an act took effect, or the last one for it."""
    case = _case(timelines.apart_from_rights(instrument.instrument, day, granted), instrument)
    [cell] = [one for one in cells_of(instrument, local=False) if name in one.clauses]
    return [one for one in judge_cell(case, cell)[0] if one.obligation == name]


def _uses(verdict: Verdict, item: Item) -> bool:
    return _status(verdict) == "fulfilled" and item.fact.id in verdict.facts


def _status(verdict: Verdict) -> str:
    if verdict.status == "not_evaluated":
        raise NotEvaluated("status", (), verdict.reason or "")
    return verdict.status


def _use(case: Case, name: str, item: Item) -> Use:
    ends = case.source.clauses[name].ends_its_term
    readings = case.readings(name)
    term = next((span for span in reversed(case.scope.spans) if span.start <= item.day), case.scope.spans[0])
    marks = Marks(term.start, None if term.open else term.planned_end, item.day, named_days(item.fact))
    end = date_of(ends, marks, sexman=readings.get("SEXMAN"), vardag=readings.working_days) if ends else None
    return Use(name, item.fact.id, item.day, end)
