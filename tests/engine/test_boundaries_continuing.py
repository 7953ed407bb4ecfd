"""Boundary dates of an agreement that continues the one it replaces: what was recorded for that one counts on."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument, rulebook_of
from tests.oracle.tables import on
from tests.oracle.verdicts import verdicts_of, world_of

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

START = "2024-07-01"


def under(agreement: str, kind: str, day: str, **said: Any) -> Fact:
    return Fact(f"{agreement}-{day}", kind, agreement, on(day), day, 0, "day", said)


def judged(
    decider: Decider, clause: Tree, facts: list[Fact], day: str, *, continues: bool = True
) -> dict[str, tuple[str, str]]:
    """Status and last day of the new agreement's duties; the oracle says the same."""
    clauses = {"provad": {"norm": "shall"} | clause}
    old = instrument("gammalt", clauses, on("2022-01-01"), on("2024-06-30"))
    more = {"replaces": "gammalt"} | ({"continues": "gammalt"} if continues else {})
    book, _ = rulebook_of(old, instrument("lokalt", clauses, on(START), None, **more))
    found = {one.duty: one for one in assess(book, facts, on(day), None, decider).duties}
    others = verdicts_of(world_of(book, facts, on(day), None))
    assert {key: (one.status, one.due) for key, one in found.items()} == {
        key: (one.status, one.due) for key, one in others.items()
    }
    mine = {
        key.removeprefix("lokalt.provad").strip("."): one for key, one in found.items() if one.agreement == "lokalt"
    }
    return {key: (one.status, str(one.due)) for key, one in mine.items()}


YEARLY: Tree = {"when": {"each": "performance", "due": "1 year after event"}, "what": {"training_done": {}}}


@pytest.mark.parametrize(
    ("done", "continues", "first"),
    [
        pytest.param("2024-03-01", True, {"gammalt-2024-03-01": ("pending", "2025-03-01")}, id="counts from before"),
        pytest.param("2024-03-01", False, {"start": ("pending", "2025-07-01")}, id="counts anew"),
        pytest.param("2023-07-01", True, {"gammalt-2023-07-01": ("at_risk", "2024-07-01")}, id="due on the first day"),
        pytest.param("2023-06-30", True, {"start": ("pending", "2025-07-01")}, id="its day was over before"),
    ],
)
def test_an_interval_counts_from_the_last_time_under_the_agreement_before(
    done: str, continues: bool, first: dict[str, tuple[str, str]], decider: Decider
) -> None:
    facts = [under("gammalt", "training_done", "2022-05-01"), under("gammalt", "training_done", done)]
    assert judged(decider, YEARLY, facts, START, continues=continues) == first


@pytest.mark.parametrize(
    ("done", "label", "due"),
    [
        pytest.param("2023-02-01", "2024/2025", "2025-12-31", id="the year after the last time"),
        pytest.param("2022-02-01", "2023/2024", "2024-12-31", id="ends in the year of the change"),
        pytest.param("2021-02-01", "2024/2025", "2025-12-31", id="was over, and counts anew"),
    ],
)
def test_so_many_years_count_from_the_last_time(done: str, label: str, due: str, decider: Decider) -> None:
    clause: Tree = {"when": {"each": "2 years"}, "what": {"measurement_done": {}}}
    assert judged(decider, clause, [under("gammalt", "measurement_done", done)], START)[label] == ("pending", due)


def test_a_state_goes_on_and_does_not_become_so_again(decider: Decider) -> None:
    roster: Tree = {"when": "always", "what": {"role_assigned": {"role": "kommunpolis"}}}
    told_before = [under("gammalt", "role_assigned", "2023-01-01", role="kommunpolis")]
    assert judged(decider, roster, told_before, START)[""][0] == "fulfilled"
    assert judged(decider, roster, told_before, START, continues=False)[""][0] == "pending"
    turn: Tree = {"when": {"each": {"becomes": {"cost_claim": {"amount": {"at_least": 11}}}}, "due": "open"},
                  "what": {"rectification_done": {}}}  # fmt: skip
    claims = [
        under("gammalt", "cost_claim", "2024-01-01", amount="11"),
        under("lokalt", "cost_claim", START, amount="12"),
    ]
    assert judged(decider, turn, claims, START) == {}
    assert list(judged(decider, turn, claims, START, continues=False)) == [f"lokalt-{START}"]


@pytest.mark.parametrize(("chair", "status"), [("staden", "overdue"), ("polisen", "fulfilled")])
def test_turns_are_taken_from_the_last_meeting_before(chair: str, status: str, decider: Decider) -> None:
    meets: Tree = {"meeting_held": {"body": "chiefs_council"}}
    clause: Tree = {"when": {"each": meets, "due": "event"}, "what": {"itself": {"chair": "alternating"}}}
    held = [under("gammalt", "meeting_held", "2024-05-01", body="chiefs_council", chair="staden"),
            under("lokalt", "meeting_held", "2024-08-01", body="chiefs_council", chair=chair)]  # fmt: skip
    assert judged(decider, clause, held, "2024-09-01")["lokalt-2024-08-01"][0] == status
    assert judged(decider, clause, held, "2024-09-01", continues=False)["lokalt-2024-08-01"][0] == "fulfilled"
