"""Writes what a run concludes: each conclusion gets its number and its leaf, what it supersedes moves to the history.

In come verdicts and violations in the order in which they are concluded, inside the register's transaction. Rows are
gathered and written together (`flush`). What each table holds: conclusions/schema.py.
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from sqlite3 import Connection

from avtalsvakt_engine.storage.conclusions.lines import Lines
from avtalsvakt_engine.storage.conclusions.numbering import Numbers
from avtalsvakt_engine.storage.conclusions.verdict_rows import COLUMNS, Key, Row, Said, withdrawn_content
from avtalsvakt_engine.storage.integrity.hash_tree import Growing, leaf
from avtalsvakt_engine.storage.runs.values import Violation
from avtalsvakt_engine.verdicts import Verdict

_TOGETHER = 2_000
"""Rows that are gathered before they are written."""
_THERE = "WHERE agreement = ? AND clause = ? AND occasion = ?"
MARKS = ", ".join("?" * len(COLUMNS.split(",")))
LAST = """SELECT max(coalesce((SELECT max(id) FROM verdicts), 0), coalesce((SELECT max(id) FROM verdict_history), 0),
    coalesce((SELECT max(id) FROM renewals), 0), coalesce((SELECT max(id) FROM violations), 0),
    coalesce((SELECT max(id) FROM violation_history), 0))"""
"""The number of the last conclusion; 0 before the first."""


class Concluding:
    """The conclusions of one run in progress."""

    def __init__(self, connection: Connection) -> None:
        """Write on the register's connection."""
        self.connection = connection
        self.said = Said(connection)
        self.lines = Lines(self.said)
        self.tree = Growing()
        self._moved: list[Key] = []
        self._new: list[tuple[object, ...]] = []
        self._gone: list[tuple[object, ...]] = []
        self._renewals: list[tuple[object, ...]] = []
        self._timings: list[tuple[object, ...]] = []
        self._touched: set[int] = set()
        self._pending: set[tuple[int, int]] = set()

    @cached_property
    def numbers(self) -> Numbers:
        """What stands once for many verdicts."""
        return Numbers(self.connection)

    @property
    def cells_changed(self) -> bool:
        """Whether a clause was noted as another cell's, or is new."""
        return "numbers" in self.__dict__ and self.numbers.cells_changed

    @cached_property
    def last(self) -> int:
        """The number of the last conclusion."""
        return int(self.connection.execute(LAST).fetchone()[0])

    @cached_property
    def _known(self) -> set[int]:
        """Agreements that have verdicts already: of others nothing can be superseded."""
        return {number for (number,) in self.connection.execute("SELECT agreement FROM tallies")}

    def rows(self, agreement: str, cell: str, obligations: Collection[str] = ()) -> dict[str, Row]:
        """The stored verdicts of one cell, by duty; and of those clauses of its instrument, where the cell is new."""
        number = self.numbers.known_agreement(agreement)
        clauses = self.numbers.clauses_of(cell, obligations)
        if any((number, one) in self._pending for one in clauses):
            self.flush()
        if number not in self._known:
            return {}
        marks = ",".join("?" * len(clauses))
        query = f"SELECT {COLUMNS} FROM verdicts WHERE agreement = ? AND clause IN ({marks})"  # noqa: S608 - marks only
        found = map(self.said.row, self.connection.execute(query, (number, *clauses)))
        return {row.duty: row for row in found}

    def same(self, row: Row, verdict: Verdict) -> bool:
        """Whether a stored verdict says what this one says, apart from since and until when."""
        return row.content == self.numbers.content(verdict)

    def put(self, run: int, cell: str, verdicts: Iterable[Verdict]) -> None:
        """Conclude these: the latest verdicts on their duties."""
        for one in verdicts:
            key, content = self.numbers.key(one, cell), self.numbers.content(one)
            since, until = one.since.isoformat(), _iso(one.until)
            place, hash_ = self._next(self.lines.verdict(run, key, content, since, until))
            self._new.append((place, run, *key, *content, since, until, hash_))
            self._touched.add(key[0])
            self._pending.add(key[:2])
            if key[0] in self._known:
                self._moved.append(key)
        if len(self._new) >= _TOGETHER:
            self.flush()

    def renew(self, run: int, row: Row, since: date, until: date | None) -> None:
        """A verdict that goes on as it was, since and until another day."""
        line = self.lines.renewed(run, row.duty, since.isoformat(), _iso(until))
        place, hash_ = self._next(line)
        self._renewals.append((place, run, row.id, row.since, row.until, hash_))
        self._timings.append((since.isoformat(), _iso(until), row.id))

    def withdraw(self, run: int, row: Row, day: date, reason: str) -> None:
        """A duty that is no more: its verdict moves to the history, which ends with that it is withdrawn, and why."""
        since = day.isoformat()
        place, hash_ = self._next(self.lines.withdrawn(run, row.key, since, reason))
        self._gone.append((place, run, *row.key, *withdrawn_content(reason), since, None, hash_))
        self._moved.append(row.key)
        self._touched.add(row.key[0])
        self._pending.add(row.key[:2])

    def violation(self, run: int, violation: Violation) -> None:
        """The life of a violation as it is now."""
        one = violation
        days = (one.raised_on.isoformat(), one.known_on.isoformat(), one.changed_on.isoformat())
        said = (one.duty, one.agreement, one.life, *days)
        place, hash_ = self._next(self.lines.violation(run, said))
        execute = self.connection.execute
        execute("INSERT INTO violation_history SELECT * FROM violations WHERE duty = ?", (one.duty,))
        execute("DELETE FROM violations WHERE duty = ?", (one.duty,))
        execute("INSERT INTO violations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (place, run, *said, hash_))

    def flush(self) -> None:
        """Write what has been gathered."""
        if not (self._new or self._gone or self._renewals):
            return
        many = self.connection.executemany
        moved = list(dict.fromkeys(self._moved))
        many(f"INSERT INTO verdict_history SELECT * FROM verdicts {_THERE}", moved)  # noqa: S608 - a constant
        many(f"DELETE FROM verdicts {_THERE}", moved)  # noqa: S608 - a constant
        many(f"INSERT INTO verdicts VALUES ({MARKS})", self._new)  # noqa: S608 - marks only
        many(f"INSERT INTO verdict_history VALUES ({MARKS})", self._gone)  # noqa: S608 - marks only
        many("INSERT INTO renewals VALUES (?, ?, ?, ?, ?, ?)", self._renewals)
        many("UPDATE verdicts SET since = ?, until = ? WHERE id = ?", self._timings)
        self._known |= self._touched
        self._pending.clear()
        for gathered in (self._new, self._gone, self._renewals, self._timings):
            gathered.clear()
        self._moved.clear()

    def tally(self) -> None:
        """Count again the verdicts of the agreements that were touched."""
        self.flush()
        touched = [(number,) for number in sorted(self._touched)]
        self.connection.executemany("DELETE FROM tallies WHERE agreement = ?", touched)
        self.connection.executemany(
            "INSERT INTO tallies SELECT agreement, status, count(*) FROM verdicts WHERE agreement = ? GROUP BY status",
            touched,
        )
        self._touched.clear()

    def _next(self, line: str) -> tuple[int, bytes]:
        """The next conclusion's number, and its leaf."""
        self.last += 1
        hash_ = leaf(line.encode())
        self.tree.add(hash_)
        return self.last, hash_


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
