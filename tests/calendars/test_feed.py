"""Feeds as bytes and as files. A person reads golden/; `python -m tests.calendars.examples` writes it."""

import hashlib
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.calendars.examples import GOLDEN, MEETINGS, TODAY, VERDICTS, WORDING, golden_feeds, stamped, state

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.publishing import as_icalendar
from avtalsvakt_calendars.reminding.reminders import remind
from avtalsvakt_calendars.timezone import STOCKHOLM
from avtalsvakt_rules.problems import Rejected

EVENT = Reminder("a.due@avtalsvakt", "due", date(2026, 12, 31), "Håll möte", "Regeln.", "a")


def lines(content: bytes) -> list[str]:
    """The file's lines, unfolded."""
    return content.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("name", sorted(golden_feeds()))
def test_the_feeds_are_the_ones_a_person_has_read(name):
    assert golden_feeds()[name] == (GOLDEN / name).read_bytes()


def test_every_golden_file_is_tested():
    assert {path.name for path in GOLDEN.iterdir()} == set(golden_feeds())


@pytest.mark.parametrize("content", golden_feeds().values(), ids=golden_feeds())
def test_lines_end_and_fold_as_the_standard_says(content):
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    content.decode("utf-8")


def test_two_processes_give_the_same_bytes(tmp_path):
    code = (
        "import hashlib; from tests.calendars.examples import golden_feeds;"
        "print(hashlib.sha256(b''.join(golden_feeds().values())).hexdigest())"
    )
    here = hashlib.sha256(b"".join(golden_feeds().values())).hexdigest()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "UTC")):
        path = os.pathsep.join([*sys.path, str(Path.cwd())])
        surroundings = {"PYTHONPATH": path, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stdout.strip() == here


def test_the_order_of_events_is_by_day_whatever_order_they_come_in():
    items = stamped(remind(VERDICTS, state(), MEETINGS, WORDING, TODAY))
    assert as_icalendar.render("x", items) == as_icalendar.render("x", items[::-1])


def test_the_zone_comes_first_and_only_if_an_hour_needs_it():
    timed = lines(as_icalendar.render("x", stamped(remind((), state(), MEETINGS, WORDING, TODAY))))
    assert timed.count("BEGIN:VTIMEZONE") == 1
    assert timed.index("END:VTIMEZONE") < timed.index("BEGIN:VEVENT")
    all_day = lines(as_icalendar.render("x", stamped(remind(VERDICTS, state(), (), WORDING, TODAY))))
    assert "BEGIN:VTIMEZONE" not in all_day


def test_there_is_one_alarm_at_most_last_in_its_event_and_none_on_what_is_off_or_late():
    content = lines(as_icalendar.render("x", stamped(remind(VERDICTS, state(), MEETINGS, WORDING, TODAY))))
    events = "\n".join(content).split("BEGIN:VEVENT")[1:]
    assert all(event.count("BEGIN:VALARM") <= 1 for event in events)
    for event in events:
        silent = "STATUS:CANCELLED" in event or "Försenat" in event or "Hållet" in event
        assert event.strip().removesuffix("END:VCALENDAR").strip().endswith("END:VALARM\nEND:VEVENT") is not silent


def test_alarms_can_be_left_out():
    assert b"VALARM" not in as_icalendar.render("x", stamped((EVENT,)), alarm=False)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://a.se/a b", "https://a.se/\nX-EVIL:1", "//a.se/x", "https://a.se/å", ""],
)
def test_an_address_that_is_none_is_left_out(address):
    assert "URL" not in "\n".join(lines(as_icalendar.render("x", stamped((replace(EVENT, url=address),)))))


def test_an_address_stands_as_it_is():
    content = lines(as_icalendar.render("x", stamped((replace(EVENT, url="https://a.se/p/x,y;z?q=1"),))))
    assert "URL:https://a.se/p/x,y;z?q=1" in content


def test_an_empty_feed_is_refused():
    with pytest.raises(ValueError, match="hold an event"):
        as_icalendar.render("x", ())


def test_a_file_is_written_once_and_left_alone_after_that(tmp_path):
    path = tmp_path / "publicerat" / "vaxholm-2023.ics"
    assert as_icalendar.write_if_changed(path, b"ett")
    before = path.stat()
    assert not as_icalendar.write_if_changed(path, b"ett")
    assert path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_ino == before.st_ino
    assert as_icalendar.write_if_changed(path, b"tv\xc3\xa5")
    assert path.read_bytes() == b"tv\xc3\xa5"
    assert [entry.name for entry in path.parent.iterdir()] == ["vaxholm-2023.ics"]


def test_a_published_file_can_be_read_by_the_web_server(tmp_path):
    path = tmp_path / "a.ics"
    mask = os.umask(0o022)
    try:
        as_icalendar.write_if_changed(path, b"ett")
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path):
    (tmp_path / "fil").write_text("ingen mapp")
    with pytest.raises(Rejected) as refused:
        as_icalendar.write_if_changed(tmp_path / "fil" / "a.ics", b"ett")
    (problem,) = refused.value.problems
    assert problem.what == "kalenderfilen kan inte skrivas"
    assert problem.where == str(tmp_path / "fil" / "a.ics")

    (tmp_path / "a.ics").mkdir()
    with pytest.raises(Rejected):
        as_icalendar.write_if_changed(tmp_path / "a.ics", b"ett")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.ics", "fil"]


def test_an_hour_that_clocks_show_twice_is_written_so_that_it_is_one():
    start = datetime(2026, 10, 25, 1, 30, tzinfo=STOCKHOLM)
    night = replace(EVENT, kind="meeting", day=start.date(), start=start, end=start.replace(hour=2))
    written = lines(as_icalendar.render("x", stamped((night,))))
    assert "DTSTART;TZID=Europe/Stockholm:20261025T013000" in written
    assert "DTEND:20261025T003000Z" in written
    both = replace(night, start=start.replace(hour=2), end=start.replace(hour=2, fold=1))
    written = lines(as_icalendar.render("x", stamped((both,))))
    assert "DTSTART:20261025T003000Z" in written and "DTEND:20261025T013000Z" in written
    assert "BEGIN:VTIMEZONE" not in written
