"""Repeated events are held on the days and hours that their own calendar shows. All calendars are invented."""

import pytest
from tests.calendars.exported import STOCKHOLM, calendar, event, faults, read, times

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"
THREE = ["2026-01-12 13:00", "2026-01-19 13:00", "2026-01-26 13:00"]
SERIES = {
    "UTC over the end of summer time": (
        ("DTSTART:20261012T110000Z", WEEKLY), ["2026-10-12 13:00", "2026-10-19 13:00", "2026-10-26 12:00"],
    ),
    "weekdays are those of the event's own zone": (
        ("DTSTART;TZID=America/New_York:20260111T200000", "RRULE:FREQ=WEEKLY;BYDAY=SU;COUNT=2"),
        ["2026-01-12 02:00", "2026-01-19 02:00"],
    ),
    "summer time begins later there": (
        ("DTSTART;TZID=America/New_York:20260302T080000", "RRULE:FREQ=WEEKLY;COUNT=5"),
        ["2026-03-02 14:00", "2026-03-09 13:00", "2026-03-16 13:00", "2026-03-23 13:00", "2026-03-30 14:00"],
    ),
    "floating": (("DTSTART:20260112T130000", WEEKLY), THREE),
    "whole days": (("DTSTART;VALUE=DATE:20260112", WEEKLY), ["2026-01-12", "2026-01-19", "2026-01-26"]),
    "a day without VALUE=DATE": (("DTSTART:20260112", WEEKLY), ["2026-01-12", "2026-01-19", "2026-01-26"]),
    "RDATE alone": ((STOCKHOLM, "RDATE;TZID=Europe/Stockholm:20260216T150000"), [THREE[0], "2026-02-16 15:00"]),
    "RDATE as a day": ((STOCKHOLM, "RDATE;VALUE=DATE:20260216"), [THREE[0], "2026-02-16 13:00"]),
    "RDATE as a period": ((STOCKHOLM, "RDATE;VALUE=PERIOD:20260216T120000Z/PT1H"), [THREE[0], "2026-02-16 13:00"]),
    "a second rule": (
        (STOCKHOLM, "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=MONTHLY;BYMONTHDAY=25;COUNT=1"),
        ["2026-01-12 13:00", "2026-01-19 13:00", "2026-01-25 13:00"],
    ),
    "EXDATE as a day": ((STOCKHOLM, WEEKLY, "EXDATE;VALUE=DATE:20260119"), [THREE[0], THREE[2]]),
    "EXDATE in UTC": ((STOCKHOLM, WEEKLY, "EXDATE:20260119T120000Z"), [THREE[0], THREE[2]]),
    "EXDATE without its zone": ((STOCKHOLM, WEEKLY, "EXDATE:20260119T130000"), [THREE[0], THREE[2]]),
    "EXDATE twice": ((STOCKHOLM, WEEKLY, "EXDATE:20260119T120000Z,20260126T120000Z"), [THREE[0]]),
    "EXDATE with an hour on whole days": (
        ("DTSTART;VALUE=DATE:20260112", WEEKLY, "EXDATE:20260118T230000Z"), ["2026-01-12", "2026-01-26"],
    ),
    "EXRULE": ((STOCKHOLM, "RRULE:FREQ=WEEKLY;COUNT=4", "EXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2"),
               ["2026-01-19 13:00", "2026-02-02 13:00"]),
    "UNTIL as a day": ((STOCKHOLM, "RRULE:FREQ=WEEKLY;UNTIL=20260126"), THREE),
    "UNTIL in the event's own zone": ((STOCKHOLM, "RRULE:FREQ=WEEKLY;UNTIL=20260126T130000"), THREE),
    "UNTIL in UTC": ((STOCKHOLM, "RRULE:FREQ=WEEKLY;UNTIL=20260126T120000Z"), THREE),
    "UNTIL in UTC on whole days": (
        ("DTSTART;VALUE=DATE:20260112", "RRULE:FREQ=WEEKLY;UNTIL=20260118T230000Z"), ["2026-01-12", "2026-01-19"],
    ),
    "the end of all time": (
        (STOCKHOLM, "RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z"), ["2026-01-12 13:00", "2027-01-12 13:00"],
    ),
    "no end, by Outlook": ((STOCKHOLM, "RRULE:FREQ=YEARLY;COUNT=-1"), ["2026-01-12 13:00", "2027-01-12 13:00"]),
    "spaces": ((STOCKHOLM, "RRULE:FREQ=WEEKLY; BYDAY=MO, TH; COUNT=3"),
               ["2026-01-12 13:00", "2026-01-15 13:00", "2026-01-19 13:00"]),
    "small letters": ((STOCKHOLM, "RRULE:freq=weekly;byday=mo;count=3"), THREE),
    "which Monday of a week": ((STOCKHOLM, "RRULE:FREQ=WEEKLY;BYDAY=2MO;COUNT=3"), THREE),
    "the last working day": (
        ("DTSTART;TZID=Europe/Stockholm:20260130T130000",
         "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"),
        ["2026-01-30 13:00", "2026-02-27 13:00", "2026-03-31 13:00"],
    ),
    "the hour that does not exist": (
        ("DTSTART;TZID=Europe/Stockholm:20260328T023000", "RRULE:FREQ=DAILY;COUNT=3"),
        ["2026-03-28 02:30", "2026-03-29 03:30", "2026-03-30 02:30"],
    ),
    "a week by the hour": ((STOCKHOLM, "RRULE:FREQ=HOURLY;INTERVAL=168;COUNT=3"), THREE),
    "a rule that never comes true": ((STOCKHOLM, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), THREE[:1]),
    "a sixth Monday": ((STOCKHOLM, "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"), THREE[:1]),
}  # fmt: skip


