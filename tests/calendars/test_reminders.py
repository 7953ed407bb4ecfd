"""One agreement's reminders as a whole."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.calendars.examples import AGREEMENT, MEETINGS, TODAY, VERDICTS, WORDING, fact, state, verdict

from avtalsvakt_calendars.events import uid
from avtalsvakt_calendars.reminding.reminders import months_ahead, remind, reminded
from avtalsvakt_calendars.reminding.wording import Wording, Words


def test_everything_of_an_agreement_comes_by_day():
    reminders = remind(VERDICTS, state(date(2027, 2, 28)), MEETINGS, WORDING, TODAY)
    assert [(event.day.isoformat(), event.kind) for event in reminders] == [
        ("2026-09-16", "advice_prepare"),
        ("2026-09-16", "prepare"),
        ("2026-09-21", "overdue"),
        ("2026-10-01", "advice"),
        ("2026-10-08", "meeting"),
        ("2026-10-09", "renewal"),
        ("2026-10-22", "meeting"),
        ("2026-11-05", "meeting"),
        ("2026-12-03", "meeting"),
        ("2027-02-28", "expiry"),
    ]


def test_the_order_of_verdicts_and_facts_does_not_matter():
    forwards = remind(VERDICTS, state(), MEETINGS, WORDING, TODAY)
    assert forwards == remind(VERDICTS[::-1], state(), MEETINGS[::-1], WORDING, TODAY)


@pytest.mark.parametrize(("days", "shown"), [(731, True), (732, False)])
def test_what_is_to_be_done_is_shown_24_months_ahead(days, shown):
    judged = verdict(due=TODAY + timedelta(days=days), opens=None)
    words = replace(WORDING, obligations={(AGREEMENT, "styrgrupp"): Words(dated=True, lead=0)})
    assert ("due" in {one.kind for one in remind([judged], state(), (), words, TODAY)}) is shown


@pytest.mark.parametrize(("days", "shown"), [(-91, False), (-90, True)])
def test_meetings_that_were_held_stay_for_90_days(days, shown):
    on = TODAY + timedelta(days=days)
    facts = [fact("meeting_scheduled", on, "p", 1, on - timedelta(days=9)), fact("meeting_held", on, "h", 2)]
    assert ("meeting" in {one.kind for one in remind((), state(), facts, WORDING, TODAY)}) is shown


@pytest.mark.parametrize(("days", "shown"), [(-350, True), (-380, False)])
def test_what_is_late_does_not_age_out_for_a_year(days, shown):
    judged = verdict(due=TODAY + timedelta(days=days), opens=None, status="overdue")
    assert ("overdue" in {one.kind for one in remind([judged], state(), (), WORDING, TODAY)}) is shown


def test_months_ahead_are_clipped_to_the_months_last_day():
    assert months_ahead(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert months_ahead(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("name", "end", "kinds"),
    [
        ("in_force", date(2027, 2, 28), ["renewal", "expiry"]),
        ("extended", date(2027, 2, 28), ["renewal", "expiry"]),
        ("terminated", date(2026, 12, 31), ["expiry"]),
        ("lapsed", date(2026, 8, 31), ["expiry"]),
        ("in_force", None, ["info"]),
        ("lapsed", date(2018, 5, 31), ["info"]),
    ],
)
def test_the_end_of_the_agreement_is_reminded_of_and_what_comes_after_while_it_can_be_decided(name, end, kinds):
    assert [event.kind for event in remind((), state(end, name), (), WORDING, TODAY)] == kinds


def test_an_extension_moves_the_end_and_keeps_its_identity():
    before, after = (
        remind((), state(end), (), Wording(), TODAY)[-1] for end in (date(2026, 12, 31), date(2027, 12, 31))
    )
    assert before.uid == after.uid == "vaxholm-2023.expiry@avtalsvakt"
    assert before.day != after.day


def test_a_feed_without_dates_lists_the_open_duties_that_have_none():
    open_duties = [verdict(duty=f"d{number:02}", due=None, period=None) for number in range(12)]
    (event,) = remind(open_duties, state(), (), WORDING, TODAY)
    assert event.summary == "Inget att påminna om just nu"
    lines = event.description.splitlines()
    assert lines[-12:] == ["Öppet utan datum:", *["- Håll styrgruppsmöte"] * 10, "- och 2 till"]


def test_an_identity_is_the_key_and_the_kind():
    assert uid("ostermalm-2020.styrgrupp-moten.2026", "due") == "ostermalm-2020.styrgrupp-moten.2026.due@avtalsvakt"
    assert uid("vaxholm-2023.lagesbild.2023/2026", "due") == "vaxholm-2023.lagesbild.2023/2026.due@avtalsvakt"


def test_an_identity_is_plain_and_bounded_whatever_the_key():
    assert uid("möte\n1", "meeting") == "m%C3%B6te%0A1.meeting@avtalsvakt"
    assert uid("\ud800", "meeting") == "%3F.meeting@avtalsvakt"
    first, second = uid("x" * 500, "due"), uid("x" * 501, "due")
    assert len(first) < 255 and first != second


DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
STATUSES = st.sampled_from(["pending", "at_risk", "overdue", "fulfilled", "not_evaluated", "recommendation_not_met"])


@st.composite
def lives(draw: st.DrawFn):
    """Verdicts, a term and meetings on any days, some cancelled, some held."""
    verdicts = [
        verdict(status=draw(STATUSES), duty=f"d{number}", due=draw(st.none() | DAYS), required=draw(st.integers(1, 2)))
        for number in range(draw(st.integers(0, 3)))
    ]
    facts = []
    for number in range(draw(st.integers(0, 3))):
        on, known = draw(DAYS), draw(DAYS)
        facts.append(fact("meeting_scheduled", on, f"p{number}", 3 * number, known))
        if draw(st.booleans()):
            ident = f"k{number}"
            facts.append(fact("meeting_convened", known, ident, 3 * number + 1, meeting_date=on.isoformat()))
        if draw(st.booleans()):
            ident = f"c{number}"
            facts.append(fact("meeting_cancelled", draw(DAYS), ident, 3 * number + 2, planned_for=on.isoformat()))
    return verdicts, state(draw(st.none() | DAYS)), facts


@settings(max_examples=300, deadline=None)
@given(lives(), DAYS, st.booleans(), st.data())
def test_until_then_the_reminders_stay_as_they_are(life, as_of, details, data):
    verdicts, term, facts = life
    now = reminded(verdicts, term, facts, WORDING, as_of, details=details)
    assert now.until >= as_of
    last = min(now.until, as_of + timedelta(days=2000))
    for day in (last, data.draw(st.dates(as_of, last))):
        then = remind(verdicts, term, facts, WORDING, day, details=details)
        assert [one for one in then if one.kind != "info"] == [one for one in now.reminders if one.kind != "info"]
        assert [one.uid for one in then] == [one.uid for one in now.reminders]
