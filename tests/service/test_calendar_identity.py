"""One meeting of a calendar is one in the register, whichever way its calendar went since. All is invented."""

import json
from pathlib import Path

import pytest
from tests.calendars.exported import HEAD, calendar, event
from tests.service.command_line import RULES, Answer, call, said

pytestmark = pytest.mark.usefixtures("alone")

WHO = "Lokal styrgrupp"
PLANNED = "DTSTART;TZID=Europe/Stockholm:20270112T130000"
LATER = "DTSTART;TZID=Europe/Stockholm:20270119T150000"
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"


Lines = tuple[str, ...]


class Calendars:
    """Imports calendars into one register."""

    def __init__(self, db: Path, folder: Path) -> None:
        self.db, self.path = db, folder / "k.ics"

    def take(self, *parts: Lines, head: Lines = HEAD, how: Lines = ("--confirm",)) -> Answer:
        self.path.write_bytes(calendar(*parts, head=head))
        return call("--db", self.db, *RULES, "import", "--agreement", "lokal", *how, self.path)

    def meetings(self) -> list[str]:
        done = call("--db", self.db, *RULES, "facts", "list", "--since", "2026-11-01", "--format", "json")
        return [
            " ".join(filter(None, (one["kind"], one.get("planned_for", one["date"]), one.get("time"))))
            for one in json.loads(done.out)["facts"]
            if one["id"].startswith("kal-")
        ]


@pytest.fixture
def into(db: Path, tmp_path: Path) -> Calendars:
    return Calendars(db, tmp_path)


def test_a_meeting_that_was_moved_is_one_meeting(into: Calendars) -> None:
    into.take(event(PLANNED, summary=WHO))
    done = into.take(event(LATER, "SEQUENCE:1", summary=WHO))
    assert "flyttas: lokal: 2027-01-12 13:00 → 2027-01-19 15:00, lokal styrgrupp" in done.out
    assert into.meetings() == ["meeting_scheduled 2027-01-19 15:00"]
    assert "0 föreslagna" in into.take(event(LATER, summary=WHO)).out


def test_a_meeting_may_be_moved_there_and_back_again(into: Calendars) -> None:
    for line in (PLANNED, LATER, PLANNED, LATER):
        assert "1 registrerade" in into.take(event(line, summary=WHO)).out
    assert into.meetings() == ["meeting_scheduled 2027-01-19 15:00"]


def test_another_hour_the_same_day_is_a_move_and_another_end_is_none(into: Calendars) -> None:
    into.take(event(PLANNED, summary=WHO))
    assert "0 föreslagna" in into.take(event(PLANNED, "DURATION:PT3H", summary=WHO)).out
    into.take(event(PLANNED.replace("T13", "T14"), summary=WHO))
    assert into.meetings() == ["meeting_scheduled 2027-01-12 14:00"]


def test_nothing_is_moved_until_somebody_says_so(into: Calendars) -> None:
    into.take(event(PLANNED, summary=WHO))
    assert "1 föreslagna, 0 registrerade" in into.take(event(LATER, summary=WHO), how=()).out
    assert into.meetings() == ["meeting_scheduled 2027-01-12 13:00"]


OFF = {
    "status": (event(PLANNED, "STATUS:CANCELLED", summary=WHO), HEAD),
    "method": (event(PLANNED, "SEQUENCE:1", summary=WHO), (*HEAD, "METHOD:CANCEL")),
    "title": (event(PLANNED, summary=f"Inställt: {WHO}"), HEAD),
    "on another day": (event(LATER, "STATUS:CANCELLED", summary=WHO), HEAD),
}


@pytest.mark.parametrize("way", OFF)
def test_a_planned_meeting_that_was_called_off_is_called_off(way: str, into: Calendars) -> None:
    into.take(event(PLANNED, summary=WHO))
    part, head = OFF[way]
    assert (
        "ställs in: lokal: 2026-11-22 möte inställt, lokal styrgrupp, planerat till 2027-01-12"
        in into.take(part, head=head).out
    )
    assert into.meetings() == ["meeting_cancelled 2027-01-12", "meeting_scheduled 2027-01-12 13:00"]
    again = into.take(part, head=head)
    assert "är redan inställt" in again.out
    assert "0 föreslagna" in again.out


def test_what_was_never_planned_is_not_called_off_either(into: Calendars) -> None:
    done = into.take(event(PLANNED, "STATUS:CANCELLED", summary=WHO))
    assert "inställt: lokal" in done.out
    assert into.meetings() == []


def test_a_meeting_that_is_on_again_is_told(into: Calendars) -> None:
    into.take(event(PLANNED, summary=WHO))
    into.take(event(PLANNED, "STATUS:CANCELLED", summary=WHO))
    assert "återkalla det om mötet ska hållas" in into.take(event(PLANNED, summary=WHO)).out


SERIES = [f"meeting_scheduled 2027-01-{day} 13:00" for day in (12, 19, 26)]


def test_one_occasion_of_a_series_is_moved(into: Calendars) -> None:
    into.take(event(PLANNED, WEEKLY, summary=WHO))
    into.take(
        event(PLANNED, WEEKLY, summary=WHO),
        event("RECURRENCE-ID:20270119T120000Z", "DTSTART:20270121T120000Z", summary=WHO),
    )
    assert into.meetings() == [SERIES[0], "meeting_scheduled 2027-01-21 13:00", SERIES[2]]


