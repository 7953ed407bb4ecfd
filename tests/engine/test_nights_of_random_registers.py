"""Nights that judge only what can have changed come to what a first night comes to, for every form of the language."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from msgspec.structs import replace
from tests.oracle.continuing import continued
from tests.oracle.drawing import Draw, given_drawn, number
from tests.oracle.registers import SHAPES, bound, recurring
from tests.oracle.strategies import Case

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import Register

WINTER = "+01:00"


def stored(register: Register) -> list[str]:
    """Everything that a run left behind of the latest verdicts, to compare."""
    store = Store(register.connection)
    verdicts = [repr(one) for one in sorted(store.verdicts(), key=lambda one: one.duty)]
    return [*verdicts, *map(repr, store.states())]


def arrived(case: Case) -> list[Fact]:
    """The facts as they came in: each recorded at an hour of its own, by somebody."""
    ordered = sorted(case.facts, key=lambda one: (one.recorded, one.arrival))
    noon = time(12).isoformat()
    return [
        replace(
            one, recorded=f"{one.recorded[:10]}T{noon}{WINTER}", recorder=(one.recorder or "prov").replace(" ", "-")
        )
        for one in ordered
    ]


def night(register: Register, case: Case, decider: Decider, day: date) -> None:
    moment = datetime.fromisoformat(f"{day}T22:00:00{WINTER}").isoformat()
    run(register, case.rulebook, decider, day, None, moment)


FAMILIES: dict[str, Any] = {"recurring": recurring, "continued": continued}
FAMILIES |= {shape.__name__: partial(bound, shape=shape) for shape in SHAPES}


def steps_between(draw: Draw) -> list[int]:
    """Days between nights, beside those between facts."""
    return [draw(number(1, 60)) for _ in range(draw(number(2, 3)))]


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_is_stored_whether_night_by_night_or_at_once(
    family: str, decider: Decider, kept: Register, fresh: Register
) -> None:
    @settings(max_examples=settings().max_examples // 15)
    @given_drawn(case=FAMILIES[family], steps=steps_between)
    def compare(case: Case, steps: list[int]) -> None:
        facts = arrived(case)
        days = [fact.recorded_on for fact in facts] or [date(2024, 6, 1)]
        start = min(days)
        spread = (max(days) - start) // len(steps)
        with kept.rehearsal():
            seen, day = 0, start
            for step in steps:
                day += spread + timedelta(days=step)
                new = [fact for fact in facts[seen:] if fact.recorded_on <= day]
                seen += len(new)
                kept.append(new, now=datetime.fromisoformat(f"{day}T13:00{WINTER}"), as_recorded=True, in_order=True)
                night(kept, case, decider, day)
            with fresh.rehearsal():
                now = datetime.fromisoformat(f"{day}T13:00{WINTER}")
                fresh.append(facts[:seen], now=now, as_recorded=True, in_order=True)
                night(fresh, case, decider, day)
                assert stored(kept) == stored(fresh)

    compare()
