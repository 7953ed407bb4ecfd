"""Boundary dates of questions that a function answers: asked once for each period, never overdue by silence.

Source: docs/decisions/0009-attestations.md; semantics.md, What no program can decide.
"""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import Register, on, told

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider


def asks(**more: object) -> Tree:
    """A clause that asks a function once a year."""
    return {"tid": {"norm": "shall", "attest": "stadsdelsdirektör", "sv": "Tid avsätts."} | more}


def answer(day: str, statement: str = "ja", clause: str = "tid", **more: str) -> Fact:
    """An answer given on a day."""
    return told("attestation", day, clause=clause, **{"statement": statement, "by": "stadsdelsdirektör"} | more)


@pytest.fixture
def yearly(decider: Decider) -> Register:
    return Register(decider, asks(), "2023-01-01", "2026-12-31")


YES_2024 = answer("2024-12-31")
LATE_2024 = answer("2025-03-01", period="2024")


@pytest.mark.parametrize(
    ("facts", "day", "status", "due"),
    [
        pytest.param([], "2024-01-01", "pending", "2024-12-31", id="asked from the first day"),
        pytest.param([], "2024-12-31", "pending", "2024-12-31", id="never at risk"),
        pytest.param([], "2025-01-01", "pending", "2024-12-31", id="the last day passes in silence"),
        pytest.param([], "2025-12-31", "pending", "2024-12-31", id="asked to the end of the next year"),
        pytest.param([], "2026-01-01", "not_applicable", None, id="then it has been asked anew"),
        pytest.param([YES_2024], "2024-12-30", "pending", "2024-12-31", id="not answered yet"),
        pytest.param([YES_2024], "2024-12-31", "fulfilled", "2024-12-31", id="answered on the last day"),
        pytest.param([YES_2024], "2028-01-01", "fulfilled", "2024-12-31", id="what is answered stays answered"),
        pytest.param([answer("2025-01-01")], "2025-01-01", "pending", "2024-12-31", id="it was about the next year"),
        pytest.param([LATE_2024], "2025-03-01", "fulfilled_late", "2024-12-31", id="late, naming its year"),
        pytest.param([answer("2027-02-01", period="2024")], "2027-02-01", "fulfilled_late", "2024-12-31", id="revived"),
        pytest.param([answer("2024-05-01", "nej")], "2024-04-30", "pending", "2024-12-31", id="no is not said yet"),
        pytest.param([answer("2024-05-01", "nej")], "2024-05-01", "overdue", "2024-12-31", id="a no is a breach"),
        pytest.param([answer("2024-05-01", "nej")], "2029-01-01", "overdue", "2024-12-31", id="a no is not asked anew"),
        pytest.param([answer("2024-05-01", "Nej, inte än")], "2024-05-01", "overdue", "2024-12-31", id="no, in words"),
        pytest.param([answer("2024-05-01", "nejden bevakas")], "2024-05-01", "pending", "2024-12-31", id="no no"),
        pytest.param([answer("2024-05-01", "i huvudsak")], "2024-05-01", "pending", "2024-12-31", id="no answer"),
        pytest.param(
            [answer("2024-05-01", "nej"), answer("2024-12-31", "ja")],
            "2024-12-31", "fulfilled", "2024-12-31", id="a later yes in time",
        ),
        pytest.param(
            [answer("2024-05-01", "nej"), answer("2025-02-01", "ja", period="2024")],
            "2025-02-01", "fulfilled_late", "2024-12-31", id="a later yes after the last day cures",
        ),
        pytest.param(
            [answer("2024-05-01", "ja"), answer("2025-02-01", "nej", period="2024")],
            "2025-02-01", "overdue", "2024-12-31", id="the newest answer holds",
        ),
        pytest.param(
            [answer("2024-05-01", "ja"), LATE_2024],
            "2025-03-01", "fulfilled", "2024-12-31", id="said again later, confirmed from the first time",
        ),
        pytest.param([answer("2024-05-01", period="2024")], "2024-05-01", "fulfilled", "2024-12-31", id="its own year"),
        pytest.param([answer("2024-05-01", period="2025")], "2024-05-01", "fulfilled", "2024-12-31", id="its own day"),
        pytest.param([answer("2025-05-01", period="2024-H1")], "2025-05-01", "fulfilled_late", "2024-12-31", id="part"),
        pytest.param([answer("2024-05-01", clause="lokalt.tid")], "2024-05-01", "fulfilled", "2024-12-31", id="full"),
        pytest.param([answer("2024-05-01", clause="annat.tid")], "2024-05-01", "pending", "2024-12-31", id="another's"),
        pytest.param([answer("2024-05-01", clause="rum")], "2024-05-01", "pending", "2024-12-31", id="another clause"),
        pytest.param([answer("2024-05-01", recorded="2024-04-01")], "2024-05-01", "pending", "2024-12-31", id="a plan"),
    ],
)  # fmt: skip
def test_a_question_of_a_year(yearly: Register, facts: list[Fact], day: str, status: str, due: str | None) -> None:
    found = yearly.duty("tid.2024", facts, day)
    assert (found.status, found.due) == (status, on(due) if due else None)
    assert found.attest == "stadsdelsdirektör"


