"""Wrong clocks: a wall clock that is set back and forward between acts and in the middle of runs, and summer time.

Whatever it shows, what was recorded stays in the order in which it was acknowledged, what was known only grows, stored
runs never go back to an earlier day, and the register holds.
"""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from tests.engine.meetings import meeting
from tests.engine.proof_world import rules

from avtalsvakt import clock
from avtalsvakt.clock import STOCKHOLM
from avtalsvakt.nightly.journalling import journalled
from avtalsvakt.nightly.night import Night, work
from avtalsvakt.settings import Settings
from avtalsvakt_engine.evidence.visibility import moment_of
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.runs.night_log import NightLog
from avtalsvakt_rules.problems import Rejected

EDGES = tuple(
    datetime.fromisoformat(text)
    for text in (
        "2025-03-30T01:59:59+01:00", "2025-03-30T03:00:00+02:00",  # the hour that there is not
        "2025-10-26T02:59:59+02:00", "2025-10-26T02:00:00+01:00",  # the hour that comes twice
        "2024-12-31T23:59:59+01:00", "2025-01-01T00:00:00+01:00", "2024-02-29T12:00:00+01:00",
    )
)  # fmt: skip
STEPS = (timedelta(seconds=1), timedelta(minutes=4), timedelta(hours=1), timedelta(days=1), timedelta(days=400))


@dataclass
class Clock:
    """A clock that is set at random; `jumps` counts how many times."""

    chance: random.Random
    now: datetime = EDGES[0]
    jumps: int = 0
    ticks: float = 0.0

    def shown(self) -> datetime:
        """What it shows, a second later each time."""
        self.now += timedelta(seconds=1)
        self.ticks += 1
        return self.now.astimezone(STOCKHOLM)

    def even(self) -> float:
        """Seconds that go on whatever it shows."""
        return self.ticks

    def jump(self) -> None:
        """Set it: to an edge of the calendar, or by a step back or forward."""
        self.jumps += 1
        if self.chance.random() < 0.4:
            self.now = self.chance.choice(EDGES)
        else:
            self.now += self.chance.choice(STEPS) * self.chance.choice((-1, 1))


@dataclass
class Wrong:
    """A register whose machine has such a clock, and what was acknowledged, in order."""

    folder: Path
    clock: Clock
    acknowledged: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    @property
    def db(self) -> Path:
        """The register's file."""
        return self.folder / "clocks.db"

    def record(self) -> None:
        """Record two facts, with the clock as it is."""
        first = len(self.acknowledged) + 1
        new = [meeting(number, date(2025, 2, 1 + number % 28)) for number in (first, first + 1)]
        with open_register(self.db, create=True) as register:
            self.acknowledged += [fact.id for fact in register.append(new, now=clock.now()).added]

    def night(self) -> None:
        """A night in the middle of which the clock is set."""
        settings = Settings(clock.now(), self.db, (self.folder / "rules",), "prov")

        def done() -> Night:
            return work(settings, progress=lambda _done, _of: self.clock.jump())

        night = journalled(settings, "run", None, done)
        if night.not_stored is None:
            self.days.append(night.report.as_of)

    def sound(self) -> None:
        """What has to hold."""
        with open_register(self.db) as register:
            assert verify_register(register).problems == ()
            facts = list(register.facts())
            assert [fact.id for fact in facts] == self.acknowledged
            known = [moment_of(fact.known_from) for fact in facts]
            assert known == sorted(known), "what was known on a day only grows"
            stored = [run.as_of for run in Store(register.connection).runs()]
            assert stored == self.days == sorted(stored)
            assert all(one.seconds is None or one.seconds >= 0 for one in NightLog(register.connection).latest(1000))


def wrong_clocks(folder: Path, rounds: int, seed: int = 1) -> int:
    """So many acts with the clock set before each of them and within nights; how many times it was set."""
    chance = random.Random(seed)
    world = Wrong(folder, Clock(chance))
    rules(folder / "rules")
    with (
        patch.object(clock, "now", world.clock.shown),
        patch.object(clock, "ticks", world.clock.even),
        patch("avtalsvakt_rules.rulebook.builtin_files", list),
    ):
        world.record()
        for _ in range(rounds):
            world.clock.jump()
            with suppress(Rejected):  # said in so many words, and nothing is acknowledged
                chance.choice((world.record, world.record, world.night))()
            world.sound()
    return world.clock.jumps
