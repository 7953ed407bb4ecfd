"""The feeds that all readers are given: those a person has read, everything at once, clock changes, and hard texts."""

from datetime import date, datetime, timedelta

from tests.calendars.examples import MEETINGS, TODAY, VERDICTS, WORDING, fact, golden_feeds, stamped, state

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.publishing import as_icalendar
from avtalsvakt_calendars.reminding.meeting_events import meeting_reminders
from avtalsvakt_calendars.reminding.meetings import planned_meetings
from avtalsvakt_calendars.reminding.reminders import remind
from avtalsvakt_calendars.timezone import STOCKHOLM

HARD = (
    "kommatecken, semikolon; kolon: citat\" ' och \\ snedstreck",
    "två\nrader\n\noch en tom",
    "👩‍👩‍👧‍👦🇸🇪 åäö é ́ \u200b",
    "BEGIN:VEVENT\nUID:annan\nEND:VEVENT",
    "\x00\x07\x1b[31m\x7f röd",
    "å" * 10_000,
    "😀" * 3_000,
    "%0A %2C =?utf-8?q?x?= &amp; <b>",
)


def clock_changes() -> bytes:
    """A meeting at four hours on the days around both changes of the clock, 2024–2030."""
    last = [date(year, month, 31) for year in range(2024, 2031) for month in (3, 10)]
    sundays = [day - timedelta(days=(day.weekday() + 1) % 7) for day in last]
    moments = [
        datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)
        for sunday in sundays
        for day in (sunday - timedelta(days=1), sunday, sunday + timedelta(days=1))
        for hour, minute in ((0, 30), (1, 30), (4, 15), (13, 0))
    ]
    plans = [
        fact("meeting_scheduled", at.date(), f"m{n}", n, date(2024, 1, 1), time=f"{at:%H:%M}", body=f"b{n}")
        for n, at in enumerate(moments)
    ]
    meetings = planned_meetings(plans)
    return as_icalendar.render(
        "Klockan ställs om", stamped(tuple(meeting_reminders(meetings, WORDING, date(2024, 1, 1))))
    )


def everything() -> bytes:
    """One agreement with every kind of event."""
    passed = fact("meeting_scheduled", date(2026, 9, 1), "m9", 9, date(2026, 8, 1))
    plans = (*MEETINGS, passed)
    return as_icalendar.render("Allt", stamped(remind(VERDICTS, state(date(2027, 2, 28)), plans, WORDING, TODAY)))


def backslash() -> bytes:
    """A backslash before an n, which is no line break."""
    return as_icalendar.render("C:", stamped((_hard(0, "C:\\nytt\\Nytt\\\\"),)))


def hard() -> bytes:
    """Texts with everything that has a meaning of its own in a calendar file."""
    return as_icalendar.render(HARD[0], stamped(tuple(_hard(number, text) for number, text in enumerate(HARD))))


def _hard(number: int, text: str) -> Reminder:
    uid = f"n{number:03}.due@avtalsvakt"
    return Reminder(uid, "due", date(2026, 12, 1), text, text, "a", categories=("Sista dag",))


def feeds() -> dict[str, bytes]:
    """The feeds by name."""
    golden = {name.removesuffix(".ics"): content for name, content in golden_feeds().items()}
    return {
        **golden,
        "everything": everything(),
        "clock changes": clock_changes(),
        "hard texts": hard(),
        "backslash": backslash(),
    }
