"""Holds the engine's assessment against the oracle's."""

from collections.abc import Iterable
from datetime import date

from tests.oracle.strategies import Case
from tests.oracle.verdicts import Expected, states_of, verdicts_of, world_of

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict


def said(verdict: Verdict) -> Expected:
    """What the engine said, in the terms that are compared."""
    period = (verdict.period.label, verdict.period.start, verdict.period.end) if verdict.period else None
    shown = () if verdict.status == "not_applicable" else tuple(sorted(verdict.facts))
    return Expected(verdict.status, verdict.due, verdict.required, verdict.counted, shown, period)


def assert_same(case: Case, days: Iterable[date], decider: Decider) -> None:
    """Every duty, on each of the days, as both see it."""
    first = world_of(case.rulebook, case.facts, date.min, case.known_at)
    for day in days:
        world = first.on(day)
        assessment = assess(case.rulebook, case.facts, day, case.known_at, decider)
        states = {one.agreement: (one.state, one.start, one.end) for one in assessment.instruments}
        others = states_of(world)
        assert states == others, f"states on {day}:\n  engine {states}\n  oracle {others}"
        engine = {one.duty: said(one) for one in assessment.duties}
        oracle = verdicts_of(world)
        differences = [
            f"{key} on {day}:\n  engine {engine.get(key)}\n  oracle {oracle.get(key)}"
            for key in sorted({*engine, *oracle})
            if engine.get(key) != oracle.get(key)
        ]
        assert not differences, "\n".join(differences[:5])
