"""The schedule: the night's work at its hour, every night. The only module that knows APScheduler.

The hour is Stockholm's. A night that was missed (the machine slept, the work of the night before went on) is caught up
within GRACE and done once however many were missed; two are never at work at the same time. A night that failed is
tried again after each of RETRIES, the last one over and over, until it succeeds or the next night's turn comes.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from threading import Event, Lock
from types import TracebackType
from typing import Self

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from avtalsvakt import clock
from avtalsvakt.clock import STOCKHOLM

GRACE = timedelta(hours=12)
RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
NIGHTLY, AT_ONCE, AGAIN = "natten", "genast", "igen"


class EveryNight(BaseTrigger):  # type: ignore[misc] # the library has no types
    """Once a night at a time of day in Stockholm.

    The library's own trigger passes over a night after the clocks go forward if the time is between midnight and one.
    Moments are compared in UTC, since a clock shows some of them twice. An hour that does not exist one night in spring
    is an hour later that night; one that comes twice in autumn is the first of the two.
    """

    def __init__(self, at: time) -> None:
        """Every night at that time."""
        self.at = at

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The first moment at or after `now`, and after `previous`, in UTC."""
        found = occurrence(self.at, now, 0)
        while found < now or (previous is not None and found <= previous):
            found = occurrence(self.at, found, 1)
        return found


def occurrence(at: time, moment: datetime, days: int) -> datetime:
    """When a clock in Stockholm shows the time, so many days after the day of the moment; in UTC."""
    day = moment.astimezone(STOCKHOLM).date() + timedelta(days=days)
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


def last_time(at: time, now: datetime) -> datetime:
    """The latest moment at or before `now` at which the work should have been done."""
    today = occurrence(at, now, 0)
    return today if today <= now.astimezone(UTC) else occurrence(at, now, -1)


def following(at: time, now: datetime) -> datetime:
    """The first moment after `now` at which the work is to be done: the one after `last_time`; in UTC."""
    return EveryNight(at).get_next_fire_time(now.astimezone(UTC), now.astimezone(UTC))


class Nightly:
    """The schedule at work, in a thread of its own; a context manager.

    `job`, called each night, says whether it is done with, and must not raise; `again` hears when it is tried next.
    """

    def __init__(
        self,
        job: Callable[[], bool],
        at: time,
        now: datetime,
        *,
        retries: Sequence[timedelta] = RETRIES,
        again: Callable[[datetime], None] = lambda _: None,
    ) -> None:
        """Nothing is started yet. The first night is the first after `now`, however long the start takes."""
        self._scheduler = BackgroundScheduler(
            timezone=STOCKHOLM,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(GRACE.total_seconds())},
        )
        self._job, self._retries, self._again = job, retries, again
        self._failures = 0
        self._working, self._stopping = Lock(), Event()
        self._scheduler.add_job(self._night, EveryNight(at), id=NIGHTLY, next_run_time=following(at, now))

    def at_once(self) -> None:
        """Do the work now as well, before the first night."""
        self._scheduler.add_job(self._night, id=AT_ONCE)

    def _night(self) -> None:
        """A night's first try."""
        self._failures = 0
        self._try()

    def _try(self) -> None:
        """Do the work; where it is not done with, plan when it is tried again."""
        with self._working:
            if self._stopping.is_set():
                return
            done = self._job()
            if not self._stopping.is_set():
                self._plan(done=done)

    def _plan(self, *, done: bool) -> None:
        """Plan the next try, or none."""
        if done:
            if self._scheduler.get_job(AGAIN):
                self._scheduler.remove_job(AGAIN)
            return
        moment = clock.now() + self._retries[min(self._failures, len(self._retries) - 1)]
        self._failures += 1
        self._scheduler.add_job(self._try, "date", run_date=moment, id=AGAIN, replace_existing=True)
        self._again(moment)

    def clock_was_set(self) -> None:
        """Reckon anew how long there is to the next night: the library has been waiting by the clock that was."""
        self._scheduler.wakeup()

    @property
    def next_time(self) -> datetime | None:
        """When the work is done next, in Stockholm's time; None before the start."""
        planned: datetime | None = self._scheduler.get_job(NIGHTLY).next_run_time
        return planned and planned.astimezone(STOCKHOLM)

    def __enter__(self) -> Self:
        """Start."""
        self._scheduler.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop, when work that is going on has ended."""
        self._stopping.set()
        # To let the library wait would be to wait for ever: it holds the lock that planning another try asks for.
        self._scheduler.shutdown(wait=False)
        with self._working:
            pass
