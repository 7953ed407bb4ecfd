"""Keeps running: the night's work at its hour, a line in the log for each night, a clean stop on a signal.

Whatever is wrong one night (rules being edited, a full disk) is said in the log, and the next night tries again.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from threading import Event
from types import FrameType

import click

from avtalsvakt import clock
from avtalsvakt.failures import tell
from avtalsvakt.night import work
from avtalsvakt.night_page import log_line
from avtalsvakt.nightly import Nightly, last_time
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.store import Store
from avtalsvakt_engine.storage.store_problems import answered
from avtalsvakt_rules.problems import Problem, Rejected

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping(Exception):  # noqa: N818 - what is happening, no error
    """Raised inside a run when the program has been asked to stop: the run is rolled back."""


@dataclass(frozen=True)
class Watch:
    """What runs every night. `stop` is set when the program has been asked to stop."""

    settings: Settings
    publish: Path | None = None
    stop: Event = field(default_factory=Event)

    def night(self) -> None:
        """Do one night's work and say in a line what it came to; raises nothing."""
        settings = replace(self.settings, now=clock.now())
        try:
            say(f"klar: {log_line(work(settings, publish=self.publish, progress=self._heed))}")
        except Stopping:
            say("avbruten: programmet stoppas, och ingenting av körningen har sparats")
        except Rejected as rejected:
            say("körningen kunde inte göras; nästa natt görs ett nytt försök")
            tell(rejected.problems)
        except Exception as error:  # noqa: BLE001 - a night that fails must not end the nights to come
            say("körningen kunde inte göras; nästa natt görs ett nytt försök")
            where = str(settings.db)
            tell([Problem("programmet har ett fel", where, f"{type(error).__name__}: {error}", "rapportera felet")])

    def missed(self, at: time) -> bool:
        """Whether the last night's work has not been done. Raises Rejected where the register cannot be used."""
        with self.settings.register() as register, answered(register.path):
            run = Store(register.connection).last_run()
        return run is None or clock.moment(run.started) < last_time(at, self.settings.now)

    def _heed(self, _done: int, _of: int) -> None:
        if self.stop.is_set():
            raise Stopping


def serve(watch: Watch, at: time) -> None:
    """Keep running until a signal comes. Raises Rejected at the start if rules or register cannot be used."""
    watch.settings.rulebook()
    late = watch.missed(at)
    with heeding_signals(watch.stop), Nightly(watch.night, at) as nightly:
        say(f"startad; nästa körning {nightly.next_time:%Y-%m-%d kl. %H:%M:%S}")
        if late:
            say("den senaste natten är inte bedömd; det görs nu")
            nightly.at_once()
        watch.stop.wait()
        say("stoppas")
    say("stoppad")


def say(text: str) -> None:
    """A line in the log, with the moment."""
    click.echo(f"{clock.now():%Y-%m-%d %H:%M:%S} {text}")


@contextmanager
def heeding_signals(stop: Event) -> Iterator[None]:
    """Within the block a signal to stop sets the event and nothing else."""

    def heed(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {one: signal.signal(one, heed) for one in SIGNALS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
