"""Walking from day to day comes to what judging each of the days anew does, and misses no day on which anything turns.

The registers know everything at once, and many of their facts lie in the future, so that a walk that left a day out is
found out.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from msgspec.structs import replace
from tests.oracle.drawing import a_day, as_deep_as_asked, given_drawn
from tests.oracle.registers import any_register
from tests.oracle.strategies import Case

from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.assessing.walking import Change, Walk
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.vocabulary import load

ONE = timedelta(days=1)
STEPS = 4


def world_of(case: Case, day: date, decider: Decider) -> World:
    by_agreement: dict[str, list[Fact]] = defaultdict(list)
    for fact in view(case.facts, case.known_at, load()).facts:
        by_agreement[fact.agreement].append(fact)
    return World(case.rulebook, lambda name: by_agreement.get(name, []), decider, day)


def anew(world: World, agreement: str) -> dict[str, Verdict]:
    """Every verdict of an agreement on the world's day, without since when it has been true."""
    found = (one for *_, verdicts, _ in judge_agreement(world, agreement) for one in verdicts)
    return {one.duty: timeless(one) for one in found}


def timeless(verdict: Verdict) -> Verdict:
    return replace(verdict, since=date.min, until=None)


@as_deep_as_asked()
@given_drawn(case=any_register, day=a_day)
def test_a_walk_comes_to_what_judging_each_day_anew_does(case: Case, day: date, decider: Decider) -> None:
    for name in case.rulebook.instruments:
        walk = Walk(world_of(case, day, decider), name)
        for _ in range(STEPS):
            before, following = walk.verdicts, walk.next_day
            if following is None:
                break
            quiet = following - ONE
            assert {duty: timeless(one) for duty, one in before.items()} == anew(world_of(case, quiet, decider), name)
            changes = walk.go(following)
            after = {duty: timeless(one) for duty, one in walk.verdicts.items()}
            assert after == anew(world_of(case, following, decider), name)
            assert told(before, changes) == after


def told(before: Mapping[str, Verdict], changes: list[Change]) -> dict[str, Verdict]:
    """What was, with the changes that were told of."""
    known = dict(before)
    for change in changes:
        if change.was is not None:
            known.pop(change.was.duty)
        if change.now is not None:
            known[change.now.duty] = change.now
    return {duty: timeless(one) for duty, one in known.items()}
