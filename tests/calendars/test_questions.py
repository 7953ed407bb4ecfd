"""What functions are asked stands together: one event for each agreement, function and day."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from tests.calendars.examples import AGREEMENT, TODAY, WORDING, state, verdict

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.reminding.reminders import remind
from avtalsvakt_calendars.reminding.wording import Words
from avtalsvakt_engine.verdicts import Verdict

ASKING = replace(
    WORDING,
    obligations={
        **WORDING.obligations,
        (AGREEMENT, "tid"): Words("Tillräckligt med tid avsätts.", evidence="attestation"),
        (AGREEMENT, "mal"): Words("Målen går att mäta.", evidence="attestation"),
        ("umbrella-2024", "mandat"): Words("Deltagarna har mandat.", evidence="attestation"),
    },
)


def question(name: str, status: str = "pending", attest: str = "kommunchef", **changes: object) -> Verdict:
    return verdict(name, status, attest=attest, body=None, bearer="staden", **changes)


def events(*verdicts: Verdict) -> list[Reminder]:
    return [one for one in remind(verdicts, state(), (), ASKING, TODAY) if one.kind != "info"]


def test_the_questions_of_a_day_are_one_event() -> None:
    [event] = events(question("tid"), question("mal"), question("mandat", instrument="umbrella-2024"))
    assert (event.kind, event.bearer, event.duties) == ("attest", "kommunchef", ())
    assert date(2026, 12, 14) < event.day < date(2026, 12, 31)
    assert event.summary == "Intyga 3: kommunchef · Vaxholm"
    assert event.description.splitlines() == [
        "Frågor som ingen uppgift i registret svarar på.",
        "",
        "Gäller: Samverkansöverenskommelse, Vaxholm",
        "Vem: kommunchef",
        "Sista dag: 31 december 2026",
        "",
        "- Målen går att mäta.",
        "- Deltagarna har mandat. [Stadsövergripande överenskommelse]",
        "- Tillräckligt med tid avsätts.",
        "",
        "Svara ja eller nej på varje fråga och registrera svaren, så försvinner posten.",
    ]


def test_another_function_and_another_day_have_events_of_their_own() -> None:
    found = events(
        question("tid"),
        question("mal", attest="samordnare"),
        question("mal", attest="samordnare", due=date(2026, 11, 15), duty=f"{AGREEMENT}.mal.tidig"),
    )
    assert {(one.uid, one.bearer) for one in found} == {
        (f"{AGREEMENT}.intyg.samordnare.2026-11-15.due@avtalsvakt", "samordnare"),
        (f"{AGREEMENT}.intyg.kommunchef.2026-12-31.due@avtalsvakt", "kommunchef"),
        (f"{AGREEMENT}.intyg.samordnare.2026-12-31.due@avtalsvakt", "samordnare"),
    }


def test_the_identity_is_the_same_however_many_questions_are_left() -> None:
    [before], [after] = events(question("tid"), question("mal")), events(question("tid"))
    assert before.uid == after.uid == f"{AGREEMENT}.intyg.kommunchef.2026-12-31.due@avtalsvakt"
    assert before.description != after.description


def test_what_is_attested_is_asked_no_more() -> None:
    assert events(question("tid", "fulfilled"), question("mal", "fulfilled_late")) == []


@pytest.mark.parametrize("status", ["overdue", "recommendation_not_met"])
def test_a_no_looks_like_any_other_question(status: str) -> None:
    assert events(question("tid", status), question("mal")) == events(question("tid"), question("mal"))


def test_an_act_beside_the_questions_keeps_its_own_events() -> None:
    found = events(question("tid"), verdict("lagesbild", body=None))
    assert [one.kind for one in found] == ["prepare", "attest", "due"]


def test_questions_without_a_day_are_counted_where_there_is_nothing_else() -> None:
    [event] = remind(
        (question("tid", due=None, period=None), question("mal", due=None, period=None)), state(), (), ASKING, TODAY
    )
    assert event.kind == "info"
    assert "- Intyga 2 punkter (kommunchef)" in event.description.splitlines()


def test_what_was_not_answered_in_time_is_asked_for_a_quarter_week_by_week() -> None:
    late = question("tid", "overdue", due=date(2026, 8, 31))
    [event] = events(late)
    assert TODAY <= event.day < TODAY + timedelta(days=8) and not event.rings
    assert [one for one in remind((late,), state(), (), ASKING, date(2026, 12, 20)) if one.kind != "info"] == []
