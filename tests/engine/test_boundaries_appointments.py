"""Boundary dates of what hangs on a meeting that is planned, moved, called off and held, and on the next one."""

import itertools
from typing import Any

import pytest
from msgspec.structs import replace
from tests.oracle.drawing import Tree
from tests.oracle.strategies import rulebook_of
from tests.oracle.tables import Register, corrected, on, told

from avtalsvakt_engine.explaining.explaining_time import time_lines
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict

COUNCIL: Tree = {"meeting": {"body": "chiefs_council"}}
NOTICE: Tree = {
    "norm": "shall",
    "when": {"each": COUNCIL, "opens": "30 days before event", "due": "14 days before event"},
    "what": {"meeting_convened": {"body": "chiefs_council", "meeting_date": "same"}},
}
FREE: Tree = NOTICE | {"when": {"each": COUNCIL, "due": "14 days before event"}}
MINUTES: Tree = {
    "norm": "shall",
    "when": {"each": {"meeting_held": {"body": "chiefs_council"}}, "due": "7 days before next"},
    "what": {"minutes_distributed": {"meeting": "same"}},
}
CLAUSES: Tree = {"kallelse": NOTICE, "fri": FREE, "anteckningar": MINUTES}


def planned(day: str, name: str = "p", **more: Any) -> Fact:
    return told("meeting_scheduled", day, "2024-01-10", body="chiefs_council", id=name, **more)


def called(day: str, meeting: str | None, name: str = "k") -> Fact:
    named = {"meeting_date": meeting} if meeting else {}
    return told("meeting_convened", day, body="chiefs_council", id=name, **named)


def off(day: str, was: str, to: str | None = None, name: str = "i") -> Fact:
    new = {"rescheduled_to": to} if to else {}
    return told("meeting_cancelled", day, body="chiefs_council", planned_for=was, id=name, **new)


def held(day: str, name: str = "h", **more: Any) -> Fact:
    return told("meeting_held", day, body="chiefs_council", id=name, **more)


def in_order(*facts: Fact) -> list[Fact]:
    """The facts, arriving as they stand."""
    return [replace(fact, arrival=place) for place, fact in enumerate(facts, 1)]


def duties(decider: Decider, name: str, facts: list[Fact], day: str, **readings: str) -> list[Verdict]:
    found = Register(decider, CLAUSES, "2024-01-01").judged(facts, day, readings).duties
    return [one for one in found if one.obligation == name]


@pytest.mark.parametrize(
    ("sent", "day", "status"),
    [
        pytest.param(None, "2024-03-31", "pending", id="planned a year ahead, not open yet"),
        pytest.param(None, "2024-04-01", "at_risk", id="the window opens thirty days before"),
        pytest.param(None, "2024-04-17", "at_risk", id="the last day"),
        pytest.param(None, "2024-04-18", "overdue", id="the day after, while the meeting is only planned"),
        pytest.param("2024-03-31", "2024-04-18", "overdue", id="sent the day before the window"),
        pytest.param("2024-04-01", "2024-04-18", "fulfilled", id="sent on its first day"),
        pytest.param("2024-04-17", "2024-04-17", "fulfilled", id="sent on its last day"),
        pytest.param("2024-04-18", "2024-04-18", "fulfilled_late", id="sent the day after"),
        pytest.param("2024-05-01", "2024-05-01", "fulfilled_late", id="sent on the day of the meeting"),
        pytest.param("2024-05-02", "2024-05-02", "overdue", id="sent when the meeting was over"),
    ],
)
def test_notice_of_a_planned_meeting(sent: str | None, day: str, status: str, decider: Decider) -> None:
    facts = in_order(planned("2024-05-01"), *([called(sent, "2024-05-01")] if sent else []))
    [duty] = duties(decider, "kallelse", facts, day)
    assert (duty.duty, duty.status, duty.due) == ("lokalt.kallelse.p", status, on("2024-04-17"))


