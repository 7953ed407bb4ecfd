"""What several texts in force on one day ask of an agreement: which of their clauses bind then, and for how many."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from avtalsvakt_engine.duties.requirements import Named, requirement
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.terms.scope import shared_scope
from avtalsvakt_engine.verdicts import Requirement

if TYPE_CHECKING:
    from avtalsvakt_engine.assessing.assessment import World


def requirements(world: "World", cases: Mapping[str, Case]) -> Iterator[Requirement]:
    """What several texts in force on the day ask of one agreement, each act once. `cases`: the agreement's, by text."""
    for group in dict.fromkeys(group for case in cases.values() for group in case.doubled.values()):
        present = [one for one in group.clauses if _binds(world, cases, one)]
        if len({source for _, source, _ in present}) > 1:
            yield requirement(world.rulebook, group, present, lambda one: _number(world, cases, one))


def _binds(world: "World", cases: Mapping[str, Case], named: Named) -> bool:
    """Whether a clause binds on the day: its text is in force for whoever owes the duty, and in that version."""
    owner, source, name = named
    if not world.rulebook.instruments[source].clauses[name].valid.holds(world.as_of):
        return False
    if source in cases:
        return cases[source].scope.covers(world.as_of)
    shared = shared_scope(world.timelines.of(owner), world.timelines.of(source), ())
    return shared is not None and shared.covers(world.as_of)


def _number(world: "World", cases: Mapping[str, Case], named: Named) -> int:
    _, source, name = named
    if source in cases:
        return cases[source].required(name, world.as_of)
    return world.rulebook.instruments[source].clauses[name].at_least