@pytest.mark.parametrize("case", SERIES)
def test_a_series_is_held_when_its_calendar_shows_it(case: str) -> None:
    lines, expected = SERIES[case]
    reading = read(calendar(event(*lines)))
    assert faults(reading) == []
    assert times(reading) == expected


MOVED = "DTSTART;TZID=Europe/Stockholm:20260121T150000"
CHANGED = {
    "moved": (("RECURRENCE-ID;TZID=Europe/Stockholm:20260119T130000", MOVED), [THREE[0], "2026-01-21 15:00", THREE[2]]),
    "named in UTC": (("RECURRENCE-ID:20260119T120000Z", MOVED), [THREE[0], "2026-01-21 15:00", THREE[2]]),
    "named as a day": (("RECURRENCE-ID;VALUE=DATE:20260119", MOVED), [THREE[0], "2026-01-21 15:00", THREE[2]]),
    "called off": (
        ("RECURRENCE-ID:20260119T120000Z", "DTSTART:20260119T120000Z", "STATUS:CANCELLED"),
        [THREE[0], THREE[2]],
    ),
    "moved with all that follow": (
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T120000Z", "DTSTART:20260120T130000Z"),
        [THREE[0], "2026-01-20 14:00", "2026-01-27 14:00"],
    ),
    "into another year": (
        ("RECURRENCE-ID:20260119T120000Z", "DTSTART;TZID=Europe/Stockholm:20270119T130000"),
        [THREE[0], THREE[2], "2027-01-19 13:00"],
    ),
    "the day does not exist": (("RECURRENCE-ID:20260119T120000Z", "DTSTART:20260230T120000Z"), [THREE[0], THREE[2]]),
}


@pytest.mark.parametrize("case", CHANGED)
def test_a_changed_occasion_takes_the_place_of_the_planned_one(case: str) -> None:
    lines, expected = CHANGED[case]
    assert times(read(calendar(event(STOCKHOLM, WEEKLY), event(*lines)))) == expected
    assert times(read(calendar(event(*lines), event(STOCKHOLM, WEEKLY)))) == expected


def test_an_occasion_without_a_title_of_its_own_has_the_series() -> None:
    off = event("RECURRENCE-ID:20260119T120000Z", "DTSTART:20260119T120000Z", "STATUS:CANCELLED", summary="")
    reading = read(calendar(event(STOCKHOLM, WEEKLY), off))
    assert times(reading) == [THREE[0], THREE[2]]
    assert {one.summary for one in reading.occasions} == {"Provrådet"}


