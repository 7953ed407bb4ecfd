"""Boundary dates of blocks of years, states with a first day, days that are moved, steps in their order, cases."""

from typing import Any

import pytest
from tests.oracle.comparing import assert_same
from tests.oracle.drawing import Tree
from tests.oracle.strategies import Case
from tests.oracle.tables import Register, on, told

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider


def judged(agreement: Register, facts: list[Fact], day: str, name: str) -> Any:
    """One duty; the engine and the oracle must say the same of all of them."""
    assert_same(Case(agreement.book(), tuple(facts), ""), [on(day)], agreement.decider)
    return agreement.duty(name, facts, day)


@pytest.mark.parametrize(
    ("each", "starting", "day", "key", "due"),
    [
        pytest.param("4 years", "2019", "2024-06-01", "2023/2026", "2026-12-31", id="years from the first of January"),
        pytest.param("4 years", "2027", "2024-06-01", "2023/2026", "2026-12-31", id="counted backwards as well"),
        pytest.param("4 years", "2022-10-15", "2024-06-01", "2022-10-15--2026-10-14", "2026-10-14", id="from a day"),
        pytest.param("3 months", "2020-02-15", "2024-06-01", "2024-05-15--2024-08-14", "2024-08-14", id="months"),
        pytest.param("1 year", "2020", "2024-06-01", "2024", "2024-12-31", id="one year is that year"),
    ],
)
def test_a_block_lies_where_the_text_says(
    each: str, starting: str, day: str, key: str, due: str, decider: Decider
) -> None:
    clause: Tree = {"norm": "shall", "when": {"each": each, "starting": starting}, "what": {"evaluation_done": {}}}
    agreement = Register(decider, {"val": clause}, "2015-01-01")
    found = judged(agreement, [], day, f"val.{key}")
    assert (found.due, found.status) == (on(due), "pending")


@pytest.mark.parametrize(
    ("done", "day", "status"),
    [
        pytest.param(None, "2024-02-29", "at_risk", id="the day before it must be so"),
        pytest.param(None, "2024-03-01", "at_risk", id="on the day"),
        pytest.param(None, "2024-03-02", "overdue", id="the day after"),
        pytest.param("2024-03-05", "2024-03-05", "fulfilled", id="and mended"),
        pytest.param("2024-01-05", "2024-01-05", "fulfilled", id="so before it has to be"),
        pytest.param("2024-01-05", "2025-01-01", "fulfilled", id="and as it was on its last day it stays"),
    ],
)
def test_a_state_is_due_on_its_first_day(done: str | None, day: str, status: str, decider: Decider) -> None:
    when = {"always": "", "from": "2024-03-01", "until": "2024-09-30"}
    clause: Tree = {"norm": "shall", "when": when, "what": {"role_assigned": {"role": "ombud"}}}
    facts = [told("role_assigned", done, role="ombud")] if done else []
    found = judged(Register(decider, {"ombud": clause}, "2024-01-01"), facts, day, "ombud")
    assert (found.status, found.due) == (status, on("2024-03-01"))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2024-02-15", "pending", id="what lacks a part breaks nothing before the first day"),
        pytest.param("2024-03-01", "overdue", id="but does on it"),
    ],
)
def test_what_is_recorded_before_the_first_day_breaks_nothing_yet(day: str, status: str, decider: Decider) -> None:
    clause: Tree = {
        "norm": "shall",
        "when": {"always": "", "from": "2024-03-01"},
        "what": {"role_assigned": {"body": "klara_group"}},
        "including": [{"role": "ombud"}, {"role": "ersättare"}],
        "warn": "5 days",
    }
    facts = [told("role_assigned", "2024-01-10", body="klara_group", role="ombud")]
    assert judged(Register(decider, {"trupp": clause}, "2024-01-01"), facts, day, "trupp").status == status


@pytest.mark.parametrize(
    ("due", "day", "expected"),
    [
        pytest.param("end of month", "2024-02-01", "2024-02-29", id="the month of the event"),
        pytest.param("end of month", "2024-02-29", "2024-02-29", id="its last day is that day"),
        pytest.param("1 month after end of month", "2024-02-10", "2024-03-31", id="from one month's end to another's"),
        pytest.param("30 days after end of month", "2024-02-10", "2024-03-30", id="days are counted"),
        pytest.param("3 months after event to end of month", "2023-11-30", "2024-02-29", id="counted, then moved"),
        pytest.param("event to end of year", "2024-01-01", "2024-12-31", id="to the end of the year"),
        pytest.param("end of half_year", "2024-07-01", "2024-12-31", id="of the half-year"),
        pytest.param("end of quarter", "2024-06-30", "2024-06-30", id="of the quarter"),
        pytest.param("10 days after event or next working day", "2024-06-11", "2024-06-24", id="over Midsummer"),
        pytest.param("10 days after event or next working day", "2024-06-10", "2024-06-20", id="a working day"),
        pytest.param("end of month or next working day", "2024-03-05", "2024-04-02", id="over Easter, into April"),
        pytest.param({"earliest": ["30 days after event", "2024-06-30"]}, "2024-06-01", "2024-06-30", id="the first"),
        pytest.param({"latest": ["30 days after event", "2024-06-30"]}, "2024-06-01", "2024-07-01", id="the latest"),
        pytest.param({"earliest": ["30 days after event", "event.handed_over"]}, "2024-06-01", "2024-07-01",
                     id="the earliest of those that are known"),
        pytest.param({"latest": ["30 days after event", "event.handed_over"]}, "2024-06-01", None,
                     id="the latest is not known until all are"),
    ],
)  # fmt: skip
def test_the_last_day_that_is_meant(due: Any, day: str, expected: str | None, decider: Decider) -> None:
    clause: Tree = {"norm": "shall", "when": {"each": {"notice_sent": {}}, "due": due},
                    "what": {"rectification_done": {}}}  # fmt: skip
    found = judged(Register(decider, {"svar": clause}, "2023-01-01"), [told("notice_sent", day, id="b")], day, "svar.b")
    assert found.due == (on(expected) if expected else None)


