"""What a duty is given of another clause that several have to meet: met by all of them, missed by any.

Source: docs/semantics.md, section 5; docs/decisions/0046-conditions-on-what-several-have-to-do.md.
"""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument, rulebook_of
from tests.oracle.tables import on, told
from tests.oracle.verdicts import verdicts_of, world_of

from avtalsvakt_engine.assessing.assessment import World, assess, judge_agreement
from avtalsvakt_engine.explaining.explanations import Background, explain
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

EACH = {"who": "parterna", "per": "party"}
YEARLY: Tree = {"norm": "shall", "when": {"each": "year"}, "what": {"rectification_done": {}}}
AFTER: Tree = {"when": {"each": "year", "due": "60 days after end"}, "what": {"withdrawal_requested": {}}}
MEND: Tree = {
    "norm": "shall", "when": {"each": {"demand_sent": {}}, "due": "14 days after event"},
    "what": {"rectification_done": {}},
}  # fmt: skip
LEAVE: Tree = {
    "norm": "may",
    "when": {"each": {"demand_sent": {}}, "due": "open"},
    "what": {"withdrawal_requested": {}},
}


def done(day: str, *parties: str) -> list[Fact]:
    """What each of these parties did on a day."""
    return [told("rectification_done", day, id=f"a-{one}", by=one) for one in parties]


def judged(decider: Decider, clauses: Tree, facts: list[Fact], day: str) -> dict[str, str]:
    """Statuses of the second clause's duties; the oracle says the same of all."""
    book, _ = rulebook_of(instrument("lokalt", clauses, on("2024-01-01"), None))
    found = {one.duty: one.status for one in assess(book, facts, on(day), None, decider).duties}
    others = verdicts_of(world_of(book, facts, on(day), None))
    assert found == {key: one.status for key, one in others.items()}
    return {key.removeprefix("lokalt.sen."): status for key, status in found.items() if ".sen." in key}


@pytest.mark.parametrize(
    ("condition", "acted", "status"),
    [
        ({"given": {"met": "forst"}}, (), "not_applicable"),
        ({"given": {"met": "forst"}}, ("staden",), "not_applicable"),
        ({"given": {"met": "forst"}}, ("polisen",), "not_applicable"),
        ({"given": {"met": "forst"}}, ("staden", "polisen"), "pending"),
        ({"given": {"missed": "forst"}}, (), "pending"),
        ({"given": {"missed": "forst"}}, ("staden",), "pending"),
        ({"given": {"missed": "forst"}}, ("polisen",), "pending"),
        ({"given": {"missed": "forst"}}, ("staden", "polisen"), "not_applicable"),
        ({"unless": {"met": "forst"}}, ("staden",), "pending"),
        ({"unless": {"met": "forst"}}, ("staden", "polisen"), "not_applicable"),
        ({"unless": {"missed": "forst"}}, ("polisen",), "not_applicable"),
        ({"unless": {"missed": "forst"}}, ("staden", "polisen"), "pending"),
    ],
)
def test_of_a_period_all_meet_and_any_misses(
    decider: Decider, condition: Tree, acted: tuple[str, ...], status: str
) -> None:
    clauses = {"forst": YEARLY | EACH, "sen": {"norm": "shall"} | AFTER | condition}
    assert judged(decider, clauses, done("2024-06-01", *acted), "2025-01-10")["2024"] == status


@pytest.mark.parametrize(
    ("condition", "own", "others"), [("met", "pending", "not_applicable"), ("missed", "not_applicable", "pending")]
)
def test_where_both_clauses_are_for_each_of_them_each_answers_for_itself(
    decider: Decider, condition: str, own: str, others: str
) -> None:
    clauses = {"forst": YEARLY | EACH, "sen": {"norm": "shall", "given": {condition: "forst"}} | AFTER | EACH}
    found = judged(decider, clauses, done("2024-06-01", "staden"), "2025-01-10")
    assert (found["2024.staden"], found["2024.polisen"]) == (own, others)


@pytest.mark.parametrize("acted", [(), ("staden",), ("polisen",), ("staden", "polisen")])
@pytest.mark.parametrize("order", [("staden", "polisen"), ("polisen", "staden")])
def test_a_right_arises_where_anybody_misses_whoever_is_named_first(
    decider: Decider, acted: tuple[str, ...], order: tuple[str, ...]
) -> None:
    clauses = {"forst": MEND | EACH, "sen": LEAVE | {"given": {"missed": "forst"}}}
    demand = told("demand_sent", "2024-03-01", id="d1", **{"from": order[0]})
    facts = [demand, *done("2024-03-05", *acted)]
    status = "not_applicable" if len(acted) == 2 else "pending"
    assert judged(decider, clauses, facts, "2024-03-15") == {"d1": "not_applicable"}
    assert judged(decider, clauses, facts, "2024-03-16") == {"d1": status}


def test_a_right_is_used_from_the_day_after_the_first_failure(decider: Decider) -> None:
    clauses = {"forst": MEND | EACH, "sen": LEAVE | {"given": {"missed": "forst"}}}
    demand = told("demand_sent", "2024-03-01", id="d1", **{"from": "staden"})
    for day, status in (("2024-03-15", "pending"), ("2024-03-16", "fulfilled")):
        used = told("withdrawal_requested", day, id="u1", by="staden")
        assert judged(decider, clauses, [demand, *done("2024-03-05", "staden"), used], "2024-04-01") == {"d1": status}


def test_why_tells_what_each_of_them_came_to(decider: Decider) -> None:
    clauses = {"forst": YEARLY | EACH, "sen": {"norm": "shall", "given": {"missed": "forst"}} | AFTER}
    book, _ = rulebook_of(instrument("lokalt", clauses, on("2024-01-01"), None))
    facts = done("2024-06-01", "staden")
    world = World(book, lambda _: facts, decider, on("2025-01-10"))
    verdicts = [one for *_, found, _ in judge_agreement(world, "lokalt") for one in found]
    background = Background(
        book, on("2025-01-10"), verdicts, world.index("lokalt").by_id, {"lokalt": world.timelines.of("lokalt")}
    )
    [verdict] = [one for one in verdicts if one.duty == "lokalt.sen.2024"]
    [asked] = [part.lines for part in explain(verdict, background).parts if part.heading == "Krav"]
    assert [line for line in asked if line.endswith("(staden uppfylld, polisen försenad)")], asked
