"""Boundary dates of duties that recur: part periods, fixed dates, closing windows, lateness, warnings."""

import pytest
from tests.oracle.drawing import Tree
from tests.oracle.tables import MEETINGS, PICTURE, Register, meeting, on, picture

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider


def counting(
    decider: Decider,
    each: str,
    start: str,
    end: str | None = None,
    *,
    least: int = 1,
    what: Tree = MEETINGS,
    **when: str,
) -> Register:
    clause = {"norm": "shall", "when": {"each": each} | when, "what": what, "at_least": least}
    return Register(decider, {"krav": clause}, start, end)


@pytest.mark.parametrize(
    ("each", "label", "start", "end", "applies"),
    [
        pytest.param("quarter", "2023-Q1", "2023-02-15", None, True, id="45 of 90 days: exactly half"),
        pytest.param("quarter", "2023-Q1", "2023-02-16", None, False, id="44 of 90 days"),
        pytest.param("quarter", "2024-Q1", "2024-02-15", None, True, id="46 of 91 days in a leap year"),
        pytest.param("quarter", "2024-Q1", "2024-02-16", None, False, id="45 of 91 days in a leap year"),
        pytest.param("month", "2023-02", "2023-02-15", None, True, id="14 of 28 days"),
        pytest.param("month", "2024-02", "2024-02-15", None, True, id="15 of 29 days"),
        pytest.param("month", "2024-02", "2024-02-16", None, False, id="14 of 29 days"),
        pytest.param("year", "2024", "2024-07-02", None, True, id="183 of 366 days: exactly half"),
        pytest.param("year", "2024", "2024-07-03", None, False, id="182 of 366 days"),
        pytest.param("year", "2023", "2023-07-02", None, True, id="183 of 365 days"),
        pytest.param("year", "2023", "2023-07-03", None, False, id="182 of 365 days"),
        pytest.param("half_year", "2018-H1", "2016-06-01", "2018-05-31", True, id="151 of 181 days, at the end"),
        pytest.param("half_year", "2016-H1", "2016-06-01", "2018-05-31", False, id="30 of 182 days, at the start"),
        pytest.param("month", "2024-02", "2024-01-01", "2024-02-14", False, id="14 of 29 days, at the end"),
    ],
)
def test_a_part_period_asks_for_all_from_half_its_days(
    each: str, label: str, start: str, end: str | None, applies: bool, decider: Decider
) -> None:
    found = counting(decider, each, start, end, least=2).duty(f"krav.{label}", [], "2025-01-01")
    assert found.part_period
    assert (found.status, found.required) == (("overdue", 2) if applies else ("not_applicable", 0))
    assert found.period and found.period.start >= on(start) and (end is None or found.period.end <= on(end))


def test_the_last_part_period_is_due_on_the_last_day_of_validity(decider: Decider) -> None:
    agreement = counting(decider, "half_year", "2016-06-01", "2018-05-31")
    assert agreement.duty("krav.2018-H1", [], "2018-05-31").due == on("2018-05-31")
    assert agreement.duty("krav.2018-H1", [], "2018-05-31").status == "at_risk"
    assert agreement.duty("krav.2018-H1", [], "2018-06-01").status == "overdue"


@pytest.mark.parametrize(
    ("reading", "start", "required"),
    [
        ("full", "2024-12-31", 2),
        ("none", "2024-07-02", 0),
        ("threshold", "2024-10-01", 0),
        pytest.param("prorata", "2024-10-01", 1, id="prorata: 2 × 92/366 rounds up to 1"),
        pytest.param("prorata", "2024-10-02", 0, id="prorata: 2 × 91/366 rounds down to 0"),
        pytest.param("prorata", "2024-04-01", 2, id="prorata: 2 × 275/366 rounds up to 2"),
        pytest.param("prorata", "2024-04-02", 1, id="prorata: 2 × 274/366 rounds down to 1"),
    ],
)
def test_readings_of_a_part_period(reading: str, start: str, required: int, decider: Decider) -> None:
    found = counting(decider, "year", start, least=2).duty("krav.2024", [], "2024-12-31", {"STUB": reading})
    assert found.required == required
    assert (found.status == "not_applicable") is (required == 0)


@pytest.mark.parametrize(
    ("start", "end", "year", "due"),
    [
        pytest.param("2023-01-31", None, "2023", "2023-01-31", id="falls on the first day"),
        pytest.param("2023-02-01", None, "2023", None, id="falls the day before the first"),
        pytest.param("2022-01-01", "2023-01-31", "2023", "2023-01-31", id="falls on the last day"),
        pytest.param("2022-01-01", "2023-01-30", "2023", None, id="falls the day after the last"),
    ],
)
def test_a_fixed_date_is_due_if_it_falls_inside_the_term(
    start: str, end: str | None, year: str, due: str | None, decider: Decider
) -> None:
    found = counting(decider, "year", start, end, due="01-31").duty(f"krav.{year}", [], "2023-12-31")
    assert found.due == (on(due) if due else None)
    assert found.status == ("overdue" if due else "not_applicable") and not found.part_period


