"""Boundary dates of what links facts and instruments: order of steps, corrected agreements, presumed umbrellas."""

import pytest
from msgspec.structs import replace
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument
from tests.oracle.tables import MEETINGS, Register, corrected, meeting, on, told

from avtalsvakt_engine.inference.deciding import Decider

QUARTERLY: Tree = {"norm": "shall", "when": {"each": "quarter"}, "what": MEETINGS}
STEPS: Tree = {
    "beslut": {
        "norm": "shall",
        "when": {"each": {"document_revised": {"document": "lägesbild"}}, "due": "open"},
        "what": {"decision_made": {"concerns": "same"}},
    },
    "bilaga": {
        "norm": "shall",
        "when": {"follows": "beslut", "due": "14 days after event"},
        "what": {"annex_attached": {"annex": {"same": "document"}, "version": "same"}},
    },
}
FIRST = told("document_revised", "2024-03-01", document="lägesbild", version="1", id="v1")
SECOND = told("document_revised", "2024-03-20", document="lägesbild", version="2", id="v2")
DECIDED = told("decision_made", "2024-03-10", concerns="v1", id="d")


@pytest.mark.parametrize(
    ("attached", "status", "flags"),
    [
        pytest.param("2024-03-09", "fulfilled", ("wrong_order",), id="the day before the decision: a warning"),
        pytest.param("2024-03-10", "fulfilled", (), id="the same day"),
        pytest.param("2024-03-24", "fulfilled", (), id="on the fourteenth day"),
        pytest.param("2024-03-25", "fulfilled_late", (), id="the day after"),
    ],
)
def test_the_order_and_the_date_of_a_step(attached: str, status: str, flags: tuple[str, ...], decider: Decider) -> None:
    annexed = told("annex_attached", attached, annex="lägesbild", version="1")
    found = Register(decider, STEPS, "2024-01-01").duty("bilaga.v1", [FIRST, DECIDED, annexed], "2024-06-01")
    assert (found.status, found.due, found.flags) == (status, on("2024-03-24"), flags)


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        pytest.param({"version": "1"}, "fulfilled", "pending", id="the first version by number"),
        pytest.param({"version": "v2"}, "pending", "fulfilled", id="the second by the id of its record"),
        pytest.param({}, "pending", "fulfilled", id="unnamed: the latest by that day"),
    ],
)
def test_a_step_belongs_to_the_version_it_serves(
    said: dict[str, str], first: str, second: str, decider: Decider
) -> None:
    annexed = told("annex_attached", "2024-03-20", annex="3", **said)
    agreement = Register(decider, STEPS, "2024-01-01", annexes={"3": "lägesbild"})
    statuses = [agreement.duty(f"bilaga.{one}", [FIRST, SECOND, annexed], "2024-03-20").status for one in ("v1", "v2")]
    assert statuses == [first, second]


def test_an_unnamed_annex_of_the_day_before_serves_the_version_before(decider: Decider) -> None:
    annexed = told("annex_attached", "2024-03-19", annex="lägesbild")
    agreement = Register(decider, STEPS, "2024-01-01")
    statuses = [agreement.duty(f"bilaga.{one}", [FIRST, SECOND, annexed], "2024-03-20").status for one in ("v1", "v2")]
    assert statuses == ["fulfilled", "pending"]


def test_a_retracted_version_takes_its_chain_with_it(decider: Decider) -> None:
    gone = told("record_retracted", "2024-04-01", target="v1", reason="dubblett")
    assessment = Register(decider, STEPS, "2024-01-01").judged([FIRST, DECIDED, gone], "2024-06-01")
    assert assessment.duties == ()
    assert [(one.code, one.fact) for one in assessment.findings] == [("reference_retracted", "d")]


def test_a_meeting_corrected_to_another_agreement_is_judged_in_both(decider: Decider) -> None:
    held = meeting("2024-02-01", id="m")
    moved = corrected(held, "2024-02-10", agreement="annat")
    other = instrument("annat", {"krav": QUARTERLY}, on("2024-01-01"), None)
    agreement = Register(decider, {"krav": QUARTERLY}, "2024-01-01", None, other)
    counted = {
        known_at: [one.counted for one in agreement.judged([held, moved], "2024-03-01", known_at=known_at).duties
                   if one.period and one.period.label == "2024-Q1"]
        for known_at in ("2024-02-09", "2024-02-10")
    }  # fmt: skip
    assert counted == {"2024-02-09": [1, 0], "2024-02-10": [0, 1]}


