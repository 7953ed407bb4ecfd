"""The schedule: the night's work at its hour, every night. The only module that knows APScheduler.

The hour is Stockholm's. A night that was missed (the machine slept, the work of the night before went on) is caught up
within GRACE and done once however many were missed; two are never at work at the same time.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from types import TracebackType
from typing import Self

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from avtalsvakt.clock import STOCKHOLM
from avtalsvakt_rules.problems import Problem, Rejected

GRACE = timedelta(hours=12)
NIGHTLY, AT_ONCE = "natten", "genast"


def trigger(at: time) -> CronTrigger:
    """When the work is done: every night at that time. Raises Rejected for an hour that is not there every night."""
    if at.hour == 2:
        why = "timmen mellan 02 och 03 finns inte en natt om våren och finns två gånger en natt om hösten"
        raise Rejected(
            [Problem(f"klockan {at:%H:%M} går inte att välja", "--at", why, "välj en annan tid, t.ex. 04:15")]
        )
    return CronTrigger(hour=at.hour, minute=at.minute, timezone=STOCKHOLM)


def last_time(at: time, now: datetime) -> datetime:
    """The latest moment at or before `now` at which the work should have been done."""
    today = datetime.combine(now.astimezone(STOCKHOLM).date(), at, STOCKHOLM)
    return today if today <= now else datetime.combine(today.date() - timedelta(days=1), at, STOCKHOLM)


class Nightly:
    """The schedule at work, in a thread of its own; a context manager. `job`, called each night, must not raise."""

    def __init__(self, job: Callable[[], None], at: time) -> None:
        """Nothing is started yet."""
        self._scheduler = BackgroundScheduler(
            timezone=STOCKHOLM,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(GRACE.total_seconds())},
        )
        self._job = job
        self._scheduler.add_job(job, trigger(at), id=NIGHTLY)

    def at_once(self) -> None:
        """Do the work now as well, before the first night."""
        self._scheduler.add_job(self._job, id=AT_ONCE)

    @property
    def next_time(self) -> datetime | None:
        """When the work is done next; None before the start."""
        planned: datetime | None = self._scheduler.get_job(NIGHTLY).next_run_time
        return planned

    def __enter__(self) -> Self:
        """Start."""
        self._scheduler.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop, when work that is going on has ended."""
        self._scheduler.shutdown(wait=True)
