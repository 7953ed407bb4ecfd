"""When an event last changed, and how many times it moved."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.calendars.examples import NIGHT, TODAY, VERDICTS, WORDING, state

from avtalsvakt_calendars.events import Reminder
from avtalsvakt_calendars.publishing.ledger import Entry, Stamped, last_change, stamp
from avtalsvakt_calendars.reminding.reminders import remind

EVENT = Reminder("a.due@avtalsvakt", "due", date(2026, 12, 31), "Håll möte", "Regeln.", "a")
DAY = timedelta(days=1)


def nights(*published: list[Reminder]) -> list[tuple[tuple[Stamped, ...], dict[str, Entry]]]:
    """What each night published and remembered, one day apart."""
    ledger: dict[str, Entry] = {}
    out = []
    for number, reminders in enumerate(published):
        stamped, ledger = stamp(reminders, ledger, NIGHT + number * DAY)
        out.append((stamped, ledger))
    return out


def test_a_new_event_begins_at_nought_with_the_nights_stamp():
    (((first,), _),) = nights([EVENT])
    assert (first.reminder, first.stamp, first.sequence) == (EVENT, NIGHT, 0)


def test_what_did_not_change_keeps_its_stamp():
    (first, ledger), (second, same) = nights([EVENT], [EVENT])
    assert first == second
    assert ledger == same


def test_a_new_text_is_a_new_stamp_but_no_new_sequence():
    _, ((second,), _) = nights([EVENT], [replace(EVENT, summary="Håll möte – 1 kvar")])
    assert (second.stamp, second.sequence) == (NIGHT + DAY, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"day": date(2027, 1, 31)},
        {"cancelled": True},
        {"start": datetime(2026, 12, 31, 9, tzinfo=UTC), "end": datetime(2026, 12, 31, 10, tzinfo=UTC)},
    ],
)
def test_a_new_day_hour_or_status_counts_up(change):
    _, ((second,), _) = nights([EVENT], [replace(EVENT, **change)])
    assert (second.stamp, second.sequence) == (NIGHT + DAY, 1)


def test_an_event_that_comes_back_goes_on_counting():
    moved = replace(EVENT, day=date(2027, 1, 31))
    *_, (_, gone), ((back,), ledger) = nights([EVENT], [moved], [], [], [moved])
    assert not gone[EVENT.uid].present
    assert gone[EVENT.uid].stamp == "2026-09-17T02:15:00Z"
    assert (back.stamp, back.sequence) == (NIGHT + 4 * DAY, 2)
    assert ledger[EVENT.uid].present


def test_last_change_counts_removals_too():
    *_, (_, ledger) = nights([EVENT], [], [])
    assert last_change(ledger.values()) == NIGHT + DAY
    assert last_change(()) is None


def test_a_clock_set_back_makes_no_older_stamp():
    _, ledger = stamp([EVENT], {}, NIGHT)
    (changed,), ledger = stamp([replace(EVENT, day=date(2027, 1, 31))], ledger, NIGHT - DAY)
    assert (changed.stamp, changed.sequence) == (NIGHT, 1)
    _, ledger = stamp([], ledger, NIGHT - 2 * DAY)
    assert ledger[EVENT.uid].stamp == "2026-09-15T02:15:00Z"


def test_the_notice_of_an_empty_feed_stands_on_the_day_it_last_changed():
    first, second = (remind((), state(), (), WORDING, TODAY + number * DAY) for number in (0, 1))
    (((one,), _), ((two,), _)) = nights(list(first), list(second))
    assert one == two
    assert one.reminder.day == TODAY
    late = datetime(2026, 9, 14, 22, 30, tzinfo=UTC)
    assert stamp(first, {}, late)[0][0].reminder.day == date(2026, 9, 15), "Stockholm's day, not Greenwich's"


def test_a_notice_that_returns_stands_on_the_new_day():
    (empty,) = remind((), state(), (), WORDING, TODAY)
    *_, ((back,), _) = nights([empty], [EVENT], [empty])
    assert (back.reminder.day, back.sequence) == (TODAY + 2 * DAY, 1)


def test_misuse_is_said():
    with pytest.raises(ValueError, match="same uid"):
        stamp([EVENT, EVENT], {}, NIGHT)
    with pytest.raises(ValueError, match="time zone"):
        stamp([EVENT], {}, NIGHT.replace(tzinfo=None))


def test_moments_are_kept_in_utc_and_whole_seconds():
    moment = datetime(2026, 9, 15, 4, 15, 0, 999, tzinfo=timezone(timedelta(hours=2)))
    (stamped,), ledger = stamp([EVENT], {}, moment)
    assert stamped.stamp == NIGHT
    assert ledger[EVENT.uid].stamp == "2026-09-15T02:15:00Z"


EVENTS = st.builds(
    replace,
    st.just(EVENT),
    uid=st.sampled_from(["a", "b", "c"]),
    day=st.sampled_from([date(2026, 12, 31), date(2027, 1, 31)]),
    summary=st.sampled_from(["Håll möte", "Kalla"]),
    cancelled=st.booleans(),
)


@given(st.lists(st.lists(EVENTS, max_size=3, unique_by=lambda event: event.uid), max_size=12))
def test_through_any_life_stamps_and_sequences_tell_what_happened(life):
    """Compare every night with the latest one on which the same event was published."""
    seen: dict[str, tuple[Stamped, int]] = {}
    for number, (stamped, _) in enumerate(nights(*life)):
        for item in stamped:
            uid = item.reminder.uid
            if uid in seen:
                before, when = seen[uid]
                away = when != number - 1
                moved = (before.reminder.day, before.reminder.cancelled) != (item.reminder.day, item.reminder.cancelled)
                assert item.sequence == before.sequence + (moved or away)
                unchanged = before.reminder == item.reminder and not away
                assert item.stamp == (before.stamp if unchanged else NIGHT + number * DAY)
            else:
                assert (item.sequence, item.stamp) == (0, NIGHT + number * DAY)
            seen[uid] = (item, number)


def test_a_ledger_of_plain_values_survives_being_stored():
    _, ledger = stamp(remind(VERDICTS, state(), (), WORDING, TODAY), {}, NIGHT)
    for entry in ledger.values():
        row = {name: getattr(entry, name) for name in Entry.__struct_fields__}
        assert all(isinstance(value, (str, int, bool)) for value in row.values())
        assert Entry(**row) == entry
