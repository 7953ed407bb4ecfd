"""The reference's nights: it reads facts from SQLite, judges, writes what differs, with the register's pragmas.

A full night judges every agreement; an incremental one the parts that a new fact can touch and those whose day has
come. What is written is a row for each duty and a line of history for each change, in tables of its own.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact
from bench.reference import Court, Part, parts_of
from bench.reference_acts import Row, acts_of
from bench.reference_case import Judged
from bench.workload_texts import Text

SCHEMA = """
CREATE TABLE facts (arrival INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, agreement TEXT NOT NULL,
    date TEXT NOT NULL, precision TEXT NOT NULL, recorded TEXT NOT NULL, recorder TEXT NOT NULL,
    attributes TEXT NOT NULL) STRICT;
CREATE INDEX facts_by_id ON facts (id);
CREATE INDEX facts_by_agreement ON facts (agreement, kind);
CREATE TABLE duties (duty TEXT PRIMARY KEY, agreement TEXT NOT NULL, part TEXT NOT NULL, status TEXT NOT NULL, due TEXT,
    required INTEGER NOT NULL, counted INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX duties_by_part ON duties (agreement, part);
CREATE TABLE parts (agreement TEXT NOT NULL, part TEXT NOT NULL, until TEXT NOT NULL,
    PRIMARY KEY (agreement, part)) STRICT, WITHOUT ROWID;
CREATE INDEX parts_by_day ON parts (until);
CREATE TABLE history (day TEXT NOT NULL, duty TEXT NOT NULL, status TEXT, due TEXT, required INTEGER,
    counted INTEGER) STRICT;
CREATE TABLE nights (day TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
"""
FACT = "arrival, id, kind, date, precision, recorded, recorder, attributes"
TERMS = frozenset({"extension_agreed", "agreement_terminated"})
"""Kinds that change an agreement's terms, and so everything of it."""
PRAGMAS = ("journal_mode", "synchronous", "page_size", "cache_size")

Kept = tuple[str, str | None, int, int]


def pragmas_of(connection: sqlite3.Connection) -> dict[str, str]:
    """How a connection is set up, to set up another one alike."""
    return {name: str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in PRAGMAS}


def open_alike(path: Path, pragmas: Mapping[str, str]) -> sqlite3.Connection:
    """A connection with the same pragmas."""
    connection = sqlite3.connect(path, isolation_level=None)
    for name in ("page_size", "journal_mode", "synchronous", "cache_size"):
        connection.execute(f"PRAGMA {name} = {pragmas[name]}")
    return connection


@dataclass
class Nights:
    """The reference's register. `judged` and `changed` are those of the last night."""

    connection: sqlite3.Connection
    texts: Mapping[str, Text]
    judged: int = 0
    changed: int = 0
    parts: dict[int, tuple[Part, ...]] = field(default_factory=dict)

    def create(self) -> None:
        """The tables."""
        self.connection.executescript(SCHEMA)

    def add(self, facts: Iterable[Fact]) -> None:
        """Facts as they arrived in the register."""
        rows = (
            (one.arrival, one.id, one.kind, one.agreement, one.date.isoformat(), one.precision, one.recorded,
             one.recorder, json.dumps(dict(one.attributes), ensure_ascii=False))
            for one in facts
        )  # fmt: skip
        self.connection.execute("BEGIN")
        self.connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.connection.execute("COMMIT")

    def add_next(self, fact: Fact) -> None:
        """One fact more, at the end."""
        (last,) = self.connection.execute("SELECT coalesce(max(arrival), 0) FROM facts").fetchone()
        self.add([replace(fact, arrival=last + 1)])

    def full(self, day: date) -> None:
        """Judge everything; write what differs from what is there."""
        self._night(day, dict.fromkeys(self.texts))

    def incremental(self, day: date) -> None:
        """Judge what a new fact can touch, and what has come to its day."""
        due: dict[str, set[str]] = {}
        for agreement, part in self.connection.execute(
            "SELECT agreement, part FROM parts WHERE until < ?", (str(day),)
        ):
            due.setdefault(agreement, set()).add(part)
        work: dict[str, set[str] | None] = dict(due)
        for agreement, kinds in self._arrived().items():
            touched = {part.name for part in self._parts(self.texts[agreement]) if part.kinds & kinds}
            work[agreement] = None if kinds & TERMS else due.get(agreement, set()) | touched
        self._night(day, work)

    def rows(self) -> list[Judged]:
        """Every duty as it is kept."""
        found = self.connection.execute("SELECT duty, status, due, required, counted FROM duties ORDER BY duty")
        return [Judged(row[0], row[1], date.fromisoformat(row[2]) if row[2] else None, *row[3:]) for row in found]

    def _arrived(self) -> dict[str, set[str]]:
        """The kinds of what arrived since the last night, by agreement; a record about one has that one's."""
        (head,) = self.connection.execute("SELECT coalesce(max(head), 0) FROM nights").fetchone()
        out: dict[str, set[str]] = {}
        query = "SELECT kind, agreement, attributes FROM facts WHERE arrival > ?"
        for kind, agreement, attributes in self.connection.execute(query, (head,)):
            while kind.startswith("record_"):
                target = json.loads(attributes)["target"]
                asked = "SELECT kind, attributes FROM facts WHERE id = ?"
                kind, attributes = self.connection.execute(asked, (target,)).fetchone()  # noqa: PLW2901 - what it is about
            out.setdefault(agreement, set()).add(kind)
        return out

    def _parts(self, text: Text) -> tuple[Part, ...]:
        if id(text) not in self.parts:
            self.parts[id(text)] = parts_of(text)
        return self.parts[id(text)]

    def _night(self, day: date, work: Mapping[str, set[str] | None]) -> None:
        self.judged = self.changed = 0
        self.connection.execute("BEGIN IMMEDIATE")
        for agreement, names in work.items():
            text = self.texts[agreement]
            parts = [part for part in self._parts(text) if names is None or part.name in names]
            kinds = None if names is None else TERMS.union(*(part.kinds for part in parts))
            court = Court(agreement, text, acts_of(self._facts(agreement, kinds), day))
            for part in parts:
                self._keep(day, agreement, part, *court.judge(part))
        query = "INSERT INTO nights SELECT ?, coalesce(max(arrival), 0) FROM facts"
        self.connection.execute(query, (str(day),))
        self.connection.execute("COMMIT")

    def _facts(self, agreement: str, kinds: frozenset[str] | None) -> Iterator[Row]:
        """The facts of an agreement; only some kinds, and the records about facts, if given."""
        query, values = f"SELECT {FACT} FROM facts WHERE agreement = ?", [agreement]
        if kinds is not None:
            asked = sorted(kinds | {"record_corrected", "record_retracted"})
            query += f" AND kind IN ({', '.join('?' * len(asked))})"
            values += asked
        return map(Row._make, self.connection.execute(f"{query} ORDER BY arrival", values))

    def _keep(self, day: date, agreement: str, part: Part, rows: list[Judged], until: date) -> None:
        """Write the rows that differ, and a line of history for each."""
        query = "SELECT duty, status, due, required, counted FROM duties WHERE agreement = ? AND part = ?"
        known: dict[str, Kept] = {row[0]: row[1:] for row in self.connection.execute(query, (agreement, part.name))}
        new = {row.duty: (row.status, str(row.due) if row.due else None, row.required, row.counted) for row in rows}
        differing = [(duty, *kept) for duty, kept in new.items() if known.get(duty) != kept]
        gone = [(duty,) for duty in known if duty not in new]
        self.judged += len(rows)
        self.changed += len(differing) + len(gone)
        self.connection.executemany(
            "INSERT OR REPLACE INTO duties VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(duty, agreement, part.name, *kept) for duty, *kept in differing],
        )
        self.connection.executemany("DELETE FROM duties WHERE duty = ?", gone)
        history = [(str(day), *row) for row in differing] + [(str(day), *row, None, None, None, None) for row in gone]
        self.connection.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?)", history)
        self.connection.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", (agreement, part.name, str(until)))
