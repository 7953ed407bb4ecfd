"""Runs made again one after the other: all of them are proved for the price of a few, and a lie among them is found."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.engine.meetings import meeting
from tests.engine.new_registers import new_register
from tests.engine.proof_world import RULES, rules

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs import rerunning
from avtalsvakt_engine.runs.replaying import Replay, replay
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.storage.store import Run, Store
from avtalsvakt_rules.rulebook import Rulebook

START = date(2024, 2, 9)
STRICTER = RULES.replace("body: local_steering_group}}", "body: local_steering_group}}, at_least: 2")


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the runs that were judged whole, as they are."""
    numbers: list[int] = []

    def noted(connection: sqlite3.Connection, one: Run, decider: Decider, current: Rulebook | None = None) -> Replay:
        numbers.append(one.id)
        return replay(connection, one, decider, current)

    monkeypatch.setattr(rerunning, "replay", noted)
    return numbers


@pytest.fixture
def register(tmp_path: Path, decider: Decider) -> Iterator[Register]:
    """Half a year: nights, a meeting judged at once, a full run, and stricter rules from the tenth night."""
    before, after = rules(tmp_path / "före"), rules(tmp_path / "efter", STRICTER)
    with new_register(tmp_path / "r.db") as register:
        for number in range(20):
            day = START + timedelta(days=10 * number)
            noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
            if number % 4 == 1:
                register.append([meeting(number, day)], now=noon)
                run(register, after if number > 10 else before, decider, day, None, noon.isoformat())
            night = datetime(day.year, day.month, day.day, 22, tzinfo=UTC).isoformat()
            run(register, after if number > 10 else before, decider, day, None, night, full=number == 6)
        yield register


def all_of(register: Register, decider: Decider) -> list[Replay]:
    return list(rerunning.replay_all(register.connection, Store(register.connection).runs(), decider))


def test_only_the_last_run_has_to_be_judged_whole(register: Register, decider: Decider, whole: list[int]) -> None:
    runs = Store(register.connection).runs()
    found = all_of(register, decider)
    assert len(runs) == 26 and any(one.again(before) for before, one in pairwise(runs))
    assert whole == [26]
    assert found == [replay(register.connection, one, decider) for one in runs]


def test_a_run_that_concluded_something_else_is_judged_whole_and_told_of(
    register: Register, decider: Decider, whole: list[int]
) -> None:
    with register.transaction():
        register.connection.execute("DROP TRIGGER roots_no_update")
        register.connection.execute("UPDATE roots SET conclusions = ? WHERE run = 7", ("0" * 64,))
    found = all_of(register, decider)
    assert whole == [7, 26] and not any(one.differences for one in found)


def test_where_runs_cannot_be_made_again_each_is_judged_whole(
    register: Register, decider: Decider, whole: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rerunning, "digest", lambda: "ett annat program")
    assert not any(one.differences for one in all_of(register, decider))
    assert whole == list(range(1, 27))