def test_a_fixed_date_on_the_last_of_february_is_the_28th_or_the_29th(decider: Decider) -> None:
    agreement = counting(decider, "year", "2023-01-01", due="02-29")
    dues = {one.duty: one.due for one in agreement.judged([], "2024-06-01").duties}
    assert dues["lokalt.krav.2023"] == on("2023-02-28")
    assert dues["lokalt.krav.2024"] == on("2024-02-29")


@pytest.mark.parametrize(
    ("reading", "day", "status"),
    [
        ("dec31", "2023-09-30", "overdue"),
        ("dec31", "2023-10-01", "fulfilled"),
        ("dec31", "2023-12-31", "fulfilled"),
        ("dec31", "2024-01-01", "overdue"),
        ("december", "2023-11-30", "overdue"),
        ("december", "2023-12-01", "fulfilled"),
        ("january", "2023-10-01", "fulfilled"),
        ("january", "2024-01-31", "fulfilled"),
        ("january", "2024-02-01", "overdue"),
    ],
)
def test_the_closing_window_of_a_year(reading: str, day: str, status: str, decider: Decider) -> None:
    agreement = counting(decider, "year_end", "2023-01-01", what=PICTURE)
    assert agreement.duty("krav.2023", [picture(day)], "2024-06-01", {"ARETSSLUT": reading}).status == status


@pytest.mark.parametrize(
    ("end", "applies"), [("2023-12-30", False), ("2023-12-31", True)], ids=["ends the day before", "ends on the day"]
)
def test_a_closing_window_must_close_inside_the_term(end: str, applies: bool, decider: Decider) -> None:
    found = counting(decider, "year_end", "2023-01-01", end, what=PICTURE).duty("krav.2023", [], "2024-06-01")
    assert found.status == ("overdue" if applies else "not_applicable")


@pytest.mark.parametrize(
    ("start", "end", "label", "status"),
    [
        pytest.param("2023-06-20", None, "2023-06", "overdue", id="a named month begun late is still due"),
        pytest.param("2023-01-01", "2023-06-29", "2023-06", "not_applicable", id="a named month cut short is not"),
        pytest.param("2023-01-01", "2023-06-30", "2023-06", "overdue", id="a named month that ends with the term is"),
    ],
)
def test_a_named_month_is_never_a_part(start: str, end: str | None, label: str, status: str, decider: Decider) -> None:
    clause = {"norm": "shall", "when": {"each": "month", "only": ["june", "december"]}, "what": MEETINGS}
    found = Register(decider, {"krav": clause}, start, end).duty(f"krav.{label}", [], "2024-06-01")
    assert found.status == status and not found.part_period


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2023-12-31", "pending", id="the day before it opens, though near in days"),
        pytest.param("2024-02-28", "pending", id="32 days left"),
        pytest.param("2024-02-29", "pending", id="31 days left"),
        pytest.param("2024-03-01", "at_risk", id="30 days left"),
        pytest.param("2024-03-31", "at_risk", id="the due date itself"),
        pytest.param("2024-04-01", "overdue", id="the day after"),
    ],
)
def test_warning_and_due_date(day: str, status: str, decider: Decider) -> None:
    assert counting(decider, "quarter", "2023-01-01").duty("krav.2024-Q1", [], day).status == status


def test_a_period_shorter_than_the_warning_is_pending_until_it_opens(decider: Decider) -> None:
    agreement = counting(decider, "month", "2023-01-01")
    assert agreement.duty("krav.2024-02", [], "2024-01-31").status == "pending"
    assert agreement.duty("krav.2024-02", [], "2024-02-01").status == "at_risk"


@pytest.mark.parametrize(
    ("fact", "status", "counted"),
    [
        pytest.param(picture("2024-03-31"), "fulfilled", 1, id="document on the last day"),
        pytest.param(picture("2024-04-01"), "overdue", 0, id="document the day after"),
        pytest.param(picture("2024-04-01", concerns_period="2024-Q1"), "fulfilled_late", 0, id="document naming it"),
        pytest.param(picture("2024-04-01", concerns_period="2024-03"), "fulfilled_late", 0, id="naming a part of it"),
        pytest.param(picture("2024-04-01", concerns_period="2023-Q4"), "overdue", 0, id="document naming another"),
        pytest.param(picture("2024-01-01"), "fulfilled", 1, id="document on the first day"),
        pytest.param(picture("2023-12-31"), "overdue", 0, id="document the day before"),
        pytest.param(picture("2024-03", "2024-04-10"), "fulfilled", 1, id="some day in the last month"),
    ],
)
def test_a_document_may_come_late_for_the_period_it_names(
    fact: Fact, status: str, counted: int, decider: Decider
) -> None:
    agreement = counting(decider, "quarter", "2023-01-01", what=PICTURE)
    found = agreement.duty("krav.2024-Q1", [fact], "2024-06-01")
    assert (found.status, found.counted) == (status, counted)


