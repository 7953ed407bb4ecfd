"""What parsers that are not ours read in the feeds: the same days, hours, words and alarms; any text at all."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.calendars.examples import MEETINGS, TODAY, VERDICTS, WORDING, fact, golden_feeds, stamped, state
from tests.calendars.readers import READERS, Read, by_ical, by_icalendar, by_ics, by_vobject, in_utc

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.publishing import as_icalendar
from avtalsvakt_calendars.reminding.reminders import remind

EVENT = Reminder("a.due@avtalsvakt", "due", date(2026, 12, 31), "Håll möte", "Regeln.", "a", categories=("Möte",))
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize("parser", READERS.values(), ids=READERS)
def test_a_parser_reads_what_was_meant(parser):
    reminders = remind(VERDICTS, state(date(2027, 2, 28)), MEETINGS, WORDING, TODAY)
    read = {event.uid: event for event in parser(as_icalendar.render("Vaxholm", stamped(reminders)))}
    assert len(read) == len(reminders)
    for reminder in reminders:
        loud = reminder.kind != "overdue" and not reminder.cancelled
        assert read[reminder.uid] == Read(
            reminder.uid,
            in_utc(reminder.start or reminder.day),
            in_utc(reminder.end or reminder.day + timedelta(days=1)),
            reminder.summary,
            reminder.description,
            "CANCELLED" if reminder.cancelled else "CONFIRMED",
            0,
            reminder.categories,
            (timedelta(hours=-15),) * loud,
        )


@pytest.mark.parametrize("content", golden_feeds().values(), ids=golden_feeds())
def test_the_parsers_agree_on_the_golden_feeds(content):
    first, *others = (sorted(parser(content), key=lambda event: event.uid) for parser in READERS.values())
    for other in others:
        assert other == first


def sundays_of_change() -> list[date]:
    """The last Sundays of March and October 2024–2030."""
    last_days = [date(year, month, 31) for year in range(2024, 2031) for month in (3, 10)]
    return [day - timedelta(days=(day.weekday() + 1) % 7) for day in last_days]


@pytest.mark.parametrize("parser", READERS.values(), ids=READERS)
@pytest.mark.parametrize("sunday", sundays_of_change(), ids=str)
def test_hours_are_right_on_both_sides_of_both_changes_of_the_clock(sunday, parser):
    starts = {event.uid: event.start for event in parser(with_meetings_around(sunday))}
    assert starts == {
        f"vaxholm-2023.m{number}.meeting@avtalsvakt": moment.astimezone(UTC)
        for number, moment in enumerate(moments_around(sunday))
    }


def moments_around(sunday: date) -> list[datetime]:
    """Hours of the day before, the day itself, and the day after."""
    return [
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)
        for day in (sunday - timedelta(days=1), sunday, sunday + timedelta(days=1))
        for hour, minute in ((0, 30), (1, 30), (4, 15), (13, 0))
    ]


@cache
def with_meetings_around(sunday: date) -> bytes:
    """A feed with a meeting at each of them, made once for all parsers."""
    plans = [
        fact("meeting_scheduled", at.date(), f"m{n}", n, date(2024, 1, 1), time=f"{at:%H:%M}", body=f"b{n}")
        for n, at in enumerate(moments_around(sunday))
    ]
    return as_icalendar.render("x", stamped(remind((), state(), plans, WORDING, sunday - timedelta(days=1))))


PARSERS = (by_icalendar, by_vobject, by_ical, by_ics)
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="\\\n\r\t,;:\"'nN^ åäö😀\x00\u2028\u0085\ufeff", max_size=80),
    st.sampled_from(
        [
            "a,b;c:d\\e\\n\\N",
            "rad\r\nEND:VEVENT\r\nBEGIN:VALARM",
            "\x00\x01\x1b[31m\x7f\x9f",
            "👩‍👩‍👧‍👦🇸🇪" * 20,
            "å" * 1_000,
            "\ud800 ensam halva",
            "C:\\Nytt\\möte",
        ]
    ),
)


def readable(text: str) -> str:
    """What may be left of a text: line breaks of every kind as one, no control characters, no lone surrogates."""
    for old in ("\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"):
        text = text.replace(old, "\n")
    text = "".join(char for char in text if char in "\n\t" or (unicodedata.category(char) != "Cc" and char != "\ufeff"))
    return "".join("\ufffd" if unicodedata.category(char) == "Cs" else char for char in text)


@pytest.mark.parametrize("parser", PARSERS)
@settings(max_examples=100, deadline=None)
@given(summary=HOSTILE, description=HOSTILE, name=HOSTILE, uid=HOSTILE, url=HOSTILE)
@example(summary="", description="", name="", uid="", url="")
@example(
    summary="å" * 10_000, description="x" * 10_000, name="😀" * 10_000, uid="u", url="https://a.se/" + "x" * 10_000
)
def test_any_text_in_any_field_is_read_as_it_was_written(parser, summary, description, name, uid, url):
    if parser is by_ics:
        # It takes escapes away one kind after the other, so that a backslash before an n becomes a line break, and from
        # identities not at all. The feeds' own identities hold nothing to escape.
        summary, description, uid = summary.replace("\\", "/"), description.replace("\\", "/"), ""
    hostile = replace(EVENT, uid=f"x{uid}", summary=summary, description=description, url=url)
    content = as_icalendar.render(name, stamped((hostile, replace(EVENT, uid="andra"))))
    assert max(map(len, content.split(b"\r\n"))) <= 75
    read = {event.uid: event for event in parser(content)}
    assert set(read) == {" ".join(readable(f"x{uid}").split()), "andra"}
    event = read[" ".join(readable(f"x{uid}").split())]
    assert event.summary == " ".join(readable(summary).split())
    assert event.description == readable(description)
    assert read["andra"].summary == EVENT.summary


@settings(max_examples=100, deadline=None)
@given(st.lists(HOSTILE.filter(lambda text: readable(text).strip()), min_size=1, max_size=3))
def test_any_category_is_read_as_it_was_written(names):
    content = as_icalendar.render("x", stamped((replace(EVENT, categories=tuple(names)),)))
    expected = tuple(" ".join(readable(name).split()) for name in names)
    assert by_icalendar(content)[0].categories == expected
    assert by_vobject(content)[0].categories == expected


@given(HOSTILE)
def test_the_name_of_the_calendar_is_read_as_it_was_written(name):
    # Not by icalendar, which leaves the escapes in properties it does not know.
    calendar = vobject.readOne(as_icalendar.render(name, stamped((EVENT,))).decode())
    names = {calendar.contents[key][0].value for key in ("name", "x-wr-calname")}
    assert names == {" ".join(readable(name).split())}
