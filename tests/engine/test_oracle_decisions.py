"""The rule engine against plain functions written without sight of its rows, on every combination of words."""

import pytest
from tests.oracle.decisions import ANSWERS, ground_against

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.inference.table import concluded
from avtalsvakt_engine.rulesets import QUESTIONS, Question


def test_there_is_an_independent_answer_to_every_question() -> None:
    assert set(ANSWERS) == set(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda one: one.name)
def test_the_rules_the_table_and_the_oracle_agree_on_the_whole_alphabet(question: Question, decider: Decider) -> None:
    answer = ANSWERS[question.name]
    differences = []
    for words in question.alphabet():
        concluded_now = decider.decide(question.name, words)
        assert concluded()[question.name, words] == concluded_now, "make conclusions"
        said = concluded_now.value
        expected = answer(**dict(zip(question.dimensions, words, strict=True)))
        if said != expected:
            differences.append(f"{' '.join(words)}: engine {said}, oracle {expected}")
    assert not differences, "\n".join(differences[:40]) + f"\n{len(differences)} in all"


def test_the_ground_that_comes_first_is_the_one_that_is_named(decider: Decider) -> None:
    question = QUESTIONS["applicability"]
    named: dict[object, set[str]] = {}
    for words in question.alphabet():
        case = dict(zip(question.dimensions, words, strict=True))
        ground = ground_against(**case) or f"applies, {case['cover']}"
        named.setdefault(ground, set()).add(decider.decide("applicability", words).fired[-1])
    assert all(len(rules) == 1 for rules in named.values()), named
    grounds_against = [rule for ground, [rule] in named.items() if not str(ground).startswith("applies")]
    assert len(set(grounds_against)) == len(grounds_against) == 10, named
