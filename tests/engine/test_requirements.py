"""Two texts that ask for the same act: which asks for most and why, and who governs, day by day."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument
from tests.oracle.tables import MEETINGS, Register, meeting, on, told

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Requirement, Verdict

DAY = "2024-06-01"


def asks(what: Tree = MEETINGS, norm: str = "shall", **more: Any) -> Tree:
    """A clause that asks for something each year, unless something else is said."""
    return {"norm": norm, "when": {"each": "year"}, "what": what} | more


def over(clause: Tree, name: str = "stad", start: str = "2020-01-01", end: str | None = None, **more: Any) -> Tree:
    """A superior agreement that asks this of every local agreement under it."""
    last = on(end) if end else None
    return instrument(name, {"krav": clause | {"per": "local_agreement"}}, on(start), last, level="superior", **more)


def both(decider: Decider, mine: Tree, theirs: Tree, **more: Any) -> Register:
    """A local agreement with one clause, under a superior one with one clause."""
    return Register(decider, {"moten": mine}, "2020-01-01", None, over(theirs), **{"under": "stad"} | more)


def required(register: Register, day: str = DAY, facts: Any = (), **readings: str) -> tuple[Requirement, ...]:
    return register.judged(list(facts), day, readings).requirements


QUARTERLY: Tree = {"when": {"each": "quarter"}}


@pytest.mark.parametrize(
    ("mine", "theirs", "strictest", "because"),
    [
        pytest.param(asks(at_least=2), asks(at_least=3), "stad", "times", id="more times a year"),
        pytest.param(asks(**QUARTERLY), asks(at_least=3), "lokalt", "times", id="four quarters against three a year"),
        pytest.param(asks(**QUARTERLY), asks(at_least=4), "lokalt", "spread", id="as many, one in each quarter"),
        pytest.param(
            asks(when={"each": "month", "except": ["july"]}), asks(at_least=12), "stad", "times",
            id="eleven months against twelve times",
        ),
        pytest.param(
            asks(when={"each": "month", "except": ["july"]}), asks(at_least=11), "lokalt", "spread",
            id="eleven months against eleven times",
        ),
        pytest.param(
            asks(when={"each": "month", "only": ["june", "december"]}), asks(at_least=2), "lokalt", "spread",
            id="two named months against twice a year",
        ),
        pytest.param(
            asks(when={"each": "year", "due": "06-30"}), asks(), "lokalt", "due", id="a day in June against December",
        ),
        pytest.param(
            asks(when={"each": "year", "due": "06-30"}), asks(when={"each": "year", "due": "06-29"}), "stad", "due",
            id="a day earlier",
        ),
        pytest.param(
            asks(when={"each": "year", "due": "30 days after end"}), asks(), "stad", "due", id="after the year's end",
        ),
        pytest.param(asks(when={"each": "2 years"}), asks(), "stad", "times", id="every other year against every"),
        pytest.param(asks(norm="should", at_least=9), asks(), "stad", "norm", id="a duty before a recommendation"),
        pytest.param(asks(), asks(), "lokalt", "equal", id="equal"),
    ],
)  # fmt: skip
def test_the_strictest_of_two_texts_and_why(
    mine: Tree, theirs: Tree, strictest: str, because: str, decider: Decider
) -> None:
    [found] = required(both(decider, mine, theirs))
    assert (found.requirement, found.because) == ("lokalt.moten", because)
    assert found.sources[0].instrument == strictest
    assert {one.instrument for one in found.sources} == {"lokalt", "stad"}


def test_a_recommendation_read_as_a_duty_is_weighed_as_one(decider: Decider) -> None:
    register = both(decider, asks(norm="should", at_least=9), asks())
    [found] = required(register, BOR="duty")
    assert (found.sources[0].instrument, found.because) == ("lokalt", "times")


def test_what_a_laxer_text_goes_further_in_is_told(decider: Decider) -> None:
    [found] = required(both(decider, asks(when={"each": "year", "due": "06-30"}), asks(at_least=3)))
    assert [(one.instrument, one.further) for one in found.sources] == [("stad", ()), ("lokalt", ("due",))]


def test_more_parts_are_stricter(decider: Decider) -> None:
    plan = {"document_revised": {"document": "handlingsplan"}}
    parts = [{"elements": "mål"}, {"elements": "tider"}]
    [found] = required(both(decider, asks(plan), asks(plan, including=parts)))
    assert (found.sources[0].instrument, found.because) == ("stad", "contents")
    consulted = {"consultation_held": {"subject": "läget"}}
    jointly = {"consultation_held": {"subject": "läget", "parties": "both"}}
    [found] = required(both(decider, asks(jointly), asks(consulted)))
    assert (found.sources[0].instrument, found.because) == ("lokalt", "contents")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(asks(), asks({"meeting_held": {"body": "youth_forum"}}), id="another body"),
        pytest.param(asks(), asks({"meeting_convened": {"body": "klara_group"}}), id="another kind"),
        pytest.param(
            asks({"evaluation_done": {"object": "forum"}}),
            asks({"evaluation_done": {"object": "forum", "site": "Torget"}}),
            id="a narrower act",
        ),
        pytest.param(asks(), asks(norm="shall_not"), id="forbidden"),
        pytest.param(asks(), {"norm": "shall", "when": "once", "what": MEETINGS}, id="once"),
        pytest.param(asks(), {"norm": "shall", "when": {"each": "year"}, "what": MEETINGS, "at_most": 4}, id="at most"),
        pytest.param(asks(per="party"), asks(), id="each party by itself"),
    ],
)
def test_another_act_is_no_doubled_requirement(mine: Tree, theirs: Tree, decider: Decider) -> None:
    register = both(decider, mine, theirs)
    assert required(register) == ()
    assert not [one for one in register.judged([], DAY).duties if "DUBBEL" in dict(one.readings)]


def test_one_of_several_bodies_is_the_same_body(decider: Decider) -> None:
    several = {"meeting_held": {"body": ["klara_group", "youth_forum"]}}
    [found] = required(both(decider, asks(), asks(several, at_least=2)))
    assert found.sources[0].instrument == "stad"


def test_two_texts_are_one_requirement_only_while_both_are_in_force(decider: Decider) -> None:
    theirs = over(asks(at_least=3), start="2023-03-01", end="2024-06-30")
    register = Register(decider, {"moten": asks()}, "2020-01-01", None, theirs, under="stad")
    days = ("2023-02-28", "2023-03-01", "2024-06-30", "2024-07-01")
    assert [len(required(register, day)) for day in days] == [0, 1, 1, 0]


def status(register: Register, key: str, day: str, **readings: str) -> tuple[str, str | None]:
    found = register.duty(key, [], day, readings)
    return found.status, found.reason


def test_each_is_judged_by_its_own_text(decider: Decider) -> None:
    register = both(decider, asks(at_least=1), asks(at_least=2))
    facts = [meeting("2023-05-01")]
    duties = {one.duty: one.status for one in register.judged(facts, "2024-01-01").duties}
    assert (duties["lokalt.moten.2023"], duties["lokalt.stad.krav.2023"]) == ("fulfilled", "overdue")


def test_one_text_governs_alone_if_so_read(decider: Decider) -> None:
    register = both(decider, asks(), asks())
    gone, due = ("not_applicable", "other_text_governs"), ("overdue", None)
    read = {
        choice: (
            status(register, "moten.2023", "2024-01-01", DUBBEL=choice),
            status(register, "stad.krav.2023", "2024-01-01", DUBBEL=choice),
        )
        for choice in ("both", "local", "superior")
    }
    assert read == {"both": (due, due), "local": (due, gone), "superior": (gone, due)}
    [found] = required(register, DUBBEL="superior")
    assert (found.sources[0].instrument, found.because) == ("stad", "governs")
    assert [one.governs for one in found.sources] == [True, False]


@pytest.mark.parametrize(
    ("end", "mine"),
    [
        pytest.param("2023-12-31", ("not_applicable", "other_text_governs"), id="in force on the year's last day"),
        pytest.param("2023-12-30", ("overdue", None), id="ended the day before"),
    ],
)
def test_who_governs_a_period_is_read_on_its_last_day(end: str, mine: tuple[str, str | None], decider: Decider) -> None:
    register = Register(decider, {"moten": asks()}, "2020-01-01", None, over(asks(), end=end), under="stad")
    assert status(register, "moten.2023", "2024-01-01", DUBBEL="superior") == mine
    assert status(register, "moten.2024", "2025-01-01", DUBBEL="superior") == ("overdue", None)


def test_a_text_that_is_ended_early_gives_the_other_its_duty_back(decider: Decider) -> None:
    ended = replace(told("agreement_terminated", "2023-06-01", ends_on="2023-08-31"), agreement="stad")
    register = both(decider, asks(), asks())

    def mine(known_at: str) -> Verdict:
        return register.duty("moten.2023", [ended], "2023-07-01", {"DUBBEL": "superior"}, known_at)

    assert [mine(day).status for day in ("2023-05-31", "2023-06-01")] == ["not_applicable", "pending"]


def test_a_version_of_a_clause_governs_only_its_own_days(decider: Decider) -> None:
    register = both(decider, asks(), asks(valid={"to": "2023-12-30"}))
    assert status(register, "moten.2023", "2024-01-01", DUBBEL="superior") == ("overdue", None)


SAID = {"choice": "local", "because": "parterna har sagt det"}


def test_the_agreements_own_choice_goes_before_that_of_the_text_over_it(decider: Decider) -> None:
    theirs = over(asks(), readings={"DUBBEL": {"choice": "superior", "because": "så är den skriven"}})
    silent = Register(decider, {"moten": asks()}, "2020-01-01", None, theirs, under="stad")
    chosen = Register(decider, {"moten": asks()}, "2020-01-01", None, theirs, under="stad", readings={"DUBBEL": SAID})
    clause = asks(readings=[{"DUBBEL": "local", "because": "så är den skriven"}])
    own = Register(decider, {"moten": clause}, "2020-01-01", None, theirs, under="stad")
    for register, mine, superior in ((silent, "not_applicable", "overdue"), (chosen, "overdue", "not_applicable"),
                                     (own, "overdue", "not_applicable")):  # fmt: skip
        assert status(register, "moten.2023", "2024-01-01")[0] == mine
        assert status(register, "stad.krav.2023", "2024-01-01")[0] == superior
    shown = dict(chosen.duty("stad.krav.2023", [], "2024-01-01").readings)
    assert shown["DUBBEL"] == "local"


def test_a_choice_says_nothing_of_what_only_one_text_asks_for(decider: Decider) -> None:
    plan = {"document_revised": {"document": "handlingsplan"}}
    register = both(decider, asks(), asks(plan))
    for choice in ("local", "superior"):
        assert status(register, "moten.2023", "2024-01-01", DUBBEL=choice) == ("overdue", None)
        assert status(register, "stad.krav.2023", "2024-01-01", DUBBEL=choice) == ("overdue", None)


def test_an_agreement_outside_the_umbrella_has_its_own_duties_only(decider: Decider) -> None:
    register = Register(decider, {"moten": asks()}, "2020-01-01", None, over(asks(at_least=9)))
    found = register.judged([], DAY, {"DUBBEL": "superior"})
    assert {one.instrument for one in found.duties if one.agreement == "lokalt"} == {"lokalt"}
    assert (found.requirements, status(register, "moten.2023", DAY, DUBBEL="superior")[0]) == ((), "overdue")


def test_an_amended_number_is_what_is_weighed(decider: Decider) -> None:
    change = told(
        "amendment_signed", "2024-02-01", form="skriftlig", signed_by=("staden", "polisen"),
        changes={"obligation": "moten", "at_least": "5", "from": "2024-03-01"},
    )  # fmt: skip
    register = both(decider, asks(), asks(at_least=3))
    found = [required(register, day, [change])[0].sources[0] for day in ("2024-02-29", "2024-03-01")]
    assert [(one.instrument, one.number) for one in found] == [("stad", 3), ("lokalt", 5)]


def test_a_statute_stands_beside_both_texts_and_yields_to_neither(decider: Decider) -> None:
    picture = {"document_revised": {"document": "lägesbild"}}
    clauses = {"kartlaggning": asks(picture, when={"each": "2 years", "from": "2023"}, per="municipality")}
    statute = instrument("lag", clauses, on("2023-07-01"), None, level="statute")
    own = {"bild": asks(picture)}
    # A municipality is made when rules are read from files; here it is written out.
    lies_in = {"municipality": "Exempelstad"}
    named = instrument("kommun-exempelstad", {}, on("2023-07-01"), None, level="municipality", **lies_in)
    register = Register(decider, own, "2020-01-01", None, statute, named, **lies_in)
    for choice in ("both", "local", "superior"):
        found = register.judged([], "2025-06-01", {"DUBBEL": choice})
        [one] = found.requirements
        assert [(source.agreement, source.instrument) for source in one.sources] == [
            ("lokalt", "lokalt"), ("kommun-exempelstad", "lag"),
        ]  # fmt: skip
        assert (one.because, [float(source.times_a_year) for source in one.sources]) == ("times", [1, 0.5])
        assert {duty.instrument for duty in found.duties if duty.status != "not_applicable"} == {"lokalt", "lag"}
