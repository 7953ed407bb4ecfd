"""Keeps running: the night's work at its hour, a line in the log for each night, a clean stop on a signal.

Whatever is wrong one night (rules being edited, a full disk) is said in the log, and it is tried again (schedule.py):
all of it where the run is not stored, else only the calendars.
"""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from types import FrameType

from msgspec import Struct, field
from msgspec.structs import replace

from avtalsvakt import clock
from avtalsvakt.clock import STOCKHOLM
from avtalsvakt.nightly import readiness
from avtalsvakt.nightly.clock_watch import jump_words
from avtalsvakt.nightly.journalling import Try, begin, glance, in_words, outcome_of, why_of, write
from avtalsvakt.nightly.logs import say, tell
from avtalsvakt.nightly.mailing import Mailing
from avtalsvakt.nightly.night import Night, publish_again, work
from avtalsvakt.nightly.night_page import log_line
from avtalsvakt.nightly.pinging import FAIL, START, SUCCESS, ping
from avtalsvakt.nightly.schedule import RETRIES, Nightly, last_time
from avtalsvakt.nightly.storing import why_not_stored
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import problems_of
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.runs.night_log import CLOCK, FAILED, NOT_STORED, STOPPED, LogEntry
from avtalsvakt_engine.storage.runs.rule_folders import remember_rule_folders
from avtalsvakt_rules.problems import Problem

AHEAD = timedelta(minutes=5)
"""How far ahead the clock of a machine that shares the register may have been."""

SERVE = "serve"
"""What the journal says started these nights."""
LOOK_AT_CLOCK = 30.0
"""Seconds between two looks at whether the clock was set."""

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping(Exception):  # noqa: N818 - what is happening, no error
    """Raised inside a run when the program has been asked to stop: the run is rolled back."""


class Watch(Struct, frozen=True):
    """What runs every night. `stop` is set when the program has been asked to stop; `ping` is told of each night."""

    settings: Settings
    publish: Path | None = None
    stop: Event = field(default_factory=Event)
    unpublished: Event = field(default_factory=Event)
    mailing: Mailing | None = None
    ping: str | None = None

    def night(self, at: time) -> bool:
        """Do what is left of the night's work, say in a line what it came to, and whether nothing is left.

        Raises nothing.
        """
        settings = replace(self.settings, now=clock.now())
        try:
            if replace(self, settings=settings).missed(at):
                return self._tried(settings)
            say("natten är redan bedömd")  # by a run, or because something was recorded since its hour
            published = self._publish(settings) if self.unpublished.is_set() or self.publish else True
            return self._mailed(settings) and published
        except Stopping:
            say("avbruten: programmet stoppas, och ingenting av körningen har sparats")
            return True
        except Exception as error:  # noqa: BLE001 - a night that fails must not end the nights to come
            self._failed(begin(settings, SERVE), error)
            return False

    def _tried(self, settings: Settings) -> bool:
        """Judge, and write in the journal what came of it. Raises Stopping."""
        self._ping(START)
        one = begin(settings, SERVE)
        try:
            night = self._judge(settings, one)
        except Stopping:
            one.ended(STOPPED)
            raise
        except Exception as error:  # noqa: BLE001 - as above
            self._failed(one, error)
            return False
        if night is None:
            return False
        entry = one.ended(outcome_of(night), why_of(night), night)
        if not night.complete and self.mailing is not None:
            self.mailing.night_failed(settings, entry.outcome, entry.why or "", clock.now())
        self._ping(SUCCESS if night.unpublished is None else FAIL, entry.why or log_line(night))
        return self._mailed(settings) and night.unpublished is None

    def _failed(self, one: Try, error: Exception) -> None:
        """Say and note that it could not be done."""
        problems = problems_of(error)
        say("körningen kunde inte göras")
        tell(problems)
        self._not_done(one, FAILED, in_words(problems))

    def _not_done(self, one: Try, outcome: str, why: str) -> None:
        one.ended(outcome, why)
        self._ping(FAIL, why)
        if self.mailing is not None:
            self.mailing.night_failed(one.settings, outcome, why, clock.now())

    def _mailed(self, settings: Settings) -> bool:
        return self.mailing is None or self.mailing.night_done(settings)

    def _ping(self, what: str, said: str = "") -> None:
        problem = ping(self.ping, what, said)
        if problem is not None:
            tell([problem], heading="Obs")

    def _judge(self, settings: Settings, one: Try) -> Night | None:
        """Judge, store and publish; None where it would not be stored."""
        if barred := self._barred(settings):
            say("natten bedöms inte: den skulle inte sparas")
            tell([barred], heading="Obs")
            self._not_done(one, NOT_STORED, in_words([barred]))
            return None
        night = work(settings, publish=self.publish, progress=self._heed)
        say(f"klar: {log_line(night)}", judged=night.report.judged, changed=night.report.changed)
        tell(night.rule_problems, heading="Reglerna kan inte läsas")
        tell(night.heads_unkept, heading="Huvudet är inte sparat")
        if night.unpublished is None:
            self.unpublished.clear()
        else:
            self._say_unpublished(night.unpublished)
        return night

    def _publish(self, settings: Settings) -> bool:
        """Only the calendars of a night that is stored."""
        try:
            files = publish_again(settings, self.publish)
        except Exception as error:  # noqa: BLE001 - as above
            self._say_unpublished(error)
            return False
        self.unpublished.clear()
        say(f"kalendrarna är skrivna: {len(files.written) if files else 0} ändrade")
        return True

    def _say_unpublished(self, error: Exception) -> None:
        self.unpublished.set()
        say("bedömningen är sparad, men kalendrarna kunde inte skrivas")
        tell(problems_of(error))

    def _barred(self, settings: Settings) -> Problem | None:
        """Why the night's run would not be stored, where it would not."""
        return why_not_stored(self._last_run(), settings.today, None, settings.today)

    def _last_run(self) -> Run | None:
        with self.settings.register() as register, answered(register.path):
            return Store(register.connection).last_run()

    def missed(self, at: time) -> bool:
        """Whether the last night's work has not been done. Raises Rejected where the register cannot be used.

        It is done by a run since its hour for that day or a later one, with all that is known: none that was made for
        another day, or at a moment that has not come.
        """
        run, now = self._last_run(), self.settings.now
        if run is None or run.known_at is not None:
            return True
        hour = last_time(at, now)
        return not (hour <= clock.moment(run.started) <= now + AHEAD and run.as_of >= hour.astimezone(STOCKHOLM).date())

    def _heed(self, _done: int, _of: int) -> None:
        if self.stop.is_set():
            raise Stopping


