"""Boundary dates of other readings than the default: moving years, school terms, rolled days, what goes on."""

from typing import Any

import pytest
from tests.oracle.tables import MEETINGS, Register, meeting, on, told

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider


def counting(decider: Decider, each: str, start: str, end: str | None = None, **more: Any) -> Register:
    when = {"each": each} | more.pop("when", {})
    clause = {"norm": "shall", "when": when, "what": MEETINGS} | more
    return Register(decider, {"krav": clause}, start, end)


def statuses(register: Register, facts: list[Fact], day: str, **readings: str) -> dict[str, str]:
    found = register.judged(facts, day, readings).duties
    return {one.duty.removeprefix("lokalt.krav."): one.status for one in found}


def dues(register: Register, facts: list[Fact], day: str, **readings: str) -> dict[str, str]:
    found = register.judged(facts, day, readings).duties
    return {one.duty.removeprefix("lokalt.krav."): str(one.due) for one in found}


MOVING = {"AR": "rolling", "HALVAR": "rolling"}


@pytest.mark.parametrize(
    ("each", "start", "due"),
    [
        pytest.param("year", "2023-03-01", "2024-02-29", id="twelve months into a leap year"),
        pytest.param("year", "2024-02-29", "2025-02-27", id="from a leap day"),
        pytest.param("half_year", "2023-06-01", "2023-11-30", id="six months, 30 days in the last"),
        pytest.param("half_year", "2023-08-31", "2024-02-28", id="six months on from the 31st is the 29th"),
    ],
)
def test_the_first_moving_stretch_begins_with_the_term(each: str, start: str, due: str, decider: Decider) -> None:
    found = counting(decider, each, start).duty("krav.start", [], start, MOVING)
    assert (found.due, found.status) == (on(due), "pending")


@pytest.mark.parametrize(
    ("held", "first", "second"),
    [
        pytest.param("2023-08-31", "fulfilled", "2024-02-29", id="six months after the 31st of August is a leap day"),
        pytest.param("2023-06-30", "fulfilled", "2023-12-30", id="the last day in time"),
        pytest.param("2023-07-01", "fulfilled_late", "2024-01-01", id="the day after"),
    ],
)
def test_a_half_year_moves_from_one_occasion_to_the_next(held: str, first: str, second: str, decider: Decider) -> None:
    start = "2023-01-01" if held < "2023-08-01" else "2023-03-15"
    register = counting(decider, "half_year", start)
    facts = [meeting(held, id="m1")]
    assert statuses(register, facts, held, **MOVING)["start"] == first
    assert dues(register, facts, held, **MOVING)["m1"] == second


def test_no_gap_is_longer_than_the_stretch(decider: Decider) -> None:
    register = counting(decider, "year", "2023-01-01")
    facts = [meeting("2023-06-15", id="a"), meeting("2024-06-15", id="b"), meeting("2025-06-16", id="c")]
    assert statuses(register, facts, "2025-06-15", **MOVING) == {
        "start": "fulfilled", "a": "fulfilled", "b": "at_risk",
    }  # fmt: skip
    assert statuses(register, facts, "2025-06-16", **MOVING) == {
        "start": "fulfilled", "a": "fulfilled", "b": "fulfilled_late", "c": "pending",
    }  # fmt: skip
    by_calendar = statuses(register, facts, "2025-12-31")
    assert {by_calendar[year] for year in ("2023", "2024", "2025")} == {"fulfilled"}


def test_two_in_every_stretch(decider: Decider) -> None:
    """Two in any twelve months: the second after each occasion comes within a year of it."""
    register = counting(decider, "year", "2023-01-01", at_least=2)
    facts = [meeting("2023-02-01", id="a"), meeting("2023-11-01", id="b"), meeting("2024-02-02", id="c")]
    found = statuses(register, facts, "2024-02-02", **MOVING)
    assert found == {"start": "fulfilled", "a": "fulfilled_late", "b": "pending", "c": "pending"}
    assert dues(register, facts, "2024-02-02", **MOVING)["b"] == "2024-11-01"


