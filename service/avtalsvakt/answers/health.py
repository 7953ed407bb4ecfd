"""Whether the program does its work: the last night, the last try, mail that waits, room on the disk.

In come what the register and the machine hold, out come checks with a level each. Pure but for `read_health`.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from avtalsvakt.answers.week import is_stale
from avtalsvakt.settings import Settings
from avtalsvakt.words.status_words import OUTCOMES
from avtalsvakt_engine.storage.runs.night_log import BEGUN, BROKEN, CLOCK, FAILED, INCOMPLETE, NOT_STORED, LogEntry
from avtalsvakt_rules.problems import Rejected

if TYPE_CHECKING:
    from avtalsvakt_engine.inference.engine_status import EngineStatus
    from avtalsvakt_engine.storage.outgoing.outbox import Message
    from avtalsvakt_engine.storage.runs.values import Run

OK, LOOK, WRONG = "ok", "look", "wrong"
"""All is well; somebody should look at it; it does not work."""
LEAST_ROOM = 200_000_000
"""Bytes on the disk below which somebody should look."""
MAIL_WAITS = timedelta(days=1)
LONGEST_NIGHT = timedelta(hours=6)
LONGEST = 200
"""Letters of what the system said."""


class Check(Struct, frozen=True):
    """One thing that was looked at: its name, level, what was seen, and what to do where it is not well."""

    name: str
    level: str
    said: str
    remedy: str = ""


class Health(Struct, frozen=True):
    """All checks, and whether none says that something does not work."""

    checks: tuple[Check, ...]

    @property
    def well(self) -> bool:
        """Whether everything works; what somebody should look at does not count."""
        return all(one.level != WRONG for one in self.checks)


class Seen(Struct, frozen=True):
    """What health is judged by. `beside` are tries that could not be written in the register; `room` is in bytes."""

    run: "Run | None"
    tries: Sequence[LogEntry]
    beside: Sequence[LogEntry]
    unsettled: "Sequence[Message]"
    mail: Mapping[str, int]
    room: int


def health_of(seen: Seen, now: datetime) -> Health:
    """Judge what was seen at a moment."""
    return Health((_night(seen.run, now), *_try(seen, now), _mail(seen, now), _room(seen.room)))


def read_health(settings: Settings) -> Health:
    """Look at the register and the disk; a register that cannot be read is a check that fails."""
    from avtalsvakt_engine.storage.conclusions.store import Store
    from avtalsvakt_engine.storage.integrity.database_errors import answered
    from avtalsvakt_engine.storage.outgoing.outbox import Outbox
    from avtalsvakt_engine.storage.runs.fallback_log import kept
    from avtalsvakt_engine.storage.runs.night_log import NightLog

    beside = kept(settings.db)
    try:
        with settings.register(read_only=True) as register, answered(register.path):
            outbox = Outbox(register.connection)
            seen = Seen(
                Store(register.connection).last_run(),
                NightLog(register.connection).latest(),
                beside,
                outbox.unsettled(),
                outbox.counts(),
                shutil.disk_usage(settings.db.absolute().parent).free,
            )
    except Rejected as rejected:
        one = rejected.problems[0]
        return Health((Check("registret", WRONG, f"{one.what}: {one.why}", one.remedy), *_beside(beside)))
    found = health_of(seen, settings.now)
    return Health((Check("registret", OK, "går att läsa"), *found.checks))


def with_engine(health: Health, engine: "EngineStatus") -> Health:
    """The same with how legal questions are answered here: asked only by a person, since it starts a process."""
    return Health((*health.checks, _engine(engine)))


def _engine(engine: "EngineStatus") -> Check:
    if engine.loads:
        return Check("regelmotorn", OK, "durable-rules startar")
    why, remedy = engine.why.strip().rpartition("\n")[2][:LONGEST], "se 'Installera' i docs/drift.md"
    instead = "svarar i stället" if engine.table else "hör till andra regler"
    said = f"durable-rules startar inte, och dess tabell {instead}: {why}"
    return Check("regelmotorn", LOOK if engine.table else WRONG, said, remedy)


def _night(run: "Run | None", now: datetime) -> Check:
    if run is None:
        return Check("natten", WRONG, "ingen körning är gjord", "kör 'avtalsvakt run'")
    said = f"bedömt per {run.as_of}, {run.started[:16].replace('T', ' kl. ')}"
    if is_stale(run, now):
        return Check("natten", WRONG, f"den senaste natten är inte bedömd; {said}", "se 'avtalsvakt runs'")
    if run.not_evaluated:
        what = f"{said}; {run.not_evaluated} ej bedömda"
        return Check("natten", LOOK, what, "se 'avtalsvakt status'")
    return Check("natten", OK, said)


def _try(seen: Seen, now: datetime) -> Iterator[Check]:
    """The latest try, and those that the register could not take."""
    last = next((one for one in seen.tries if one.outcome != CLOCK), None)
    if last is not None:
        level = {FAILED: WRONG, NOT_STORED: WRONG, INCOMPLETE: LOOK, BROKEN: LOOK}.get(last.outcome, OK)
        if last.outcome == BEGUN and now - datetime.fromisoformat(last.began) > LONGEST_NIGHT:
            level = WRONG
        said = f"{last.began[:16].replace('T', ' kl. ')}: {OUTCOMES[last.outcome]}"
        said += f", {last.why}" if last.why else ""
        yield Check("försöket", level, said, "" if level == OK else "se 'avtalsvakt runs'")
    yield from _beside(seen.beside)


def _beside(beside: Sequence[LogEntry]) -> Iterator[Check]:
    if beside:
        one = beside[-1]
        said = f"{len(beside)} försök kunde inte skrivas i registret, senast {one.began[:16].replace('T', ' kl. ')}"
        yield Check(
            "journalen", WRONG, f"{said}: {one.why or OUTCOMES[one.outcome]}", "rätta orsaken; de förs över sedan"
        )


def _mail(seen: Seen, now: datetime) -> Check:
    old = [one for one in seen.unsettled if now - datetime.fromisoformat(one.planned) > MAIL_WAITS]
    if old:
        said = f"{len(old)} brev har väntat mer än ett dygn"
        said += f": {old[0].answer}" if old[0].answer else ""
        return Check("breven", WRONG, said, "se 'avtalsvakt notify log'")
    lost = sum(seen.mail.get(one, 0) for one in ("refused", "unsure", "outdated"))
    if lost:
        return Check("breven", LOOK, f"{lost} kom inte fram eller är osäkra", "se 'avtalsvakt notify log'")
    waiting = f", {len(seen.unsettled)} väntar" if seen.unsettled else ""
    return Check("breven", OK, f"{seen.mail.get('sent', 0)} sända{waiting}")


def _room(room: int) -> Check:
    said = f"{room // 1_000_000} MB ledigt"
    return Check("disken", LOOK, said, "frigör plats") if room < LEAST_ROOM else Check("disken", OK, said)