@pytest.mark.parametrize(
    ("day", "due", "status"),
    [
        pytest.param("2024-04-16", "2024-04-17", "at_risk", id="before the move"),
        pytest.param("2024-04-17", "2024-05-01", "pending", id="from the day it is moved"),
        pytest.param("2024-05-01", "2024-05-01", "at_risk", id="the last day for the new day"),
        pytest.param("2024-05-02", "2024-05-01", "overdue", id="the day after"),
    ],
)
def test_a_moved_meeting_keeps_its_key(day: str, due: str, status: str, decider: Decider) -> None:
    facts = in_order(planned("2024-05-01"), off("2024-04-17", "2024-05-01", "2024-05-15"))
    [duty] = duties(decider, "fri", facts, day, RISK30="30 days")
    shown = "at_risk" if duty.status == "at_risk" else duty.status
    assert (duty.duty, duty.due) == ("lokalt.fri.p", on(due))
    assert shown == ("at_risk" if status == "pending" else status), "within thirty days it is near"


@pytest.mark.parametrize(
    "notice",
    [called("2024-04-16", "2024-05-01"), called("2024-04-16", "2024-05-15")],
    ids=["the day it was planned for", "the day it was moved to"],
)
def test_notice_may_name_any_day_the_meeting_has_stood_on(notice: Fact, decider: Decider) -> None:
    move = off("2024-04-10", "2024-05-01", "2024-05-15")
    for facts in itertools.permutations((planned("2024-05-01"), notice, move)):
        if facts[0].id != "p":
            continue
        found = duties(decider, "fri", in_order(*facts, held("2024-05-15")), "2024-06-01")
        assert [(one.duty, one.status) for one in found] == [("lokalt.fri.p", "fulfilled")]


def test_a_meeting_called_off_asks_for_nothing_until_it_is_planned_anew(decider: Decider) -> None:
    gone = (planned("2024-05-01"), off("2024-04-10", "2024-05-01"))
    [before] = duties(decider, "fri", in_order(*gone), "2024-04-09")
    assert (before.status, before.due, before.until) == ("at_risk", on("2024-04-17"), on("2024-04-09"))
    [after] = duties(decider, "fri", in_order(*gone), "2024-05-01")
    assert (after.status, after.reason, after.due) == ("not_applicable", "occasion_called_off", None)
    again = planned("2024-05-01", "p2")
    [on_again] = duties(decider, "fri", in_order(*gone, again), "2024-05-01")
    assert (on_again.duty, on_again.status) == ("lokalt.fri.p", "overdue")


def keys(decider: Decider, facts: list[Fact], **readings: str) -> list[tuple[str, str]]:
    found = duties(decider, "fri", facts, "2024-12-01", **readings)
    return [(one.duty.removeprefix("lokalt.fri."), one.due.isoformat() if one.due else "") for one in found]


def test_which_records_are_about_one_meeting(decider: Decider) -> None:
    plan, move = planned("2024-05-01"), off("2024-04-10", "2024-05-01", "2024-05-15")
    one_on_the_new_day = [("p", "2024-05-01")]
    assert keys(decider, in_order(plan, move, held("2024-05-15"))) == one_on_the_new_day
    assert keys(decider, in_order(plan, move, held("2024-05-01"))) == [("p", "2024-04-17")], "held where first planned"
    assert keys(decider, in_order(plan, held("2024-05-02"))) == [("p", "2024-04-17"), ("h", "2024-04-18")]
    assert keys(decider, in_order(move, plan)) == [("i", "2024-05-01")], "the move was written down first"
    late = off("2024-04-11", "2024-05-01", "2024-05-20", "i2")
    assert keys(decider, in_order(plan, move, late)) == [("p", "2024-05-06")], "moved again, from the first day"
    second = planned("2024-05-01", "p2")
    assert keys(decider, in_order(plan, move, second)) == [("p2", "2024-04-17"), ("p", "2024-05-01")], "a day left"
    both = in_order(plan, move, held("2024-05-15"), held("2024-05-01", "h2"))
    assert keys(decider, both) == [("h2", "2024-04-17"), ("p", "2024-05-01")], "a meeting is held once"
    called_off_later = in_order(plan, held("2024-05-01"), off("2024-05-02", "2024-05-01"))
    assert keys(decider, called_off_later) == [("p", "2024-04-17")], "what was held is not undone"
    apart = in_order(plan, held("2024-05-01"), held("2024-05-01", "h2", separate="ja"))
    assert keys(decider, apart) == [("p", "2024-04-17"), ("h2", "2024-04-17")]
    twice = in_order(plan, held("2024-05-01"), held("2024-05-01", "h2"))
    assert keys(decider, twice) == [("p", "2024-04-17")]
    assert keys(decider, twice, DUBBLETT="each") == [("p", "2024-04-17"), ("h2", "2024-04-17")]


