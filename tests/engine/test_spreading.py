"""Judged here or elsewhere: the register is the same to the last byte, whatever becomes of a worker."""

import itertools
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from tests.engine import spread_world as spreading
from tests.engine.test_nights_of_random_registers import arrived, stored
from tests.oracle.drawing import given_drawn
from tests.oracle.registers import SHAPES, bound, recurring
from tests.oracle.strategies import Case

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.spreading.cluster_address import check_address
from avtalsvakt_engine.spreading.mapper import IN_PROCESS, HowJudged
from avtalsvakt_engine.spreading.spread import Spread, Unavailable, WorkerLost
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.problems import Rejected

AGREEMENTS = 9
Spoil = Callable[[int, bytes], "bytes | BaseException"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, decider: Decider) -> spreading.World:
    return spreading.world(tmp_path_factory.mktemp("spread"), decider)


@pytest.fixture(scope="module")
def here(world: spreading.World) -> list[str]:
    return world.one_night("here", IN_PROCESS)


def elsewhere(world: spreading.World, spoil: Spoil, name: str) -> tuple[list[str], HowJudged]:
    spread = Spread(spreading.Workshop(spoil))
    return world.one_night(name, spread), spread.told


def test_every_byte_is_the_same_wherever_it_is_judged(world: spreading.World) -> None:
    spreads = [Spread(spreading.Workshop()) for _ in spreading.DAYS]
    there = world.nights("there", iter(spreads))
    assert there == world.nights("all-here", itertools.repeat(IN_PROCESS))
    assert spreads[0].told == HowJudged(elsewhere=AGREEMENTS)
    assert all(one.told.as_asked for one in spreads)
    assert spreads[2].told.elsewhere > 0  # a night after others goes the same way


@pytest.mark.parametrize("errand", [1, 3])
def test_an_errand_whose_worker_was_lost_is_sent_again(world: spreading.World, here: list[str], errand: int) -> None:
    found, told = elsewhere(world, lambda number, reply: WorkerLost() if number == errand else reply, f"lost-{errand}")
    assert found == here
    assert told.here == 0


def test_an_errand_that_costs_two_workers_is_judged_here(world: spreading.World, here: list[str]) -> None:
    found, told = elsewhere(world, lambda _number, _reply: WorkerLost(), "all-lost")
    assert found == here
    assert (told.elsewhere, told.here, told.why) == (0, AGREEMENTS, ("arbetaren försvann två gånger",))


