"""What one act gives to remind of: at most a day to prepare and the last day, on days when people are at work."""

import itertools
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calendars.examples import AGREEMENT, TODAY, WORDING, fact, verdict

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.reminding.acts import acts
from avtalsvakt_calendars.reminding.deadlines import deadlines, situation
from avtalsvakt_calendars.reminding.descriptions import clause_words
from avtalsvakt_calendars.reminding.event_days import DAYS_PER_STEP, fits, last_days
from avtalsvakt_calendars.reminding.meetings import Meeting, planned_meetings
from avtalsvakt_calendars.reminding.wording import Wording, Words
from avtalsvakt_engine.verdicts import Clause, Verdict

LATE = date(2026, 6, 30)


def events(
    *judged: Verdict,
    as_of: date = TODAY,
    wording: Wording = WORDING,
    meetings: Iterable[Meeting] = (),
    details: bool = False,
) -> list[Reminder]:
    """The events of what is to be done, on a day."""
    todo = [situation(one, as_of, tuple(meetings), details=details) for one in acts(judged, wording, date.min)]
    return [event for one in todo for event in deadlines(one)]


def kinds(judged: Verdict, as_of: date = TODAY, wording: Wording = WORDING) -> dict[str, date]:
    """Kinds of reminders and their days."""
    return {event.kind: event.day for event in events(judged, as_of=as_of, wording=wording)}