@pytest.mark.parametrize(
    ("facts", "day", "status"),
    [
        pytest.param([], "2024-04-01", "overdue", id="nothing says otherwise"),
        pytest.param([("agreement_term", "2024-04-01")], "2024-04-01", "not_applicable", id="began the day after"),
        pytest.param([("agreement_term", "2024-03-31")], "2024-04-01", "overdue", id="began on the due date"),
        pytest.param([("agreement_terminated", "2024-03-30")], "2024-04-01", "not_applicable", id="ended before"),
        pytest.param([("agreement_terminated", "2024-03-31")], "2024-04-01", "overdue", id="ended on the due date"),
    ],
)
def test_an_umbrella_that_is_only_referred_to_is_presumed_in_force(
    facts: list[tuple[str, str]], day: str, status: str, decider: Decider
) -> None:
    umbrella = instrument("over", {}, on("2020-01-01"), None, level="superior", presumed=True)
    clause = QUARTERLY | {"given": [{"in_force": "superior"}]}
    agreement = Register(decider, {"krav": clause}, "2024-01-01", None, umbrella, under="over")
    said = [replace(told(kind, of_day, "2020-01-01"), agreement="over") for kind, of_day in facts]
    assert agreement.duty("krav.2024-Q1", said, day).status == status


def test_a_condition_is_judged_on_the_day_before_its_due_date_comes(decider: Decider) -> None:
    umbrella = instrument("over", {}, on("2020-01-01"), on("2024-02-15"), level="superior")
    clause = QUARTERLY | {"given": [{"in_force": "superior"}]}
    agreement = Register(decider, {"krav": clause}, "2024-01-01", None, umbrella, under="over")
    statuses = [agreement.duty("krav.2024-Q1", [], day).status for day in ("2024-02-15", "2024-02-16", "2024-04-01")]
    assert statuses == ["pending", "not_applicable", "not_applicable"]


SAME_AREA: Tree = {
    "norm": "shall",
    "when": {"each": {"measure_started": {}}, "due": "event"},
    "what": {"document_revised": {"document": "orsaksanalys", "area": "same"}},
}


def test_an_analysis_of_another_area_is_none_and_one_of_this_may_be_older_than_the_last_measure(
    decider: Decider,
) -> None:
    facts = [
        told("document_revised", "2024-01-20", document="orsaksanalys", area="Klara", id="a"),
        told("measure_started", "2024-02-01", area="ungdomar", id="m1"),
        told("measure_started", "2024-03-01", area="Klara", id="m2"),
    ]
    agreement = Register(decider, {"analys": SAME_AREA}, "2024-01-01")
    assert agreement.duty("analys.m1", facts, "2024-06-01").status == "overdue"
    assert agreement.duty("analys.m2", facts, "2024-06-01").status == "fulfilled"


BY_THE_GROUP: Tree = {
    "norm": "valid_if",
    "when": {"each": {"document_revised": {"document": "lägesbild"}}, "due": "open"},
    "what": {"decision_made": {"concerns": "same"}},
}


@pytest.mark.parametrize(
    ("per", "status"),
    [
        pytest.param({}, "fulfilled", id="the umbrella's own documents need a decision, not the local ones"),
        pytest.param({"per": "local_agreement"}, "pending", id="local documents have no effect without a decision"),
    ],
)
def test_a_condition_of_validity_holds_on_its_own_level(per: Tree, status: str, decider: Decider) -> None:
    yearly = {"per": "local_agreement", "norm": "shall", "when": {"each": "year"}}
    demands = {"bild": yearly | {"what": {"document_revised": {"document": "lägesbild"}}}, "beslut": BY_THE_GROUP | per}
    umbrella = instrument("over", demands, on("2020-01-01"), None, level="superior")
    agreement = Register(decider, {}, "2020-01-01", None, umbrella, under="over")
    assert agreement.duty("over.bild.2024", [FIRST], "2024-04-01").status == status
