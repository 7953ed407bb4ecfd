"""The schedule: every night once, whatever the clocks do; a missed night is found; the awkward hour is refused."""

from datetime import UTC, datetime, time, timedelta
from inspect import signature
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.service.command_line import EXAMPLE, NOW

from avtalsvakt import clock
from avtalsvakt.clock import STOCKHOLM
from avtalsvakt.nightly.schedule import AGAIN, GRACE, RETRIES, EveryNight, Nightly, following, last_time
from avtalsvakt.nightly.serving import Watch, serve
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

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


def test_a_night_that_failed_is_tried_again_after_1_5_and_15_minutes_and_then_every_hour() -> None:
    assert [one.total_seconds() / 60 for one in RETRIES] == [1, 5, 15, 60]
    [default] = [one.default for name, one in signature(serve).parameters.items() if name == "retries"]
    assert default is RETRIES


def test_tries_follow_each_other_until_one_succeeds_and_then_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    outcomes, told = iter([False] * 6 + [True, False]), list[timedelta]()
    nightly = Nightly(lambda: next(outcomes), AT, NOW, again=lambda moment: told.append(moment - NOW))
    nightly._scheduler.start(paused=True)
    nightly._night()
    for _ in range(5):
        nightly._try()
    assert [one.total_seconds() / 60 for one in told] == [1, 5, 15, 60, 60, 60]
    assert nightly._scheduler.get_job(AGAIN)
    nightly._try()
    assert nightly._scheduler.get_job(AGAIN) is None
    nightly._night()
    assert told[-1] == timedelta(minutes=1), "another night begins from the beginning"


@settings(deadline=None)
@given(st.datetimes(*(moment(f"{year}-01-01T00:00").replace(tzinfo=None) for year in (2024, 2031))), st.times())
def test_one_moment_decides_which_night_was_the_last_and_which_is_the_next(now: datetime, at: time) -> None:
    moment_ = now.replace(tzinfo=STOCKHOLM)
    last, following_ = last_time(at, moment_), following(at, moment_)
    assert last <= moment_.astimezone(UTC) < following_
    assert following(at, last) == following_, "no night in between"


def test_a_start_that_takes_longer_than_what_is_left_to_the_hour_does_not_lose_the_night() -> None:
    done = Event()

    def job() -> bool:
        done.set()
        return True

    hour = clock.now().replace(microsecond=0)
    with Nightly(job, hour.timetz().replace(tzinfo=None), hour - timedelta(seconds=1)):
        assert done.wait(20)


def test_whether_the_last_night_was_missed(run_db: Path) -> None:
    # The run was at 08:00.
    assert not Watch(Settings(NOW, run_db, (EXAMPLE,))).missed(AT)
    assert not Watch(Settings(NOW + timedelta(hours=20, minutes=14), run_db, (EXAMPLE,))).missed(AT)
    assert Watch(Settings(NOW + timedelta(hours=20, minutes=15), run_db, (EXAMPLE,))).missed(AT)


def test_a_run_for_another_day_or_from_a_clock_that_went_ahead_is_no_night(run_db: Path) -> None:
    before = Watch(Settings(NOW - timedelta(days=400), run_db))
    assert before.missed(AT), "its moment has not come"
    with open_register(run_db) as register:
        register.connection.execute("UPDATE runs SET as_of = '2026-11-21'")
    assert Watch(Settings(NOW, run_db)).missed(AT)


def test_before_the_first_run_every_night_was_missed(db: Path) -> None:
    assert Watch(Settings(NOW, db, (EXAMPLE,))).missed(AT)
