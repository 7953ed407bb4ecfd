"""What one verdict gives to remind of."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.calendars.examples import AGREEMENT, TODAY, WORDING, fact, verdict

from avtalsvakt_calendars.deadlines import clause_words, deadlines
from avtalsvakt_calendars.meetings import planned_meetings
from avtalsvakt_calendars.wording import Wording, Words
from avtalsvakt_engine.verdicts import Clause, Period, Verdict


def kinds(judged: Verdict, as_of: date = TODAY, wording: Wording = WORDING) -> dict[str, date]:
    """Kinds of reminders and their days."""
    return {event.kind: event.day for event in deadlines(judged, wording, as_of, ())}


def wording(**words: object) -> Wording:
    return Wording({(AGREEMENT, "styrgrupp"): Words("Regeln.", **words)})  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["fulfilled", "fulfilled_late", "not_applicable", "waived"])
def test_nothing_is_said_of_what_is_met_or_released(status):
    assert kinds(verdict(status=status)) == {}


@pytest.mark.parametrize("status", ["pending", "at_risk", "not_evaluated"])
def test_an_open_duty_has_a_last_day_and_a_day_to_prepare(status):
    assert kinds(verdict(status=status)) == {"due": date(2026, 12, 31), "prepare": date(2026, 12, 1)}


def test_an_overdue_duty_keeps_its_day_and_is_late_from_the_next():
    assert kinds(verdict(status="overdue", due=date(2026, 6, 30))) == {
        "due": date(2026, 6, 30),
        "overdue": date(2026, 7, 1),
    }


def test_a_duty_that_could_not_be_judged_keeps_its_past_day_without_more():
    assert kinds(verdict(status="not_evaluated", due=date(2026, 6, 30))) == {"due": date(2026, 6, 30)}


def test_a_duty_that_waits_for_something_else_than_meetings_is_still_prepared():
    assert "prepare" in kinds(verdict(required=1, counted=1))


def test_a_recommendation_that_was_not_followed_is_not_called_late():
    judged = verdict(status="recommendation_not_met", modality="recommendation", due=date(2026, 6, 30))
    assert kinds(judged) == {"due": date(2026, 6, 30)}


def test_an_undated_duty_has_no_event():
    assert kinds(verdict(due=None)) == {}
    assert kinds(verdict(due=None, status="overdue")) == {}


def test_the_rules_own_lead_stands_and_nought_means_none():
    early = verdict(opens=date(2026, 12, 1))
    assert kinds(early, wording=wording(lead=45))["prepare"] == date(2026, 11, 16)
    assert "prepare" not in kinds(early, wording=wording(lead=0))


def test_a_default_lead_never_begins_before_the_duty_opens():
    march = verdict(period=Period("2026-03", date(2026, 3, 1), date(2026, 3, 31)), opens=date(2026, 3, 10))
    judged = verdict(opens=march.opens, due=date(2026, 3, 31))
    assert kinds(judged, date(2026, 1, 1))["prepare"] == date(2026, 3, 10)
    assert "prepare" not in kinds(verdict(opens=date(2026, 3, 31), due=date(2026, 3, 31)), date(2026, 1, 1))


def test_consultations_and_unknown_kinds_have_leads_of_their_own():
    assert kinds(verdict(), wording=wording(evidence="consultation_held"))["prepare"] == date(2026, 11, 16)
    assert kinds(verdict(), wording=wording())["prepare"] == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("modality", "lead", "reminded"), [("power", None, False), ("power", 30, True), ("definition", 30, False)]
)
def test_a_right_is_reminded_of_only_when_its_clause_asks_for_it(modality, lead, reminded):
    assert bool(kinds(verdict(modality=modality), wording=wording(lead=lead))) is reminded


def test_summaries_begin_with_the_act():
    due, prepare = deadlines(verdict(required=2, counted=1), WORDING, TODAY, ())
    assert due.summary == "Håll styrgruppsmöte – 1 av 2 möten kvar 2026"
    assert prepare.summary == "Kalla styrgruppen – 1 av 2 möten kvar 2026"
    due, prepare = deadlines(verdict("samrad", period=None), WORDING, TODAY, ())
    assert due.summary == "Håll samråd (fortsättning) – sista dag"
    assert prepare.summary == "Boka samråd (fortsättning) – senast 31 dec 2026"


def test_what_was_missed_is_told_only_if_the_feed_was_made_so():
    judged = verdict(status="overdue", required=2, counted=1, due=date(2026, 6, 30))
    due, late = deadlines(judged, WORDING, TODAY, ())
    assert late.summary == "Försenat: Håll styrgruppsmöte"
    assert "1 av 2" not in due.summary + due.description + late.description
    due, late = deadlines(judged, WORDING, TODAY, (), details=True)
    assert due.summary == "Håll styrgruppsmöte – 1 av 2 möten kvar 2026"
    assert "Läge: 1 av 2 klart, försenat sedan 1 juli 2026" in late.description


def test_the_description_says_the_rule_where_it_stands_who_why_and_when():
    due, _ = deadlines(verdict(part_period=True, instrument="umbrella-2024"), WORDING, TODAY, ())
    assert due.description.splitlines() == [
        "Fullgör skyldigheten",
        "",
        "Källa: Stadsövergripande överenskommelse, avsnitt 5, stycke 2",
        "Gäller: Samverkansöverenskommelse, Vaxholm",
        "Vem: Styrgruppen Vaxholm",
        "Varför: Parterna har åtagit sig det.",
        "Period: 1 januari 2026 – 31 december 2026 (del av period)",
        "Sista dag: 31 december 2026",
        "Läs mer: https://avtal.example.se/skyldighet/vaxholm-2023.styrgrupp.2026",
    ]


def test_a_notice_for_every_meeting_left_makes_calling_unnecessary():
    judged = verdict(required=2)
    notices = [
        fact("meeting_convened", date(2026, 9, 1), f"k{day}", day, meeting_date=f"2026-11-{day:02}") for day in (5, 26)
    ]
    one, both = planned_meetings(notices[:1]), planned_meetings(notices)
    assert [event.kind for event in deadlines(judged, WORDING, TODAY, one)] == ["due", "prepare"]
    (due,) = deadlines(judged, WORDING, TODAY, both)
    assert "Planerat möte: 5 november 2026\nPlanerat möte: 26 november 2026" in due.description


def test_other_bodies_and_periods_and_what_is_off_or_held_are_not_its_meetings():
    facts = [
        fact("meeting_scheduled", date(2026, 11, 1), "a", 1, TODAY, body="coordinators"),
        fact("meeting_scheduled", date(2027, 1, 4), "b", 2, TODAY),
        fact("meeting_scheduled", date(2026, 11, 3), "c", 3, TODAY),
        fact("meeting_cancelled", TODAY, "d", 4, planned_for="2026-11-03"),
        fact("meeting_scheduled", date(2026, 9, 1), "e", 5, date(2026, 8, 1)),
        fact("meeting_held", date(2026, 9, 1), "f", 6),
    ]
    due, _ = deadlines(verdict(), WORDING, TODAY, planned_meetings(facts))
    assert "Planerat möte" not in due.description


def test_a_site_tells_duties_of_one_clause_apart():
    judged = verdict(duty=f"{AGREEMENT}.styrgrupp.torget.2026")
    words = Wording(
        {(AGREEMENT, "styrgrupp"): Words("Regeln.", evidence="meeting_held")}, about={judged.duty: "Torget"}
    )
    assert next(deadlines(judged, words, TODAY, ())).summary == "Håll möte (Torget) – sista dag för 2026"


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Clause("x", "5", "2"), "avsnitt 5, stycke 2"),
        (Clause("x", "4.1"), "avsnitt 4.1"),
        (Clause("x", "bilaga 4, rad Mötesfrekvens"), "bilaga 4, rad Mötesfrekvens"),
    ],
)
def test_clauses_are_addressed_as_people_do(clause, words):
    assert clause_words(clause) == words


@given(st.integers(min_value=0, max_value=800))
def test_the_texts_do_not_change_with_the_day_of_asking(days):
    """A night on which nothing happened may add or take away events; it never rewords one."""
    judged = verdict(required=2, counted=1)
    first = {event.uid: event for event in deadlines(judged, WORDING, date(2025, 1, 1), ())}
    for event in deadlines(judged, WORDING, date.fromordinal(date(2025, 1, 1).toordinal() + days), ()):
        assert event == first[event.uid]


def test_a_record_that_leaves_out_what_decides_is_asked_to_be_completed():
    judged = verdict(due=date(2026, 9, 1), flags=("asks_attribute",))
    (question,) = deadlines(judged, WORDING, TODAY, ())
    assert (question.kind, question.day) == ("confirm", date(2026, 9, 2))
    assert question.summary == "Komplettera registret: Håll styrgruppsmöte"
    assert "en uppgift saknas" in question.description
    assert kinds(verdict(flags=("asks_attribute",))) == {"due": date(2026, 12, 31), "prepare": date(2026, 12, 1)}
