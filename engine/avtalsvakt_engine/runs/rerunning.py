"""All runs of a register made again in the order in which they were made, each going on from the one before.

In come the runs of a register whose own hashes hold, out comes whether each concludes what it once did: the same leaves
with the same root, violations and reasons included. A night takes a hundredth of judging everything, so a year of them
is proved in the time of a few full ones. What does not agree here is worked out by itself (replaying.py): it may have
been made in a way in which runs are not made again, with a rule file taken away or while the rule engine failed.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.rulesets import digest
from avtalsvakt_engine.runs.replaying import Replay, replay
from avtalsvakt_engine.runs.run import run as made
from avtalsvakt_engine.storage.kept_rules import kept_rulebook
from avtalsvakt_engine.storage.migrations import fresh
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.storage.store import Run, Store
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook


def replay_all(
    connection: sqlite3.Connection, runs: Sequence[Run], decider: Decider, current: Rulebook | None = None
) -> Iterator[Replay]:
    """Every run of a register, oldest first, worked out again; pure but for reading.

    The last one is judged whole, and so is each that concludes something else when it is made again after the others.
    `current`: today's rules, for runs whose own were not kept.
    """
    with closing(fresh(large=True)) as beside:
        course = _Course(connection, beside, decider, current)
        for one, following in zip(runs, [*runs[1:], None], strict=True):
            same = course.goes_through(one, following) and following is not None
            yield Replay(one, course.duties()) if same else replay(connection, one, decider, current)


class _Course:
    """A register beside the one that is proved, in which its runs are made again."""

    def __init__(
        self, connection: sqlite3.Connection, beside: sqlite3.Connection, decider: Decider, current: Rulebook | None
    ) -> None:
        """Nothing is in it yet."""
        self.connection, self.decider, self.current = connection, decider, current
        self.register = Register(beside, ":memory:")
        self.seen = self.made = 0
        self.rulebooks: dict[str, Rulebook | None] = {}
        self.lost = bool(connection.execute("SELECT 1 FROM second_format WHERE runs > 0").fetchone())

    def goes_through(self, run: Run, following: Run | None) -> bool:
        """Whether a run concludes what it did. `following` is made together with it where it made it for new rules."""
        if not self.lost and self.made < run.id:
            together = following is not None and run.again(self._before(run))
            self.lost = not self._make(following if together and following else run)
        return not self.lost and _ends(self.connection, run) == _ends(self.register.connection, run)

    def duties(self) -> int:
        """How many duties there are after the run that was made last."""
        (found,) = self.register.connection.execute("SELECT sum(number) FROM tallies").fetchone()
        return int(found or 0)

    def _before(self, run: Run) -> Run | None:
        return Store(self.connection).before(run)

    def _make(self, run: Run) -> bool:
        """Make a run, with what it saw; whether it got its own number, and is one that today's program can make."""
        rulebook = self._rulebook(run.rulebook)
        if rulebook is None or run.rulesets != digest():
            return False
        self._bring(run.head)
        full = run.scope == "full"
        try:
            report = made(self.register, rulebook, self.decider, run.as_of, run.known_at, run.started, full=full)
        except Rejected:
            return False
        self.made = report.id
        return report.id == run.id

    def _bring(self, head: int) -> None:
        """The facts that arrived until then, as they lie there."""
        beside = self.register.connection
        for table, number in (("facts", "arrival"), ("fact_texts", "fact"), ("erasures", "fact")):
            rows = self.connection.execute(
                f"SELECT * FROM {table} WHERE {number} > ? AND {number} <= ?",  # noqa: S608 - constants
                (self.seen, head),
            )
            for row in rows:
                beside.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - marks
        self.seen = max(self.seen, head)

    def _rulebook(self, name: str) -> Rulebook | None:
        if name not in self.rulebooks:
            kept = kept_rulebook(self.connection, name)
            known = self.current if kept is None and self.current and self.current.digest == name else kept
            self.rulebooks[name] = known
        return self.rulebooks[name]


def _ends(connection: sqlite3.Connection, run: Run) -> object:
    return connection.execute("SELECT conclusions, states FROM roots WHERE run = ?", (run.id,)).fetchone()