def changed(reply: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    whole = json.loads(reply)
    change(whole)
    return json.dumps(whole).encode()


def first_cell(reply: dict[str, Any]) -> dict[str, Any]:
    return next(cell for one in reply["told"] for cell in one["judged"]["cells"] if cell["verdicts"])


FORM = "svaret har inte den form som det ska"
UNSOUND: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another program": (lambda one: one.update(program="0"), "arbetaren har en annan version av programmet"),
    "other agreements": (lambda one: one["told"].reverse(), "svaret gäller andra avtal än dem som skickades"),
    "one too few": (lambda one: one["told"].pop(), "svaret gäller andra avtal än dem som skickades"),
    "an unknown status": (lambda one: first_cell(one)["verdicts"][0].update(status="fine"), "hänger inte ihop"),
    "a number as text": (lambda one: first_cell(one)["verdicts"][0].update(counted="1"), FORM),
    "another's duty": (lambda one: first_cell(one)["verdicts"][0].update(duty="staden.x"), "hänger inte ihop"),
    "another's clause": (lambda one: first_cell(one)["verdicts"][0].update(obligation="x"), "hänger inte ihop"),
    "a cell left out": (lambda one: one["told"][0]["judged"]["cells"].pop(), "hänger inte ihop"),
    "a cell twice": (
        lambda one: one["told"][0]["judged"]["existing"].append(one["told"][0]["judged"]["existing"][0]),
        "hänger inte ihop",
    ),
    "a verdict that stands and was never stored": (lambda one: first_cell(one)["kept"].append("x"), "hänger inte ihop"),
    "another's state": (lambda one: one["told"][0]["judged"]["state"].update(agreement="x"), "hänger inte ihop"),
    "neither verdicts nor a cause": (lambda one: one["told"][0].update(judged=None), "hänger inte ihop"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNSOUND)
def test_what_comes_back_is_believed_only_if_it_speaks_of_what_was_sent(
    world: spreading.World, here: list[str], kind: str
) -> None:
    change, why = UNSOUND[kind]
    name = kind.replace("'", "").replace(" ", "-")
    found, told = elsewhere(world, lambda n, one: changed(one, change) if n == 2 else one, name)
    assert found == here
    assert told.here > 0
    assert all(why in reason for reason in told.why)


@pytest.mark.parametrize(
    ("spoiled", "why"),
    [
        (b"", FORM),
        (b"\x80\x04N.", FORM),
        (TimeoutError(), "inget svar kom på 600 sekunder"),
        (MemoryError("fullt"), "arbetaren svarade med ett fel (MemoryError: fullt)"),
        (Unavailable("klustret svarar inte längre"), "klustret svarar inte längre"),
    ],
    ids=["nothing", "a pickle", "silence", "a fault", "gone"],
)
def test_what_does_not_come_back_is_judged_here(
    world: spreading.World, here: list[str], spoiled: bytes | BaseException, why: str, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.id.replace(" ", "-")
    found, told = elsewhere(world, lambda n, one: spoiled if n == 2 else one, name)
    assert found == here
    assert told.here > 0
    assert told.why == (why,)


def test_where_nothing_can_be_sent_all_is_judged_here(world: spreading.World, here: list[str]) -> None:
    class Nowhere(spreading.Workshop):
        def send(self, rules: bytes, errand: bytes, /) -> spreading.Reply:
            raise Unavailable("ingen arbetare")

    spread = Spread(Nowhere())
    assert world.one_night("nowhere", spread) == here
    assert (spread.told.elsewhere, spread.told.why) == (0, ("ingen arbetare",))


@pytest.mark.parametrize("shape", dict.fromkeys((None, *SHAPES)), ids=lambda one: one.__name__ if one else "recurring")
def test_whatever_the_rules_nothing_is_lacking_elsewhere(shape: Any, decider: Decider, fresh: Register) -> None:
    @settings(max_examples=max(2, settings().max_examples // 75))
    @given_drawn(case=partial(bound, shape=shape) if shape else recurring)
    def compare(case: Case) -> None:
        facts = arrived(case)
        half = len(facts) // 2
        last = max((fact.recorded_on for fact in facts), default=date(2024, 6, 1))
        first = facts[half - 1].recorded_on if half else last - timedelta(days=30)
        found = []
        for mapper in (IN_PROCESS, spread := Spread(spreading.Workshop())):
            with fresh.rehearsal():
                for new, day in ((facts[:half], first), (facts[half:], last + timedelta(days=40))):
                    now = datetime.fromisoformat(f"{day}T23:00+01:00")
                    fresh.append(new, now=now, as_recorded=True, in_order=True)
                    run(fresh, case.rulebook, decider, day, None, now.isoformat(), mapper=mapper)
                found.append(stored(fresh))
        assert found[0] == found[1]
        assert spread.told.here == 0

    compare()


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:8786", "tls://k.example:8786"]
)
def test_a_cluster_is_reached_here_or_over_tls(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("tcp://10.0.0.5:8786", "klustret på tcp://10.0.0.5:8786 är oskyddat"),
        ("tcp://127.0.0.1.example:8786", "är oskyddat"),
        ("127.0.0.1:8786", "går inte att tyda"),
        ("inproc://x", "går inte att tyda"),
        ("tls://k.example:0", "går inte att tyda"),
        ("tls://k.example:70000", "går inte att tyda"),
        ("tls://user@k.example:8786", "går inte att tyda"),
    ],
)
def test_any_other_address_is_refused_in_four_parts(address: str, what: str) -> None:
    with pytest.raises(Rejected) as refused:
        check_address(address)
    [problem] = refused.value.problems
    assert what in problem.what
    assert problem.where == "--cluster"
    assert problem.why and problem.remedy