def test_a_stretch_that_the_term_cuts_off_leaves_nothing_owed(decider: Decider) -> None:
    register = counting(decider, "half_year", "2023-01-01", "2023-12-31")
    facts = [meeting("2023-07-01", id="a"), meeting("2023-06-01", id="b")]
    assert statuses(register, facts, "2023-12-31", **MOVING)["a"] == "at_risk"  # 1 January is the day after the last
    assert statuses(register, facts, "2024-01-01", **MOVING)["a"] == "not_applicable"


def test_two_on_one_day_begin_one_stretch(decider: Decider) -> None:
    register = counting(decider, "year", "2023-01-01")
    facts = [meeting("2023-06-15", id="a"), meeting("2023-06-15", id="b", separate="ja")]
    assert list(statuses(register, facts, "2023-07-01", **MOVING)) == ["start", "a"]


def test_a_fixed_day_or_named_periods_do_not_move(decider: Decider) -> None:
    for when in ({"due": "01-31"}, {"only": ["odd"]}):
        register = counting(decider, "year", "2023-01-01", when=when)
        assert dues(register, [], "2023-06-01", **MOVING) == dues(register, [], "2023-06-01")


def test_the_agreement_can_choose_moving_years_itself(decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": "half_year"}, "what": MEETINGS}
    chosen = {"HALVAR": {"choice": "rolling", "because": "parterna räknar så"}}
    found = Register(decider, {"krav": clause}, "2023-01-01", readings=chosen).duty("krav.start", [], "2023-02-01")
    assert dict(found.readings)["HALVAR"] == "rolling"


@pytest.mark.parametrize(
    ("held", "spring", "autumn"),
    [
        ("2024-06-15", "fulfilled", "overdue"),
        ("2024-06-16", "overdue", "overdue"),
        ("2024-07-31", "overdue", "overdue"),
        ("2024-08-01", "overdue", "fulfilled"),
    ],
)
def test_school_terms_have_outer_days_of_their_own(held: str, spring: str, autumn: str, decider: Decider) -> None:
    register = counting(decider, "semester", "2024-01-01", "2024-12-31")
    found = statuses(register, [meeting(held)], "2025-01-01", TERMIN="school")
    assert (found["2024-VT"], found["2024-HT"]) == (spring, autumn)
    by_half = statuses(register, [meeting(held)], "2025-01-01")
    assert (by_half["2024-VT"], by_half["2024-HT"]).count("fulfilled") == 1


def test_the_summer_belongs_to_no_school_term(decider: Decider) -> None:
    register = counting(decider, "semester", "2024-06-16", "2024-07-31")
    assert statuses(register, [], "2024-07-01", TERMIN="school") == {}


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        pytest.param("2024-06-07", "2024-06-24", id="from Midsummer Eve over the weekend"),
        pytest.param("2024-12-10", "2024-12-27", id="from Christmas Eve over both holidays"),
        pytest.param("2024-12-18", "2025-01-02", id="from New Year's Day"),
        pytest.param("2024-03-16", "2024-04-02", id="from Saturday over Easter Monday"),
        pytest.param("2024-03-14", "2024-03-28", id="a Thursday stays"),
    ],
)
def test_a_last_day_rolls_to_the_next_working_day(sent: str, due: str, decider: Decider) -> None:
    clause = {
        "norm": "shall", "when": {"each": {"demand_sent": {}}, "due": "14 days after event"},
        "what": {"rectification_done": {}}, "readings": ["14D"],
    }  # fmt: skip
    register = Register(decider, {"krav": clause}, "2024-01-01")
    facts = [told("demand_sent", sent, id="d")]
    assert register.duty("krav.d", facts, sent, {"14D": "roll"}).due == on(due)
    assert (on(due) - register.duty("krav.d", facts, sent).due).days >= 0  # type: ignore[operator]


