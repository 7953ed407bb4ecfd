"""Reads verdicts as they are stored: the latest, and what they were as of a run.

In comes a connection, out come verdicts, keys of duties and what has become of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from sqlite3 import Connection
from typing import Any

from avtalsvakt_engine.storage.conclusions.verdict_rows import COLUMNS, WITHDRAWN, Key, Row, Said
from avtalsvakt_engine.verdicts import Verdict

_EVERY = f"SELECT {COLUMNS} FROM verdicts UNION ALL SELECT {COLUMNS} FROM verdict_history"  # noqa: S608 - constants


class StoredVerdicts:
    """The tables of verdicts on one connection, to read."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection
        self.said = Said(connection)

    def verdicts(self, agreement: str | None = None, statuses: Sequence[str] = ()) -> list[Verdict]:
        """The latest verdicts, by agreement and due day; only some statuses if given."""
        where, values = ["1"], list[object]()
        if agreement is not None:
            where.append("agreement = (SELECT id FROM agreements WHERE name = ?)")
            values.append(agreement)
        if statuses:
            where.append(f"status IN ({', '.join('?' * len(statuses))})")
            values += statuses
        query = f"SELECT {COLUMNS} FROM verdicts WHERE {' AND '.join(where)}"  # noqa: S608 - only marks are put in
        found = [self.said.verdict(self.said.row(row)) for row in self.connection.execute(query, values)]
        return sorted(found, key=lambda one: (one.agreement, one.due is None, one.due or date.max, one.duty))

    def verdict(self, duty: str) -> Verdict | None:
        """The latest verdict on a duty."""
        for key in self.keys(duty):
            query = f"SELECT {COLUMNS} FROM verdicts WHERE agreement = ? AND clause = ? AND occasion = ?"  # noqa: S608
            row = self.connection.execute(query, key).fetchone()
            if row is not None:
                return self.said.verdict(self.said.row(row))
        return None

    def keys(self, duty: str) -> Iterator[Key]:
        """The keys that a duty written as text may have: its agreement, a clause with a fitting stem, what is left."""
        agreement, _, rest = duty.partition(".")
        parts = rest.split(".")
        number = self.connection.execute("SELECT id FROM agreements WHERE name = ?", (agreement,)).fetchone()
        for size in range(1, len(parts) + 1) if number else ():
            stem, occasion = ".".join(parts[:size]), ".".join(parts[size:])
            for (clause,) in self.connection.execute("SELECT id FROM clauses WHERE stem = ?", (stem,)):
                yield number[0], clause, occasion

    def duties(self) -> list[str]:
        """The keys of all duties that have a verdict."""
        rows = self.connection.execute("SELECT agreement, clause, occasion FROM verdicts")
        return sorted(self.said.duty(row) for row in rows)

    def due_duties(self, as_of: date) -> list[Key]:
        """The duties whose verdicts may have changed by the day alone."""
        query = "SELECT agreement, clause, occasion FROM verdicts WHERE until < ?"
        return list(self.connection.execute(query, (as_of.isoformat(),)))

    def marks(self) -> dict[str, tuple[int, int, int]]:
        """By agreement what is another once any of its verdicts is: how many, the newest, and the sum of their ids."""
        query = (
            "SELECT name, count(*), max(verdicts.id), sum(verdicts.id)"
            " FROM verdicts JOIN agreements ON agreements.id = agreement GROUP BY name ORDER BY name"
        )
        return {name: (number, newest, every) for name, number, newest, every in self.connection.execute(query)}

    def counts_by_agreement(self) -> dict[str, dict[str, int]]:
        """How many duties have each status, agreement by agreement."""
        found: dict[str, dict[str, int]] = {}
        query = "SELECT name, status, number FROM tallies JOIN agreements ON id = agreement ORDER BY name, status"
        for name, status, number in self.connection.execute(query):
            found.setdefault(name, {})[status] = number
        return found

    def counts(self) -> Counter[str]:
        """How many duties have each status."""
        return Counter(
            dict(self.connection.execute("SELECT status, sum(number) FROM tallies GROUP BY status").fetchall())
        )

    def history(self, duty: str) -> list[tuple[int, str, str, str | None]]:
        """What a duty's verdict has been: (run, status, since, reason), oldest first."""
        rows: list[tuple[Any, ...]] = []
        for key in self.keys(duty):
            for table in ("verdicts", "verdict_history"):
                query = (
                    f"SELECT run, status, since, reason, id FROM {table}"  # noqa: S608 - one of two
                    " WHERE agreement = ? AND clause = ? AND occasion = ?"
                )
                rows += self.connection.execute(query, key)
        return [(run, status, since, reason) for run, status, since, reason, _ in sorted(rows, key=lambda row: row[4])]

    def as_of_run(self, run: int) -> dict[str, Verdict]:
        """The verdicts as they stood after a run, by duty."""
        latest: dict[Key, Row | None] = {}
        for row in self.connection.execute(f"{_EVERY} ORDER BY id"):
            if row[1] <= run:
                found = self.said.row(row)
                latest[found.key] = None if found.status == WITHDRAWN else found
        standing = (row for row in latest.values() if row is not None)
        return {row.duty: self.said.verdict(row) for row in standing}

    def has_history(self, agreement: str) -> bool:
        """Whether a run ever had a verdict of the agreement's."""
        query = (
            "SELECT 1 FROM agreements WHERE name = ?"
            " AND (EXISTS (SELECT 1 FROM verdicts WHERE agreement = agreements.id)"
            " OR EXISTS (SELECT 1 FROM verdict_history WHERE agreement = agreements.id))"
        )
        return self.connection.execute(query, (agreement,)).fetchone() is not None

    def changed_agreements(self, after: int, until: int | None = None) -> set[str]:
        """Agreements with a verdict that a run later than `after`, and no later than `until`, changed."""
        where = (
            "id > (SELECT coalesce(max(last), 0) FROM roots WHERE run <= ?1)"
            " AND (?2 IS NULL OR id <= (SELECT max(last) FROM roots WHERE run <= ?2))"
        )
        query = (
            f"SELECT name FROM agreements WHERE id IN (SELECT agreement FROM verdicts WHERE {where}"  # noqa: S608
            f" UNION SELECT agreement FROM verdict_history WHERE {where})"
        )
        return {name for (name,) in self.connection.execute(query, (after, until))}
