"""The two registers that are measured beside each other: the program's and the reference's, with the same facts."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.report import RunReport
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.database.register import Register, open_register
from bench.checking import demand_equal, rows_of
from bench.reference_night import Nights, open_alike, pragmas_of
from bench.workload import Workload

NOW = datetime(2026, 1, 1, 3, tzinfo=UTC)
OURS, PLAIN = "ours.db", "plain.db"
Result = TypeVar("Result")


@dataclass(frozen=True)
class Pair:
    """Both registers, open."""

    work: Workload
    ours: Register
    plain: Nights
    decider: Decider

    def add(self, facts: list[Fact]) -> None:
        """Record the same facts in both."""
        self.plain.add(self.ours.append(facts, now=NOW, as_recorded=True).added)

    def night(self, day: date, *, full: bool = False) -> RunReport:
        """The program's night."""
        return run(self.ours, self.work.rulebook, self.decider, day, None, NOW.isoformat(), full=full)

    def demand_equal(self, when: str) -> None:
        """Raises RowsDiffer unless both have come to the same rows."""
        demand_equal(rows_of(self.ours), self.plain.rows(), when)


def prepare(folder: Path, work: Workload, until: date) -> int:
    """Both registers with the facts that were recorded by a day, and no run yet; how many facts there are."""
    with Decider() as decider, opened(folder, work, decider, create=True) as pair:
        for facts in work.by_year(until):
            pair.add(facts)
        return pair.ours.count()


@contextmanager
def opened(folder: Path, work: Workload, decider: Decider, *, create: bool = False) -> Iterator[Pair]:
    """Both registers in a folder; the reference's is set up as the program's is."""
    with open_register(folder / OURS, create=create) as ours:
        plain = Nights(open_alike(folder / PLAIN, pragmas_of(ours.connection)), work.texts)
        if create:
            plain.create()
        try:
            yield Pair(work, ours, plain, decider)
        finally:
            plain.connection.close()


def copied(folder: Path, name: str, then: Callable[[Path], Result]) -> Result:
    """Do something with a copy of one of the registers."""
    copy = folder / f"copy-{name}"
    shutil.copyfile(folder / name, copy)
    try:
        return then(copy)
    finally:
        for path in folder.glob(f"copy-{name}*"):
            path.unlink()
