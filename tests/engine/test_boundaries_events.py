"""Boundary dates of what hangs on events: working days, days after, steps before an act, chains, rosters, turns."""

from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, on, told

from avtalsvakt_engine.explaining.explaining_time import working_day_lines
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.language.instrument import Clause

LETTER = "rekommenderat brev"
PRESUMED: Tree = {
    "mottaget": {
        "norm": "deemed",
        "when": {"each": {"notice_sent": {"channel": LETTER}}, "due": "3 working days after event"},
        "what": {"notice_received": {"notice": "same"}},
    },
    "svar": {
        "norm": "shall",
        "when": {"each": {"notice_received": {}}, "due": "14 days after event"},
        "what": {"rectification_done": {}},
    },
}


@pytest.mark.parametrize(
    ("sent", "postal", "strict"),
    [
        pytest.param("2024-06-19", "2024-06-25", "2024-06-24", id="over midsummer"),
        pytest.param("2024-12-20", "2024-12-30", "2024-12-24", id="over Christmas"),
        pytest.param("2024-12-27", "2025-01-03", "2024-12-31", id="over New Year"),
        pytest.param("2024-03-27", "2024-04-03", "2024-04-02", id="over Easter"),
        pytest.param("2025-01-03", "2025-01-09", "2025-01-08", id="over Epiphany"),
        pytest.param("2024-06-05", "2024-06-11", "2024-06-10", id="over the national day"),
        pytest.param("2024-05-08", "2024-05-14", "2024-05-13", id="over Ascension Day"),
        pytest.param("2024-10-31", "2024-11-05", "2024-11-05", id="over All Saints' Day"),
        pytest.param("2024-06-01", "2024-06-05", "2024-06-05", id="sent on a Saturday"),
        pytest.param("2024-09-02", "2024-09-05", "2024-09-05", id="a plain week"),
        pytest.param("2024-09-05", "2024-09-10", "2024-09-09", id="over a Saturday"),
    ],
)
def test_the_third_working_day(sent: str, postal: str, strict: str, decider: Decider) -> None:
    agreement = Register(decider, PRESUMED, "2024-01-01")
    letter = told("notice_sent", sent, channel=LETTER, id="brev")
    for reading, received in (("B_postal", postal), ("A_strict", strict)):
        duty = agreement.duty("svar.presumerad.mottaget.brev", [letter], "2025-06-01", {"VARDAG": reading})
        assert duty.opens == on(received)
        assert duty.due is not None and (duty.due - on(received)).days == 14, "and 14 days after, wherever that falls"


@pytest.mark.parametrize(
    ("sent", "third", "strict"),
    [
        pytest.param("2024-06-19", "2024-06-24", "2024-06-22", id="no midsummer"),
        pytest.param("2024-06-05", "2024-06-10", "2024-06-08", id="no Swedish national day"),
        pytest.param("2024-05-15", "2024-05-22", "2024-05-21", id="over Constitution Day and Whit Monday"),
        pytest.param("2024-03-27", "2024-04-04", "2024-04-03", id="over Maundy Thursday and Easter"),
        pytest.param("2024-12-23", "2024-12-30", "2024-12-28", id="Christmas Eve is a working day"),
        pytest.param("2025-01-03", "2025-01-08", "2025-01-07", id="no Epiphany"),
    ],
)
def test_the_third_working_day_in_norway(sent: str, third: str, strict: str, decider: Decider) -> None:
    clause: Tree = {"norm": "shall", "when": {"each": {"notice_sent": {}}, "due": "3 working days after event"},
                    "what": {"rectification_done": {}}}  # fmt: skip
    agreement = Register(decider, {"svar": clause}, "2024-01-01", calendar="NO")
    for reading, due in (("B_postal", third), ("A_strict", strict)):
        found = agreement.duty("svar.brev", [told("notice_sent", sent, id="brev")], "2025-06-01", {"VARDAG": reading})
        assert found.due == on(due)


def test_a_last_day_on_a_norwegian_holiday_goes_to_the_next_working_day(decider: Decider) -> None:
    clause: Tree = {"norm": "shall", "when": {"each": {"notice_sent": {}}, "due": "1 day after event"},
                    "what": {"rectification_done": {}}, "readings": ["14D"]}  # fmt: skip
    for calendar, due in (({"calendar": "NO"}, "2024-05-21"), ({}, "2024-05-17")):
        agreement = Register(decider, {"svar": clause}, "2024-01-01", **calendar)
        found = agreement.duty(
            "svar.brev", [told("notice_sent", "2024-05-16", id="brev")], "2024-06-01", {"14D": "roll"}
        )
        assert found.due == on(due)


