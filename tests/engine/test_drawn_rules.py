"""What random registers are made of can be read: a rule file that the checks refuse would end every test that draws."""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.registers import as_sensitive

CASES: Tree = {"per": "site", "sensitive": True}
QUESTION: Tree = {"per": "site", "attest": "stadsdelsdirektör"}


@pytest.mark.parametrize(
    ("clauses", "hidden"),
    [
        ([CASES, {"per": "site"}], [True, True]),
        ([CASES, {"per": "other"}], [True, False]),
        ([CASES, {"attest": "stadsdelsdirektör"}], [True, False]),
        ([CASES, QUESTION], [False, False]),
        ([{"per": "site"}, QUESTION, CASES], [False, False, False]),
        ([CASES, {**QUESTION, "per": "other"}], [True, False]),
    ],
)
def test_what_a_question_names_is_sensitive_in_no_clause(clauses: list[Tree], hidden: list[bool]) -> None:
    drawn = [dict(one) for one in clauses]
    as_sensitive(drawn)
    assert ["sensitive" in one for one in drawn] == hidden
