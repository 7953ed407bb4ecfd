"""What several texts in force on one day ask of an agreement: which of their clauses bind then, and for how many."""

from collections.abc import Iterator, Mapping

from avtalsvakt_engine.duties.requirements import Named, requirement
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.terms.scope import shared_scope
from avtalsvakt_engine.terms.timelines import Timelines
from avtalsvakt_engine.verdicts import Requirement


def requirements(timelines: Timelines, cases: Mapping[str, Case]) -> Iterator[Requirement]:
    """What several texts in force on the day ask of one agreement, each act once. `cases`: the agreement's, by text."""
    for group in dict.fromkeys(group for case in cases.values() for group in case.doubled.values()):
        present = [one for one in group.clauses if _binds(timelines, cases, one)]
        if len({source for _, source, _ in present}) > 1:
            yield requirement(timelines.rulebook, group, present, lambda one: _number(timelines, cases, one))


def _binds(timelines: Timelines, cases: Mapping[str, Case], named: Named) -> bool:
    """Whether a clause binds on the day: its text is in force for whoever owes the duty, and in that version."""
    owner, source, name = named
    if not timelines.rulebook.instruments[source].clauses[name].valid.holds(timelines.day):
        return False
    if source in cases:
        return cases[source].scope.covers(timelines.day)
    shared = shared_scope(timelines.of(owner), timelines.of(source), ())
    return shared is not None and shared.covers(timelines.day)


def _number(timelines: Timelines, cases: Mapping[str, Case], named: Named) -> int:
    _, source, name = named
    if source in cases:
        return cases[source].required(name, timelines.day)
    return timelines.rulebook.instruments[source].clauses[name].at_least
