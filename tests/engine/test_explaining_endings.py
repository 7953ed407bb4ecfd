"""What is said of a right that ends an agreement, and of an agreement that one has ended."""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, on, told

from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.clause_words import effect_words
from avtalsvakt_engine.explaining.explanations import Background, explain
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

RIGHT: Tree = {"norm": "may", "when": "once", "what": {"withdrawal_requested": {}},
               "effect": {"ends": "3 months after event"}}  # fmt: skip
NOTICE = told("withdrawal_requested", "2024-03-01", id="u1")


def said(decider: Decider, facts: list[Fact], day: str) -> dict[str, str]:
    """The explanation of the right, by heading."""
    book = Register(decider, {"uttrade": RIGHT}, "2022-01-01").book()
    world = World(book, lambda _: facts, decider, on(day))
    [verdict] = [one for *_, found, _until in judge_agreement(world, "lokalt") for one in found]
    timelines = {"lokalt": world.timelines.of("lokalt")}
    background = Background(book, on(day), [verdict], world.index("lokalt").by_id, timelines)
    return {part.heading: "\n".join(part.lines) for part in explain(verdict, background).parts}


def test_an_ended_agreement_names_the_clause_and_the_act_that_ended_it(decider: Decider) -> None:
    parts = said(decider, [NOTICE], "2024-06-02")
    assert "2022-01-01 – 2024-06-01" in parts["Avtal"]
    assert "skulle ha gällt tills vidare" in parts["Avtal"]
    assert "avslutat genom u1 med stöd av klausul uttrade" in parts["Avtal"]
    assert labels.flag("right_ends_it:u1") in parts["Avtal"]
    assert "En rätt att avsluta avtalet är utnyttjad i tid" in parts["Regler"]


def test_a_right_that_nobody_has_used_says_what_it_would_do(decider: Decider) -> None:
    parts = said(decider, [], "2024-06-02")
    assert "verkan: avtalet slutar 3 månader efter handlingens dag" in parts["Krav"]
    assert "avslutat genom" not in parts["Avtal"]


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ({"extends": "2 years"}, "avtalet förlängs med 2 år"),
        ({"extends": {"at_most": "4 years"}}, "avtalet förlängs med högst 4 år"),
        ({"ends": "event"}, "avtalet slutar handlingens dag, om det inte redan har slutat då"),
        ({"ends": "2024-12-31"}, "avtalet slutar 2024-12-31, om det inte redan har slutat då"),
    ],
)
def test_what_using_a_right_does(effect: Tree, words: str, decider: Decider) -> None:
    book = Register(decider, {"ratt": RIGHT | {"effect": effect}}, "2022-01-01").book()
    assert effect_words(book.instruments["lokalt"].clauses["ratt"], names_of()) == words
