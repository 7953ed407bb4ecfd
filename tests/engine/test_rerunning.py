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
from tests.engine.test_erasing import ALTERNATING, erased_from

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs import rerunning
from avtalsvakt_engine.runs.replaying import Replay, replay
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.rulebook import Rulebook, parse_rulebook

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


def test_a_run_that_does_not_conclude_the_same_again_is_judged_whole(
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


def test_of_no_runs_there_is_nothing_to_tell(tmp_path: Path, decider: Decider) -> None:
    with new_register(tmp_path / "r.db") as register:
        assert all_of(register, decider) == []


def nights(register: Register, decider: Decider, books: list[Rulebook], gone: int | None = None) -> None:
    """A night a month by each of these rulebooks, a meeting before it; from the number `gone` on rules are missed."""
    for number, book in enumerate(books, start=1):
        day = START + timedelta(days=30 * number)
        noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        register.append([meeting(number, day)], now=noon)
        withdrawn = ["annan"] if gone is not None and number >= gone else []
        run(register, book, decider, day, None, noon.isoformat(), withdraw=withdrawn)


def both_and_one(another: str = RULES) -> tuple[Rulebook, Rulebook]:
    """Rules of two agreements, and of one of them alone."""
    texts = {"lokal.yaml": RULES, "annan.yaml": another.replace("instrument: lokal", "instrument: annan")}
    return parse_rulebook(texts), parse_rulebook({"lokal.yaml": RULES})


@pytest.mark.parametrize("gone", [None, 2, 3, 4])
def test_agreements_whose_rules_went_away_and_came_back_are_told_of_as_each_run_by_itself_tells(
    gone: int | None, tmp_path: Path, decider: Decider, whole: list[int]
) -> None:
    both, one = both_and_one()
    stricter, _ = both_and_one(STRICTER)
    with new_register(tmp_path / "r.db") as register:
        nights(register, decider, [both, one, one, one, stricter, stricter], gone)
        found = all_of(register, decider)
        runs = Store(register.connection).runs()
        assert found == [replay(register.connection, each, decider) for each in runs]
        assert whole == [len(runs)]
        assert verify_register(register, decider, runs).problems == ()


def test_what_was_erased_is_told_of_for_each_run_that_had_it(tmp_path: Path, decider: Decider) -> None:
    book = rules(tmp_path / "regler", RULES + ALTERNATING)
    with new_register(tmp_path / "r.db") as register:
        nights(register, decider, [book] * 4)
        night = START + timedelta(days=121)
        run(register, book, decider, night, None, f"{night}T22:00:00+00:00")
        erased_from(register, ("m2", "chair"))
        found = all_of(register, decider)
        assert found == [replay(register.connection, one, decider) for one in Store(register.connection).runs()]
        assert [one.erased for one in found] == [0, 1, 1, 1, 1]