def test_a_call_off_without_a_site_is_about_every_site(decider: Decider) -> None:
    sites = [planned("2024-05-01", name, site=name) for name in ("torget", "parken")]
    assert keys(decider, in_order(*sites, off("2024-04-10", "2024-05-01"))) == [("torget", ""), ("parken", "")]
    square = replace(off("2024-04-10", "2024-05-01"), attributes={
        "body": "chiefs_council", "planned_for": "2024-05-01", "site": "torget",
    })  # fmt: skip
    assert keys(decider, in_order(*sites, square)) == [("torget", ""), ("parken", "2024-04-17")]


def test_a_plan_without_a_day_is_no_meeting_yet(decider: Decider) -> None:
    assert keys(decider, [told("meeting_scheduled", "2024-05", "2024-01-10", body="chiefs_council")]) == []


def test_a_corrected_date_moves_the_meeting_and_not_its_key(decider: Decider) -> None:
    plan, notice = planned("2024-05-01"), called("2024-04-16", "2024-05-01")
    moved = corrected(plan, "2024-04-20", date="2024-05-15")
    assert keys(decider, [*in_order(plan, notice), moved]) == [("p", "2024-05-01")], "the notice is still about it"
    was_held = held("2024-05-01")
    other_day = corrected(was_held, "2024-05-20", date="2024-05-02")
    assert keys(decider, [*in_order(plan, was_held), other_day]) == [("p", "2024-04-18")]


def test_notice_that_names_no_meeting_is_asked_about(decider: Decider) -> None:
    [duty] = duties(decider, "fri", in_order(planned("2024-05-01"), called("2024-04-10", None)), "2024-04-18")
    assert (duty.status, duty.flags) == ("pending", ("asks_attribute",))


def test_a_late_notice_of_what_was_called_off_does_not_put_it_back(decider: Decider) -> None:
    gone = (planned("2024-05-01"), off("2024-04-20", "2024-05-01"))
    assert keys(decider, in_order(*gone, called("2024-04-16", "2024-05-01"))) == [("p", "")]
    assert keys(decider, in_order(*gone, called("2024-04-21", "2024-05-01"))) == [("p", "2024-04-17")]


@pytest.mark.parametrize(
    ("coming", "day", "due", "status"),
    [
        pytest.param([], "2024-12-01", None, "pending", id="no next meeting is known"),
        pytest.param([planned("2024-05-01")], "2024-03-10", "2024-04-24", "pending", id="planned"),
        pytest.param([planned("2024-05-01")], "2024-04-25", "2024-04-24", "overdue", id="the day after"),
        pytest.param([held("2024-05-01", "h2")], "2024-04-30", None, "pending", id="held, the day before"),
        pytest.param([held("2024-05-01", "h2")], "2024-05-01", "2024-04-24", "overdue", id="held, unplanned"),
        pytest.param(
            [planned("2024-05-01"), off("2024-04-20", "2024-05-01", "2024-05-15")],
            "2024-04-25", "2024-05-08", "at_risk", id="moved",
        ),
        pytest.param(
            [planned("2024-05-01"), off("2024-04-20", "2024-05-01")], "2024-04-25", None, "pending", id="called off",
        ),
        pytest.param(
            [planned("2024-05-01"), planned("2024-06-01", "p2"), off("2024-04-20", "2024-05-01")],
            "2024-04-25", "2024-05-25", "at_risk", id="called off, and another planned",
        ),
        pytest.param(
            [told("meeting_scheduled", "2024-05-01", body="klara_group")], "2024-12-01", None, "pending",
            id="another body's",
        ),
    ],
)  # fmt: skip
def test_minutes_before_the_next_meeting(
    coming: list[Fact], day: str, due: str | None, status: str, decider: Decider
) -> None:
    found = duties(decider, "anteckningar", in_order(held("2024-03-01"), *coming), day)
    [duty] = [one for one in found if one.trigger == "h"]
    assert (duty.due and duty.due.isoformat(), duty.status) == (due, status)