def test_an_unanswered_question_says_why_it_is_gone(yearly: Register) -> None:
    assert yearly.duty("tid.2024", [], "2026-01-01").reason == "asked_anew"


@pytest.mark.parametrize("day", ["2024-06-01", "2025-01-01", "2026-06-01", "2026-12-31", "2027-06-01"])
def test_at_most_one_question_of_the_past_is_open(yearly: Register, day: str) -> None:
    found = yearly.judged([], day).duties
    assert sum(one.status == "pending" and one.due is not None and one.due < on(day) for one in found) <= 1


@pytest.mark.parametrize(("day", "open_ones"), [("2027-12-31", 1), ("2028-01-01", 0)])
def test_nothing_is_asked_for_ever_when_the_agreement_has_lapsed(yearly: Register, day: str, open_ones: int) -> None:
    assert sum(one.status == "pending" for one in yearly.judged([], day).duties) == open_ones


def test_an_answer_after_the_agreement_is_to_the_last_question(decider: Decider) -> None:
    found = Register(decider, asks(), "2023-01-01", "2024-08-15").duty("tid.2024", [answer("2024-10-01")], "2024-10-01")
    assert (found.status, found.due, found.part_period) == ("fulfilled_late", on("2024-08-15"), True)


def test_a_year_too_short_to_be_asked_about_asks_nothing(decider: Decider) -> None:
    register = Register(decider, asks(), "2023-01-01", "2024-05-31")
    assert register.duty("tid.2024", [], "2024-03-01").status == "not_applicable"
    late = register.duty("tid.2023", [answer("2024-03-01")], "2024-03-01")
    assert late.status == "fulfilled_late", "the last question that was asked is the one that was answered"
    assert register.duty("tid.2023", [], "2024-12-31").status == "pending"
    assert register.duty("tid.2023", [], "2025-01-01").status == "not_applicable"


@pytest.mark.parametrize(
    ("norm", "readings", "status"),
    [
        ("should", {}, "recommendation_not_met"),
        ("should", {"BOR": "duty"}, "overdue"),
        ("shall_not", {}, "overdue"),
    ],
)
def test_a_no_by_the_norm(decider: Decider, norm: str, readings: dict[str, str], status: str) -> None:
    register = Register(decider, asks(norm=norm), "2023-01-01")
    assert register.duty("tid.2024", [answer("2024-05-01", "nej")], "2024-05-01", readings).status == status
    assert register.duty("tid.2024", [answer("2024-05-01", "ja")], "2024-05-01", readings).status == "fulfilled"
    assert register.duty("tid.2024", [], "2025-05-01", readings).status == "pending"


def test_an_answer_known_to_the_month_across_the_last_day_is_asked_for_its_day(decider: Decider) -> None:
    register = Register(decider, asks(when={"each": "year", "due": "11-15"}), "2023-01-01")
    found = register.duty("tid.2024", [answer("2024-11", recorded="2025-01-10")], "2024-12-01")
    assert (found.status, found.flags) == ("pending", ("asks_day",))


@pytest.mark.parametrize(
    ("when", "duty", "facts", "day", "status"),
    [
        ("half_year", "2024-H1", [answer("2024-06-30")], "2024-06-30", "fulfilled"),
        ("half_year", "2024-H1", [], "2024-12-31", "pending"),
        ("half_year", "2024-H1", [], "2025-01-01", "not_applicable"),
        ("quarter", "2024-Q1", [answer("2024-04-02", period="2024-Q1")], "2024-04-02", "fulfilled_late"),
        ("quarter", "2024-Q1", [answer("2024-03-02", period="2024")], "2024-03-02", "fulfilled"),
        ("week", "2024-W10", [], "2024-03-17", "pending"),
        ("week", "2024-W10", [], "2024-03-18", "not_applicable"),
        ("term", "term-1", [answer("2026-12-31")], "2026-12-31", "fulfilled"),
        ("term", "term-1", [answer("2027-02-01", period="term-1")], "2027-02-01", "fulfilled_late"),
        ("term", "term-1", [], "2027-12-31", "pending"),
        ("term", "term-1", [], "2028-01-01", "not_applicable"),
    ],
)
def test_a_question_of_other_periods(
    decider: Decider, when: str, duty: str, facts: list[Fact], day: str, status: str
) -> None:
    register = Register(decider, asks(when={"each": when}), "2023-01-01", "2026-12-31")
    assert register.duty(f"tid.{duty}", facts, day).status == status


MEETING = {"each": {"meeting_held": {"body": "klara_group"}}, "due": "14 days after event"}
HELD = [
    told("meeting_held", day, id=name, body="klara_group") for name, day in (("m1", "2024-02-01"), ("m2", "2024-05-02"))
]