def test_the_latest_version_of_an_event_holds() -> None:
    old = event(STOCKHOLM, "SEQUENCE:0")
    new = event("DTSTART;TZID=Europe/Stockholm:20260119T130000", "SEQUENCE:2")
    assert times(read(calendar(old, new))) == times(read(calendar(new, old))) == [THREE[1]]


@pytest.mark.parametrize("number", ["²", "٣", "-1", "9" * 5000, "många", ""])
def test_a_version_whose_number_is_none_is_the_first(number: str) -> None:
    old = event(STOCKHOLM, f"SEQUENCE:{number}")
    new = event("DTSTART;TZID=Europe/Stockholm:20260119T130000", "SEQUENCE:1")
    assert times(read(calendar(old, new))) == times(read(calendar(new, old))) == [THREE[1]]


def test_without_numbers_the_one_written_last_holds() -> None:
    old = event(STOCKHOLM, "LAST-MODIFIED:20260101T000000Z")
    new = event("DTSTART;TZID=Europe/Stockholm:20260119T130000", "LAST-MODIFIED:20260102T000000Z")
    assert times(read(calendar(new, old))) == [THREE[1]]


def test_two_events_of_one_identity_and_age_are_both_read_and_told() -> None:
    reading = read(calendar(event(STOCKHOLM), event("DTSTART;TZID=Europe/Stockholm:20260119T130000")))
    assert times(reading) == THREE[:2]
    assert [one.what for one in reading.notes] == ["två händelser har samma identitet (UID)"]


def test_an_occasion_keeps_its_name_when_it_is_moved() -> None:
    before = read(calendar(event(STOCKHOLM, WEEKLY)))
    after = read(calendar(event(STOCKHOLM, WEEKLY), event("RECURRENCE-ID:20260119T120000Z", MOVED)))
    assert [one.recurrence for one in before.occasions] == [one.recurrence for one in after.occasions]


def test_occasions_keep_their_names_when_all_that_follow_are_moved() -> None:
    named = {one.recurrence for one in read(calendar(event(STOCKHOLM, WEEKLY))).occasions}
    onwards = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T120000Z", "DTSTART:20260120T130000Z")
    assert {one.recurrence for one in read(calendar(event(STOCKHOLM, WEEKLY), onwards)).occasions} == named


def test_an_old_series_without_end_is_read_up_to_the_last_day() -> None:
    found = times(read(calendar(event("DTSTART;TZID=Europe/Stockholm:20150105T090000", "RRULE:FREQ=DAILY"))))
    assert (found[0], found[-1], len(found)) == ("2015-01-05 09:00", "2028-01-01 09:00", 4745)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=0", "FREQ=SECONDLY", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYHOUR=13",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5,6", "FREQ=WEEKLY;BYDAY=MÅ", "FREQ=FORTNIGHTLY", "BYDAY=MO",
        "FREQ=DAILY;COUNT=0", "FREQ=DAILY;UNTIL=20260231", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYDAY=MO;BYDAY=TU", "FREQ=YEARLY;RSCALE=CHINESE", "FREQ=WEEKLY;BYFOO=1", "D1 #5",
        "FREQ=DAILY;INTERVAL=9999999999999999999999", f"FREQ=DAILY;INTERVAL={'9' * 5000}", "FREQ=DAILY;INTERVAL=²",
        f"FREQ=MONTHLY;BYMONTHDAY={'1' * 5000}", f"FREQ=HOURLY;INTERVAL=24;COUNT={'9' * 5000}",
        "FREQ=HOURLY;INTERVAL=24;COUNT=²",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_followed_costs_its_event_and_is_told(rule: str) -> None:
    good = event("DTSTART:20260309T120000Z", uid="b")
    reading = read(calendar(event(STOCKHOLM, f"RRULE:{rule}"), good))
    assert times(reading) == ["2026-03-09 13:00"]
    [told] = reading.unread
    assert any(word in f"{told.what} {told.why}" for word in ("RRULE", "upprepas"))
