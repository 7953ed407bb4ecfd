"""A year of nights in the life of a feed, every consecutive pair compared."""

from datetime import UTC, date, datetime, timedelta

from tests.calendars.examples import WORDING, fact, state, verdict

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.publishing import as_icalendar, ledger
from avtalsvakt_calendars.reminding.reminders import remind
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict

START = date(2026, 1, 1)
TERM_ENDS = date(2026, 12, 31)

FACTS = (
    fact("meeting_scheduled", date(2026, 3, 12), "p1", 1, date(2026, 1, 20), time="13:00-15:00"),
    fact("meeting_held", date(2026, 3, 12), "h1", 2),
    fact("meeting_scheduled", date(2026, 9, 10), "p2", 3, date(2026, 4, 1)),
    fact("meeting_cancelled", date(2026, 8, 20), "c2", 4, planned_for="2026-09-10", rescheduled_to="2026-09-24"),
    fact("meeting_convened", date(2026, 9, 1), "k2", 5, meeting_date="2026-09-24", time="10:00"),
    fact("meeting_held", date(2026, 9, 24), "h2", 6, date(2026, 9, 28)),
)
EXTENDED_ON = date(2026, 6, 1)
CONSULTED_ON = date(2026, 7, 15)


def verdicts(as_of: date, facts: tuple[Fact, ...]) -> list[Verdict]:
    """Meetings twice a year, met in September; a consultation due in June and held late, in July."""
    held = sum(item.kind == "meeting_held" for item in facts)
    meetings = verdict(status="fulfilled" if held == 2 else "pending", required=2, counted=held)
    due = date(2026, 6, 30)
    status = "fulfilled_late" if as_of >= CONSULTED_ON else "overdue" if as_of > due else "pending"
    return [meetings, verdict("samrad", status, due=due, period=None)]


def feed_of(as_of: date) -> tuple[Reminder, ...]:
    """The reminders of one night."""
    known = tuple(item for item in FACTS if item.recorded_on <= as_of)
    end = date(2028, 12, 31) if as_of >= EXTENDED_ON else TERM_ENDS
    return remind(verdicts(as_of, known), state(end), known, WORDING, as_of)


def test_a_year_of_nights():
    remembered: dict[str, ledger.Entry] = {}
    last: dict[str, ledger.Stamped] = {}
    tonight: dict[str, ledger.Stamped] = {}
    before = b""
    changed_on = []
    for number in range(365):
        as_of = START + timedelta(days=number)
        now = datetime(as_of.year, as_of.month, as_of.day, 3, 15, tzinfo=UTC)
        stamped, remembered = ledger.stamp(feed_of(as_of), remembered, now)
        content = as_icalendar.render("Vaxholm", stamped)
        yesterday, tonight = tonight, {item.reminder.uid: item for item in stamped}
        changed = {uid for uid, item in tonight.items() if yesterday.get(uid) != item}
        assert (content == before) is (not changed and yesterday.keys() == tonight.keys())
        for uid in changed:
            assert tonight[uid].stamp == now
            if uid in last:
                assert tonight[uid].sequence >= last[uid].sequence
        if content != before:
            changed_on.append(as_of)
            assert ledger.last_change(remembered.values()) == now
        last |= tonight
        before = content
    assert changed_on == [
        date(2026, 1, 1),  # the first night; the end of the term a year ahead
        date(2026, 1, 20),  # a meeting is planned
        date(2026, 3, 12),  # and held: one of two is left
        date(2026, 4, 1),  # the second is planned, and stands for it
        date(2026, 5, 9),  # the consultation is prompted for again after a week,
        date(2026, 5, 16),  # and again,
        date(2026, 5, 23),  # and then ever more seldom
        date(2026, 5, 30),  # so is the question what comes after
        date(2026, 6, 1),  # the term is extended: its end moves out of the window
        date(2026, 6, 6),  # further prompts
        date(2026, 6, 11),  # the first meeting leaves the window
        date(2026, 6, 13),
        date(2026, 6, 19),  # nothing more to prepare of the consultation
        date(2026, 6, 27),  # its last working day
        date(2026, 7, 1),  # it is late: the same event, on the first Monday after July
        date(2026, 7, 15),  # it is made up for
        date(2026, 8, 6),  # the second meeting is to be called,
        date(2026, 8, 13),
        date(2026, 8, 20),  # and is moved
        date(2026, 8, 27),
        date(2026, 9, 1),  # and called: nobody more to call
        date(2026, 9, 20),  # the cancelled day is taken away
        date(2026, 9, 25),  # the day has passed and nothing is recorded
        date(2026, 9, 26),  # nor on the day after: it is asked on Monday
        date(2026, 9, 28),  # it was held: both are met
        date(2026, 12, 24),  # the second meeting leaves the window
        date(2026, 12, 31),  # the new end of the term comes into the window
    ]