def test_a_late_document_is_not_used_twice(decider: Decider) -> None:
    agreement = counting(decider, "quarter", "2023-01-01", what=PICTURE)
    late = picture("2024-04-01", concerns_period="2024-Q1")
    assert agreement.duty("krav.2024-Q2", [late], "2024-07-01").status == "overdue"


@pytest.mark.parametrize(
    ("reading", "named", "status"),
    [
        ("documents", None, "overdue"),
        ("documents", "2024-Q1", "overdue"),
        ("never", "2024-Q1", "overdue"),
        ("always", None, "fulfilled_late"),
    ],
)
def test_a_missed_meeting_stays_missed(reading: str, named: str | None, status: str, decider: Decider) -> None:
    held = meeting("2024-04-01", **{"concerns_period": named} if named else {})
    agreement = counting(decider, "quarter", "2023-01-01")
    assert agreement.duty("krav.2024-Q1", [held], "2024-06-01", {"SENT": reading}).status == status


@pytest.mark.parametrize(
    ("what", "fact", "reading", "status"),
    [
        pytest.param(MEETINGS, meeting("2024-03-31"), "documents", "fulfilled", id="held on its last day"),
        pytest.param(MEETINGS, meeting("2024-04-01", concerns_period="2024-Q1"), "documents", "pending", id="after it"),
        pytest.param(MEETINGS, meeting("2024-04-01", concerns_period="2024-Q1"), "always", "fulfilled", id="as read"),
        pytest.param(PICTURE, picture("2024-04-01", concerns_period="2024-Q1"), "documents", "fulfilled", id="named"),
        pytest.param(PICTURE, picture("2024-04-01"), "documents", "pending", id="of the next"),
    ],
)
def test_a_meeting_is_of_its_own_period_also_where_no_text_says_by_when(
    what: Tree, fact: Fact, reading: str, status: str, decider: Decider
) -> None:
    agreement = counting(decider, "quarter", "2023-01-01", what=what, due="open")
    assert agreement.duty("krav.2024-Q1", [fact], "2024-06-01", {"SENT": reading}).status == status


@pytest.mark.parametrize(
    ("fact", "status_2023", "status_2024"),
    [
        pytest.param(picture("2023-01-31"), "fulfilled", "overdue", id="on the day"),
        pytest.param(picture("2023-02-01"), "fulfilled_late", "overdue", id="the day after, same year"),
        pytest.param(picture("2023-12-31"), "fulfilled_late", "overdue", id="last day of the same year"),
        pytest.param(picture("2024-01-01"), "overdue", "fulfilled", id="next year, unnamed"),
        pytest.param(picture("2024-01-01", year="2023"), "fulfilled_late", "overdue", id="next year, naming the first"),
        pytest.param(picture("2023-12-31", year="2024"), "overdue", "fulfilled", id="year before, naming the second"),
        pytest.param(meeting("2023-02-01"), "overdue", "overdue", id="something else"),
    ],
)
def test_a_fixed_date_each_year(fact: Fact, status_2023: str, status_2024: str, decider: Decider) -> None:
    agreement = counting(decider, "year", "2022-06-01", what=PICTURE, due="01-31")
    statuses = [agreement.duty(f"krav.{year}", [fact], "2024-12-31").status for year in (2023, 2024)]
    assert statuses == [status_2023, status_2024]


def test_surplus_is_not_carried_over(decider: Decider) -> None:
    agreement = counting(decider, "quarter", "2023-01-01", least=2)
    held = [meeting("2024-01-10"), meeting("2024-02-10"), meeting("2024-03-31"), meeting("2024-04-01")]
    assert agreement.duty("krav.2024-Q1", held, "2024-07-01").counted == 3
    second = agreement.duty("krav.2024-Q2", held, "2024-07-01")
    assert (second.counted, second.required, second.status) == (1, 2, "overdue")


@pytest.mark.parametrize(
    ("day", "status"), [("2023-12-31", "not_applicable"), ("2024-01-01", "pending")], ids=["before", "first day"]
)
def test_before_the_start_nothing_applies(day: str, status: str, decider: Decider) -> None:
    assert counting(decider, "year", "2024-01-01").duty("krav.2024", [], day).status == status
