"""What a clause requires under another choice of reading, wherever the choice is made; who carries a choice out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument, rulebook_of
from tests.oracle.tables import on, told

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.interpreting.alternative_readings import carried_out, left_out
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook, parse_rulebook

HELD, CALLED = {"meeting_held": {"body": "klara_group"}}, {"meeting_convened": {"body": "klara_group"}}
BECAUSE = "parterna läser den så"


def moten(*readings: object, **more: Any) -> Tree:
    """A clause that says what it requires if a notice is enough."""
    return {
        "norm": "shall", "when": {"each": "year"}, "what": HELD, "readings": list(readings) or ["KALLAS"],
        "instead": {"KALLAS": {"convened": {"what": CALLED, "at_least": 2}}},
    } | more  # fmt: skip


def book(clause: Tree, once: dict[str, str] | None = None, **more: Any) -> Rulebook:
    return rulebook_of(instrument("lokalt", {"moten": clause}, date(2023, 1, 1), None, **more),
                       overrides=once or {})[0]  # fmt: skip


def read(rulebook: Rulebook) -> Clause:
    return rulebook.instruments["lokalt"].clauses["moten"]


CHOSEN = {"KALLAS": {"choice": "convened", "because": BECAUSE}}


@pytest.mark.parametrize(
    ("rulebook", "held", "called"),
    [
        pytest.param(book(moten()), "fulfilled", "overdue", id="nobody chooses"),
        pytest.param(book(moten(), {"KALLAS": "convened"}), "overdue", "fulfilled", id="for this once"),
        pytest.param(book(moten(), readings=CHOSEN), "overdue", "fulfilled", id="the agreement"),
        pytest.param(book(moten({"KALLAS": "convened", "because": BECAUSE})), "overdue", "fulfilled", id="the clause"),
        pytest.param(
            book(moten({"KALLAS": "held", "because": BECAUSE}), readings=CHOSEN), "fulfilled", "overdue",
            id="the clause before the agreement",
        ),
        pytest.param(
            book(moten(), {"KALLAS": "held"}, readings=CHOSEN), "fulfilled", "overdue", id="once before the agreement",
        ),
    ],
)  # fmt: skip
def test_a_choice_changes_the_outcome_wherever_it_is_made(
    rulebook: Rulebook, held: str, called: str, decider: Decider
) -> None:
    def status(kind: str) -> str:
        facts = [told(kind, day, body="klara_group") for day in ("2023-03-01", "2023-09-01")]
        found = assess(rulebook, facts, on("2024-01-01"), None, decider).duties
        return next(one.status for one in found if one.duty == "lokalt.moten.2023")

    assert (status("meeting_held"), status("meeting_convened")) == (held, called)


def test_what_is_not_written_otherwise_stays() -> None:
    one = read(book(moten(remind="20 days", warn="10 days"), {"KALLAS": "convened"}))
    assert (one.at_least, one.remind, one.warn, one.norm) == (2, 20, 10, ("shall",))
    assert read(book(moten())).at_least == 1


def test_the_written_clause_is_kept_beside_the_one_that_is_read() -> None:
    rulebook = book(moten(), {"KALLAS": "convened"})
    assert rulebook.written["lokalt"].clauses["moten"].at_least == 1
    assert rulebook.digest != book(moten()).digest


def test_two_choices_may_write_one_clause() -> None:
    both = moten("KALLAS", "VEMBAR", instead={"KALLAS": {"convened": {"at_least": 3}},
                                              "VEMBAR": {"sdf": {"who": "staden", "norm": "should"}}})  # fmt: skip
    one = read(book(both, {"KALLAS": "convened", "VEMBAR": "sdf"}))
    assert (one.at_least, one.who, one.duty_norm, one.modality) == (3, "staden", "should", "recommendation")
    one = read(book(both, {"VEMBAR": "sdf"}))
    assert (one.at_least, one.who) == (1, "staden")


def test_what_a_clause_was_before_does_not_linger() -> None:
    """A model remembers what it has worked out; written otherwise it works it out anew."""
    both = moten("VEMBAR", "KALLAS", instead={"VEMBAR": {"sdf": {"who": "staden"}},
                                              "KALLAS": {"convened": {"norm": "may", "what": CALLED}}})  # fmt: skip
    plain = book(both)
    variant = plain.written["lokalt"].clauses["moten"].instead["VEMBAR"]["sdf"].clause
    assert (variant.duty_norm, variant.modality) == ("shall", "obligation")
    one = read(plain.with_readings({"VEMBAR": "sdf", "KALLAS": "convened"}))
    assert (one.duty_norm, one.modality, one.who) == ("may", "power", "staden")


@pytest.mark.parametrize("order", [("KALLAS", "VEMBAR"), ("VEMBAR", "KALLAS")])
def test_a_choice_that_leaves_nothing_to_compute_decides_alone(order: tuple[str, str], decider: Decider) -> None:
    instead = {"KALLAS": {"convened": {"what": CALLED}}, "VEMBAR": {"sdf": {"note": "prövas inte då"}}}
    rulebook = book(
        moten(*order, instead={code: instead[code] for code in order}), {"KALLAS": "convened", "VEMBAR": "sdf"}
    )
    one = read(rulebook)
    assert (one.computed, one.accounted, one.what, one.when, one.note) == (
        False, "not_checkable", (), None, "prövas inte då",
    )  # fmt: skip
    assert not assess(rulebook, [], on("2024-01-01"), None, decider).duties


def test_a_clause_that_is_explained_may_be_computed_under_another_choice() -> None:
    clause = {"norm": "shall", "note": "ett mål", "readings": ["KALLAS"],
              "instead": {"KALLAS": {"convened": {"when": {"each": "year"}, "what": CALLED}}}}  # fmt: skip
    assert (read(book(clause)).computed, read(book(clause, {"KALLAS": "convened"})).computed) == (False, True)
    assert read(book(clause, {"KALLAS": "convened"})).note is None


def test_who_carries_a_choice_out() -> None:
    rulebook = book(moten())
    assert carried_out(rulebook.written, "KALLAS") == {"held", "convened"}
    assert carried_out(book(moten(instead={})).written, "KALLAS") == {"held"}


def test_a_choice_is_refused_while_a_clause_that_hangs_on_it_says_nothing() -> None:
    silent = moten(instead={})
    tree = instrument("lokalt", {"moten": moten(), "andra": silent, "mal": {"norm": "states", "note": "x"}},
                      date(2023, 1, 1), None)  # fmt: skip
    rulebook, _ = rulebook_of(tree)
    assert left_out(rulebook.written["lokalt"], "KALLAS", "convened") == ["andra"]
    with pytest.raises(Rejected, match=r"lokalt\.andra säger inte vad som krävs vid det valet"):
        rulebook.with_readings({"KALLAS": "convened"})
    assert left_out(rulebook.written["lokalt"], "KALLAS", "held") == []


def test_a_choice_in_a_file_that_a_clause_leaves_out_is_refused_when_it_is_read() -> None:
    text = (Path(__file__).parents[1] / "service" / "example" / "lokal.yaml").read_text(encoding="utf-8")
    text = text.replace("under: stad\n", "").replace("readings: [DUBBEL]", "readings: [KALLAS]")
    chosen = text.replace(
        "HALVAR: {choice: calendar", "KALLAS: {choice: convened, because: x}\n  HALVAR: {choice: calendar"
    )
    assert list(parse_rulebook({"lokal.yaml": text}).written) == ["lokal"]
    with pytest.raises(Rejected, match="läsningen KALLAS kan inte väljas som convened"):
        parse_rulebook({"lokal.yaml": chosen})
