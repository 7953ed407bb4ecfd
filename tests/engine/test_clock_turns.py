"""A clock that went ahead: honest records follow in order of arrival, and what was known when stays decidable."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.new_registers import new_register
from tests.engine.proof_world import RULES, behind_its_back, filled, rules

from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import CLOCKS_DIFFER, Register, open_register
from avtalsvakt_engine.storage.facts.clock_turns import Turn, overtaken, turns, turns_of
from avtalsvakt_rules.rulebook import read_rulebook
from avtalsvakt_rules.vocabulary import load

HONEST = datetime.fromisoformat("2026-11-22T10:00:00+01:00")
WRONG = datetime.fromisoformat("2031-01-01T10:00:00+01:00")


@pytest.fixture(scope="module")
def decider() -> Iterator[Decider]:
    with Decider() as decider:
        yield decider


def meeting(id_: str, day: str = "2026-10-01", **said: str) -> Fact:
    attributes = {"body": "local_steering_group", **said}
    return Fact(id_, "meeting_held", "lokal", date.fromisoformat(day), "", 0, "day", attributes, "samordnare")


def correction(id_: str, target: str, **values: str) -> Fact:
    attributes: dict[str, Value] = {"target": target, "set": values, "reason": "fel"}
    return Fact(id_, "record_corrected", "lokal", date(2026, 11, 22), "", 0, "day", attributes, "samordnare")


def shown(register: Register, known_at: str | None) -> list[str]:
    day = date.fromisoformat(known_at) if known_at else None
    return [one.id for one in view(register.facts(), day, load()).facts]


def test_an_honest_record_after_one_from_2031_is_taken_with_its_own_moment(tmp_path: Path) -> None:
    with new_register(tmp_path / "r.db") as register:
        register.append([meeting("a")], now=WRONG)
        [b] = register.append([meeting("b")], now=HONEST).added
        [c] = register.append([meeting("c")], now=HONEST + timedelta(days=1)).added
        assert (b.recorded, c.recorded) == ("2026-11-22T10:00:00+01:00", "2026-11-23T10:00:00+01:00")
        a = register.fact("a")
        assert a is not None
        assert (a.recorded, a.known_from) == ("2031-01-01T10:00:00+01:00", "2026-11-22T10:00:00+01:00")
        assert shown(register, "2026-11-21") == []
        assert shown(register, "2026-11-22") == ["a", "b"]
        assert shown(register, "2026-11-23") == ["a", "b", "c"] == shown(register, None)
        assert register.verify() == ()


def test_clocks_that_differ_a_little_keep_the_order(tmp_path: Path) -> None:
    with new_register(tmp_path / "r.db") as register:
        register.append([meeting("a")], now=HONEST)
        [b] = register.append([meeting("b")], now=HONEST - CLOCKS_DIFFER).added
        [c] = register.append([meeting("c")], now=HONEST - CLOCKS_DIFFER - timedelta(seconds=1)).added
        assert datetime.fromisoformat(b.recorded) == HONEST
        assert datetime.fromisoformat(c.recorded) == HONEST - CLOCKS_DIFFER - timedelta(seconds=1)
        assert [one.arrival for one in turns(register.connection)] == [3]


def test_it_is_a_finding_until_a_record_is_made_about_it(tmp_path: Path) -> None:
    with new_register(tmp_path / "r.db") as register:
        register.append([meeting("a")], now=WRONG)
        assert view(register.facts(), None, load()).findings == ()
        register.append([meeting("b")], now=HONEST)
        [found] = view(register.facts(), None, load()).findings
        assert (found.code, found.agreement, found.fact) == ("clock_ahead", "lokal", "a")
        assert found.text == (
            "Registreringen har tiden 2031-01-01 kl. 10:00, men det som kom in senare har tidigare tider: "
            "datorns klocka gick före. Den räknas som känd 2026-11-22"
        )
        register.append([correction("r", "a", body="local_steering_group")], now=HONEST)
        assert view(register.facts(), None, load()).findings == ()


def test_a_later_correction_wins_over_one_from_a_clock_that_went_ahead(tmp_path: Path) -> None:
    with new_register(tmp_path / "r.db") as register:
        register.append([meeting("a")], now=HONEST)
        register.append([correction("r1", "a", chair="fel")], now=WRONG)
        register.append([correction("r2", "a", chair="rätt")], now=HONEST + timedelta(hours=1))
        [fact] = view(register.facts(), None, load()).facts
        assert fact.attributes["chair"] == "rätt"
        assert [one.fact for one in view(register.facts(), None, load()).findings] == ["r1"]


MOMENTS = st.lists(
    st.datetimes(datetime.fromisoformat("2026-10-24T00:00"), datetime.fromisoformat("2026-10-27T00:00")), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(moments=MOMENTS)
def test_a_fact_was_known_no_later_than_anything_that_arrived_after_it(
    moments: list[datetime], fresh: Register
) -> None:
    with fresh.rehearsal():
        for number, moment in enumerate(moments):
            fresh.append([meeting(f"f{number}")], now=moment.astimezone(HONEST.tzinfo))
        facts = list(fresh.facts())
        own = [datetime.fromisoformat(one.recorded) for one in facts]
        known = [datetime.fromisoformat(one.known_from) for one in facts]
        assert known == [min(own[place:]) for place in range(len(own))]
        assert turns(fresh.connection) == turns_of(fresh.connection)


def test_what_was_overtaken_is_told_by_what_had_arrived() -> None:
    facts = [
        Fact(f"f{n}", "meeting_held", "lokal", date(2026, 1, 1), one, n) for n, one in enumerate(["2031-01-01"], 1)
    ]
    assert [one.known_from for one in overtaken(facts, ())] == ["2031-01-01"]
    assert [one.known_from for one in overtaken(facts, (Turn(2, "2026-01-02"),))] == ["2026-01-02"]
    assert [one.known_from for one in overtaken(facts, (Turn(1, "2026-01-02"),))] == ["2031-01-01"]


def test_nights_over_a_wrong_clock_come_to_the_same_as_full_ones_and_can_be_replayed(
    decider: Decider, tmp_path: Path
) -> None:
    path, rulebook = tmp_path / "r.db", rules(tmp_path / "rules")
    filled(path, rulebook, decider)
    with open_register(path) as register:
        register.append([meeting("a", "2025-01-06")], now=WRONG)
        run(register, rulebook, decider, date(2025, 1, 7), None, "2025-01-07T04:15:00+01:00")
        register.append([meeting("b", "2025-01-07")], now=datetime.fromisoformat("2025-01-07T10:00:00+01:00"))
        run(register, rulebook, decider, date(2025, 1, 8), date(2025, 1, 8), "2025-01-08T04:15:00+01:00")
        report = run(register, rulebook, decider, date(2025, 1, 9), None, "2025-01-09T04:15:00+01:00", full=True)
        assert report.differed == []
        assert [one.code for one in Store(register.connection).findings()] == ["clock_ahead"]
        found = verify_register(register, decider, Store(register.connection).runs())
        assert found.problems == ()


def test_the_finding_comes_with_the_night_although_nothing_else_happened_to_the_agreement(
    decider: Decider, tmp_path: Path
) -> None:
    path = tmp_path / "r.db"
    rules(tmp_path / "rules")
    text = RULES.replace("instrument: lokal", "instrument: annan").replace("Lokal (påhittad)", "Annan (påhittad)")
    (tmp_path / "rules" / "annan.yaml").write_text(text, encoding="utf-8")
    both = read_rulebook(sorted((tmp_path / "rules").glob("*.yaml")))
    with new_register(path) as register:
        register.append([meeting("a", "2024-02-01")], now=WRONG)
        run(register, both, decider, date(2024, 7, 5), None, "2024-07-05T04:15:00+02:00")
        other = Fact("b", "meeting_held", "annan", date(2024, 7, 5), "", 0, "day", {"body": "coordinators"}, "jurist")
        register.append([other], now=datetime.fromisoformat("2024-07-05T10:00:00+02:00"))
        assert not run(register, both, decider, date(2024, 7, 6), None, "2024-07-06T04:15:00+02:00").full
        assert [(one.code, one.agreement) for one in Store(register.connection).findings()] == [
            ("clock_ahead", "lokal")
        ]


def test_a_clock_that_goes_back_changes_what_was_recorded_before_also_of_other_agreements(
    decider: Decider, tmp_path: Path
) -> None:
    rulebook = rules(tmp_path / "rules")
    with new_register(tmp_path / "r.db") as register:
        held = datetime.fromisoformat("2024-02-01T18:00:00+01:00")
        register.append([meeting("a", "2024-02-01")], now=held)
        run(register, rulebook, decider, date(2024, 2, 2), None, "2024-02-02T04:15:00+01:00")
        other = Fact("b", "meeting_held", "annan", date(2021, 1, 1), "", 0, "day", {}, "jurist")
        register.append([other], now=held.replace(year=2021))
        night = run(register, rulebook, decider, date(2024, 2, 3), None, "2024-02-03T04:15:00+01:00")
        assert not night.full and night.moves["fulfilled", "pending"] == 1  # recorded before its day it is a plan
        full = run(register, rulebook, decider, date(2024, 2, 3), None, "2024-02-03T04:16:00+01:00", full=True)
        assert (full.changed, full.differed) == (0, [])


@pytest.mark.parametrize("change", ["DELETE FROM clock_turns", "INSERT INTO clock_turns VALUES (2, '2020-01-01')"])
def test_a_changed_table_of_turns_is_found(change: str, decider: Decider, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with new_register(path) as register:
        for id_, now in (("a", HONEST), ("b", WRONG), ("c", HONEST)):
            register.append([meeting(id_)], now=now)
    with behind_its_back(path) as connection:
        connection.execute(change)
    with open_register(path) as register:
        [problem] = verify_register(register).problems
    assert problem.what == "tabellen clock_turns är ändrad"
    assert problem.why == "den säger annat än registreringarnas egna tider"