def test_next_of_what_cannot_be_planned_is_the_one_after(decider: Decider) -> None:
    clause = {
        "norm": "shall",
        "when": {"each": {"report_delivered": {"subject": "lägesbild"}}, "due": "1 day before next"},
        "what": {"need_assessed": {"what": "revidering"}},
    }
    reports = [told("report_delivered", day, subject="lägesbild", id=day) for day in ("2024-02-01", "2024-03-01")]
    agreement = Register(decider, {"bedom": clause}, "2024-01-01")
    assert agreement.duty("bedom.2024-02-01", reports, "2024-02-29").due is None
    assert agreement.duty("bedom.2024-02-01", reports, "2024-03-01").due == on("2024-02-29")


def test_an_inspection_is_planned_and_held(decider: Decider) -> None:
    clause = {
        "norm": "shall", "when": {"each": {"inspection": {}}, "due": "10 days before event"},
        "what": {"dates_proposed": {}},
    }  # fmt: skip
    agreement = Register(decider, {"datum": clause}, "2024-01-01")
    plan = told("inspection_planned", "2024-05-11", "2024-02-01", id="t")
    assert agreement.duty("datum.t", [plan], "2024-05-01").status == "at_risk"
    done = told("inspection_done", "2024-05-11", id="g")
    assert [one.duty for one in agreement.judged([plan, replace(done, arrival=1)], "2024-05-12").duties] == [
        "lokalt.datum.t"
    ]


def test_what_was_done_before_two_acts_of_one_day_serves_the_one_it_names_or_asks_which(decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": {"measure_started": {}}, "due": "event"},
              "what": {"document_revised": {"document": "orsaksanalys"}}}  # fmt: skip
    facts = [told("measure_started", "2024-03-01", id=name) for name in ("a", "b")]
    register = Register(decider, {"analys": clause}, "2024-01-01")
    unnamed = told("document_revised", "2024-03-01", document="orsaksanalys")
    found = register.judged([*facts, unnamed], "2024-04-01").duties
    assert [(one.status, one.flags) for one in found] == [("pending", ("asks_occasion",))] * 2
    named = told("document_revised", "2024-03-01", document="orsaksanalys", concerns="b")
    found = register.judged([*facts, named], "2024-04-01").duties
    assert [one.status for one in found] == ["overdue", "fulfilled"]


@pytest.mark.parametrize(
    ("move", "told_of_it"),
    [
        pytest.param(None, [], id="where it was planned"),
        pytest.param(
            off("2024-04-10", "2024-05-01", "2024-05-15"),
            ["enligt det som nu är känt är tillfället den 2024-05-15"], id="moved",
        ),
        pytest.param(
            off("2024-04-10", "2024-05-01"), ["enligt det som nu är känt är tillfället inställt utan ny dag"], id="off"
        ),
    ],
)  # fmt: skip
def test_an_explanation_says_where_the_meeting_now_stands(
    move: Fact | None, told_of_it: list[str], decider: Decider
) -> None:
    facts = in_order(planned("2024-05-01"), *([move] if move else []))
    [duty] = duties(decider, "fri", facts, "2024-04-12")
    book, _ = rulebook_of(Register(decider, CLAUSES, "2024-01-01").own)
    own = book.instruments["lokalt"]
    by_id = {fact.id: fact for fact in facts}
    lines = list(time_lines(duty, own.clauses["fri"], names_of(own), by_id, {}, on("2024-04-12")))
    assert lines[0] == "inför varje möte i Chefsamrådet, senast 14 dagar före mötet"
    assert [line for line in lines if "tillfället" in line] == told_of_it
