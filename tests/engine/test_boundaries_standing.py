"""Boundary dates of what must hold and what is forbidden: both end with their agreement."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import MEETINGS, PICTURE, Register, meeting, picture, told

from avtalsvakt_engine.inference.deciding import Decider

STANDING: Tree = {
    "inga": {"norm": "shall_not", "when": "always", "what": {"survey_sent": {}}},
    "ingen": {"norm": "shall_not", "when": "always", "what": {"role_assigned": {"role": "kommunchef"}}},
    "roster": {
        "norm": "shall",
        "when": "always",
        "what": {"role_assigned": {"body": "klara_group"}},
        "including": [{"role": "kommunpolis"}, {"role": "stadsdelsdirektör"}],
    },
    "tre": {"norm": "shall", "when": "always", "what": {"resource_allocated": {}}, "at_least": 3},
    "tak": {"norm": "shall", "when": "always", "what": {"training_done": {}}, "at_most": 1},
    "ratt": {"norm": "may", "when": "always", "what": {"referral_answered": {}}},
}


def roles(*days: str, to: str | None = None, first: str = "2024-01-10") -> list[Any]:
    more = {"to": to} if to else {}
    return [
        told("role_assigned", first, id=role, body="klara_group", role=role, **more)
        for role in ("kommunpolis", "stadsdelsdirektör")
    ]


@pytest.mark.parametrize(
    ("name", "facts", "day", "status"),
    [
        pytest.param("inga", ["2023-12-31"], "2024-06-01", "pending", id="done the day before the agreement begins"),
        pytest.param("inga", ["2024-01-01"], "2024-06-01", "overdue", id="done on its first day"),
        pytest.param("inga", ["2024-12-31"], "2025-06-01", "overdue", id="done on its last day, and it stays broken"),
        pytest.param("inga", ["2025-01-01"], "2025-06-01", "fulfilled", id="done the day after it ended"),
        pytest.param("inga", [], "2024-12-31", "pending", id="can still be broken on the last day"),
        pytest.param("inga", [], "2025-01-01", "fulfilled", id="was kept, says the day after"),
    ],
)
def test_a_prohibition_holds_while_the_agreement_does(
    name: str, facts: list[str], day: str, status: str, decider: Decider
) -> None:
    done = [told("survey_sent", one) for one in facts]
    found = Register(decider, STANDING, "2024-01-01", "2024-12-31").duty(name, done, day)
    assert (found.status, found.required) == (status, 0)


@pytest.mark.parametrize(
    ("first", "to", "status"),
    [
        pytest.param("2023-05-01", "2023-12-31", "fulfilled", id="over the day before"),
        pytest.param("2023-05-01", "2024-01-01", "overdue", id="held on the first day"),
        pytest.param("2024-03-01", "2024-04-01", "overdue", id="held for a month"),
        pytest.param("2025-01-01", None, "fulfilled", id="from the day after the last"),
    ],
)
def test_a_role_that_nobody_may_have_is_had_for_as_long_as_it_lasts(
    first: str, to: str | None, status: str, decider: Decider
) -> None:
    role = told("role_assigned", first, role="kommunchef", **({"to": to} if to else {}))
    assert Register(decider, STANDING, "2024-01-01", "2024-12-31").duty("ingen", [role], "2025-06-01").status == status


@pytest.mark.parametrize(
    ("to", "day", "status"),
    [
        pytest.param("2024-12-31", "2025-06-01", "fulfilled", id="to the last day of the agreement"),
        pytest.param("2024-12-30", "2025-06-01", "overdue", id="vacant on the last day, and it stays broken"),
        pytest.param("2025-03-31", "2025-06-01", "fulfilled", id="vacant when the agreement is over"),
        pytest.param("2024-06-30", "2024-06-30", "fulfilled", id="on the last day of the role"),
        pytest.param("2024-06-30", "2024-07-01", "overdue", id="the day after"),
    ],
)
def test_a_roster_is_full_to_the_last_day_of_the_agreement(to: str, day: str, status: str, decider: Decider) -> None:
    agreement = Register(decider, STANDING, "2024-01-01", "2024-12-31")
    assert agreement.duty("roster", roles(to=to), day).status == status


@pytest.mark.parametrize("name", ["roster", "tre", "ratt"])
def test_of_a_state_that_nobody_recorded_nothing_remains(name: str, decider: Decider) -> None:
    agreement = Register(decider, STANDING, "2024-01-01", "2024-12-31")
    assert agreement.duty(name, [], "2024-12-31").status == "pending"
    over = agreement.duty(name, [], "2025-01-01")
    assert (over.status, over.reason) == ("not_applicable", "lapsed")


@pytest.mark.parametrize(("number", "status"), [(0, "pending"), (2, "overdue"), (3, "fulfilled")])
def test_a_state_of_three_lacks_one_where_there_are_two(number: int, status: str, decider: Decider) -> None:
    given = [told("resource_allocated", "2024-02-01", id=f"r{one}") for one in range(number)]
    found = Register(decider, STANDING, "2024-01-01").duty("tre", given, "2024-03-01")
    assert (found.status, found.counted, found.required) == (status, number, 3)


def test_where_more_is_asked_for_than_the_parts_the_acts_are_counted(decider: Decider) -> None:
    clauses = {"roster": STANDING["roster"] | {"at_least": 3}}
    found = Register(decider, clauses, "2024-01-01").duty("roster", roles(), "2024-03-01")
    assert (found.status, found.counted, found.required) == ("overdue", 2, 3)


@pytest.mark.parametrize(
    ("number", "day", "status"),
    [(0, "2024-03-01", "pending"), (1, "2025-01-01", "fulfilled"), (2, "2024-03-01", "overdue")],
)
def test_of_what_only_may_not_be_too_many_nothing_is_missing(
    number: int, day: str, status: str, decider: Decider
) -> None:
    done = [told("training_done", "2024-02-01", id=f"u{one}") for one in range(number)]
    found = Register(decider, STANDING, "2024-01-01", "2024-12-31").duty("tak", done, day)
    assert (found.status, found.required) == (status, 0)


AGAIN: Tree = {
    "nasta": {
        "norm": "shall",
        "when": {"each": MEETINGS, "due": "6 months after event"},
        "what": MEETINGS,
    }
}


@pytest.mark.parametrize(
    ("days", "status"),
    [
        pytest.param(["2024-02-01"], "overdue", id="the meeting that gives rise to the duty is not the next one"),
        pytest.param(["2024-02-01", "2024-08-01"], "fulfilled", id="on the last day"),
        pytest.param(["2024-02-01", "2024-08-02"], "fulfilled_late", id="the day after"),
    ],
)
def test_what_gives_rise_to_a_duty_does_not_fulfil_it(days: list[str], status: str, decider: Decider) -> None:
    held = [meeting(day, id=f"m{place}") for place, day in enumerate(days)]
    assert Register(decider, AGAIN, "2024-01-01").duty("nasta.m0", held, "2024-09-01").status == status


FREE: Tree = {
    "karens": {
        "norm": "shall_not",
        "when": {"each": {"demand_sent": {}}, "due": "open"},
        "what": {"survey_sent": {}},
    }
}


@pytest.mark.parametrize(("done", "status"), [("2024-12-31", "overdue"), ("2025-01-01", "fulfilled")])
def test_what_is_forbidden_after_an_event_without_a_day_is_so_while_the_agreement_holds(
    done: str, status: str, decider: Decider
) -> None:
    facts = [told("demand_sent", "2024-03-01", id="d"), told("survey_sent", done)]
    assert Register(decider, FREE, "2024-01-01", "2024-12-31").duty("karens.d", facts, "2025-02-01").status == status


@pytest.mark.parametrize(
    ("sent", "what", "late", "facts"),
    [
        pytest.param("documents", PICTURE, True, [picture("2024-07-10", concerns_period="2024-H1")], id="a document"),
        pytest.param("never", PICTURE, False, [picture("2024-07-10", concerns_period="2024-H1")], id="nothing cures"),
        pytest.param("always", MEETINGS, True, [meeting("2024-07-10")], id="anything cures, also a meeting"),
        pytest.param("documents", MEETINGS, False, [meeting("2024-07-10")], id="a meeting"),
    ],
)
def test_what_can_be_made_up_for_is_what_is_then_judged_late(
    sent: str, what: Tree, late: bool, facts: list[Any], decider: Decider
) -> None:
    agreement = Register(decider, {"a": {"norm": "shall", "when": {"each": "half_year"}, "what": what}}, "2024-01-01")
    readings = {"SENT": sent}
    assert agreement.duty("a.2024-H1", [], "2024-07-09", readings).curable is late
    after = agreement.duty("a.2024-H1", facts, "2024-08-01", readings)
    assert (after.status == "fulfilled_late") is late


@pytest.mark.parametrize(
    ("ends_on", "there"),
    [
        pytest.param("2024-05-01", True, id="the agreement ends on the first day of the state"),
        pytest.param("2024-04-30", False, id="it ends the day before"),
    ],
)
def test_a_state_that_begins_after_the_agreement_ended_is_not_asked_for(
    ends_on: str, there: bool, decider: Decider
) -> None:
    limits = {"always": "", "from": "2024-05-01", "until": "2024-09-30"}
    clauses = {"tak": {"norm": "shall", "when": limits, "what": {"training_done": {}}, "at_most": 1}}
    facts = [
        told("agreement_terminated", "2024-01-10", ends_on=ends_on),
        *(told("training_done", "2024-05-01", id=f"u{one}") for one in range(2)),
    ]
    found = Register(decider, clauses, "2024-01-01").judged(facts, "2024-06-01").duties
    assert [one.status for one in found] == (["overdue"] if there else [])
