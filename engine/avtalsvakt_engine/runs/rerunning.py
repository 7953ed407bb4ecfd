"""All runs of a register made again in the order in which they were made, each going on from the one before.

In come the runs of a register whose own hashes hold, out comes whether each concludes what it once did: the same leaves
with the same root, violations and reasons included. That takes about as long as the runs did, and not a full judging
for each. What does not agree here is worked out by itself (replaying.py): it may have been made in a way in which runs
are not made again, or while the rule engine failed.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import zip_longest

from msgspec.structs import replace

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.rulesets import digest
from avtalsvakt_engine.runs.replaying import Replay, replay
from avtalsvakt_engine.runs.run import run as made
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.conclusions.stored_verdicts import StoredVerdicts
from avtalsvakt_engine.storage.database.migrations import fresh
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.runs.kept_rules import kept_rulebook
from avtalsvakt_engine.verdicts import Verdict
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
        for one, following in zip_longest(runs, runs[1:]):
            same = course.goes_through(one, following) and following is not None
            yield course.told(one) if same else replay(connection, one, decider, current)


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
        self.apart = False
        self.lost = bool(connection.execute("SELECT 1 FROM second_format WHERE runs > 0").fetchone())

    def goes_through(self, run: Run, following: Run | None) -> bool:
        """Whether a run concludes what it did. `following` is made together with it where it made it for new rules."""
        if not self.lost and self.made < run.id:
            together = following is not None and run.again(self._before(run))
            self.lost = not self._make(following if together and following else run)
        if self.lost or _ends(self.connection, run) != _ends(self.register.connection, run):
            self.apart = True
            return False
        return not self.apart or self._stands_alike(run)

    def _stands_alike(self, run: Run) -> bool:
        """Whether what a run left standing is the same, where a run before it came to something else.

        What a run changed is then not all there is to compare. Of agreements whose rules it did not have nothing
        follows, but whether the two registers have come together again does.
        """
        theirs, made = (_standing(one, run) for one in (self.connection, self.register.connection))
        self.apart = theirs != made
        rulebook = self._rulebook(run.rulebook)
        unlike = {one.agreement for _, one in theirs.items() ^ made.items()}
        return rulebook is not None and unlike.isdisjoint(rulebook.instruments)

    def told(self, run: Run) -> Replay:
        """A run that concluded what it did, with the number of duties of the agreements that it had rules for."""
        rulebook = self._rulebook(run.rulebook)
        judged = Counter[str]()
        for agreement, counts in self._numbers(run).items():
            if rulebook is not None and agreement in rulebook.instruments:
                judged.update(counts)
        return Replay(run, judged.total(), not_evaluated=judged["not_evaluated"])

    def _numbers(self, run: Run) -> Mapping[str, Mapping[str, int]]:
        """How many duties had each status after a run, agreement by agreement."""
        store, found = Store(self.register.connection), defaultdict[str, Counter[str]](Counter)
        if run.id == self.made:
            return store.counts_by_agreement()
        for one in store.as_of_run(run.id).values():
            found[one.agreement][one.status] += 1
        return found

    def _before(self, run: Run) -> Run | None:
        return Store(self.connection).before(run)

    def _make(self, run: Run) -> bool:
        """Make a run, with what it saw; whether it got its own number, and is one that today's program can make."""
        rulebook = self._rulebook(run.rulebook)
        if rulebook is None or run.rulesets != digest():
            return False
        self._bring(run.head)
        full = run.scope == "full"
        # What becomes another without rules was withdrawn.
        withdrawn = StoredVerdicts(self.connection).changed_agreements(run.id - 1, run.id) - rulebook.instruments.keys()
        try:
            report = made(
                self.register, rulebook, self.decider, run.as_of, run.known_at, run.started,
                full=full, withdraw=withdrawn,
            )  # fmt: skip
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


def _standing(connection: sqlite3.Connection, run: Run) -> Mapping[str, Verdict]:
    """The verdicts after a run, by duty; since and until may differ without the verdict being another."""
    found = Store(connection).as_of_run(run.id)
    return {duty: replace(one, since=run.as_of, until=None) for duty, one in found.items()}


def _ends(connection: sqlite3.Connection, run: Run) -> object:
    return connection.execute("SELECT conclusions, states FROM roots WHERE run = ?", (run.id,)).fetchone()
