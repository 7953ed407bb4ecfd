"""Names and days as people say them: what is the same is taken, what is near is offered, what is unclear is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avtalsvakt_engine.intake.said_days import iso_day
from avtalsvakt_engine.intake.said_names import Sayable, same
from avtalsvakt_rules.problems import Problem

BODIES = Sayable.of(
    [
        ("local_steering_group", "lokal styrgrupp"),
        ("central_steering_group", "central styrgrupp"),
        ("chiefs_council", "Chefsamrådet"),
        ("council-a", "Rådet"),
        ("council-b", "Rådet"),
    ]
)


@pytest.mark.parametrize(
    "text", ["lokal styrgrupp", "Lokal styrgrupp", "LOKAL  STYRGRUPP", "lokal-styrgrupp", "local_steering_group"]
)
def test_a_name_is_taken_however_it_is_written(text: str) -> None:
    assert BODIES.settled(text, "organet", "--body") == "local_steering_group"


def test_marks_and_capitals_make_no_difference() -> None:
    assert same("Chefsamrådet") == same("CHEFSAMRADET") == "chefsamradet"
    assert same("A\u030angermanland") == same("Ångermanland")


def test_a_near_miss_is_offered_and_never_taken() -> None:
    refused = BODIES.settled("Lokal styrgrup", "organet", "--body")
    assert refused == Problem(
        "organet 'Lokal styrgrup' finns inte", "--body", "inget heter så",
        "skriv »lokal styrgrupp« om det var det som avsågs",
    )  # fmt: skip
    several = BODIES.settled("En styrgrupp", "organet", "--body")
    assert isinstance(several, Problem)
    assert several.remedy == "skriv »central styrgrupp« eller »lokal styrgrupp« om det var det som avsågs"


def test_a_name_of_two_is_refused_with_both() -> None:
    assert BODIES.settled("Rådet", "organet", "--body") == Problem(
        "organet 'Rådet' är oklar", "--body", "namnet passar på 2", "skriv council-a eller council-b"
    )


def test_what_is_like_nothing_is_refused_and_what_is_written_as_an_id_is_left_to_its_own_check() -> None:
    refused = BODIES.settled("Zzz qqq", "organet", "--body")
    assert isinstance(refused, Problem) and refused.remedy == "se namnen i docs/reference"
    assert BODIES.settled("no_such_body", "organet", "--body") == "no_such_body"


@given(st.text(max_size=60))
def test_only_what_is_the_same_is_ever_taken(text: str) -> None:
    found = BODIES.settled(text, "organet", "--body")
    if isinstance(found, str) and found != text:
        labels = {name: label for label, names in BODIES.meanings.items() for name in names}
        assert found in labels
        assert same(text) in BODIES.meanings


TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17/11 2026", "2026-11-17"),
        ("1/2 2026", "2026-02-01"),
        ("17 nov", "2026-11-17"),
        ("17 Nov.", "2026-11-17"),
        ("17 november 2025", "2025-11-17"),
        ("den 3 mars 2026", "2026-03-03"),
        ("17/11", "2026-11-17"),
        ("31 dec", "2026-12-31"),
        ("10 jan", "2027-01-10"),  # nearer than the January before
        ("1 juni", "2026-06-01"),
        ("29 feb 2028", "2028-02-29"),
        ("31/2 2026", "2026-02-31"),  # that there is no such day is told where days are read
    ],
)
def test_days_as_swedes_write_them(text: str, day: str) -> None:
    assert iso_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["2026-11-17", "03/04/2026", "11-17-2026", "17/13 2026", "17 nopp", "29 feb", "2026", "17", "", "17/11 26"]
)
def test_what_is_not_clear_is_left_as_it_is(text: str) -> None:
    assert iso_day(text, TODAY) == text


@given(st.dates(date(1995, 1, 1), date(2035, 12, 31)), st.integers(-150, 150))
def test_a_day_without_its_year_is_the_nearest(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    assert iso_day(f"{day.day}/{day.month}", today) == day.isoformat()
