"""Boundary dates of agreements that are renewed by themselves: notice, form, how often, what the parties agree on."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, on, told
from tests.oracle.verdicts import states_of, world_of

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider

BOTH = ("staden", "polisen")


def objection(renews: str = "1 year", due: str = "3 months before end", **more: Any) -> Tree:
    effect = {"renews": renews} | ({"times": more.pop("times")} if "times" in more else {})
    when = {"each": "term", "due": due} | more.pop("when", {})
    return {"norm": "may", "when": when, "what": {"withdrawal_requested": {}}, "effect": effect} | more


def lease(decider: Decider, *, end: str = "2024-12-31", others: Tree | None = None, **more: Any) -> Register:
    return Register(decider, {"upp": objection(**more), **(others or {})}, "2024-01-01", end)


def notice(day: str, **more: Any) -> Fact:
    return told("withdrawal_requested", day, **{"id": f"u-{day}"} | more)


def state(agreement: Register, facts: list[Fact], day: str) -> tuple[str, str | None]:
    """State and last day; the engine and the oracle must say the same."""
    found = agreement.state(facts, day)
    other = states_of(world_of(agreement.book(), facts, on(day), None))["lokalt"]
    assert (found.state, found.start, found.end) == other
    return found.state, found.end.isoformat() if found.end else None


def keys(agreement: Register, day: str) -> list[str]:
    return sorted(one.duty for one in agreement.judged([], day).duties)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2024-09-30", ("in_force", "2024-12-31"), id="the last day for notice"),
        pytest.param("2024-10-01", ("in_force", "2025-12-31"), id="the day after"),
        pytest.param("2025-01-01", ("extended", "2025-12-31"), id="the first day of the second term"),
        pytest.param("2025-10-01", ("extended", "2026-12-31"), id="renewed once more"),
        pytest.param("2034-01-01", ("extended", "2034-12-31"), id="and so on for ever"),
    ],
)
def test_it_is_renewed_the_day_after_the_last_one_for_notice(
    day: str, expected: tuple[str, str], decider: Decider
) -> None:
    assert state(lease(decider), [], day) == expected


@pytest.mark.parametrize(
    ("given", "last"),
    [
        pytest.param("2024-01-01", "2024-12-31", id="on the first day"),
        pytest.param("2024-09-30", "2024-12-31", id="on the last day for it"),
        pytest.param("2024-10-01", "2025-12-31", id="a day too late is in time for the next"),
        pytest.param("2025-09-30", "2025-12-31", id="on the last day of the second term"),
        pytest.param("2023-12-31", "2026-12-31", id="before the agreement"),
    ],
)
def test_who_gives_notice_in_time_ends_it_with_its_term(given: str, last: str, decider: Decider) -> None:
    assert state(lease(decider), [notice(given)], "2026-09-30")[1] == last


def test_a_window_that_the_text_opens_shuts_out_an_early_notice(decider: Decider) -> None:
    agreement = lease(decider, when={"opens": "5 months before end"})
    assert state(agreement, [notice("2024-07-30")], "2025-03-01")[1] == "2025-12-31"
    assert state(agreement, [notice("2024-07-31")], "2025-03-01")[1] == "2024-12-31"


@pytest.mark.parametrize(
    ("renews", "end", "lasts"),
    [
        pytest.param("3 months", "2024-02-29", ["2024-05-31", "2024-08-31", "2024-11-30"], id="whole months"),
        pytest.param("1 month", "2024-01-31", ["2024-02-29", "2024-03-31", "2024-04-30"], id="a month at a time"),
        pytest.param("1 year", "2024-02-29", ["2025-02-28", "2026-02-28", "2027-02-28"], id="over leap days"),
        pytest.param("2 years", "2024-06-14", ["2026-06-14", "2028-06-14", "2030-06-14"], id="not at a month's end"),
    ],
)
def test_a_term_that_follows_is_of_whole_months_from_its_first_day(
    renews: str, end: str, lasts: list[str], decider: Decider
) -> None:
    agreement, found = lease(decider, end=end, renews=renews, due="10 days before end"), end
    for last in lasts:
        assert state(agreement, [], found) == ("in_force" if found == end else "extended", last)
        found = last


def test_so_many_times_and_no_more(decider: Decider) -> None:
    agreement = lease(decider, times=2)
    assert state(agreement, [], "2026-06-01") == ("extended", "2026-12-31")
    assert state(agreement, [], "2027-01-01") == ("lapsed", "2026-12-31")
    assert keys(agreement, "2026-12-31") == ["lokalt.upp.term-1", "lokalt.upp.term-2"], "nobody need object to a third"


@pytest.mark.parametrize(
    ("channel", "last"),
    [
        pytest.param("rekommenderat brev", "2024-12-31", id="in its form"),
        pytest.param("bud", "2025-12-31", id="in another"),
    ],
)
def test_a_notice_that_lacks_its_form_hinders_nothing(channel: str, last: str, decider: Decider) -> None:
    valid: Tree = {
        "norm": "valid_if",
        "when": {"each": {"notice_sent": {}}, "due": "event"},
        "what": {"itself": {"channel": "rekommenderat brev"}},
    }
    agreement = lease(decider, others={"form": valid}, what={"notice_sent": {}})
    assert state(agreement, [told("notice_sent", "2024-05-01", channel=channel)], "2025-03-01")[1] == last


@pytest.mark.parametrize(
    ("by", "last"),
    [pytest.param("polisen", "2024-12-31", id="who may"), pytest.param("staden", "2025-12-31", id="the other party")],
)
def test_a_right_of_one_party_alone_is_not_used_by_the_other(by: str, last: str, decider: Decider) -> None:
    assert state(lease(decider, who="polisen"), [notice("2024-05-01", by=by)], "2025-03-01")[1] == last


@pytest.mark.parametrize(
    ("agreed", "until", "day", "last"),
    [
        pytest.param("2024-06-01", "2026-06-30", "2026-03-30", "2026-06-30", id="before the notice, a longer term"),
        pytest.param("2024-06-01", "2026-06-30", "2026-03-31", "2027-06-30", id="which is then renewed itself"),
        pytest.param("2024-09-30", "2026-06-30", "2025-01-01", "2026-06-30", id="on the last day for notice"),
        pytest.param("2024-10-01", "2026-06-30", "2025-01-01", "2026-06-30", id="after it was renewed"),
        pytest.param("2024-12-20", "2025-02-28", "2025-03-01", "2025-12-31", id="to less than it was renewed to"),
    ],
)
def test_what_the_parties_agree_on_is_renewed_in_its_turn(
    agreed: str, until: str, day: str, last: str, decider: Decider
) -> None:
    longer = told("extension_agreed", agreed, new_end=until, signed_by=BOTH)
    assert state(lease(decider), [longer], day)[1] == last


def test_after_a_notice_they_may_still_agree_on_more(decider: Decider) -> None:
    facts = [notice("2024-05-01"), told("extension_agreed", "2024-11-01", new_end="2025-12-31", signed_by=BOTH)]
    assert state(lease(decider), facts, "2025-09-30") == ("extended", "2025-12-31")
    assert state(lease(decider), facts, "2025-10-01") == ("extended", "2026-12-31")


def test_what_is_ended_early_is_not_renewed(decider: Decider) -> None:
    ended = told("agreement_terminated", "2024-11-01", ends_on="2024-11-30")
    assert state(lease(decider), [ended], "2026-01-01") == ("terminated", "2024-11-30")


def test_duties_of_the_next_term_are_there_once_it_is_renewed(decider: Decider) -> None:
    yearly: Tree = {"norm": "shall", "when": {"each": "year"}, "what": {"evaluation_done": {}}}
    agreement = lease(decider, others={"ar": yearly})
    first, second = ["lokalt.ar.2024", "lokalt.upp.term-1"], ["lokalt.ar.2025", "lokalt.upp.term-2"]
    assert keys(agreement, "2024-09-30") == first
    assert keys(agreement, "2024-10-01") == sorted([*first, *second])


def presumed(**more: Any) -> Tree:
    """The same renewal as a presumption beside the right to object."""
    clause: Tree = {"norm": "deemed", "when": {"each": "term", "due": "end"}, "what": {"extension_agreed": {}}}
    return clause | {"effect": {"extends": "1 year"}} | more


@pytest.mark.parametrize(
    "hangs",
    [
        pytest.param({"unless": {"met": "upp"}}, id="unless notice was given"),
        pytest.param({"given": {"missed": "upp"}}, id="given that none was"),
        pytest.param({"unless": {"missed": "upp"}}, id="as many write it"),
        pytest.param({"unless": [{"met": "upp"}], "effect": {"renews": "1 year"}}, id="in the words of the right"),
    ],
)
@pytest.mark.parametrize(
    ("given", "day", "expected"),
    [
        pytest.param([], "2024-09-30", ("in_force", "2024-12-31"), id="the last day for notice"),
        pytest.param([], "2024-10-01", ("in_force", "2025-12-31"), id="the day after"),
        pytest.param(["2024-09-30"], "2025-01-01", ("terminated", "2024-12-31"), id="notice in time"),
        pytest.param(["2024-10-01"], "2025-01-01", ("extended", "2025-12-31"), id="notice too late"),
    ],
)
def test_a_renewal_that_is_presumed_is_one_that_was_not_objected_to(
    hangs: Tree, given: list[str], day: str, expected: tuple[str, str], decider: Decider
) -> None:
    right = {key: value for key, value in objection().items() if key != "effect"}
    agreement = Register(decider, {"langre": presumed(**hangs), "upp": right}, "2024-01-01", "2024-12-31")
    found = state(agreement, [notice(one) for one in given], day)
    assert found == state(lease(decider), [notice(one) for one in given], day)
    assert found[1] == expected[1]


def test_a_presumed_renewal_comes_so_many_times(decider: Decider) -> None:
    clauses = {"langre": presumed(unless={"met": "upp"}, effect={"extends": "1 year", "times": 2})}
    right = {key: value for key, value in objection().items() if key != "effect"}
    agreement = Register(decider, clauses | {"upp": right}, "2024-01-01", "2024-12-31")
    assert state(agreement, [], "2027-01-01") == ("lapsed", "2026-12-31")