@pytest.mark.parametrize(
    ("received", "reading", "opens"),
    [
        pytest.param("2024-09-04", "earlier", "2024-09-04", id="the day before"),
        pytest.param("2024-09-05", "earlier", "2024-09-05", id="the presumed day"),
        pytest.param("2024-09-06", "earlier", "2024-09-05", id="the day after"),
        pytest.param("2024-09-04", "fixed", "2024-09-05", id="the day before, read as fixed"),
        pytest.param("2024-09-06", "fixed", "2024-09-05", id="the day after, read as fixed"),
    ],
)
def test_a_letter_is_received_once(received: str, reading: str, opens: str, decider: Decider) -> None:
    agreement = Register(decider, PRESUMED, "2024-01-01")
    letter = told("notice_sent", "2024-09-02", channel=LETTER, id="brev")
    receipt = told("notice_received", received, notice="brev")
    duties = agreement.judged([letter, receipt], "2024-09-10", {"SENAST3": reading}).duties
    assert [one.opens for one in duties] == [on(opens)]


def test_a_letter_that_is_only_planned_is_not_received(decider: Decider) -> None:
    letter = told("notice_sent", "2024-09-02", "2024-09-01", channel=LETTER, id="brev")
    assert Register(decider, PRESUMED, "2024-01-01").judged([letter], "2024-10-10").duties == ()


@pytest.mark.parametrize(
    ("done", "day", "status"),
    [
        pytest.param(None, "2024-03-15", "at_risk", id="open on the fourteenth day"),
        pytest.param(None, "2024-03-16", "overdue", id="overdue the day after"),
        pytest.param("2024-03-15", "2024-03-15", "fulfilled", id="done on the fourteenth day"),
        pytest.param("2024-03-16", "2024-03-16", "fulfilled_late", id="done the day after"),
        pytest.param("2024-03-01", "2024-03-01", "fulfilled", id="done the same day"),
        pytest.param("2024-02-29", "2024-03-16", "overdue", id="done before the demand"),
    ],
)
def test_fourteen_days_after_a_demand(done: str | None, day: str, status: str, decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": {"demand_sent": {}}, "due": "14 days after event"},
              "what": {"rectification_done": {}}}  # fmt: skip
    facts = [told("demand_sent", "2024-03-01", id="a")] + ([told("rectification_done", done)] if done else [])
    assert Register(decider, {"rattelse": clause}, "2024-01-01").duty("rattelse.a", facts, day).status == status


@pytest.mark.parametrize(
    ("analysed", "status"),
    [
        pytest.param("2024-03-01", "fulfilled", id="on the day of the act"),
        pytest.param("2024-02-29", "fulfilled", id="the day before"),
        pytest.param("2024-03-02", "overdue", id="the day after"),
        pytest.param("2024-02-01", "overdue", id="before the previous act"),
        pytest.param(None, "overdue", id="never"),
    ],
)
def test_what_must_precede_an_act(analysed: str | None, status: str, decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": {"measure_started": {}}, "due": "event"},
              "what": {"document_revised": {"document": "orsaksanalys"}}}  # fmt: skip
    facts = [told("measure_started", "2024-02-01", id="forra"), told("measure_started", "2024-03-01", id="denna")]
    facts += [told("document_revised", analysed, document="orsaksanalys")] if analysed else []
    assert (
        Register(decider, {"analys": clause}, "2024-01-01").duty("analys.denna", facts, "2024-03-02").status == status
    )


def test_without_the_act_there_is_no_duty(decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": {"measure_started": {}}, "due": "event"},
              "what": {"document_revised": {"document": "orsaksanalys"}}}  # fmt: skip
    assert Register(decider, {"analys": clause}, "2024-01-01").judged([], "2024-03-02").duties == ()


def chaired(day: str, chair: str | None, **more: Any) -> Fact:
    said = {"body": "chiefs_council"} | ({"chair": chair} if chair else {}) | more
    return told("meeting_held", day, **said)


@pytest.mark.parametrize(
    ("chairs", "reading", "statuses"),
    [
        (["a", "b", "a"], "each", ["fulfilled", "fulfilled", "fulfilled"]),
        (["a", "a", "b"], "each", ["fulfilled", "overdue", "fulfilled"]),
        (["a", "a", "b", "b"], "second", ["fulfilled", "fulfilled", "fulfilled", "fulfilled"]),
        (["a", "b"], "second", ["fulfilled", "overdue"]),
        (["a", None, "a"], "each", ["fulfilled", "pending", "pending"]),
        ([None, "a", "b"], "each", ["pending", "pending", "fulfilled"]),
    ],
    ids=["in turn", "twice", "two and two", "not two and two", "unknown once", "first unknown"],
)
def test_taking_turns(chairs: list[str | None], reading: str, statuses: list[str], decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": {"meeting_held": {"body": "chiefs_council"}}, "due": "open"},
              "what": {"itself": {"chair": "alternating"}}}  # fmt: skip
    facts = [chaired(f"2024-0{place}-10", chair, id=f"m{place}") for place, chair in enumerate(chairs, 1)]
    duties = Register(decider, {"tur": clause}, "2024-01-01").judged(facts, "2024-12-01", {"ALT": reading}).duties
    assert [one.status for one in duties] == statuses
    assert all(one.due is None for one in duties)


