"""Boundary dates of terms: before the end, extensions and their conditions, early ends, umbrellas."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument
from tests.oracle.tables import Register, on, told

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.rulebook import parse_rulebook

CONSULT: Tree = {
    "norm": "shall",
    "when": {"each": "term", "due": "6 months before end"},
    "what": {"consultation_held": {"subject": "förlängning", "parties": "both"}},
}
BOTH = ("staden", "polisen")


def consulted(day: str, parties: tuple[str, ...] = BOTH) -> Fact:
    return told("consultation_held", day, subject="förlängning", parties=parties)


def extension(day: str, **attributes: Any) -> Fact:
    return told("extension_agreed", day, **{"form": "skriftlig", "signed_by": BOTH} | attributes)


def extendable(decider: Decider, *given: Tree, umbrella: Tree | None = None) -> Register:
    """Two years at a time, on these conditions, perhaps under an umbrella."""
    power: Tree = {
        "norm": "may",
        "when": {"each": "term", "due": "end"},
        "what": {"extension_agreed": {}},
        "effect": {"extends": "2 years"},
    }
    clauses = {"samrad": CONSULT, "forlangning": power | ({"given": list(given)} if given else {})}
    if umbrella is None:
        return Register(decider, clauses, "2016-06-01", "2018-05-31")
    return Register(decider, clauses, "2016-06-01", "2018-05-31", umbrella, under=umbrella["instrument"])


@pytest.mark.parametrize(
    ("end", "reading", "due"),
    [
        pytest.param("2018-05-31", "clip", "2017-11-30", id="31 May is 30 November"),
        pytest.param("2018-05-31", "dayafter", "2017-12-01", id="1 June is 1 December"),
        pytest.param("2018-05-31", "days", "2017-11-30", id="182 days"),
        pytest.param("2024-08-31", "clip", "2024-02-29", id="31 August is 29 February in a leap year"),
        pytest.param("2023-08-31", "clip", "2023-02-28", id="31 August is 28 February"),
        pytest.param("2024-08-31", "dayafter", "2024-03-01", id="1 September is 1 March"),
        pytest.param("2024-02-29", "clip", "2023-08-29", id="29 February is 29 August"),
        pytest.param("2026-12-31", "clip", "2026-06-30", id="31 December is 30 June"),
        pytest.param("2026-12-31", "dayafter", "2026-07-01", id="1 January is 1 July"),
    ],
)
def test_six_months_before_the_end(end: str, reading: str, due: str, decider: Decider) -> None:
    agreement = Register(decider, {"samrad": CONSULT}, "2016-06-01", end)
    assert agreement.duty("samrad.term-1", [], "2016-07-01", {"SEXMAN": reading}).due == on(due)


@pytest.mark.parametrize(
    ("fact", "day", "status"),
    [
        pytest.param(consulted("2017-11-30"), "2017-11-30", "fulfilled", id="on the due date"),
        pytest.param(consulted("2017-12-01"), "2017-11-30", "at_risk", id="not yet, on the due date"),
        pytest.param(consulted("2017-12-01"), "2017-12-01", "fulfilled_late", id="the day after"),
        pytest.param(consulted("2018-05-31"), "2018-06-01", "fulfilled_late", id="on the last day of the term"),
        pytest.param(consulted("2018-06-01"), "2018-06-01", "overdue", id="after the term"),
        pytest.param(consulted("2016-05-31"), "2018-06-01", "overdue", id="before the term"),
        pytest.param(consulted("2017-11-01", ("polisen",)), "2017-12-01", "overdue", id="one party only"),
        pytest.param(
            told("consultation_held", "2017-11-01", subject="förlängning"), "2017-12-01", "pending", id="who?"
        ),
    ],
)
def test_a_consultation_before_the_end(fact: Fact, day: str, status: str, decider: Decider) -> None:
    agreement = Register(decider, {"samrad": CONSULT}, "2016-06-01", "2018-05-31")
    assert agreement.duty("samrad.term-1", [fact], day).status == status


@pytest.mark.parametrize(
    ("decided", "status"), [("2017-11-30", "not_applicable"), ("2017-12-01", "overdue")], ids=["in time", "too late"]
)
def test_a_decision_not_to_extend_releases_while_the_duty_is_open(decided: str, status: str, decider: Decider) -> None:
    released = CONSULT | {"unless": {"decision_made": {"subject": "ingen förlängning"}}}
    agreement = Register(decider, {"samrad": released}, "2016-06-01", "2018-05-31")
    fact = told("decision_made", decided, subject="ingen förlängning")
    assert agreement.duty("samrad.term-1", [fact], "2018-01-01").status == status


@pytest.mark.parametrize(
    ("reading", "end"), [("same", "2023-05-19"), ("minus1", "2023-05-18")], ids=["same day", "the day before"]
)
def test_four_years_at_a_time(reading: str, end: str, decider: Decider) -> None:
    power = {"norm": "may", "when": {"each": "term", "due": "end"}, "what": {"extension_agreed": {}},
             "effect": {"extends": "4 years"}, "readings": ["NYAR4"]}  # fmt: skip
    agreement = Register(decider, {"forlangning": power}, "2015-05-19", "2019-05-19")
    state = agreement.state([extension("2019-05-01")], "2019-05-20", {"NYAR4": reading})
    assert (state.state, state.end) == ("extended", on(end))


def test_a_term_of_whole_years_leaves_no_question_of_a_day(decider: Decider) -> None:
    power = {"norm": "may", "when": {"each": "term", "due": "end"}, "what": {"extension_agreed": {}},
             "effect": {"extends": "2 years"}}  # fmt: skip
    agreement = Register(decider, {"forlangning": power}, "2016-06-01", "2018-05-31")
    assert agreement.state([extension("2018-05-01")], "2018-06-01", {"NYAR4": "minus1"}).end == on("2020-05-31")


EXTENSIONS = [
    pytest.param({}, {}, "2020-05-31", id="of the clause's length"),
    pytest.param({"new_end": "2020-05-31"}, {}, "2020-05-31", id="to the day the clause gives"),
    pytest.param({"new_end": "2019-05-31"}, {}, "2019-05-31", id="shorter stands as an amendment"),
    pytest.param({"new_end": "2024-05-31"}, {}, "2024-05-31", id="longer stands as an amendment"),
    pytest.param({"new_end": "2019-05-31", "signed_by": ("polisen",)}, {}, None, id="shorter, signed by one"),
    pytest.param({"signed_by": ("polisen",)}, {}, None, id="signed by one"),
    pytest.param({"form": "muntlig"}, {}, None, id="oral"),
    pytest.param({"signed_by": ()}, {}, "2020-05-31", id="signatures not recorded"),
    pytest.param({"signed_by": ()}, {"BLANKFORM": "strict"}, None, id="signatures not recorded, read strictly"),
    pytest.param(
        {"new_end": "2019-05-31", "signed_by": ()}, {"FORLANG": "option"}, "2019-05-31", id="a shorter option"
    ),
    pytest.param({"day": "2018-05-31"}, {}, "2020-05-31", id="on the last day"),
    pytest.param({"day": "2018-06-01"}, {}, None, id="the day after the last"),
    pytest.param({"day": "2018-06-01"}, {"EFTERUT": "retro"}, "2020-05-31", id="the day after, read as retroactive"),
    pytest.param({"day": "2018-06-01", "signed_by": ("polisen",)}, {"EFTERUT": "retro"}, None, id="retroactive by one"),
    pytest.param({"day": "2018-05-01", "recorded": "2018-04-30"}, {}, None, id="only planned"),
]


@pytest.mark.parametrize(("attributes", "readings", "end"), EXTENSIONS)
def test_which_extensions_take_effect(
    attributes: dict[str, Any], readings: Mapping[str, str], end: str | None, decider: Decider
) -> None:
    said = dict(attributes)
    fact = extension(said.pop("day", "2018-05-01"), **said)
    state = extendable(decider).state([fact], "2018-06-01", readings)
    assert state.end == on(end or "2018-05-31")
    assert state.state == ("extended" if end else "lapsed")
    assert any("without_effect" in flag for flag in state.flags) is (end is None and "recorded" not in attributes)


@pytest.mark.parametrize(
    ("facts", "readings", "flag"),
    [
        pytest.param([consulted("2017-11-30")], {}, None, id="consulted in time"),
        pytest.param([consulted("2017-12-01")], {}, "extension_as_amendment", id="consulted too late"),
        pytest.param([consulted("2017-11-01", ("polisen",))], {}, "extension_as_amendment", id="one party consulted"),
        pytest.param([], {}, "extension_unproven", id="nothing recorded about it"),
        pytest.param([], {"BLANKFORM": "strict"}, "extension_as_amendment", id="nothing recorded, read strictly"),
    ],
)
def test_an_extension_that_hangs_on_a_consultation(
    facts: list[Fact], readings: Mapping[str, str], flag: str | None, decider: Decider
) -> None:
    state = extendable(decider, {"met": "samrad"}).state([*facts, extension("2018-05-01")], "2018-06-01", readings)
    assert (state.state, state.end) == ("extended", on("2020-05-31"))
    assert [one.split(":")[0] for one in state.flags] == ([flag] if flag else [])


def test_a_failed_condition_and_one_signature_is_no_amendment(decider: Decider) -> None:
    facts = [consulted("2017-12-01"), extension("2018-05-01", signed_by=("polisen",))]
    assert extendable(decider, {"met": "samrad"}).state(facts, "2018-06-01").state == "lapsed"


@pytest.mark.parametrize(
    ("umbrella_end", "reading", "extended"),
    [
        pytest.param("2018-05-31", "start", False, id="ended the day before the new term"),
        pytest.param("2018-06-01", "start", True, id="in force on its first day"),
        pytest.param("2018-05-01", "agreed", True, id="in force on the day it was agreed"),
        pytest.param("2018-04-30", "agreed", False, id="ended the day before it was agreed"),
        pytest.param("2020-05-30", "whole", False, id="ends the day before the new term does"),
        pytest.param("2020-05-31", "whole", True, id="in force throughout"),
    ],
)
def test_when_the_umbrella_must_be_in_force(umbrella_end: str, reading: str, extended: bool, decider: Decider) -> None:
    umbrella = instrument("over", {}, on("2015-05-19"), on(umbrella_end), level="superior")
    agreement = extendable(decider, {"in_force": "over"}, umbrella=umbrella)
    state = agreement.state([extension("2018-05-01")], "2018-06-01", {"EXTKOND": reading})
    assert (state.state == "extended") is extended
    if extended:
        assert ("superior_ends_within_extension" in state.flags) is (umbrella_end < "2020-05-31")


def test_each_term_has_its_own_consultation_and_the_earlier_verdict_stands(decider: Decider) -> None:
    agreement = extendable(decider)
    facts = [consulted("2017-11-30"), extension("2018-05-01")]
    assert agreement.duty("samrad.term-1", facts, "2019-11-30").status == "fulfilled"
    second = agreement.duty("samrad.term-2", facts, "2019-11-30")
    assert (second.status, second.due) == ("at_risk", on("2019-11-30"))
    assert agreement.duty("samrad.term-2", facts, "2019-12-01").status == "overdue"
    assert agreement.duty("samrad.term-2", facts, "2018-05-15").status == "pending"


@pytest.mark.parametrize(
    ("done", "ended", "status", "due"),
    [
        pytest.param(None, "2017-11-29", "not_applicable", None, id="open when it ended"),
        pytest.param("2017-10-01", "2017-11-29", "fulfilled", "2017-11-30", id="done before it ended"),
        pytest.param(None, "2017-11-30", "overdue", "2017-11-30", id="ended on the due date"),
        pytest.param(None, "2018-01-31", "overdue", "2017-11-30", id="missed before it ended"),
    ],
)
def test_an_early_end_takes_away_what_was_open(
    done: str | None, ended: str, status: str, due: str | None, decider: Decider
) -> None:
    facts = [told("agreement_terminated", ended)] + ([consulted(done)] if done else [])
    found = extendable(decider).duty("samrad.term-1", facts, "2018-03-01")
    assert (found.status, found.due) == (status, on(due) if due else None)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2016-05-31", "not_started"),
        ("2016-06-01", "in_force"),
        ("2018-05-31", "in_force"),
        ("2018-06-01", "lapsed"),
    ],
)
def test_first_and_last_day_of_a_term(day: str, state: str, decider: Decider) -> None:
    assert extendable(decider).state([], day).state == state


@pytest.mark.parametrize(
    ("day", "state"), [("2017-06-30", "in_force"), ("2017-07-01", "terminated")], ids=["last day", "day after"]
)
def test_an_agreement_given_notice_is_in_force_to_its_last_day(day: str, state: str, decider: Decider) -> None:
    assert extendable(decider).state([told("agreement_terminated", "2017-06-30", "2017-01-15")], day).state == state


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [("2023-12-31", "in_force", "not_started"), ("2024-01-01", "superseded", "in_force")],
    ids=["the day before", "the first day"],
)
def test_a_successor_takes_over_on_its_first_day(day: str, first: str, second: str, decider: Decider) -> None:
    old = instrument("over-1", {}, on("2020-01-01"), None, level="superior")
    new = instrument("over-2", {}, on("2024-01-01"), None, level="superior", replaces="over-1")
    agreement = Register(decider, {"samrad": CONSULT}, "2022-01-01", None, old, new, under="over-1")
    states = {one.agreement: (one.state, one.umbrella) for one in agreement.judged([], day).instruments}
    assert (states["over-1"][0], states["over-2"][0]) == (first, second)
    assert states["lokalt"][1] == ("over-1" if second == "not_started" else "over-2")


REVISED: Tree = {"norm": "shall", "when": {"each": "year"}, "what": {"agreement_revised": {}}, "readings": ["KONDREV"]}


@pytest.mark.parametrize(
    ("reading", "day", "state", "end"),
    [
        pytest.param("revision", "2025-07-01", "in_force", None, id="only the revision hangs on the umbrella"),
        pytest.param("term", "2025-06-30", "in_force", "2025-06-30", id="the umbrella's last day"),
        pytest.param("term", "2025-07-01", "lapsed", "2025-06-30", id="the day after"),
    ],
)
def test_an_agreement_may_be_read_to_end_with_the_last_umbrella(
    reading: str, day: str, state: str, end: str | None, decider: Decider
) -> None:
    first = instrument("over", {}, on("2020-01-01"), on("2024-05-31"), level="superior")
    second = instrument("over-2", {}, on("2024-06-01"), on("2025-06-30"), level="superior", replaces="over")
    agreement = Register(decider, {"revideras": REVISED}, "2021-01-01", None, first, second, under="over")
    found = agreement.state([], day, {"KONDREV": reading})
    assert (found.state, found.end) == (state, on(end) if end else None)


def test_a_gap_between_umbrellas_ends_an_agreement_that_hangs_on_them(decider: Decider) -> None:
    first = instrument("over", {}, on("2020-01-01"), on("2024-05-31"), level="superior")
    second = instrument("over-2", {}, on("2024-06-02"), None, level="superior", replaces="over")
    agreement = Register(decider, {"revideras": REVISED}, "2021-01-01", None, first, second, under="over")
    assert agreement.state([], "2024-07-01", {"KONDREV": "term"}).end == on("2024-05-31")


@pytest.mark.parametrize(
    ("recorded", "last"), [({}, None), ({"end": "2031-12-31"}, "2031-12-31"), ({"end": "2018-05-31"}, "2019-12-31")]
)
def test_a_reported_extension_lengthens_only_what_ends_before_it(
    recorded: dict[str, str], last: str | None, decider: Decider
) -> None:
    extended = [{"to": "2019-12-31"}]
    tree = instrument("prov", {"samrad": CONSULT}, date(2016, 6, 1), date(2018, 5, 31), extended=extended)
    book = parse_rulebook({"prov.yaml": json.dumps(tree)})
    term = Fact("t1", "agreement_term", "prov", date(2016, 6, 1), "2016-06-01T08:00:00+02:00", 1, "day", recorded, None)
    [state] = assess(book, [term], date(2017, 1, 1), None, decider, agreements=["prov"]).instruments
    assert state.end == (date.fromisoformat(last) if last else None)
