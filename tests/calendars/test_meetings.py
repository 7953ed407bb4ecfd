"""Planned meetings, as plans, notices, cancellations and records tell of them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.calendars.examples import AGREEMENT, WORDING, fact

from avtalsvakt_calendars.reminding.meeting_events import meeting_reminders
from avtalsvakt_calendars.reminding.meetings import planned_meetings
from avtalsvakt_calendars.reminding.wording import Wording
from avtalsvakt_engine.facts import Fact

DAY = date(2026, 12, 10)
EARLY = date(2026, 10, 1)


def plan(ident: str = "p1", arrival: int = 1, day: date = DAY, **attributes: str) -> Fact:
    return fact("meeting_scheduled", day, ident, arrival, EARLY, **attributes)


def test_a_plan_is_a_meeting_named_after_the_fact():
    (meeting,) = planned_meetings([plan(time="13:00-15:00")])
    assert (meeting.day, meeting.hours, meeting.convened) == (DAY, (time(13), time(15)), False)
    (event,) = meeting_reminders([meeting], WORDING, EARLY)
    assert event.uid == "vaxholm-2023.p1.meeting@avtalsvakt"
    assert event.summary == "Håll styrgrupp · Vaxholm"


def test_plan_notice_and_record_are_one_meeting_with_the_first_ones_identity():
    facts = [
        plan(),
        fact("meeting_convened", date(2026, 11, 20), "k1", 2, meeting_date="2026-12-10", time="10:00"),
        fact("meeting_held", DAY, "h1", 3),
    ]
    (meeting,) = planned_meetings(reversed(facts))
    assert (meeting.fact, meeting.hours, meeting.convened, meeting.held) == ("p1", (time(10), None), True, True)


def test_a_corrected_day_moves_the_event_and_keeps_its_identity():
    before, after = (planned_meetings([plan(day=day)])[0] for day in (DAY, date(2026, 12, 17)))
    assert before.fact == after.fact
    assert before.day != after.day


def test_sites_and_bodies_are_meetings_of_their_own():
    facts = [plan("a", 1, site="Torget"), plan("b", 2, site="Parken"), plan("c", 3, body="coordinators")]
    assert [meeting.fact for meeting in planned_meetings(facts)] == ["a", "b", "c"]


def test_a_meeting_recorded_before_its_day_is_a_plan():
    (meeting,) = planned_meetings([fact("meeting_held", DAY, "h1", 1, EARLY)])
    assert not meeting.held


@pytest.mark.parametrize(
    "other",
    [
        fact("meeting_held", DAY, "h1", 1),
        fact("decision_made", DAY, "d1", 1),
        fact("meeting_convened", EARLY, "k1", 1),
        fact("meeting_convened", EARLY, "k1", 1, meeting_date="snart"),
        fact("meeting_cancelled", EARLY, "c1", 1, planned_for="2026-12-10"),
        fact("meeting_cancelled", EARLY, "c1", 1),
        Fact("p1", "meeting_scheduled", AGREEMENT, date(2026, 12, 1), "2026-10-01T09:00:00+02:00", precision="month"),
    ],
)
def test_what_announces_no_day_ahead_is_no_event(other):
    assert planned_meetings([other]) == ()


def test_a_cancelled_meeting_stays_a_month_and_then_goes():
    cancelled = fact("meeting_cancelled", date(2026, 11, 1), "c1", 2, planned_for="2026-12-10")
    meetings = planned_meetings([plan(time="13:00"), cancelled])
    (event,) = meeting_reminders(meetings, WORDING, date(2026, 12, 1))
    assert event.cancelled
    assert event.summary == "INSTÄLLT: styrgrupp · Vaxholm"
    assert tuple(meeting_reminders(meetings, WORDING, date(2026, 12, 2))) == ()


def test_the_month_is_counted_from_when_it_was_known():
    cancelled = fact("meeting_cancelled", date(2026, 11, 1), "c1", 2, date(2026, 11, 20), planned_for="2026-12-10")
    meetings = planned_meetings([plan(), cancelled])
    assert len(tuple(meeting_reminders(meetings, WORDING, date(2026, 12, 20)))) == 1


def test_a_moved_meeting_is_cancelled_there_and_planned_here():
    moved = fact("meeting_cancelled", EARLY, "c1", 2, planned_for="2026-12-10", rescheduled_to="2026-12-17")
    old, new = planned_meetings([plan(), moved])
    assert (old.cancelled_on, old.moved_to) == (EARLY, date(2026, 12, 17))
    assert (new.fact, new.day, new.moved_from) == ("c1", date(2026, 12, 17), DAY)
    texts = [event.description for event in meeting_reminders((old, new), WORDING, EARLY)]
    assert "Flyttat till: 17 december 2026" in texts[0]
    assert "Flyttat från: 10 december 2026" in texts[1]


def test_a_plan_after_the_cancellation_puts_the_meeting_on_again():
    cancelled = fact("meeting_cancelled", EARLY, "c1", 2, planned_for="2026-12-10")
    (meeting,) = planned_meetings([plan(), cancelled, plan("p2", 3)])
    assert (meeting.fact, meeting.cancelled_on) == ("p1", None)


def test_a_cancellation_without_a_site_concerns_the_bodys_sites_and_no_other_body():
    cancelled = fact("meeting_cancelled", EARLY, "c1", 4, planned_for="2026-12-10")
    facts = [plan("a", 1, site="Torget"), plan("b", 2, site="Parken"), plan("c", 3, body="coordinators"), cancelled]
    assert [meeting.cancelled_on for meeting in planned_meetings(facts)] == [EARLY, EARLY, None]


def test_a_cancellation_with_a_site_concerns_that_site():
    cancelled = fact("meeting_cancelled", EARLY, "c1", 3, planned_for="2026-12-10", site="Torget")
    facts = [plan("a", 1, site="Torget"), plan("b", 2, site="Parken"), cancelled]
    assert [meeting.cancelled_on for meeting in planned_meetings(facts)] == [EARLY, None]


def test_a_meeting_moved_within_its_day_is_still_on():
    moved = fact("meeting_cancelled", EARLY, "c1", 2, planned_for="2026-12-10", rescheduled_to="2026-12-10")
    assert planned_meetings([plan(), moved]) == planned_meetings([plan()])


def test_an_hour_that_the_clock_skips_becomes_the_next():
    skipped = planned_meetings([plan(day=date(2026, 3, 29), time="02:30")])
    (event,) = meeting_reminders(skipped, WORDING, date(2026, 3, 29))
    assert event.start is not None and event.end is not None
    assert (event.start.time(), event.end.time()) == (time(3, 30), time(4, 30))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("13:00", (time(13), None)),
        ("13.00–15.30", (time(13), time(15, 30))),
        (" 9:05 - 10:00 ", (time(9, 5), time(10))),
        ("15:00-13:00", (time(15), None)),
        ("25:00", None),
        ("13:00-24:00", None),
        ("eftermiddag", None),
        ("", None),
    ],
)
def test_hours_are_read_in_both_swedish_ways(text, hours):
    (meeting,) = planned_meetings([plan(time=text)])
    assert meeting.hours == hours


@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    st.none() | st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
)
def test_a_meeting_always_ends_after_it_begins(day, first, last):
    text = f"{first:%H:%M}" + (f"-{last:%H:%M}" if last else "")
    (event,) = meeting_reminders(planned_meetings([plan(day=day, time=text)]), Wording(), day)
    assert event.start is not None and event.end is not None
    assert event.start.replace(tzinfo=None) < event.end.replace(tzinfo=None)
    assert timedelta() < event.end.replace(tzinfo=None) - event.start.replace(tzinfo=None) < timedelta(days=1)


@given(st.permutations(range(5)))
def test_the_order_of_reading_does_not_matter_only_the_order_of_arrival(order):
    facts = [
        plan("a", 1),
        fact("meeting_convened", EARLY, "b", 2, meeting_date="2026-12-10"),
        fact("meeting_cancelled", EARLY, "c", 3, planned_for="2026-12-10", rescheduled_to="2026-12-12"),
        plan("d", 4, day=date(2026, 12, 12), time="10:00"),
        plan("e", 5),
    ]
    assert planned_meetings([facts[index] for index in order]) == planned_meetings(facts)


def kinds_as_of(as_of: date, *facts: Fact) -> list[str]:
    return [event.kind for event in meeting_reminders(planned_meetings(facts), WORDING, as_of)]


def test_a_planned_day_that_has_passed_is_asked_about_until_someone_tells():
    after = DAY + timedelta(days=1)
    assert kinds_as_of(DAY, plan()) == ["meeting"]
    assert kinds_as_of(after, plan()) == ["confirm"]
    assert kinds_as_of(after, plan(), fact("meeting_held", DAY, "h1", 2)) == ["meeting"]
    assert kinds_as_of(after, plan(), fact("meeting_cancelled", DAY, "c1", 2, planned_for=DAY.isoformat())) == [
        "meeting"
    ]


def test_the_question_is_the_same_event_with_another_title_on_a_day_to_act():
    meetings = planned_meetings([plan(time="13:00")])
    (planned,) = meeting_reminders(meetings, WORDING, DAY)
    (asked,) = meeting_reminders(meetings, WORDING, DAY + timedelta(days=1))
    assert asked.uid == planned.uid == "vaxholm-2023.p1.meeting@avtalsvakt"
    assert asked.summary == "Rapportera styrgrupp 10 dec · Vaxholm"
    assert (asked.day, asked.start, asked.rings) == (DAY + timedelta(days=1), None, False)
    assert asked.body == "vaxholm_steering_group"
    (later,) = meeting_reminders(meetings, WORDING, DAY + timedelta(days=9))
    assert later.day == date(2026, 12, 28), "a week on is Christmas"


def test_a_meeting_planned_anew_takes_nothing_but_its_identity_from_the_one_called_off():
    off = fact("meeting_cancelled", EARLY, "c1", 3, planned_for="2026-12-10")
    notice = fact("meeting_convened", EARLY, "k1", 2, meeting_date="2026-12-10", time="13:00-15:00")
    (meeting,) = planned_meetings([plan(time="13:00-15:00", place="Stadshuset"), notice, off, plan("p2", 4)])
    assert (meeting.fact, meeting.hours, meeting.convened, meeting.place) == ("p1", None, False, None)


def test_place_and_hours_are_those_of_the_record():
    (event,) = meeting_reminders(planned_meetings([plan(time="13:00-15:00", place="Stadshuset")]), WORDING, EARLY)
    assert event.start is not None and event.location == "Stadshuset"
    assert "Tid: 13:00–15:00\nPlats: Stadshuset" in event.description
    (event,) = meeting_reminders(planned_meetings([plan(site="Torget")]), WORDING, EARLY)
    assert event.location == "Torget"