def test_what_is_independent_goes_on_after_its_text(decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": "month"}, "what": MEETINGS, "readings": ["TILLSVIDARE"]}
    register = Register(decider, {"krav": clause}, "2024-01-01", "2024-03-16")
    with_it = statuses(register, [meeting("2024-05-02")], "2024-06-10", TILLSVIDARE="accessory")
    assert (list(with_it), with_it["2024-03"]) == (["2024-01", "2024-02", "2024-03"], "overdue")
    alone = statuses(register, [meeting("2024-05-02")], "2024-06-10", TILLSVIDARE="independent")
    assert [alone[f"2024-0{month}"] for month in range(3, 8)] == [
        "overdue", "overdue", "fulfilled", "at_risk", "pending",
    ]  # fmt: skip


def test_only_what_hangs_on_it_goes_on(decider: Decider) -> None:
    register = counting(decider, "month", "2024-01-01", "2024-03-15")
    assert list(statuses(register, [], "2024-06-10", TILLSVIDARE="independent")) == ["2024-01", "2024-02", "2024-03"]


@pytest.mark.parametrize(
    ("to", "before", "after"),
    [
        pytest.param("2024-07-01", True, True, id="183 of 366 days: exactly half on both sides"),
        pytest.param("2024-06-30", False, True, id="182 days before, 184 after"),
        pytest.param("2024-07-02", True, False, id="184 days before, 182 after"),
    ],
)
def test_a_period_may_be_split_between_two_versions(to: str, before: bool, after: bool, decider: Decider) -> None:
    def version(least: int, **valid: str) -> dict[str, Any]:
        when = {"each": "year"}
        return {"norm": "shall", "when": when, "what": MEETINGS, "at_least": least, "valid": valid,
                "readings": ["NYREGEL"]}  # fmt: skip

    begins = on(to).fromordinal(on(to).toordinal() + 1).isoformat()
    register = Register(decider, {"gammal": version(1, to=to), "ny": version(2, **{"from": begins})}, "2024-01-01")
    whole = {one.duty: one for one in register.judged([], "2024-05-01").duties if one.duty.endswith("2024")}
    assert list(whole) == ["lokalt.ny.2024"]
    parts = register.judged([], "2024-12-31", {"NYREGEL": "split"}).duties
    found = {one.obligation: one for one in parts if one.duty.endswith("2024")}
    assert (found["gammal"].due, found["ny"].due) == (on(to) if before else None, on("2024-12-31") if after else None)
    assert (found["gammal"].required, found["ny"].required) == (int(before), 2 * after)


def test_a_meeting_that_was_called_and_held_counts_once(decider: Decider) -> None:
    """Where a notice is enough: what was called off counts, and so does what was held without a notice."""
    called = {"any_of": [{"meeting_convened": {"body": "klara_group"}}, MEETINGS]}
    clause = {"norm": "shall", "when": {"each": "year"}, "what": called, "at_least": 3}
    register = Register(decider, {"krav": clause}, "2024-01-01")
    facts = [
        told("meeting_convened", "2024-02-01", id="k1", body="klara_group", meeting_date="2024-02-20"),
        meeting("2024-02-20", id="m1"),
        told("meeting_convened", "2024-05-01", id="k2", body="klara_group", meeting_date="2024-05-20"),
        told("meeting_cancelled", "2024-05-10", id="c2", body="klara_group", planned_for="2024-05-20"),
        meeting("2024-09-10", id="m3"),
        told("meeting_convened", "2024-10-01", id="k4", body="youth_forum", meeting_date="2024-10-20"),
    ]
    found = register.duty("krav.2024", facts, "2024-12-01")
    assert (found.status, found.counted, found.facts) == ("fulfilled", 3, ("m1", "k2", "m3"))
    assert ("k1", "same_meeting") in {(one.fact, one.reason) for one in found.not_counted}
