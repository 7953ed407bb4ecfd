"""Writes each try of a night in the journal, whatever comes of it: in the register, else in the file beside it.

In come settings and what started the try, out comes nothing: what cannot be written anywhere is told by the caller's
own log. The entry is a transaction of its own, since what a run writes is let go of when it fails.
"""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt import clock
from avtalsvakt.nightly.clock_watch import Glance, jump_words
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.database.register import Register, open_register
from avtalsvakt_engine.storage.runs.fallback_log import clear, keep, kept, make_room
from avtalsvakt_engine.storage.runs.night_log import (
    BEGUN,
    DONE,
    FAILED,
    INCOMPLETE,
    NOT_STORED,
    STOPPED,
    LogEntry,
    NightLog,
)
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from avtalsvakt.nightly.night import Night

PATIENCE = 1.0
"""Seconds to wait for another writer: a night must not wait for its journal."""


def glance() -> Glance:
    """This moment."""
    return Glance(clock.now(), clock.ticks())


class Try(Struct, frozen=True):
    """A try that is going on; `number` is its row, None where the register could not be written."""

    settings: Settings
    started: Glance
    entry: LogEntry
    number: int | None

    def ended(self, outcome: str, why: str | None = None, night: "Night | None" = None) -> LogEntry:
        """Write how it ended; the entry."""
        now = glance()
        jump = self.started.jump(now)
        if jump is not None:
            why = "; ".join(filter(None, (why, jump_words(jump))))
        entry = replace(
            self.entry,
            outcome=outcome,
            seconds=round(self.started.elapsed(now), 3),
            clock=None if jump is None else round(jump.total_seconds()),
            why=why,
        )
        if night is not None and night.not_stored is None:
            report = night.report
            entry = replace(entry, run=report.id, facts=night.facts, judged=report.judged, changed=report.changed,
                            not_evaluated=len(night.unjudged))  # fmt: skip
        write(self.settings, entry, self.number)
        return entry


def begin(settings: Settings, cause: str, as_of: date | None = None) -> Try:
    """Write that a try begins."""
    started = glance()
    entry = LogEntry(settings.now.isoformat(timespec="seconds"), as_of or settings.today, cause, BEGUN)
    number = None
    if settings.db.is_file():
        make_room(settings.db)
        try:
            with open_register(settings.db, timeout=PATIENCE) as register, register.transaction():
                carry_over(settings, register)
                number = NightLog(register.connection).begin(entry)
            clear(settings.db)
        except Rejected:
            number = None  # noted when it ends
    return Try(settings, started, entry, number)


def write(settings: Settings, entry: LogEntry, number: int | None = None) -> bool:
    """Write an entry in the register, after those that wait beside it; else beside it. Whether it is written at all."""
    try:
        with open_register(settings.db, timeout=PATIENCE) as register, register.transaction():
            carry_over(settings, register)
            log = NightLog(register.connection)
            if number is None:
                log.add(entry)
            else:
                log.finish(number, entry)
    except Rejected:
        return settings.db.is_file() and keep(settings.db, entry)
    clear(settings.db)
    return True


def journalled(settings: Settings, cause: str, as_of: date | None, work: "Callable[[], Night]") -> "Night":
    """Do a night's work and write in the journal what came of it, also where it raises."""
    one = begin(settings, cause, as_of)
    try:
        night = work()
    except Rejected as rejected:
        one.ended(FAILED, in_words(rejected.problems))
        raise
    except Exception as error:
        one.ended(FAILED, f"{type(error).__name__}: {error}")
        raise
    except BaseException:
        one.ended(STOPPED)
        raise
    one.ended(outcome_of(night), why_of(night), night)
    return night


def carry_over(settings: Settings, register: Register) -> None:
    """Write what was kept beside the register into it, inside its transaction."""
    log = NightLog(register.connection)
    known = {(one.began, one.cause, one.outcome) for one in log.latest(200)}
    for one in kept(settings.db):
        if (one.began, one.cause, one.outcome) not in known:  # a stop between writing and clearing leaves it in both
            log.add(one)


def outcome_of(night: "Night") -> str:
    """How a night that came to its end is noted."""
    if night.not_stored is not None:
        return NOT_STORED
    return DONE if night.complete else INCOMPLETE


def why_of(night: "Night") -> str | None:
    """Why not all of a night was done, in one line."""
    parts = []
    if night.not_stored is not None:
        parts.append(in_words([night.not_stored]))
    if night.unjudged:
        parts.append(f"{len(night.unjudged)} skyldigheter kunde inte bedömas")
    if night.report.without_rules:
        parts.append(f"regler saknas för {', '.join(night.report.without_rules)}")
    if night.report.differed:
        parts.append(f"självkontrollen fann {len(night.report.differed)} skillnader")
    if night.unpublished is not None:
        parts.append(f"kalendrarna kunde inte skrivas: {night.unpublished}")
    return "; ".join(parts) or None


def in_words(problems: "Iterable[Problem]") -> str:
    """Problems in one line: what and why."""
    return "; ".join(f"{one.what}: {one.why}" for one in problems)
