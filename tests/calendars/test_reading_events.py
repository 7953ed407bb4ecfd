"""One bad property costs one event; a file that is not whole is told; nothing is read less without a word."""

import pytest
from tests.calendars.exported import HEAD, STOCKHOLM, calendar, event, faults, read, times

from avtalsvakt_rules.problems import Rejected

GOOD = event("DTSTART:20260309T120000Z", uid="good")
ALONE = ["2026-03-09 13:00"]
BAD = {
    "a day that does not exist": ("DTSTART:20260230T120000Z",),
    "an hour that does not exist": ("DTSTART:20260112T250000Z",),
    "nothing": ("DTSTART:",),
    "no line for it": (),
    "words": ("DTSTART:i morgon",),
    "two different": (STOCKHOLM, "DTSTART;TZID=Europe/Stockholm:20260112T150000"),
    "the year one": ("DTSTART:00010101T000000Z",),
    "the year 1601": ("DTSTART:16010101T000000Z",),
    "the end of time": ("DTSTART:99991231T235959Z",),
    "an exception that is none": (STOCKHOLM, "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20260230T120000Z"),
}


@pytest.mark.parametrize("case", BAD)
def test_one_bad_event_costs_itself(case: str) -> None:
    reading = read(calendar(event(*BAD[case]), GOOD))
    assert times(reading) == ALONE
    [told] = reading.unread
    assert told.where.rpartition(":")[2].isdigit()
    assert told.remedy == "rätta händelsen i kalendern och exportera den på nytt, eller registrera mötet för hand"


LENGTHS = ("DURATION:PT1W", "DURATION:", "DURATION:P1D2W", "DURATION:-PT1H", "DTEND:20260230T120000Z", "DTEND:20260101",
           "DTEND:", "DTEND:99991231T235959Z", "DURATION:en timme", "DTEND;VALUE=DATE:20260113")  # fmt: skip


@pytest.mark.parametrize("line", LENGTHS)
def test_an_odd_length_costs_nothing(line: str) -> None:
    reading = read(calendar(event(STOCKHOLM, line)))
    assert (times(reading), faults(reading)) == (["2026-01-12 13:00"], [])


WRITTEN = {
    "DTSTART:20260112T1300": "2026-01-12 13:00",
    "DTSTART:2026-01-12T13:00:00": "2026-01-12 13:00",
    "DTSTART:2026-01-12T12:00:00Z": "2026-01-12 13:00",
    "DTSTART:20260112T130000+0200": "2026-01-12 12:00",
    "DTSTART:20260112T120000.000Z": "2026-01-12 13:00",
    "DTSTART:20260112T240000": "2026-01-13 00:00",
    "DTSTART;VALUE=DATE:20260112T000000": "2026-01-12",
    "DTSTART;TZID=Europe/Stockholm:20260112T120000Z": "2026-01-12 13:00",
    "dtstart:20260112T120000z": "2026-01-12 13:00",
    "DTSTART;VALUE=DATE-TIME;TZID=\"Europe/Stockholm\":20260112T130000": "2026-01-12 13:00",
}  # fmt: skip


@pytest.mark.parametrize("line", WRITTEN)
def test_moments_as_programs_write_them(line: str) -> None:
    assert times(read(calendar(event(line)))) == [WRITTEN[line]]


