"""Boundary dates of recording: plans, corrections over a boundary, two records of one meeting, what was known when."""

from typing import Any

import pytest
from tests.oracle.tables import MEETINGS, PICTURE, Register, corrected, meeting, picture, told

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider


def quarterly(decider: Decider, what: Any = MEETINGS, least: int = 1) -> Register:
    clause = {"norm": "shall", "when": {"each": "quarter"}, "what": what, "at_least": least}
    return Register(decider, {"krav": clause}, "2023-01-01")


@pytest.mark.parametrize(
    ("facts", "day", "status", "counted"),
    [
        pytest.param([meeting("2024-03-20", "2024-03-19")], "2024-04-01", "overdue", 0, id="written the day before"),
        pytest.param([meeting("2024-03-20", "2024-03-20")], "2024-04-01", "fulfilled", 1, id="written down on the day"),
        pytest.param([meeting("2024-03-20", "2024-05-20")], "2024-04-01", "fulfilled", 1, id="written down long after"),
        pytest.param(
            [meeting("2024-03-20", "2024-03-01"), meeting("2024-03-20", "2024-03-20", id="igen")],
            "2024-04-01", "fulfilled", 1, id="planned, then recorded again on the day",
        ),
        pytest.param(
            [meeting("2024-03-20", "2024-03-01"), meeting("2024-03-20", "2024-03-19", id="igen")],
            "2024-04-01", "overdue", 0, id="planned twice",
        ),
        pytest.param(
            [told("meeting_scheduled", "2024-03-20", body="klara_group")], "2024-04-01", "overdue", 0, id="a plan"
        ),
        pytest.param(
            [told("meeting_convened", "2024-03-01", body="klara_group", meeting_date="2024-03-20")],
            "2024-04-01", "overdue", 0, id="a notice",
        ),
    ],
)  # fmt: skip
def test_what_is_planned_is_not_held(facts: list[Fact], day: str, status: str, counted: int, decider: Decider) -> None:
    found = quarterly(decider).duty("krav.2024-Q1", facts, day)
    assert (found.status, found.counted) == (status, counted)


def test_a_plan_counts_when_its_day_has_come_if_read_so(decider: Decider) -> None:
    planned, readings = [meeting("2024-03-20", "2024-03-01")], {"FRAMTID": "accept"}
    assert quarterly(decider).duty("krav.2024-Q1", planned, "2024-03-19", readings).status == "at_risk"
    assert quarterly(decider).duty("krav.2024-Q1", planned, "2024-03-20", readings).status == "fulfilled"


def test_a_plan_is_shown_though_it_does_not_count(decider: Decider) -> None:
    planned = told("meeting_scheduled", "2024-03-20", body="klara_group")
    found = quarterly(decider).duty("krav.2024-Q1", [planned], "2024-03-01")
    assert [(one.fact, one.reason) for one in found.not_counted] == [(planned.id, "planned")]


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        pytest.param({}, {}, 1, id="two records of one meeting"),
        pytest.param({"separate": "ja"}, {}, 2, id="one is marked as another meeting"),
        pytest.param({"site": "Torget"}, {"site": "Parken"}, 2, id="at two sites"),
        pytest.param({"site": "Torget"}, {"site": "Torget"}, 1, id="at one site"),
        pytest.param({"chair": "staden"}, {"chair": "polisen"}, 1, id="the records differ"),
    ],
)
def test_two_records_of_a_day(first: dict[str, str], second: dict[str, str], counted: int, decider: Decider) -> None:
    facts = [meeting("2024-02-01", id="a", **first), meeting("2024-02-01", "2024-02-02", id="b", **second)]
    assessment = quarterly(decider, least=2).judged(facts, "2024-03-01")
    [found] = [one for one in assessment.duties if one.duty == "lokalt.krav.2024-Q1"]
    assert found.counted == counted
    assert ("records_differ" in {one.code for one in assessment.findings}) is ("chair" in first)


def test_every_record_is_a_meeting_if_read_so(decider: Decider) -> None:
    facts = [meeting("2024-02-01", id="a"), meeting("2024-02-01", id="b")]
    assert quarterly(decider).duty("krav.2024-Q1", facts, "2024-03-01", {"DUBBLETT": "each"}).counted == 2


HELD = meeting("2024-04-01")


@pytest.mark.parametrize(
    ("moved_to", "recorded", "first", "second"),
    [
        pytest.param("2024-03-31", "2024-04-10", "fulfilled", "overdue", id="back over the boundary"),
        pytest.param("2024-04-02", "2024-04-10", "overdue", "fulfilled", id="within its period"),
        pytest.param("2024-05-01", "2024-04-10", "overdue", "overdue", id="to a day after the correction: a plan"),
        pytest.param("2024-04-10", "2024-04-10", "overdue", "fulfilled", id="to the day of the correction"),
    ],
)
def test_a_corrected_date(moved_to: str, recorded: str, first: str, second: str, decider: Decider) -> None:
    facts = [HELD, corrected(HELD, recorded, date=moved_to)]
    found = [quarterly(decider).duty(f"krav.2024-Q{number}", facts, "2024-07-01").status for number in (1, 2)]
    assert found == [first, second]


