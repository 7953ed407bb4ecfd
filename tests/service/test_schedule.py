"""The schedule: every night once, whatever the clocks do; a missed night is found; the awkward hour is refused."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, NOW

from avtalsvakt.clock import STOCKHOLM
from avtalsvakt.nightly import GRACE, EveryNight, Nightly, last_time
from avtalsvakt.serving import Watch
from avtalsvakt.settings import Settings

AT = time(4, 15)


def moment(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM, fold=fold)


def nights(at: time, first: datetime, count: int) -> list[datetime]:
    """The next moments at which the work is done."""
    found: list[datetime] = []
    now = first
    for _ in range(count):
        found.append(EveryNight(at).get_next_fire_time(found[-1] if found else None, now))
        now = found[-1] + timedelta(seconds=1)
    return found


EVERY_TIME = [time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 5)]


@pytest.mark.parametrize("month", [3, 10])
@pytest.mark.parametrize("year", range(2024, 2031))
def test_every_night_once_around_both_changes_of_the_clocks(year: int, month: int) -> None:
    for at in EVERY_TIME:
        found = nights(at, moment(f"{year}-{month:02}-20T12:00"), 14)
        local = [one.astimezone(STOCKHOLM) for one in found]
        assert all(later.date() - earlier.date() == timedelta(days=1) for earlier, later in pairwise(local))
        awkward = [one for one in local if (one.hour, one.minute) != (at.hour, at.minute)]
        assert [one.hour for one in awkward] == ([3] if month == 3 and at.hour == 2 else [])
        assert all(timedelta(hours=22) < later - earlier < timedelta(hours=26) for earlier, later in pairwise(found))


def test_the_moments_around_the_changes() -> None:
    spring = [one.astimezone(STOCKHOLM).isoformat() for one in nights(AT, moment("2026-03-28T12:00"), 2)]
    autumn = [one.astimezone(STOCKHOLM).isoformat() for one in nights(AT, moment("2026-10-24T12:00"), 2)]
    assert spring == ["2026-03-29T04:15:00+02:00", "2026-03-30T04:15:00+02:00"]
    assert autumn == ["2026-10-25T04:15:00+01:00", "2026-10-26T04:15:00+01:00"]


def test_the_hour_that_does_not_exist_and_the_one_that_comes_twice() -> None:
    half_past_two = time(2, 30)
    assert nights(half_past_two, moment("2026-03-28T12:00"), 1) == [datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]
    first, then = nights(half_past_two, moment("2026-10-24T12:00"), 2)
    assert (first, then) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC))
    between = moment("2026-10-25T02:30", fold=1)
    assert EveryNight(half_past_two).get_next_fire_time(None, between) == then


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-11-22T04:14:59", "2026-11-21T04:15"),
        ("2026-11-22T04:15:00", "2026-11-22T04:15"),
        ("2026-11-22T23:59:59", "2026-11-22T04:15"),
        ("2026-03-29T05:00:00", "2026-03-29T04:15"),
        ("2026-10-25T02:30:00", "2026-10-24T04:15"),
    ],
)
def test_the_latest_moment_at_which_it_should_have_been_done(now: str, last: str) -> None:
    assert last_time(AT, moment(now)) == moment(last)


def test_a_missed_night_is_done_late_but_once() -> None:
    nightly = Nightly(lambda: True, AT, NOW)
    settings = nightly._scheduler._job_defaults
    assert settings == {"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE.total_seconds()}


def test_whether_the_last_night_was_missed(run_db: Path) -> None:
    # The run was at 08:00.
    assert not Watch(Settings(NOW, run_db, (EXAMPLE,))).missed(AT)
    assert not Watch(Settings(NOW + timedelta(hours=20, minutes=14), run_db, (EXAMPLE,))).missed(AT)
    assert Watch(Settings(NOW + timedelta(hours=20, minutes=15), run_db, (EXAMPLE,))).missed(AT)


def test_before_the_first_run_every_night_was_missed(db: Path) -> None:
    assert Watch(Settings(NOW, db, (EXAMPLE,))).missed(AT)