def test_outlooks_whole_day_has_no_hour() -> None:
    lines = ("DTSTART;TZID=W. Europe Standard Time:20260112T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    assert times(read(calendar(event(*lines)))) == ["2026-01-12"]


def test_an_event_without_a_uid_is_read_and_two_are_two() -> None:
    data = calendar(event("DTSTART:20260112T120000Z", uid=""), event("DTSTART;VALUE=DATE:20260209", uid=""))
    assert times(read(data)) == ["2026-01-12 13:00", "2026-02-09"]


OFF_TITLES = ("Inställt: Provrådet", "INSTÄLLT Provrådet", "Inställd: Provrådet", "Canceled: Provrådet",
              "Cancelled: Provrådet", "Avbokat: Provrådet", "VB: Inställt: Provrådet", "Provrådet (inställt)",
              "Provrådet - INSTÄLLT", "[Inställt] Provrådet", "Provrådet ställs in", "Provrådet utgår",
              "Avlyst: Provrådet")  # fmt: skip


@pytest.mark.parametrize("title", OFF_TITLES)
def test_a_title_that_calls_off_is_believed(title: str) -> None:
    assert times(read(calendar(event(STOCKHOLM, "STATUS:CONFIRMED", summary=title)))) == []


@pytest.mark.parametrize("title", ["Provrådet", "Provrådet om inställda betalningar i höst", "Provrådets inställning"])
def test_a_title_that_speaks_of_something_else_calls_nothing_off(title: str) -> None:
    assert times(read(calendar(event(STOCKHOLM, summary=title)))) == ["2026-01-12 13:00"]


@pytest.mark.parametrize("status", ["CANCELLED", "cancelled", "CANCELED"])
def test_what_is_called_off_is_not_held(status: str) -> None:
    assert times(read(calendar(event(STOCKHOLM, f"STATUS:{status}")))) == []


def test_a_calendar_that_calls_off_holds_nothing() -> None:
    assert times(read(calendar(event(STOCKHOLM), head=(*HEAD, "METHOD:CANCEL")))) == []


@pytest.mark.parametrize("method", ["REPLY", "COUNTER"])
def test_an_answer_to_an_invitation_is_no_meeting(method: str) -> None:
    reading = read(calendar(event(STOCKHOLM), head=(*HEAD, f"METHOD:{method}")))
    assert (reading.events, reading.answers, reading.occasions) == (1, 1, ())


def test_a_moved_slot_says_so() -> None:
    [one] = read(calendar(event(STOCKHOLM, summary="Flyttat: Provrådet"))).occasions
    assert one.moved


def test_the_account_says_what_was_seen_read_and_left() -> None:
    todo = ("BEGIN:VTODO", "SUMMARY:Provrådet", "END:VTODO")
    reading = read(calendar(event(STOCKHOLM), event(STOCKHOLM, uid="b", summary="Lunch"), todo))
    assert (reading.events, reading.concerned, dict(reading.unnamed), dict(reading.others)) == (
        2, 1, {"Lunch": 1}, {"VTODO": 1},
    )  # fmt: skip


def test_an_alarm_inside_an_event_is_no_part_of_it() -> None:
    alarm = ("BEGIN:VALARM", "SUMMARY:Lunch", "DURATION:PT5M", "DTSTART:20270101", "END:VALARM")
    assert times(read(calendar(event(STOCKHOLM, *alarm)))) == ["2026-01-12 13:00"]


@pytest.mark.parametrize("bytes_left", range(20, 330, 31))
def test_a_file_that_was_cut_off_is_told_wherever_it_was_cut(bytes_left: int) -> None:
    whole = calendar(event(STOCKHOLM, "RRULE:FREQ=WEEKLY;COUNT=30"), event("DTSTART:20260309T120000Z", uid="good"))
    cut = whole[: min(bytes_left, len(whole) - 5)]
    reading = read(cut)
    assert faults(reading)[0] == "kalendern är inte hel"
    assert reading.damage[0].remedy == "exportera den på nytt, eller ta det som finns med --partial"
    assert len(times(reading)) in (0, 30, 31)


def test_an_event_that_another_interrupts_is_told() -> None:
    reading = read(calendar(event(STOCKHOLM)[:-1], GOOD))
    assert (times(reading), faults(reading)) == (ALONE, ["händelsen är inte hel"])


def test_two_calendars_in_a_file_are_both_read() -> None:
    assert len(times(read(calendar(event(STOCKHOLM)) + calendar(GOOD)))) == 2


NO_CALENDARS = {
    b"": "filen är tom", b"<html><body>Logga in</body></html>": "webbsida", b"PK\3\4xx": "arkiv (zip)",
    b"BEGIN:VCARD\r\nEND:VCARD\r\n": "adresskort", b'{"kind": 1}': "JSON", b"hej": "BEGIN:VCALENDAR finns inte",
    b"BEGIN:VEVENT\r\nEND:VEVENT\r\n": "saknar BEGIN:VCALENDAR",
}  # fmt: skip


@pytest.mark.parametrize("data", NO_CALENDARS)
def test_a_file_that_is_no_calendar_is_told_what_it_is(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        read(data)
    [told] = caught.value.problems
    assert told.what == "filen är ingen kalender"
    assert NO_CALENDARS[data] in told.why


def test_the_work_that_a_file_may_cost_is_bounded() -> None:
    never = [
        event(STOCKHOLM, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid=f"n{number}") for number in range(60)
    ]  # fmt: skip
    reading = read(calendar(*never))
    assert faults(reading) == ["läsningen avbröts vid den här händelsen"]
    assert 0 < len(reading.occasions) < 60