def test_a_correction_holds_from_the_day_it_was_recorded(decider: Decider) -> None:
    facts = [HELD, corrected(HELD, "2024-04-10", date="2024-03-31")]
    then = [
        quarterly(decider).duty("krav.2024-Q1", facts, "2024-07-01", known_at=day)
        for day in ("2024-04-09", "2024-04-10")
    ]
    assert [one.status for one in then] == ["overdue", "fulfilled"]


def test_a_meeting_moved_to_another_body_leaves_the_first(decider: Decider) -> None:
    facts = [meeting("2024-02-01", id="a"), corrected(meeting("2024-02-01", id="a"), "2024-02-02", body="youth_forum")]
    assert quarterly(decider).duty("krav.2024-Q1", facts, "2024-03-01").counted == 0


@pytest.mark.parametrize(
    ("retracted", "counted"), [([], 1), (["a"], 0), (["a", "r-a"], 1)], ids=["as it was", "retracted", "after all not"]
)
def test_retractions(retracted: list[str], counted: int, decider: Decider) -> None:
    facts = [meeting("2024-02-01", id="a")]
    for place, target in enumerate(retracted, 3):
        facts.append(told("record_retracted", f"2024-02-0{place}", target=target, reason="dubblett", id=f"r-{target}"))
    assert quarterly(decider).duty("krav.2024-Q1", facts, "2024-03-01").counted == counted


@pytest.mark.parametrize(
    ("known_at", "status"),
    [("2024-04-04", "overdue"), ("2024-04-05", "fulfilled"), (None, "fulfilled")],
    ids=["the day before it was recorded", "that day", "now"],
)
def test_what_was_known_then(known_at: str | None, status: str, decider: Decider) -> None:
    found = quarterly(decider).duty(
        "krav.2024-Q1", [meeting("2024-03-30", "2024-04-05")], "2024-04-10", known_at=known_at
    )
    assert found.status == status


@pytest.mark.parametrize(
    ("waived_on", "form", "signed_by", "before", "after"),
    [
        pytest.param("2024-02-01", "skriftlig", ("staden", "polisen"), "waived", "waived", id="before the due date"),
        pytest.param("2024-05-01", "skriftlig", ("staden", "polisen"), "overdue", "waived", id="after the due date"),
        pytest.param("2024-02-01", "muntlig", ("staden", "polisen"), "overdue", "overdue", id="oral"),
        pytest.param("2024-02-01", "skriftlig", ("polisen",), "overdue", "overdue", id="by one party"),
    ],
)
def test_a_waiver_excuses_from_its_day(
    waived_on: str, form: str, signed_by: tuple[str, ...], before: str, after: str, decider: Decider
) -> None:
    waiver = told("waiver", waived_on, obligation="krav", period="2024-Q1", form=form, signed_by=signed_by)
    found = [quarterly(decider).duty("krav.2024-Q1", [waiver], day).status for day in ("2024-04-30", "2024-05-01")]
    assert found == [before, after]
    assert quarterly(decider).duty("krav.2024-Q2", [waiver], "2024-07-01").status == "overdue", "another period"


def test_what_is_fulfilled_is_not_waived(decider: Decider) -> None:
    waiver = told("waiver", "2024-02-01", obligation="krav", form="skriftlig", signed_by=("staden", "polisen"))
    late = picture("2024-04-10", concerns_period="2024-Q1")
    agreement = quarterly(decider, PICTURE)
    assert agreement.duty("krav.2024-Q1", [waiver, late], "2024-05-01").status == "fulfilled_late"
    assert agreement.duty("krav.2024-Q1", [waiver, picture("2024-03-01")], "2024-05-01").status == "fulfilled"


@pytest.mark.parametrize(
    ("signed_on", "starts", "required"),
    [
        pytest.param("2024-02-01", "2024-03-31", 2, id="from the last day of the period"),
        pytest.param("2024-02-01", "2024-04-01", 1, id="from the day after"),
        pytest.param("2024-03-31", None, 2, id="signed on the last day"),
        pytest.param("2024-04-01", None, 1, id="signed the day after"),
    ],
)
def test_an_amendment_changes_the_periods_that_end_after_it(
    signed_on: str, starts: str | None, required: int, decider: Decider
) -> None:
    change = {"obligation": "krav", "at_least": "2"} | ({"from": starts} if starts else {})
    amendment = told("amendment_signed", signed_on, changes=change, signed_by=("staden", "polisen"))
    assert quarterly(decider).duty("krav.2024-Q1", [amendment], "2024-07-01").required == required


@pytest.mark.parametrize(
    ("valid_from", "labels"),
    [("2024-03-31", ["2024-Q1", "2024-Q2"]), ("2024-04-01", ["2024-Q2"])],
    ids=["in force on the last day", "in force the day after"],
)
def test_a_period_is_judged_by_the_version_in_force_on_its_last_day(
    valid_from: str, labels: list[str], decider: Decider
) -> None:
    clause = {"norm": "shall", "when": {"each": "quarter"}, "what": MEETINGS}
    agreement = Register(
        decider,
        {"ny": clause | {"valid": {"from": valid_from}}, "gammal": clause | {"valid": {"to": "2024-03-30"}}},
        "2024-01-01",
        "2024-06-30",
    )
    duties = [one for one in agreement.judged([], "2024-06-30").duties if one.obligation == "ny"]
    assert [one.period.label for one in duties if one.period] == labels