@pytest.mark.parametrize("line", ["EXDATE:20270119T120000Z", "EXDATE;VALUE=DATE:20270119"])
def test_an_occasion_that_left_its_series_is_called_off(line: str, into: Calendars) -> None:
    into.take(event(PLANNED, WEEKLY, summary=WHO))
    assert "finns inte kvar i kalenderns serie" in into.take(event(PLANNED, WEEKLY, line, summary=WHO)).out
    assert into.meetings() == ["meeting_cancelled 2027-01-19", *SERIES]


def test_a_whole_series_that_is_called_off(into: Calendars) -> None:
    into.take(event(PLANNED, WEEKLY, summary=WHO))
    into.take(event(PLANNED, summary=WHO), head=(*HEAD, "METHOD:CANCEL"))
    assert [one for one in into.meetings() if "cancelled" in one] == [
        f"meeting_cancelled 2027-01-{day}" for day in (12, 19, 26)
    ]


def test_a_call_off_of_one_occasion_says_nothing_of_the_others(into: Calendars) -> None:
    into.take(event(PLANNED, WEEKLY, summary=WHO))
    into.take(
        event("RECURRENCE-ID:20270119T120000Z", "DTSTART:20270119T120000Z", summary=WHO), head=(*HEAD, "METHOD:CANCEL")
    )
    assert into.meetings() == ["meeting_cancelled 2027-01-19", *SERIES]


def test_a_plan_that_its_calendar_no_longer_has_is_told(into: Calendars) -> None:
    into.take(event(PLANNED, summary=WHO))
    done = into.take(event(LATER, uid="b", summary=WHO))
    assert "1 planerat möte ur tidigare kalendrar finns inte i den här" in done.out
    assert len(into.meetings()) == 2


def test_a_meeting_that_has_been_is_held_where_it_took_place(into: Calendars) -> None:
    into.take(event("DTSTART:20261123T080000Z", summary=WHO))
    done = into.take(event("DTSTART:20261119T080000Z", "DURATION:PT1H", summary=WHO))
    assert "2 registrerade (varav 1 som har hållits och 1 som ändrar ett planerat möte)" in done.out
    assert sorted(into.meetings()) == ["meeting_held 2026-11-19 09:00", "meeting_scheduled 2026-11-19 09:00"]


def test_a_meeting_on_record_as_held_is_not_moved(into: Calendars) -> None:
    into.take(event("DTSTART:20261119T080000Z", summary=WHO))
    assert "är registrerat som hållet 2026-11-19" in into.take(event("DTSTART:20261118T080000Z", summary=WHO)).out


def test_meetings_are_confirmed_one_by_one(into: Calendars) -> None:
    parts = (event(PLANNED, summary=WHO), event(LATER, uid="b", summary=WHO))
    shown = into.take(*parts, how=())
    id_ = shown.out.partition("(kal-")[2].partition(")")[0]
    assert "Bara några: --only kal-" in shown.out
    assert "1 registrerade" in into.take(*parts, how=("--only", f"kal-{id_}")).out
    assert into.meetings() == ["meeting_scheduled 2027-01-12 13:00"]
    wrong = into.take(*parts, how=("--only", "kal-x"))
    assert wrong.err == said(
        "förslaget 'kal-x' finns inte", "--only", "kalendern ger inget förslag med den beteckningen",
        "kör utan --only, så visas förslagen och deras beteckningar",
    )  # fmt: skip


def test_a_calendar_that_was_cut_off_is_refused_and_what_is_left_may_be_taken(into: Calendars) -> None:
    whole = calendar(event(PLANNED, summary=WHO), event(LATER, uid="b", summary=WHO))
    into.path.write_bytes(whole[:-40])
    words = ("--db", into.db, *RULES, "import", "--agreement", "lokal", "--confirm", into.path)
    assert call(*words).code == 2
    assert into.meetings() == []
    done = call(*words, "--partial")
    assert (done.code, into.meetings()) == (2, ["meeting_scheduled 2027-01-12 13:00"])
    assert "Inte inläst: kalendern är inte hel" in done.err


def test_a_dry_run_says_what_did_not_fit_and_writes_nothing(into: Calendars) -> None:
    before = into.db.read_bytes()
    done = into.take(event(PLANNED, summary=WHO), event(PLANNED, uid="b", summary="Lunch"), how=("--dry-run",))
    assert "2 händelser; 1 nämner ett organ och lästes, 1 gör det inte." in done.out
    assert "passar inte: Lunch" in done.out
    assert into.db.read_bytes() == before


@pytest.mark.parametrize(("flag", "value"), [("--map", "a=b"), ("--ignore", "a"), ("--sheet", "a"), ("--reason", "x")])
def test_a_flag_that_would_have_no_effect_is_refused(flag: str, value: str, into: Calendars) -> None:
    done = into.take(event(PLANNED, summary=WHO), how=(flag, value))
    assert (done.code, done.err) == (
        2, said(f"{flag} har ingen verkan här", flag, "flaggan gäller inte en kalender", "utelämna den"),
    )  # fmt: skip