def wording(**words: object) -> Wording:
    return Wording({(AGREEMENT, "styrgrupp"): Words("Regeln.", **words)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "status", ["fulfilled", "fulfilled_late", "not_applicable", "waived", "recommendation_not_met"]
)
def test_nothing_is_said_of_what_is_met_or_released_or_was_only_advised(status):
    assert kinds(verdict(status=status)) == {}


@pytest.mark.parametrize("status", ["pending", "at_risk", "not_evaluated"])
def test_an_open_duty_has_a_last_day_and_a_day_to_prepare(status):
    found = kinds(verdict(status=status))
    assert list(found) == ["due", "prepare"]
    assert date(2026, 12, 10) < found["due"] < date(2026, 12, 31)
    assert found["due"] - timedelta(days=40) < found["prepare"] < found["due"] - timedelta(days=29)


def test_what_the_text_gives_a_day_stands_on_that_day_whatever_day_it_is():
    sunday = verdict(due=date(2026, 11, 1))
    assert kinds(sunday, wording=wording(dated=True))["due"] == date(2026, 11, 1)
    assert kinds(sunday, wording=wording())["due"] < date(2026, 11, 1)


@pytest.mark.parametrize("before", [1, DAYS_PER_STEP, DAYS_PER_STEP + 1, 3 * DAYS_PER_STEP])
def test_what_is_due_before_it_opens_stands_on_its_day(before):
    due = date(2025, 12, 14)
    assert last_days("d0", due + timedelta(days=before), due, dated=False) == (due,)


def test_what_was_not_done_on_its_day_stands_on_the_last_working_day_once_more():
    first = kinds(verdict())["due"]
    assert kinds(verdict(), first)["due"] == first
    for as_of in (first + timedelta(days=1), date(2026, 12, 31)):
        assert kinds(verdict(), as_of) == {"due": date(2026, 12, 30)}


def test_what_is_overdue_is_the_same_event_and_moves_to_the_next_working_monday():
    judged = verdict(status="overdue")
    (event,) = events(judged, as_of=date(2027, 1, 1))
    assert event.uid == events(verdict())[0].uid == f"{AGREEMENT}.styrgrupp.2026.due@avtalsvakt"
    assert (event.kind, event.day, event.rings) == ("overdue", date(2027, 1, 4), False)
    assert kinds(judged, date(2027, 1, 4))["overdue"] == date(2027, 1, 4)
    assert kinds(judged, date(2027, 1, 5))["overdue"] == date(2027, 1, 11)
    assert kinds(judged, date(2027, 3, 23))["overdue"] == date(2027, 4, 5), "Easter Monday is 29 March 2027"
    assert kinds(judged, date(2027, 6, 29))["overdue"] == date(2027, 8, 2), "nobody is asked in July"
    assert kinds(judged, date(2027, 12, 31)) == {}


def test_what_cannot_be_made_up_for_is_asked_about_for_some_weeks():
    judged = verdict(status="overdue", curable=False)
    (event,) = events(judged, as_of=date(2027, 1, 1))
    assert event.summary == "Rapportera: håll styrgruppsmö… · Vaxholm"
    assert kinds(judged, date(2027, 1, 25))["overdue"] == date(2027, 1, 25)
    assert kinds(judged, date(2027, 1, 26)) == {}


def test_a_duty_that_could_not_be_judged_keeps_its_past_day_without_more():
    assert kinds(verdict(status="not_evaluated", due=LATE)) == {"due": LATE}


def test_an_undated_duty_has_no_event():
    assert kinds(verdict(due=None)) == {}
    assert kinds(verdict(due=None, status="overdue")) == {}


def test_the_rules_own_lead_stands_and_nought_means_none():
    early = verdict(opens=date(2026, 12, 1))
    assert kinds(early, wording=wording(lead=45))["prepare"] < date(2026, 11, 16)
    assert "prepare" not in kinds(early, wording=wording(lead=0))


def test_a_default_lead_never_begins_before_the_duty_opens():
    judged = verdict(opens=date(2026, 3, 10), due=date(2026, 3, 31))
    assert kinds(judged, date(2026, 1, 1))["prepare"] == date(2026, 3, 10)
    assert "prepare" not in kinds(verdict(opens=date(2026, 3, 31), due=date(2026, 3, 31)), date(2026, 1, 1))


def test_a_picture_is_begun_two_months_before():
    judged, picture = verdict("lagesbild"), Wording({(AGREEMENT, "lagesbild"): Words(evidence="document_revised")})
    found = kinds(judged, wording=picture)
    assert 60 <= (found["due"] - found["prepare"]).days <= 69


def test_an_extension_is_prompted_for_before_the_consultation():
    right = verdict("forlangning", modality="power", period=None, opens=None)
    words = Wording({(AGREEMENT, "forlangning"): Words(evidence="extension_agreed", lead=60, dated=True)})
    (act,) = acts([right], words, date.min)
    asked = situation(act, date(2026, 1, 1), (), consultation=LATE)
    _, prompt = deadlines(asked)
    assert date(2026, 5, 20) < prompt.day < date(2026, 6, 1)


def test_a_prompt_is_repeated_ever_more_seldom_until_the_last_day():
    days, as_of = [], date(2026, 1, 1)
    judged, words = verdict(opens=None), wording(lead=120, dated=True)
    while (found := kinds(judged, as_of, words)).get("prepare"):
        days.append(found["prepare"])
        as_of = found["prepare"] + timedelta(days=1)
    gaps = [(after - before).days for before, after in itertools.pairwise(days)]
    assert len(days) == 7 and gaps[0] <= 8 and max(gaps) <= 31 and gaps[-1] >= 26


@pytest.mark.parametrize(
    ("modality", "lead", "reminded"), [("power", None, False), ("power", 30, True), ("definition", 30, False)]
)
def test_a_right_is_reminded_of_only_when_its_clause_asks_for_it(modality, lead, reminded):
    assert bool(kinds(verdict(modality=modality), wording=wording(lead=lead))) is reminded


def test_titles_are_verb_object_number_and_the_agreements_name():
    due, prepare = events(verdict(required=2, counted=1))
    assert (due.summary, prepare.summary) == ("Håll styrgruppsmöte 2/2 · Vaxholm", "Kalla styrgruppen 2/2 · Vaxholm")
    due, prepare = events(verdict("samrad", period=None))
    assert due.summary == "Håll samråd (fortsättning) · Vaxholm"
    assert prepare.summary == "Boka samråd (fortsättning) · Vaxholm"


def test_the_last_day_of_a_meeting_is_to_hold_it_and_the_day_before_that_to_call_it():
    words = wording(act="Kalla Styrgruppen", evidence="meeting_held")
    due, prepare = events(verdict(body="local_steering_group"), wording=words)
    assert due.summary.startswith("Håll ") and prepare.summary.startswith("Kalla ")


def test_a_recommendation_and_its_preparation_are_told_apart_from_duties():
    assert list(kinds(verdict(modality="recommendation"))) == ["advice", "advice_prepare"]


def test_what_was_missed_is_told_only_if_the_feed_was_made_so():
    judged = verdict(status="overdue", required=2, counted=1, due=LATE)
    (late,) = events(judged)
    assert late.summary == "Försenat: håll styrgruppsmöte · Vaxholm"
    assert "1 av 2" not in late.summary + late.description
    (late,) = events(judged, details=True)
    assert "Läge: 1 av 2 klart, försenat sedan 1 juli 2026" in late.description


def test_the_description_says_the_rule_where_it_stands_who_why_when_and_how():
    due, _ = events(verdict(part_period=True, instrument="umbrella-2024"))
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


def test_what_a_law_demands_is_not_called_an_undertaking():
    words = Wording(laws=frozenset({"lag-2023-196"}))
    due, _ = events(verdict(instrument="lag-2023-196"), wording=words)
    assert "Varför: Lagen kräver det." in due.description


def test_a_duty_says_how_it_is_met():
    steps = {f"{AGREEMENT}.styrgrupp.2026": ("1. Registrera mötet",)}
    due, _ = events(verdict(), wording=Wording(how=steps))
    assert due.description.endswith("\n\nGör så här:\n1. Registrera mötet")


def two_texts(own: str, other: str) -> list[Reminder]:
    """What an agreement and a text over it ask for, with these statuses; one act."""
    same = {
        (AGREEMENT, AGREEMENT, "styrgrupp"): "styrgrupp",
        (AGREEMENT, "umbrella-2024", "mote"): "styrgrupp",
    }
    words = Wording(WORDING.obligations, WORDING.labels, WORDING.titles, same=same)
    above = verdict("mote", other, instrument="umbrella-2024", duty=f"{AGREEMENT}.umbrella-2024.mote.2026")
    return events(above, verdict(status=own, required=2, counted=1), wording=words)


def test_what_two_texts_ask_for_is_one_event_that_names_both():
    due, prepare = two_texts("pending", "pending")
    assert due.uid == f"{AGREEMENT}.styrgrupp.2026.due@avtalsvakt" and prepare.kind == "prepare"
    sources = [line for line in due.description.splitlines() if line.startswith("Källa: ")]
    assert len(sources) == 2 and "Stadsövergripande" in sources[1]
    assert due.duties == (f"{AGREEMENT}.styrgrupp.2026", f"{AGREEMENT}.umbrella-2024.mote.2026")


def test_the_event_keeps_its_identity_whichever_text_is_met_first():
    identities = {one[0].uid for one in (two_texts("pending", "fulfilled"), two_texts("fulfilled", "pending"))}
    assert identities == {f"{AGREEMENT}.styrgrupp.2026.due@avtalsvakt"}
    assert two_texts("fulfilled", "fulfilled") == []


def notices(count: int, *, convened: bool) -> tuple[Meeting, ...]:
    """So many meetings in November, planned or called."""
    days = [date(2026, 11, 5), date(2026, 11, 26)][:count]
    if convened:
        return planned_meetings(
            fact("meeting_convened", date(2026, 9, 1), f"k{one.day}", one.day, meeting_date=str(one)) for one in days
        )
    return planned_meetings(fact("meeting_scheduled", one, f"p{one.day}", one.day, TODAY) for one in days)


def test_planned_meetings_stand_for_what_is_left_and_only_the_call_is_prompted_for():
    judged = verdict(required=2)
    assert [one.kind for one in events(judged, meetings=notices(1, convened=False))] == ["due", "prepare"]
    (prepare,) = events(judged, meetings=notices(2, convened=False))
    assert prepare.kind == "prepare" and prepare.day <= date(2026, 11, 5) - timedelta(days=7)
    assert events(judged, meetings=notices(2, convened=True)) == []


def test_other_bodies_and_periods_and_what_is_off_or_held_are_not_its_meetings():
    facts = [
        fact("meeting_scheduled", date(2026, 11, 1), "a", 1, TODAY, body="coordinators"),
        fact("meeting_scheduled", date(2027, 1, 4), "b", 2, TODAY),
        fact("meeting_scheduled", date(2026, 11, 3), "c", 3, TODAY),
        fact("meeting_cancelled", TODAY, "d", 4, planned_for="2026-11-03"),
        fact("meeting_scheduled", date(2026, 9, 1), "e", 5, date(2026, 8, 1)),
        fact("meeting_held", date(2026, 9, 1), "f", 6),
    ]
    due, _ = events(verdict(), meetings=planned_meetings(facts))
    assert "Planerat möte" not in due.description


def test_a_site_tells_duties_of_one_clause_apart():
    judged = verdict(duty=f"{AGREEMENT}.styrgrupp.torget.2026", body=None)
    words = Wording(
        {(AGREEMENT, "styrgrupp"): Words("Regeln.", evidence="meeting_held")}, about={judged.duty: "Torget"}
    )
    assert events(judged, wording=words)[0].summary == f"Håll möte Torget · {AGREEMENT}"


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


@settings(deadline=None)
@given(
    st.dates(date(2025, 1, 1), date(2029, 12, 31)),
    st.dates(date(2025, 1, 1), date(2029, 12, 31)),
    st.sampled_from([None, 7, 90, 364]),
    st.sampled_from(["pending", "overdue"]),
    st.booleans(),
)
def test_nothing_is_asked_for_in_the_past_or_when_nobody_is_at_work(due, as_of, length, status, curable):
    """Prompts and what is late are ahead and on working days; the last day too, where a working day is left."""
    opens = due - timedelta(days=length) if length else None
    judged = verdict(status=status if due < as_of else "pending", due=due, opens=opens, curable=curable)
    if due < as_of and judged.status == "pending":
        return
    found = events(judged, as_of=as_of)
    assert len(found) <= 2 and len({one.uid for one in found}) == len(found)
    for one in found:
        if one.kind != "due":
            assert one.day >= as_of and fits(one.day)
            assert one.kind == "overdue" or one.day < due
        assert len(one.summary) <= 40
        assert one.day <= due or one.day.weekday() == 0


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=800))
def test_the_words_do_not_change_with_the_day_of_asking(days):
    """A night on which nothing happened may add, move or take away events; it never rewords one."""
    judged = verdict(required=2, counted=1)
    first = {event.uid: event for event in events(judged, as_of=date(2025, 1, 1))}
    as_of = date.fromordinal(date(2025, 1, 1).toordinal() + days)
    for event in events(judged, as_of=as_of) if as_of <= date(2026, 12, 31) else ():
        assert (event.summary, event.description) == (first[event.uid].summary, first[event.uid].description)


def test_a_record_that_leaves_out_what_decides_is_asked_to_be_completed():
    judged = verdict(due=date(2026, 9, 1), flags=("asks_attribute",))
    (question,) = events(judged)
    assert (question.kind, question.day) == ("confirm", date(2026, 9, 21))
    assert question.summary == "Komplettera: håll styrgruppsm… · Vaxholm"
    assert "en uppgift saknas" in question.description
    assert list(kinds(verdict(flags=("asks_attribute",)))) == ["due", "prepare"]
