"""Boundary dates of what the keys of `when` say: from, until, opens, due: open, the weekday of a week, used options."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import MEETINGS, PICTURE, Register, meeting, on, picture, told

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

SURVEY: Tree = {"survey_sent": {}}


def clause(when: Any, what: Tree = SURVEY, **more: Any) -> Tree:
    return {"a": {"norm": "shall", "when": when, "what": what} | more}


BEGUN: Tree = {"from": {"working_group_set": {}}, "until": {"measurement_done": {}}}


@pytest.mark.parametrize(
    ("day", "limits", "there"),
    [
        pytest.param("2024-02-29", BEGUN, False, id="the day before it begins"),
        pytest.param("2024-03-01", BEGUN, True, id="on the day it begins"),
        pytest.param("2024-06-01", BEGUN, True, id="on the day it ends"),
        pytest.param("2024-06-02", BEGUN, False, id="the day after"),
        pytest.param("2024-02-01", {"until": {"measurement_done": {}}}, True, id="until an event, from the start"),
        pytest.param("2024-06-02", {"until": {"measurement_done": {}}}, False, id="after it"),
        pytest.param("2024-03-01", {"from": "2024-03-02"}, False, id="before a day"),
        pytest.param("2023-12-31", {"from": "2024"}, False, id="before a year"),
    ],
)
def test_an_event_gives_rise_to_a_duty_within_the_days_that_the_clause_runs(
    day: str, limits: Tree, there: bool, decider: Decider
) -> None:
    facts = [told("demand_sent", day, id="d"), told("working_group_set", "2024-03-01"),
             told("measurement_done", "2024-06-01")]  # fmt: skip
    agreement = Register(
        decider, clause({"each": {"demand_sent": {}}, "due": "5 days after event"} | limits), "2023-01-01"
    )
    assert ["a"] * there == [one.obligation for one in agreement.judged(facts, "2024-07-01").duties]


def test_what_is_not_understood_ends_nothing(decider: Decider) -> None:
    when = {"each": {"demand_sent": {}}, "due": "5 days after event", "until": PICTURE}
    facts = [told("demand_sent", "2024-05-01", id="d"), picture("2024-03-01", document="Lägesbild")]
    assert Register(decider, clause(when), "2023-01-01").judged(facts, "2024-07-01").duties


def test_a_period_runs_until_an_event_too(decider: Decider) -> None:
    agreement = Register(decider, clause({"each": "month", "until": {"measurement_done": {}}}, MEETINGS), "2024-01-01")
    duties = agreement.judged([told("measurement_done", "2024-02-29")], "2024-07-01").duties
    assert [one.period.label for one in duties if one.period] == ["2024-01", "2024-02"]


@pytest.mark.parametrize(
    ("when", "opens", "due"),
    [
        pytest.param({"each": "term"}, "2024-01-01", "2025-12-31", id="the whole term"),
        pytest.param({"each": "term", "until": "2025-03-31"}, "2024-01-01", "2025-03-31", id="until a day in it"),
        pytest.param({"each": "term", "from": "2024-02-01"}, "2024-02-01", "2025-12-31", id="from a day in it"),
        pytest.param({"each": "term", "due": "30 days before end", "until": "2025-03-31"}, "2024-01-01", "2025-03-31",
                     id="whichever comes first"),
        pytest.param({"until": "2025-03-31"}, "2024-01-01", "2025-03-31", id="once, until a day"),
        pytest.param({"until": "2027-03-31"}, "2024-01-01", "2025-12-31", id="once, until a day after the term"),
        pytest.param({"from": "2024-03-01", "due": "2024-09-30"}, "2024-03-01", "2024-09-30", id="by a day, from one"),
    ],
)  # fmt: skip
def test_from_and_until_bound_a_term_and_a_single_duty(when: Tree, opens: str, due: str, decider: Decider) -> None:
    [duty] = Register(decider, clause(when), "2024-01-01", "2025-12-31").judged([], "2024-01-05").duties
    assert (duty.opens, duty.due) == (on(opens), on(due))


def test_an_act_before_a_term_opens_is_none_of_its(decider: Decider) -> None:
    agreement = Register(decider, clause({"each": "term", "opens": "2024-02-01"}), "2024-01-01", "2025-12-31")
    assert agreement.duty("a.term-1", [told("survey_sent", "2024-01-31")], "2024-03-01").counted == 0
    assert agreement.duty("a.term-1", [told("survey_sent", "2024-02-01")], "2024-03-01").counted == 1


@pytest.mark.parametrize(
    ("facts", "day", "status", "counted"),
    [
        pytest.param([], "2024-12-31", "pending", 0, id="never overdue"),
        pytest.param([picture("2024-03-31")], "2024-05-01", "fulfilled", 1, id="done in the period"),
        pytest.param([picture("2024-04-01")], "2024-05-01", "pending", 0, id="what is done after it is the next one's"),
        pytest.param([picture("2024-09-01", concerns_period="2024-Q1")], "2024-10-01", "fulfilled", 1,
                     id="unless it names the period"),
    ],
)  # fmt: skip
def test_a_period_without_a_last_day_waits(
    facts: list[Fact], day: str, status: str, counted: int, decider: Decider
) -> None:
    agreement = Register(decider, clause({"each": "quarter", "due": "open"}, PICTURE), "2024-01-01")
    duty = agreement.duty("a.2024-Q1", facts, day)
    assert (duty.status, duty.counted, duty.due) == (status, counted, None)


@pytest.mark.parametrize(
    ("period", "due", "label", "day"),
    [
        pytest.param("week", "last thursday", "2024-W01", "2024-01-04", id="a week has one Thursday"),
        pytest.param("week", "first monday", "2024-W01", "2024-01-01", id="its first day"),
        pytest.param("week", "last sunday", "2024-W01", "2024-01-07", id="its last day"),
        pytest.param("month", "last friday", "2024-01", "2024-01-26", id="the last of a month"),
        pytest.param("quarter", "second tuesday", "2024-Q1", "2024-03-12", id="in the last month of a quarter"),
    ],
)
def test_a_weekday_is_one_of_its_period(period: str, due: str, label: str, day: str, decider: Decider) -> None:
    duty = Register(decider, clause({"each": period, "due": due}), "2024-01-01").duty(f"a.{label}", [], "2024-01-01")
    assert duty.due == on(day)


@pytest.mark.parametrize(
    ("start", "due", "status"),
    [
        pytest.param("2024-01-05", "last thursday", "not_applicable", id="the day was before the agreement"),
        pytest.param("2024-01-04", "last thursday", "overdue", id="on its first day"),
        pytest.param("2024-01-06", "last working day", "not_applicable", id="no working day was left"),
    ],
)
def test_a_last_day_before_the_agreement_is_owed_by_nobody(start: str, due: str, status: str, decider: Decider) -> None:
    readings = {"STUB": "full"}
    agreement = Register(decider, clause({"each": "week", "due": due}), start)
    assert agreement.duty("a.2024-W01", [], "2024-01-08", readings).status == status


@pytest.mark.parametrize(
    ("done", "counted"), [("2022-12-01", 0), ("2022-12-02", 1), ("2023-12-01", 1), ("2023-12-02", 0)]
)
def test_what_is_due_before_its_period_is_done_after_the_last_day_of_the_one_before(
    done: str, counted: int, decider: Decider
) -> None:
    agreement = Register(decider, clause({"each": "year", "due": "1 month before start"}), "2022-01-01")
    duty = agreement.duty("a.2024", [told("survey_sent", done)], "2024-06-01")
    assert (duty.due, duty.opens, duty.counted) == (on("2023-12-01"), on("2022-12-02"), counted)


CHAIN: Tree = {
    "beslut": {
        "norm": "shall",
        "when": {"each": PICTURE, "due": "open"},
        "what": {"decision_made": {"concerns": "same"}},
    },
    "skrift": {
        "norm": "shall",
        "when": {"follows": "beslut", "opens": "10 days after event", "due": "30 days after event"},
        "what": {"decision_documented": {"decision": "same"}},
    },
}


@pytest.mark.parametrize(("written", "counted"), [("2024-03-10", 0), ("2024-03-11", 1), ("2024-03-31", 1)])
def test_a_step_counts_from_the_day_it_opens(written: str, counted: int, decider: Decider) -> None:
    facts = [picture("2024-02-01", id="v"), told("decision_made", "2024-03-01", id="b", concerns="v"),
             told("decision_documented", written, decision="b")]  # fmt: skip
    duty = Register(decider, CHAIN, "2024-01-01").duty("skrift.v", facts, "2024-04-15")
    assert (duty.opens, duty.counted) == (on("2024-03-11"), counted)


OPTION: Tree = {
    "option": {
        "norm": "may",
        "when": {"each": "term", "due": "3 months before end"},
        "what": {"option_taken": {}},
        "effect": {"extends": "1 year"},
    },
    "syn": {"norm": "shall", "when": {"each": "year"}, "what": {"inspection_done": {}}},
}
OWN = {"option_taken": ["new_end"]}


@pytest.mark.parametrize(
    ("used", "end"),
    [
        pytest.param([], "2025-12-31", id="not used"),
        pytest.param(["2025-09-30"], "2026-12-31", id="on the last day"),
        pytest.param(["2025-10-01"], "2025-12-31", id="the day after"),
        pytest.param(["2025-03-01", "2025-04-01"], "2026-12-31", id="twice in one term is once"),
        pytest.param(["2025-03-01", "2026-03-01"], "2027-12-31", id="once in each term"),
    ],
)
def test_an_option_that_is_used_in_time_lengthens_the_term(used: list[str], end: str, decider: Decider) -> None:
    facts = [told("option_taken", day) for day in used]
    agreement = Register(decider, OPTION, "2024-01-01", "2025-12-31", facts=OWN)
    assert agreement.state(facts, "2026-11-01").end == on(end)


@pytest.mark.parametrize(("stated", "end"), [("2026-12-31", "2026-12-31"), ("2026-06-30", "2025-12-31")])
def test_an_option_gives_the_length_that_its_clause_says(stated: str, end: str, decider: Decider) -> None:
    agreement = Register(decider, OPTION, "2024-01-01", "2025-12-31", facts=OWN)
    state = agreement.state([told("option_taken", "2025-03-01", new_end=stated)], "2025-11-01")
    assert state.end == on(end)


def test_a_used_option_gives_new_duties_and_its_retraction_takes_them_away(decider: Decider) -> None:
    agreement = Register(decider, OPTION, "2024-01-01", "2025-12-31", facts=OWN)
    used = told("option_taken", "2025-03-01", id="o")
    undone = Fact("r", "record_retracted", "lokalt", on("2025-05-01"), "2025-05-01", 9, "day", {"target": "o"})
    assert agreement.duty("syn.2026", [used, meeting("2025-01-01")], "2026-02-01").status == "pending"
    assert "lokalt.syn.2026" not in {one.duty for one in agreement.judged([used, undone], "2026-02-01").duties}
