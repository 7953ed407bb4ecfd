"""Boundary dates of rights that end an agreement: the window, the conditions, the form, the last day that is left."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument
from tests.oracle.tables import MEETINGS, Register, corrected, on, told
from tests.oracle.verdicts import states_of, world_of

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

BOTH = ("staden", "polisen")


def right(ends: str = "3 months after event", **more: Any) -> Tree:
    return {"norm": "may", "when": "once", "what": {"withdrawal_requested": {}}, "effect": {"ends": ends}} | more


def notice(day: str, recorded: str | None = None, **more: Any) -> Fact:
    return told("withdrawal_requested", day, recorded, **{"id": f"u-{day}"} | more)


def lease(decider: Decider, *, end: str | None = None, ends: str = "3 months after event", **more: Any) -> Register:
    moten: Tree = {"norm": "shall", "when": {"each": "month"}, "what": MEETINGS}
    return Register(decider, {"moten": moten, "uppsagning": right(ends, **more)}, "2022-01-01", end)


def state(agreement: Register, facts: list[Fact], day: str) -> tuple[str, str | None]:
    """State and last day; the engine and the oracle must say the same."""
    found = agreement.state(facts, day)
    other = states_of(world_of(agreement.book(), facts, on(day), None))["lokalt"]
    assert (found.state, found.start, found.end) == other
    return found.state, found.end.isoformat() if found.end else None


@pytest.mark.parametrize(
    ("day", "told_of"),
    [
        pytest.param("2024-02-28", ("in_force", None), id="the day before the notice"),
        pytest.param("2024-02-29", ("in_force", "2024-05-29"), id="on the day of the notice"),
        pytest.param("2024-05-29", ("in_force", "2024-05-29"), id="on the last day"),
        pytest.param("2024-05-30", ("terminated", "2024-05-29"), id="the day after"),
    ],
)
def test_an_open_term_ends_so_long_after_the_notice(day: str, told_of: tuple[str, str], decider: Decider) -> None:
    assert state(lease(decider), [notice("2024-02-29")], day) == told_of


@pytest.mark.parametrize(
    ("ends", "given", "last"),
    [
        pytest.param("3 months after event", "2023-11-30", "2024-02-29", id="30 November is 29 February"),
        pytest.param("3 months after event", "2022-11-30", "2023-02-28", id="and 28 February in another year"),
        pytest.param("1 month after event", "2024-01-31", "2024-02-29", id="31 January is 29 February"),
        pytest.param("6 months after event", "2023-08-31", "2024-02-29", id="31 August is 29 February"),
        pytest.param("event", "2024-03-01", "2024-03-01", id="at once"),
        pytest.param("30 days after event", "2024-02-01", "2024-03-02", id="days over a leap day"),
        pytest.param("3 working days after event", "2024-06-19", "2024-06-25", id="working days over midsummer"),
        pytest.param("2024-12-31", "2024-03-01", "2024-12-31", id="on a day that the text fixes"),
        pytest.param("3 years after start", "2024-03-01", "2025-01-01", id="counted from the start"),
        pytest.param("1 year after event", "2024-02-29", "2025-02-28", id="a year after a leap day"),
    ],
)
def test_the_last_day_that_is_left(ends: str, given: str, last: str, decider: Decider) -> None:
    assert state(lease(decider, ends=ends), [notice(given)], last) == ("in_force", last)


@pytest.mark.parametrize(
    ("given", "told_of"),
    [
        pytest.param("2024-02-28", ("terminated", "2024-05-28"), id="that leaves less than the term"),
        pytest.param("2024-03-29", ("lapsed", "2024-06-29"), id="that leaves just the term"),
        pytest.param("2024-03-30", ("lapsed", "2024-06-29"), id="that would leave a day more"),
    ],
)
def test_a_later_end_than_the_terms_own_changes_nothing(given: str, told_of: tuple[str, str], decider: Decider) -> None:
    agreement = lease(decider, end="2024-06-29")
    assert state(agreement, [notice(given)], "2024-06-30") == told_of
    flags = agreement.state([notice(given)], "2024-06-30").flags
    assert flags == (f"right_{'ends_it' if told_of[0] == 'terminated' else 'changes_nothing'}:u-{given}",)


@pytest.mark.parametrize(
    ("agreed", "told_of"),
    [
        pytest.param("2023-12-31", ("terminated", "2024-04-01"), id="extended before the notice"),
        pytest.param("2024-01-01", ("terminated", "2024-04-01"), id="extended on the same day"),
        pytest.param("2024-01-02", ("extended", "2026-02-28"), id="extended after the notice"),
    ],
)
def test_what_the_parties_agree_on_after_a_notice_goes_before_it(
    agreed: str, told_of: tuple[str, str], decider: Decider
) -> None:
    longer = told("extension_agreed", agreed, new_end="2026-02-28", signed_by=BOTH)
    assert state(lease(decider, end="2024-02-29"), [notice("2024-01-01"), longer], "2024-05-01") == told_of


@pytest.mark.parametrize(
    ("given", "recorded", "ended"),
    [
        pytest.param("2024-08-30", None, True, id="on the last day of the window"),
        pytest.param("2024-08-31", None, False, id="the day after"),
        pytest.param("2024-08-30", "2024-08-01", False, id="only planned"),
        pytest.param("2021-12-31", None, False, id="before the agreement"),
    ],
)
def test_only_in_its_window(given: str, recorded: str | None, ended: bool, decider: Decider) -> None:
    agreement = lease(decider, end="2024-11-30", ends="30 days after event",
                      when={"each": "term", "due": "3 months before end"})  # fmt: skip
    facts = [notice(given, recorded)]
    assert state(agreement, facts, "2024-10-15")[0] == ("terminated" if ended else "in_force")
    assert agreement.duty("uppsagning.term-1", facts, "2024-10-15").status == (
        "fulfilled" if ended else "not_applicable"
    )


def test_a_right_used_too_late_is_lost_and_the_act_is_shown(decider: Decider) -> None:
    agreement = lease(decider, end="2024-11-30", when={"each": "term", "due": "3 months before end"})
    found = agreement.duty("uppsagning.term-1", [notice("2024-09-01")], "2024-09-01")
    assert (found.status, found.facts) == ("not_applicable", ())
    assert [(one.fact, one.reason) for one in found.not_counted] == [("u-2024-09-01", "too_late")]


RECTIFY: Tree = {"norm": "shall", "when": {"each": {"demand_sent": {}}, "due": "14 days after event"},
                 "what": {"rectification_done": {}}}  # fmt: skip
LEAVE: Tree = {"when": {"each": {"demand_sent": {}}, "due": "open"}, "given": {"missed": "rattelse"}}


@pytest.mark.parametrize(
    ("given", "mended", "ended"),
    [
        pytest.param("2024-03-15", None, False, id="on the last day to mend it"),
        pytest.param("2024-03-16", None, True, id="the day after"),
        pytest.param("2024-03-20", "2024-03-15", False, id="mended in time"),
        pytest.param("2024-03-20", "2024-03-16", True, id="mended too late"),
        pytest.param("2024-03-20", "2024-04-01", True, id="mended after the notice"),
    ],
)
def test_a_right_used_before_it_arose_has_no_effect(
    given: str, mended: str | None, ended: bool, decider: Decider
) -> None:
    clauses = {"rattelse": RECTIFY, "uttrade": right("event", **LEAVE)}
    facts = [told("demand_sent", "2024-03-01", id="k"), notice(given)]
    facts += [told("rectification_done", mended)] if mended else []
    found = state(Register(decider, clauses, "2022-01-01"), facts, "2024-06-01")
    assert found == (("terminated", given) if ended else ("in_force", None))


@pytest.mark.parametrize(
    ("umbrella_end", "ended"), [("2024-02-29", False), ("2024-03-01", True), ("2024-03-02", True)],
    ids=["ended the day before", "ends on the day", "ends the day after"],
)  # fmt: skip
def test_conditions_are_those_of_the_day_on_which_it_was_used(umbrella_end: str, ended: bool, decider: Decider) -> None:
    over = instrument("over", {}, on("2020-01-01"), on(umbrella_end), level="superior")
    clauses = {"uppsagning": right(given={"in_force": "superior"})}
    agreement = Register(decider, clauses, "2022-01-01", None, over, under="over")
    assert state(agreement, [notice("2024-03-01")], "2024-12-01")[0] == ("terminated" if ended else "in_force")


@pytest.mark.parametrize(
    ("confirmed", "told_of"),
    [
        pytest.param(None, ("in_force", None), id="never confirmed"),
        pytest.param("2024-03-01", ("terminated", "2024-06-01"), id="confirmed the same day"),
        pytest.param("2024-03-20", ("terminated", "2024-06-20"), id="it counts from the day it was confirmed"),
    ],
)
def test_a_notice_counts_from_the_form_that_it_needs(
    confirmed: str | None, told_of: tuple[str, str], decider: Decider
) -> None:
    form: Tree = {"norm": "valid_if", "when": {"each": {"withdrawal_requested": {}}, "due": "open"},
                  "what": {"notice_sent": {"concerns": "same"}}}  # fmt: skip
    agreement = Register(decider, {"uppsagning": right(), "form": form}, "2022-01-01")
    facts = [notice("2024-03-01", id="u")]
    facts += [told("notice_sent", confirmed, concerns="u")] if confirmed else []
    assert state(agreement, facts, "2024-07-01") == told_of


@pytest.mark.parametrize(
    ("what", "last"),
    [
        pytest.param({"notice_sent": {}}, "2024-12-02", id="from the day it was sent"),
        pytest.param({"notice_received": {}}, "2024-12-05", id="from the day it is held to be received"),
    ],
)
def test_notice_is_sent_or_received_as_the_pattern_says(what: Tree, last: str, decider: Decider) -> None:
    presumed: Tree = {"norm": "deemed", "when": {"each": {"notice_sent": {}}, "due": "3 working days after event"},
                      "what": {"notice_received": {"notice": "same"}}}  # fmt: skip
    agreement = Register(decider, {"mottaget": presumed, "uppsagning": right(what=what)}, "2022-01-01")
    sent = told("notice_sent", "2024-09-02", id="brev")
    assert state(agreement, [sent], "2024-09-05") == ("in_force", last)
    before = state(agreement, [sent], "2024-09-04")
    assert before == (("in_force", last) if "notice_sent" in what else ("in_force", None))


def test_what_the_act_names_can_be_counted_from(decider: Decider) -> None:
    agreement = lease(decider, ends="1 month after event.handed_over", what={"notice_sent": {}})
    assert state(agreement, [told("notice_sent", "2024-03-01", handed_over="2024-03-31")], "2024-03-05")[1] == (
        "2024-04-30"
    )
    assert state(agreement, [told("notice_sent", "2024-03-01")], "2024-03-05")[1] is None, "a day nobody has told"


def test_a_notice_taken_back_or_redated_undoes_the_end(decider: Decider) -> None:
    agreement, given = lease(decider), notice("2024-03-01", id="u")
    back = Fact("r", "record_retracted", "lokalt", on("2024-03-10"), "2024-03-10", 900, "day", {"target": "u"})
    assert state(agreement, [given, back], "2024-07-01") == ("in_force", None)
    redated = corrected(given, "2024-03-10", date="2024-03-05")
    assert state(agreement, [given, redated], "2024-07-01") == ("terminated", "2024-06-05")
    known = agreement.judged([given, back], "2024-03-09", known_at="2024-03-09").instruments
    assert [one.end for one in known] == [on("2024-06-01")], "what was known then"


def test_duties_end_with_the_agreement_and_verdicts_last_until_the_next_notice(decider: Decider) -> None:
    agreement, facts = lease(decider), [notice("2024-03-01")]
    months = {one.period.label for one in agreement.judged(facts, "2024-03-01").duties if one.period}
    assert "2024-05" in months and "2024-07" not in months
    assert agreement.state(facts, "2024-02-10").until == on("2024-02-29")
    assert agreement.state(facts, "2024-03-01").until == on("2024-06-01")
    assert agreement.state(facts, "2024-06-02").until is None


def test_what_is_ended_is_ended_for_those_below(decider: Decider) -> None:
    demand: Tree = {"norm": "shall", "per": "local_agreement", "when": {"each": "month"}, "what": MEETINGS}
    over = instrument("over", {"moten": demand, "uppsagning": right()}, on("2020-01-01"), None, level="superior")
    agreement = Register(decider, {}, "2022-01-01", None, over, under="over")
    given = Fact("u", "withdrawal_requested", "over", on("2024-03-01"), "2024-03-01", 0, "day", {})
    judged = agreement.judged([given], "2024-06-02")
    assert {one.agreement: one.state for one in judged.instruments} == {"over": "terminated", "lokalt": "in_force"}
    assert agreement.state([given], "2024-06-02").flags == ("without_valid_superior",)
    assert {one.period.label for one in judged.duties if one.period and one.opens and one.opens > on("2024-06-01")} == (
        set()
    )


def test_the_first_of_two_notices_ends_it(decider: Decider) -> None:
    facts = [notice("2024-03-01"), notice("2024-03-20")]
    assert state(lease(decider), facts, "2024-07-01") == ("terminated", "2024-06-01")


def test_where_two_must_give_notice_the_second_ends_it(decider: Decider) -> None:
    facts = [notice("2024-03-01"), notice("2024-03-20")]
    assert state(lease(decider, at_least=2), facts[:1], "2024-07-01") == ("in_force", None)
    assert state(lease(decider, at_least=2), facts, "2024-07-01") == ("terminated", "2024-06-20")


def test_what_came_first_ended_it(decider: Decider) -> None:
    ended = told("agreement_terminated", "2024-02-15", ends_on="2024-05-15")
    assert state(lease(decider), [notice("2024-03-01"), ended], "2024-07-01") == ("terminated", "2024-05-15")
    replaced = instrument("nytt", {}, on("2024-05-01"), None, replaces="lokalt")
    agreement = Register(decider, {"uppsagning": right()}, "2022-01-01", None, replaced)
    assert state(agreement, [notice("2024-03-01")], "2024-07-01") == ("superseded", "2024-04-30")
    assert state(agreement, [notice("2024-01-10")], "2024-07-01") == ("terminated", "2024-04-10")