def test_a_cancelled_meeting_is_no_turn(decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": {"meeting_held": {"body": "chiefs_council"}}, "due": "open"},
              "what": {"itself": {"chair": "alternating"}}}  # fmt: skip
    facts = [
        chaired("2024-01-10", "a", id="m1"),
        told("meeting_cancelled", "2024-02-01", body="chiefs_council", planned_for="2024-02-10", chair="b"),
        chaired("2024-03-10", "a", id="m3"),
    ]
    assert Register(decider, {"tur": clause}, "2024-01-01").duty("tur.m3", facts, "2024-12-01").status == "overdue"


ROSTER: Tree = {
    "norm": "shall", "when": "always", "what": {"role_assigned": {"body": "chiefs_council"}},
    "including": [{"role": "stadsdelsdirektör"}, {"role": "kommunpolis"}],
}  # fmt: skip


def role(name: str, day: str, to: str | None = None) -> Fact:
    return told("role_assigned", day, body="chiefs_council", role=name, **({"to": to} if to else {}), id=name)


@pytest.mark.parametrize(
    ("facts", "day", "status", "counted"),
    [
        pytest.param([], "2024-06-01", "pending", 0, id="nothing recorded"),
        pytest.param([role("kommunpolis", "2024-02-01")], "2024-06-01", "overdue", 1, id="one missing"),
        pytest.param(
            [role("kommunpolis", "2024-02-01"), role("stadsdelsdirektör", "2024-03-01", "2024-05-31")],
            "2024-05-31", "fulfilled", 2, id="both, on the last day of one",
        ),
        pytest.param(
            [role("kommunpolis", "2024-02-01"), role("stadsdelsdirektör", "2024-03-01", "2024-05-31")],
            "2024-06-01", "overdue", 1, id="the day after",
        ),
        pytest.param(
            [role("kommunpolis", "2024-02-01"), role("stadsdelsdirektör", "2024-03-01")],
            "2024-02-29", "overdue", 1, id="the day before the second begins",
        ),
        pytest.param([role("kommunpolis", "2024-02-01", "2024-03-01")], "2024-03-02", "overdue", 0, id="all have left"),
    ],
)  # fmt: skip
def test_a_roster(facts: list[Fact], day: str, status: str, counted: int, decider: Decider) -> None:
    found = Register(decider, {"led": ROSTER}, "2024-01-01").duty("led", facts, day)
    assert (found.status, found.counted, found.required, found.due) == (status, counted, 2, None)


CHAIN: Tree = {
    "beslut": {
        "norm": "shall",
        "when": {"each": {"document_revised": {"document": "lägesbild"}}, "due": "open"},
        "what": {"decision_made": {"concerns": "same"}},
    },
    "skriftligt": {
        "norm": ["shall", "valid_if"],
        "when": {"follows": "beslut", "due": "open"},
        "what": {"decision_documented": {"decision": "same"}},
    },
    "bilaga": {
        "norm": "shall",
        "when": {"follows": "beslut", "due": "open"},
        "what": {"annex_attached": {"annex": "lägesbild", "version": "same"}},
    },
}
VERSION = told("document_revised", "2024-03-01", document="lägesbild", id="v")
DECIDED = told("decision_made", "2024-03-10", concerns="v", id="d")
WRITTEN = told("decision_documented", "2024-04-01", decision="d", id="s")
ATTACHED = told("annex_attached", "2024-03-05", annex="lägesbild", id="b")


@pytest.mark.parametrize(
    ("facts", "day", "statuses"),
    [
        pytest.param([], "2024-03-01", [], id="no version, no chain"),
        pytest.param([VERSION], "2024-03-01", ["pending", "pending", "pending"], id="all steps open with the first"),
        pytest.param([VERSION, DECIDED], "2024-03-31", ["pending", "pending", "pending"], id="not valid until written"),
        pytest.param([VERSION, DECIDED, WRITTEN], "2024-03-31", ["pending", "pending", "pending"], id="the day before"),
        pytest.param([VERSION, DECIDED, WRITTEN], "2024-04-01", ["fulfilled", "fulfilled", "pending"], id="on the day"),
        pytest.param([VERSION, ATTACHED], "2024-04-01", ["pending", "pending", "fulfilled"], id="wrong order, in time"),
    ],
)
def test_a_chain_of_steps(facts: list[Fact], day: str, statuses: list[str], decider: Decider) -> None:
    duties = Register(decider, CHAIN, "2024-01-01").judged(facts, day).duties
    assert [one.status for one in duties] == statuses
    assert all(one.due is None for one in duties), "an undated step is never overdue by itself"


def test_whose_holidays_decide_is_told() -> None:
    when = {"each": {"notice_sent": {}}, "due": "3 working days after event"}
    clause = Clause.model_validate({"at": {"section": "1"}, "norm": "shall", "when": when, "what": {"survey_sent": {}}})
    assert list(working_day_lines(clause, "NO")) == ["vardagar räknas efter de allmänna helgdagarna i NO"]
    assert list(working_day_lines(clause, None)) == []