@pytest.mark.parametrize(
    ("facts", "day", "first", "second"),
    [
        ([], "2024-05-16", "pending", "pending"),
        ([], "2024-05-17", "not_applicable", "pending"),
        ([answer("2024-02-15")], "2024-05-02", "fulfilled", "pending"),
        ([answer("2024-02-16")], "2024-05-02", "fulfilled_late", "pending"),
        ([answer("2024-05-02")], "2024-05-02", "pending", "fulfilled"),
        ([answer("2024-05-03", period="m1")], "2024-05-03", "fulfilled_late", "pending"),
        ([answer("2024-05-03", period="m3")], "2024-05-03", "pending", "pending"),
    ],
)
def test_a_question_of_each_event(decider: Decider, facts: list[Fact], day: str, first: str, second: str) -> None:
    register = Register(decider, asks(when=MEETING), "2024-01-01")
    found = {one.duty: one.status for one in register.judged([*HELD, *facts], day).duties}
    assert found == {"lokalt.tid.m1": first, "lokalt.tid.m2": second}


@pytest.mark.parametrize(
    ("said", "status"),
    [([answer("2024-02-16", "nej")], "pending"), ([answer("2024-02-16")], "pending"), ([], "not_applicable")],
    ids=["a no", "a late yes", "no answer"],
)
def test_what_was_answered_does_not_fall_away_since_nobody_understood_which_meeting_it_was_about(
    decider: Decider, said: list[Fact], status: str
) -> None:
    register = Register(decider, asks(when=MEETING), "2024-01-01", "2024-12-31")
    held = told("meeting_held", "2024-02-01", id="m1", body="KLARA_GROUP")
    assert register.duty("tid.m1", [held, *said], "2024-03-01").status == "pending"
    assert register.duty("tid.m1", [held, *said], "2026-01-01").status == status


@pytest.mark.parametrize(("day", "open_ones"), [("2024-05-02", ["m1", "m2"]), ("2024-09-01", ["m2", "m3"])])
def test_without_a_last_day_the_question_before_last_is_still_asked(
    decider: Decider, day: str, open_ones: list[str]
) -> None:
    register = Register(decider, asks(when=MEETING | {"due": "open"}), "2024-01-01")
    held = [*HELD, told("meeting_held", "2024-09-01", id="m3", body="klara_group")]
    found = [one for one in register.judged(held, day).duties if one.status == "pending"]
    assert [one.duty.removeprefix("lokalt.tid.") for one in found] == open_ones


@pytest.mark.parametrize(
    ("end", "facts", "day", "status"),
    [
        (None, [], "2040-01-01", "pending"),
        (None, [answer("2031-01-01")], "2031-01-01", "fulfilled"),
        ("2024-12-31", [], "2025-12-31", "pending"),
        ("2024-12-31", [], "2026-01-01", "not_applicable"),
    ],
)
def test_a_question_asked_once(decider: Decider, end: str | None, facts: list[Fact], day: str, status: str) -> None:
    found = Register(decider, asks(when="once"), "2023-01-01", end).duty("tid", facts, day)
    assert (found.status, found.due) == (status, None)


def test_each_party_answers_for_itself(decider: Decider) -> None:
    register = Register(decider, asks(per="party"), "2023-01-01")
    facts = [answer("2024-05-01", by="staden"), answer("2024-06-01", "nej", by="polisen")]
    found = {one.duty: one.status for one in register.judged(facts, "2024-06-01").duties if "2024" in one.duty}
    assert found == {"lokalt.tid.2024.staden": "fulfilled", "lokalt.tid.2024.polisen": "overdue"}


def test_an_answer_from_nobody_knows_which_party(decider: Decider) -> None:
    nobody = told("attestation", "2024-05-01", clause="tid", statement="ja")
    found = Register(decider, asks(per="party"), "2023-01-01").duty("tid.2024.staden", [nobody], "2024-05-01")
    assert (found.status, found.flags) == ("pending", ("asks_actor",))


@pytest.mark.parametrize(
    ("clause", "own", "inherited"),
    [
        ("tid", "fulfilled", "pending"),
        ("lokalt.tid", "fulfilled", "pending"),
        ("over.tid", "pending", "fulfilled"),
    ],
)
def test_an_umbrellas_question_is_asked_of_each_local_agreement(
    decider: Decider, clause: str, own: str, inherited: str
) -> None:
    from tests.oracle.strategies import instrument

    over = instrument("over", asks(per="local_agreement"), on("2020-01-01"), None, level="superior")
    register = Register(decider, asks(), "2023-01-01", None, over, under="over")
    found = {
        one.duty: one.status for one in register.judged([answer("2024-05-01", clause=clause)], "2024-05-01").duties
    }
    assert (found["lokalt.tid.2024"], found["lokalt.over.tid.2024"]) == (own, inherited)


def test_a_waiver_and_a_release_hold_for_questions_too(decider: Decider) -> None:
    excused = told("waiver", "2024-03-01", obligation="tid", form="skriftlig", signed_by=("staden", "polisen"))
    register = Register(decider, asks(unless={"decision_made": {"subject": "vilande"}}), "2023-01-01")
    assert register.duty("tid.2024", [excused], "2024-03-01").status == "waived"
    resting = told("decision_made", "2024-02-01", subject="vilande")
    assert register.duty("tid.2024", [resting], "2024-02-01").reason == "released"