@pytest.mark.parametrize(
    ("opens", "answered", "status"),
    [
        pytest.param("event", "2024-03-09", "pending", id="the day before the step that comes first"),
        pytest.param("event", "2024-03-10", "fulfilled", id="on its day"),
        pytest.param("14 days after event", "2024-03-23", "pending", id="thirteen days after it"),
        pytest.param("14 days after event", "2024-03-24", "fulfilled", id="fourteen"),
    ],
)
def test_a_step_that_the_text_opens_counts_from_that_day(
    opens: str, answered: str, status: str, decider: Decider
) -> None:
    clauses: Tree = {
        "beslut": {"norm": "shall", "when": {"each": {"demand_sent": {}}, "due": "open"},
                   "what": {"decision_made": {"concerns": "same"}}},
        "svar": {"norm": "shall", "when": {"follows": "beslut", "opens": opens, "due": "open"},
                 "what": {"notice_sent": {"concerns": "same"}}},
    }  # fmt: skip
    facts = [
        told("demand_sent", "2024-03-01", id="k"),
        told("decision_made", "2024-03-10", id="b", concerns="k"),
        told("notice_sent", answered, id="s", concerns="k"),
    ]
    found = judged(Register(decider, clauses, "2024-01-01"), facts, "2024-04-30", "svar.k")
    assert found.status == status
    assert [(one.fact, one.reason) for one in found.not_counted] == (
        [("s", "too_early")] if status == "pending" else []
    )
    undecided = judged(Register(decider, clauses, "2024-01-01"), [facts[0], facts[2]], "2024-04-30", "svar.k")
    assert (undecided.status, undecided.counted) == ("pending", 0), "nothing counts before the step that comes first"


@pytest.mark.parametrize(
    ("areas", "status"),
    [
        pytest.param(["Torget"], ["fulfilled", "overdue"], id="what is done in one case does not cure another"),
        pytest.param(["Torget", "Parken"], ["fulfilled", "fulfilled"], id="done in both"),
        pytest.param([None], ["pending", "pending"], id="what does not say which is asked about"),
    ],
)
def test_each_case_has_a_duty_of_its_own(areas: list[str | None], status: list[str], decider: Decider) -> None:
    when = {"each": "quarter", "from": {"area_prioritised": {}}, "until": {"measure_started": {}}}
    clause: Tree = {"norm": "shall", "per": "area", "when": when, "what": {"document_revised": {}}}
    facts = [told("area_prioritised", "2024-01-02", id=area, area=area) for area in ("Torget", "Parken")]
    facts += [told("measure_started", "2024-05-01", id="slut", area="Torget")]
    for place, area in enumerate(areas):
        facts.append(told("document_revised", "2024-03-01", id=f"d{place}", **({"area": area} if area else {})))
    agreement = Register(decider, {"oversyn": clause}, "2024-01-01")
    found = [judged(agreement, facts, "2024-04-01", f"oversyn.{area}.2024-Q1").status for area in ("torget", "parken")]
    assert found == status
    late = judged(agreement, facts, "2024-07-01", "oversyn.torget.2024-Q2")
    assert late.status == "not_applicable", "its case was over before half of the quarter was"


@pytest.mark.parametrize(
    ("done", "late", "next_one"),
    [
        pytest.param("2026-02-28", "fulfilled", "at_risk", id="in the month"),
        pytest.param("2026-03-02", "fulfilled", "at_risk", id="on the working day to which its last day was moved"),
        pytest.param("2026-03-03", "overdue", "fulfilled", id="after it, in the next month"),
    ],
)
def test_what_is_done_on_a_day_moved_into_the_next_period_is_not_done_for_both(
    done: str, late: str, next_one: str, decider: Decider
) -> None:
    """The last of February 2026 is a Saturday; the working day after it is the second of March."""
    when = {"each": "month", "due": "end or next working day"}
    register = Register(decider, {"a": {"norm": "shall", "when": when, "what": {"meeting_held": {}}}}, "2026-02-01")
    facts = [told("meeting_held", done)]
    found = [judged(register, facts, "2026-03-03", f"a.2026-{month}").status for month in ("02", "03")]
    assert found == [late, next_one]


def test_the_first_period_begins_when_the_agreement_does_whatever_working_day_it_is(decider: Decider) -> None:
    when = {"each": "month", "due": "end or next working day"}
    register = Register(decider, {"a": {"norm": "shall", "when": when, "what": {"meeting_held": {}}}}, "2026-03-01")
    assert register.duty("a.2026-03", [told("meeting_held", "2026-03-01")], "2026-03-03").status == "fulfilled"
