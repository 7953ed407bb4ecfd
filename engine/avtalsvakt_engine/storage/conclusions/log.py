"""Every conclusion there is, in order, with the line that its leaf is taken over.

In comes a connection, out come entries by number: those of a run are the leaves of its tree. A verdict whose since and
until were renewed is told as it was concluded; each renewal is an entry of its own.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.storage.conclusions.lines import Lines
from avtalsvakt_engine.storage.conclusions.verdict_rows import COLUMNS, WITHDRAWN, Row, Said, withdrawn_content
from avtalsvakt_engine.storage.conclusions.well_formed import as_written

Timing = tuple[str, str | None]


class Entry(Struct, frozen=True):
    """One conclusion: its number, its run, what it is about, the line that follows from its row, the leaf it has.

    `line` is None where the program could not have written the row.
    """

    id: int
    run: int
    table: str
    about: str
    line: str | None
    leaf: bytes


def log(connection: Connection, after: int = 0, until: int | None = None) -> Iterator[Entry]:
    """The conclusions numbered above `after` and no higher than `until`, in order."""
    reader = _Reader(connection, after, until)
    parts = (
        *(reader.verdicts(table) for table in ("verdicts", "verdict_history")),
        reader.renewals(),
        *(reader.violations(table) for table in ("violations", "violation_history")),
    )
    yield from heapq.merge(*parts, key=lambda one: one.id)


class _Reader:
    """Reads the tables of conclusions."""

    def __init__(self, connection: Connection, after: int, until: int | None) -> None:
        self.connection, self.bounds = connection, (after, until)
        self.said = Said(connection)
        self.lines = Lines(self.said)
        self.replaced: Mapping[int, Sequence[tuple[int, str, str | None]]] = _replaced(connection)

    def verdicts(self, table: str) -> Iterator[Entry]:
        for row in self._rows(table, COLUMNS):
            about = f"{row[2]}.{row[3]}.{row[4]}"
            try:
                found = self.said.row(row)
                about, line = found.duty, self._verdict_line(row[1], found)
            except (ValueError, TypeError, KeyError):
                line = None
            yield Entry(row[0], row[1], table, about, line, row[-1])

    def _verdict_line(self, run: int, row: Row) -> str | None:
        if row.status == WITHDRAWN:
            honest = row.until is None and row.content == withdrawn_content(_text(row.content[-1]))
            return self.lines.withdrawn(run, row.key, row.since, _text(row.content[-1])) if honest else None
        if not as_written(row):
            return None  # a list that is none, say: a line is put together of its parts as they stand
        since, until = self._timing(row.id, -1, row.timing)
        return self.lines.verdict(run, row.key, row.content, since, until)

    def renewals(self) -> Iterator[Entry]:
        for number, run, verdict, hash_ in self._rows("renewals", "id, run, verdict, leaf"):
            row = self._verdict_row(verdict)
            line, about = None, f"{verdict}"
            if row is not None:
                since, until = self._timing(verdict, number, row.timing)
                line, about = self.lines.renewed(run, row.duty, since, until), row.duty
            yield Entry(number, run, "renewals", about, line, hash_)

    def violations(self, table: str) -> Iterator[Entry]:
        columns = "id, run, duty, agreement, life, raised_on, known_on, changed_on, leaf"
        for number, run, *said, hash_ in self._rows(table, columns):
            yield Entry(number, run, table, said[0], self.lines.violation(run, tuple(said)), hash_)

    def _timing(self, verdict: int, number: int, current: Timing) -> Timing:
        """Since and until when a verdict was true after the entry `number`: what a later renewal says that it was."""
        later = (one[1:] for one in self.replaced.get(verdict, ()) if one[0] > number)
        return next(later, current)

    def _verdict_row(self, number: int) -> Row | None:
        for table in ("verdicts", "verdict_history"):
            query = f"SELECT {COLUMNS} FROM {table} WHERE id = ?"  # noqa: S608 - one of two
            row = self.connection.execute(query, (number,)).fetchone()
            if row is not None:
                try:
                    return self.said.row(row)
                except (ValueError, TypeError, KeyError):
                    return None
        return None

    def _rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM {table} WHERE id > ?1 AND (?2 IS NULL OR id <= ?2) ORDER BY id"  # noqa: S608
        return iter(self.connection.execute(query, self.bounds))


def _replaced(connection: Connection) -> Mapping[int, Sequence[tuple[int, str, str | None]]]:
    """By verdict, what each renewal replaced, in order."""
    found: dict[int, list[tuple[int, str, str | None]]] = defaultdict(list)
    for number, verdict, since, until in connection.execute(
        "SELECT id, verdict, since, until FROM renewals ORDER BY id"
    ):
        found[verdict].append((number, since, until))
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)