def serve(watch: Watch, at: time, retries: Sequence[timedelta] = RETRIES) -> None:
    """Keep running until a signal comes. Raises Rejected at the start if rules or register cannot be used.

    Whether a night was missed and which is the next follow from one moment: that at which the command started.
    """
    watch.settings.rulebook()
    watch = replace(watch, settings=with_remembered(watch.settings))
    late = watch.missed(at)
    if not late and watch.publish is not None:
        watch.unpublished.set()  # stored before the program stopped, and perhaps not published
    schedule = Nightly(partial(watch.night, at), at, watch.settings.now, retries=retries, again=_say_again)
    with heeding_signals(watch.stop), schedule as nightly:
        say(f"startad; nästa körning {nightly.next_time:%Y-%m-%d kl. %H:%M:%S}")
        if late:
            say("den senaste natten är inte bedömd; det görs nu")
        if late or watch.unpublished.is_set():
            nightly.at_once()
        readiness.ready(f"nästa körning {nightly.next_time:%Y-%m-%d kl. %H:%M}")
        _wait(watch, nightly)
        readiness.stopping()
        say("stoppas")
    say("stoppad")


def _wait(watch: Watch, nightly: Nightly) -> None:
    """Until the program is asked to stop, see to it that a clock that was set is told and followed."""
    before = glance()
    while not watch.stop.wait(LOOK_AT_CLOCK):
        now = glance()
        if jump := before.jump(now):
            said = jump_words(jump)
            say(f"{said}; tiden till nästa körning räknas om", clock=jump.total_seconds())
            settings = replace(watch.settings, now=now.now)
            moment = now.now.isoformat(timespec="seconds")
            write(settings, LogEntry(moment, now.now.date(), SERVE, CLOCK, clock=round(jump.total_seconds()), why=said))
            nightly.clock_was_set()
        before = now


def with_remembered(settings: Settings) -> Settings:
    """The settings of the nights: rules that were given are remembered, and a night does without a faulty file."""
    if not settings.rules:
        return settings
    places = tuple(path.absolute() for path in settings.rules)
    if places != settings.remembered_rules():
        with settings.register() as register, register.transaction():
            remember_rule_folders(register.connection, places)
        say(f"reglerna i {', '.join(map(str, places))} används hädanefter; se 'avtalsvakt settings'")
    return replace(settings, rules=())


def _say_again(moment: datetime) -> None:
    say(f"nytt försök görs {moment:%Y-%m-%d kl. %H:%M:%S}")


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
