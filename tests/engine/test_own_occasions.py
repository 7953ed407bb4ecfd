"""An occasion that a file itself adds is planned, called to, moved, called off and held as a meeting is."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.oracle.drawing import Tree
from tests.oracle.own_words import ADDED, of_its_own
from tests.oracle.tables import Register, told

from avtalsvakt_engine.explaining.clause_words import when_words
from avtalsvakt_engine.explaining.explaining_time import time_lines
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.known_facts import known_facts

MEETING: Tree = {"meeting": {"body": "klara_group"}}
CLAUSES: Tree = {
    "kallelse": {"norm": "shall", "what": {"meeting_convened": {"meeting_date": "same"}},
                 "when": {"each": MEETING, "opens": "30 days before event", "due": "14 days before event"}},
    "underlag": {"norm": "shall", "what": {"notice_sent": {"concerns": "same"}},
                 "when": {"each": MEETING, "due": "7 days before event"}},
    "protokoll": {"norm": "shall", "what": {"notice_sent": {"concerns": "same"}},
                  "when": {"each": {"meeting_held": {"body": "klara_group"}}, "due": "3 days before next"}},
    "moten": {"norm": "shall", "what": {"meeting_held": {}}, "when": {"each": "quarter"}, "at_least": 2},
    "svar": {"norm": "shall", "what": {"evaluation_done": {}},
             "when": {"each": {"demand_sent": {}}, "due": "next", "next": MEETING}},
}  # fmt: skip
DAYS = ("2024-04-10", "2024-05-01", "2024-05-15", "2024-06-03")
A_DAY = st.sampled_from(DAYS)
MOVED = st.tuples(A_DAY, st.none() | A_DAY).map(
    lambda pair: {"planned_for": pair[0]} | ({"rescheduled_to": pair[1]} if pair[1] not in (None, pair[0]) else {})
)
RECORDS = st.one_of(
    st.tuples(st.just("meeting_scheduled"), A_DAY, st.just({})),
    st.tuples(st.just("meeting_held"), A_DAY, st.sampled_from([{}, {"separate": "ja"}])),
    st.tuples(st.just("meeting_convened"), A_DAY, A_DAY.map(lambda day: {"meeting_date": day})),
    st.tuples(st.just("meeting_cancelled"), A_DAY, MOVED),
    st.tuples(st.just("notice_sent"), A_DAY, st.sampled_from([{"concerns": "f0"}, {"concerns": "f1"}])),
    st.tuples(st.just("demand_sent"), A_DAY, st.just({})),
)

NOW = datetime(2024, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def registers(decider: Decider) -> tuple[Register, Register]:
    """The rules of meetings, and the same of hearings."""
    own = Register(decider, of_its_own(CLAUSES), "2024-01-01", facts=ADDED)
    return Register(decider, CLAUSES, "2024-01-01"), own


def facts(steps: list[tuple[str, str, dict[str, str]]]) -> list[Fact]:
    body = {"body": "klara_group"}
    found = [told(kind, day, "2024-01-10" if kind == "meeting_scheduled" else None, id=f"f{place}", **body, **said)
             for place, (kind, day, said) in enumerate(steps)]  # fmt: skip
    return [replace(one, arrival=place) for place, one in enumerate(found, 1)]


def of_hearings(known: list[Fact]) -> list[Fact]:
    return [
        replace(
            one, kind=next(iter(of_its_own({one.kind: 0}))), attributes=of_its_own(dict(one.attributes))
        )
        for one in known
    ]  # fmt: skip


@given(st.lists(RECORDS, max_size=7), st.sampled_from(("2024-04-30", "2024-05-08", "2024-06-30")))
@settings(max_examples=25, deadline=None)
def test_it_is_judged_as_a_meeting_is_whatever_is_recorded(
    registers: tuple[Register, Register], steps: list[tuple[str, str, dict[str, str]]], day: str
) -> None:
    known = facts(steps)
    meetings, hearings = registers
    said = [
        [(one.duty, one.status, one.due, one.opens, one.counted, one.facts, one.flags) for one in found.duties]
        for found in (meetings.judged(known, day), hearings.judged(of_hearings(known), day))
    ]
    assert said[0] == said[1]


PLAN = told("hearing_scheduled", "2024-05-01", "2024-01-10", body="klara_group", id="p")


@pytest.mark.parametrize(
    ("more", "due", "status"),
    [
        pytest.param([], "2024-04-24", "at_risk", id="planned"),
        pytest.param(
            [told("hearing_cancelled", "2024-04-12", body="klara_group", planned_for="2024-05-01",
                  rescheduled_to="2024-05-15", id="o")], "2024-05-08", "at_risk", id="moved"),
        pytest.param(
            [told("hearing_cancelled", "2024-04-12", body="klara_group", planned_for="2024-05-01", id="o")],
            None, "not_applicable", id="called off"),
        pytest.param([told("notice_sent", "2024-04-13", concerns="p", id="n")], "2024-04-24", "fulfilled", id="done"),
    ],
)  # fmt: skip
def test_a_duty_follows_the_occasion(
    registers: tuple[Register, Register], more: list[Fact], due: str | None, status: str
) -> None:
    known = [replace(one, arrival=place) for place, one in enumerate([PLAN, *more], 1)]
    duty = registers[1].duty("underlag.p", known, "2024-04-15")
    assert (duty.due, duty.status) == (date.fromisoformat(due) if due else None, status)
    own = registers[1].book().instruments["lokalt"]
    clause, by_id = own.clauses["underlag"], {one.id: one for one in known}
    lines = list(time_lines(duty, clause, names_of(own), by_id, {}, date(2024, 4, 15)))
    assert lines[0] == "inför varje »hearing« i platssamverkan Klara, senast 7 dagar före »hearing«"
    assert lines[1] == "utlöst av 2024-05-01 plan för hearing, platssamverkan Klara (p)"


def test_days_are_counted_from_where_a_moved_occasion_stands(registers: tuple[Register, Register]) -> None:
    moved = told("hearing_cancelled", "2024-04-12", body="klara_group", planned_for="2024-05-01",
                 rescheduled_to="2024-05-15", id="o")  # fmt: skip
    known = [replace(PLAN, arrival=1), replace(moved, arrival=2)]
    duty = registers[1].duty("underlag.p", known, "2024-04-15")
    own = registers[1].book().instruments["lokalt"]
    by_id = {one.id: one for one in known}
    lines = list(time_lines(duty, own.clauses["underlag"], names_of(own), by_id, {}, date(2024, 4, 15)))
    assert lines[2:] == [
        "enligt det som nu är känt är tillfället den 2024-05-15", "sista dag 2024-05-08: 7 dagar före 2024-05-15",
    ]  # fmt: skip


def test_it_is_said_in_words_that_suit_any_noun(registers: tuple[Register, Register]) -> None:
    own = registers[1].book().instruments["lokalt"]
    names = names_of(own)
    said = {kind: (names.kind(kind), names.kind_words(kind).does) for kind in own.facts}
    assert said == {
        "hearing_scheduled": ("plan för hearing", "planeras"),
        "hearing_convened": ("kallelse till hearing", "sänds ut"),
        "hearing_cancelled": ("hearing ställdes in", "ställs in"),
        "hearing_held": ("hearing hölls", "hålls"),
    }
    assert when_words(own.clauses["protokoll"], names).startswith("efter varje »hearing« i platssamverkan Klara")


def test_a_record_without_the_day_from_which_rules_count_is_told(decider: Decider) -> None:
    clauses: Tree = {
        "a": {"norm": "shall", "what": {"decision_made": {}},
              "when": {"each": {"order": {}}, "due": {"latest": ["3 days after event.ready", "event"]}}},
        "b": {"norm": "may", "who": "staden", "when": "once", "what": {"leaving": {}},
              "effect": {"ends": "event.last"}},
    }  # fmt: skip
    facts: Tree = {"order": {"ready": "day"}, "leaving": ["last"]}
    known = known_facts(Register(decider, clauses, "2024-01-01", facts=facts).book())

    def warned(kind: str, **said: str) -> list[tuple[str, str]]:
        line = {"agreement": "lokalt", "kind": kind, "date": "2024-02-01"} | said
        return [(one.what, one.where) for one in read_fact(line, known=known, now=NOW, where="rad").warnings]

    assert warned("order") == [("ready är inte angivet", "rad (ready)")]
    assert warned("order", ready="2024-03") == [("ready säger ingen dag", "rad (ready)")]
    assert warned("leaving") == [("last är inte angivet", "rad (last)")]
    assert warned("order", ready="2024-03-04") == warned("leaving", last="2024-03-04") == []
