"""Forms that are duties as well as conditions, and how long what makes an act valid is asked for."""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, told

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

OWN = {"decision_made": ["form"]}
ASKED: Tree = {"each": {"decision_made": {"subject": "ändring"}}, "due": "event"}
BOTH: Tree = {"norm": ["shall", "valid_if"], "when": ASKED}
DONE: Tree = {
    "norm": "shall",
    "when": {"each": "year"},
    "what": {"decision_made": {"subject": "ändring"}},
}


def decided(form: str | None, body: str = "chiefs_council") -> Fact:
    said = {"form": form} if form else {}
    return told("decision_made", "2024-03-01", id="b", subject="ändring", body=body, **said)


@pytest.mark.parametrize(
    ("form", "status", "counted"),
    [
        pytest.param("muntlig", "overdue", 0, id="oral: no effect, and the duty is broken"),
        pytest.param("skriftlig", "fulfilled", 1, id="in writing"),
        pytest.param(None, "pending", 1, id="not said: the act counts, and the form is asked for"),
        pytest.param("chatt", "pending", 0, id="in a word that is not understood"),
    ],
)
def test_a_form_that_is_both_is_judged_both_ways(form: str | None, status: str, counted: int, decider: Decider) -> None:
    clauses = {"form": BOTH | {"what": {"itself": {"form": "skriftlig"}}}, "gjort": DONE}
    agreement = Register(decider, clauses, "2024-01-01", facts=OWN)
    assert agreement.duty("form.b", [decided(form)], "2024-06-01").status == status
    assert agreement.duty("gjort.2024", [decided(form)], "2024-06-01").counted == counted


def test_of_two_forms_the_one_that_is_broken_does_not_hide_the_other(decider: Decider) -> None:
    clauses = {
        "form": BOTH | {"what": {"itself": {"form": "skriftlig"}}},
        "organ": BOTH | {"what": {"itself": {"body": "local_steering_group"}}},
    }
    agreement = Register(decider, clauses, "2024-01-01", facts=OWN)
    duties = agreement.judged([decided("muntlig")], "2024-06-01").duties
    assert [(one.obligation, one.status) for one in duties] == [("form", "overdue"), ("organ", "overdue")]


def test_a_decision_that_is_never_documented_has_a_duty_that_is_missed(decider: Decider) -> None:
    when = {"each": {"decision_made": {}}, "due": "14 days after event"}
    clauses = {"skrift": BOTH | {"when": when, "what": {"decision_documented": {"decision": "same"}}}, "gjort": DONE}
    agreement = Register(decider, clauses, "2024-01-01", facts=OWN)
    assert agreement.duty("skrift.b", [decided(None)], "2024-03-16").status == "overdue"
    assert agreement.duty("gjort.2024", [decided(None)], "2024-03-16").counted == 0


def test_another_duty_does_not_follow_from_what_has_no_effect(decider: Decider) -> None:
    clauses = {
        "form": BOTH | {"what": {"itself": {"form": "skriftlig"}}},
        "svar": {"norm": "shall", "when": ASKED | {"due": "5 days after event"}, "what": {"referral_answered": {}}},
    }
    duties = Register(decider, clauses, "2024-01-01", facts=OWN).judged([decided("muntlig")], "2024-06-01").duties
    assert [one.obligation for one in duties] == ["form"]
