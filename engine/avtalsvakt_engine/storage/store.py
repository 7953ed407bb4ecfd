"""Writes and reads what runs conclude. SQL lives here; what to conclude is run.py's business."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from avtalsvakt_engine.storage.store_problems import legible
from avtalsvakt_engine.storage.verdict_text import from_text, state_from_text, state_to_text, to_text
from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict

if TYPE_CHECKING:
    from avtalsvakt_engine.terms.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Run:
    """One run as stored. `head` is the arrival number of the last fact it saw, `head_hash` the chain's value there."""

    id: int
    started: str
    as_of: date
    known_at: date | None
    rulebook: str
    rulesets: str
    head: int
    head_hash: str
    scope: str
    judged: int
    changed: int
    not_evaluated: int

    def again(self, before: "Run | None") -> bool:
        """Whether it judged the same facts and day as the run before it, by other rules: what differs is theirs."""
        return (
            before is not None
            and (self.as_of, self.head, self.known_at) == (before.as_of, before.head, before.known_at)
            and (self.rulebook, self.rulesets) != (before.rulebook, before.rulesets)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A stored verdict as text, to compare with."""

    content: str
    status: str
    since: str
    until: str | None

    @property
    def timing(self) -> tuple[str, str | None]:
        """Since when and until when, as text."""
        return self.since, self.until


@dataclass(frozen=True, slots=True)
class Violation:
    """The life of one violation: raised on the day it became true, known on the day of the run that first saw it."""

    duty: str
    agreement: str
    life: str
    raised_on: date
    known_on: date
    changed_on: date


class Store:
    """The tables of runs on one connection. Writing methods belong inside the register's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection

    def last_run(self) -> Run | None:
        """The latest run, or None before the first."""
        row = self.connection.execute("SELECT * FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        return None if row is None else _run(row)

    def runs(self) -> list[Run]:
        """Every run there has been, oldest first."""
        return [_run(row) for row in self.connection.execute("SELECT * FROM runs ORDER BY id")]

    def before(self, run: Run) -> Run | None:
        """The run before another one."""
        row = self.connection.execute("SELECT * FROM runs WHERE id < ? ORDER BY id DESC LIMIT 1", (run.id,)).fetchone()
        return None if row is None else _run(row)

    def begin(self, run: Run) -> int:
        """Store a run that begins (its id is not looked at); its id."""
        cursor = self.connection.execute(
            "INSERT INTO runs (started, as_of, known_at, rulebook, rulesets, head, head_hash, scope,"
            " judged, changed, not_evaluated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
            (
                run.started,
                run.as_of.isoformat(),
                _iso(run.known_at),
                run.rulebook,
                run.rulesets,
                run.head,
                run.head_hash,
                run.scope,
            ),
        )
        return int(cursor.lastrowid or 0)

    def finish(self, run: int, judged: int, changed: int, not_evaluated: int) -> None:
        """Store what the run came to."""
        self.connection.execute(
            "UPDATE runs SET judged = ?, changed = ?, not_evaluated = ? WHERE id = ?",
            (judged, changed, not_evaluated, run),
        )

    def due_cells(self, as_of: date) -> dict[str, set[str]]:
        """Cells whose verdicts may have changed by the day alone, by agreement."""
        found: dict[str, set[str]] = {}
        for agreement, cell in self.connection.execute(
            "SELECT agreement, cell FROM cells WHERE until < ?", (as_of.isoformat(),)
        ):
            found.setdefault(agreement, set()).add(cell)
        return found

    def due_instruments(self, as_of: date) -> list[str]:
        """Agreements whose own life may have changed by the day alone."""
        rows = self.connection.execute("SELECT agreement FROM instruments WHERE until < ?", (as_of.isoformat(),))
        return [row[0] for row in rows]

    def cells(self, agreement: str) -> set[str]:
        """The cells stored for an agreement."""
        rows = self.connection.execute("SELECT cell FROM cells WHERE agreement = ?", (agreement,))
        return {row[0] for row in rows}

    def rows(self, agreement: str, cell: str) -> dict[str, Row]:
        """The stored verdicts of one cell, by duty."""
        rows = self.connection.execute(
            "SELECT duty, content, status, since, until FROM verdicts WHERE agreement = ? AND cell = ?",
            (agreement, cell),
        )
        return {row[0]: Row(*row[1:]) for row in rows}

    def put(self, cell: str, verdicts: Iterable[Verdict]) -> None:
        """Store these as the latest verdicts of their duties."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one.duty,
                    one.agreement,
                    cell,
                    one.status,
                    _iso(one.due),
                    one.since.isoformat(),
                    _iso(one.until),
                    to_text(one),
                )
                for one in verdicts
            ),
        )

    def drop(self, duties: Iterable[str]) -> None:
        """Let go of the latest verdicts of duties that are no more; their history stays."""
        self.connection.executemany("DELETE FROM verdicts WHERE duty = ?", ((duty,) for duty in duties))

    def note(self, run: int, changes: Iterable[tuple[str, str, str | None, str, str, str | None, str | None]]) -> None:
        """Add to the history: (duty, agreement, was, status, since, reason, content)."""
        self.connection.executemany(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ((run, *change) for change in changes)
        )

    def put_cell(self, agreement: str, cell: str, until: date | None) -> None:
        """Store how long a cell stays as it is."""
        self.connection.execute("INSERT OR REPLACE INTO cells VALUES (?, ?, ?)", (agreement, cell, _iso(until)))

    def drop_cell(self, agreement: str, cell: str) -> None:
        """A cell that is no more."""
        self.connection.execute("DELETE FROM cells WHERE agreement = ? AND cell = ?", (agreement, cell))

    def spans(self, agreement: str) -> str | None:
        """The fingerprint of an instrument's terms as last judged."""
        row = self.connection.execute("SELECT spans FROM instruments WHERE agreement = ?", (agreement,)).fetchone()
        return None if row is None else str(row[0])

    def put_state(self, state: InstrumentState, spans: str) -> bool:
        """Store an instrument's state; whether it differs from the one stored."""
        content = state_to_text(state)
        known = self.connection.execute(
            "SELECT content FROM instruments WHERE agreement = ?", (state.agreement,)
        ).fetchone()
        self.connection.execute(
            "INSERT OR REPLACE INTO instruments VALUES (?, ?, ?, ?)",
            (state.agreement, content, spans, _iso(state.until)),
        )
        return known is None or known[0] != content

    def drop_state(self, agreement: str) -> None:
        """An instrument that is no more."""
        self.connection.execute("DELETE FROM instruments WHERE agreement = ?", (agreement,))

    def put_findings(self, agreement: str | None, findings: Sequence[Finding]) -> None:
        """Store the findings about an agreement in place of the earlier ones."""
        self.connection.execute("DELETE FROM findings WHERE agreement IS ?", (agreement,))
        self.connection.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?)", ((agreement, one.code, one.fact, one.text) for one in findings)
        )

    def drop_findings(self, code: str) -> None:
        """Let go of all findings of a kind."""
        self.connection.execute("DELETE FROM findings WHERE code = ?", (code,))

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Store these findings besides those there are."""
        rows = ((one.agreement, one.code, one.fact, one.text) for one in findings)
        self.connection.executemany("INSERT INTO findings VALUES (?, ?, ?, ?)", rows)

    def violation(self, duty: str) -> Violation | None:
        """The violation of a duty, if there ever was one."""
        row = self.connection.execute(
            "SELECT duty, agreement, life, raised_on, known_on, changed_on FROM violations WHERE duty = ?", (duty,)
        ).fetchone()
        return None if row is None else _violation(row)

    def put_violation(self, run: int, violation: Violation) -> None:
        """Store a violation's life as it is now, and add it to the history."""
        one = violation
        self.connection.execute(
            "INSERT OR REPLACE INTO violations VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                one.duty,
                one.agreement,
                one.life,
                one.raised_on.isoformat(),
                one.known_on.isoformat(),
                one.changed_on.isoformat(),
                run,
            ),
        )
        self.connection.execute(
            "INSERT INTO violation_history VALUES (?, ?, ?, ?)", (run, one.duty, one.life, one.changed_on.isoformat())
        )

    # What others read.

    def verdicts(self, agreement: str | None = None, statuses: Sequence[str] = ()) -> list[Verdict]:
        """Stored verdicts, by agreement and due day; only some statuses if given."""
        where, values = ["1"], []
        if agreement is not None:
            where.append("agreement = ?")
            values.append(agreement)
        if statuses:
            where.append(f"status IN ({', '.join('?' * len(statuses))})")
            values += statuses
        chosen = " AND ".join(where)  # only question marks are put in
        query = f"SELECT content, since, until FROM verdicts WHERE {chosen} ORDER BY agreement, due IS NULL, due, duty"  # noqa: S608
        return [from_text(*row) for row in self.connection.execute(query, values)]

    def verdict(self, duty: str) -> Verdict | None:
        """The stored verdict on a duty."""
        row = self.connection.execute("SELECT content, since, until FROM verdicts WHERE duty = ?", (duty,)).fetchone()
        return None if row is None else from_text(*row)

    def duties(self) -> list[str]:
        """The keys of all stored duties."""
        return [row[0] for row in self.connection.execute("SELECT duty FROM verdicts ORDER BY duty")]

    def counts(self) -> Counter[str]:
        """How many duties have each status."""
        rows = self.connection.execute("SELECT status, count(*) FROM verdicts GROUP BY status")
        return Counter(dict(rows.fetchall()))

    def counts_by_agreement(self) -> dict[str, dict[str, int]]:
        """How many duties have each status, agreement by agreement."""
        found: dict[str, dict[str, int]] = {}
        for agreement, status, count in self.connection.execute(
            "SELECT agreement, status, count(*) FROM verdicts GROUP BY agreement, status"
        ):
            found.setdefault(agreement, {})[status] = count
        return found

    def states(self) -> list[InstrumentState]:
        """The stored states of all instruments."""
        rows = self.connection.execute("SELECT content, until FROM instruments ORDER BY agreement")
        return [state_from_text(*row) for row in rows]

    def findings(self) -> list[Finding]:
        """The stored findings."""
        query = "SELECT code, agreement, fact, text FROM findings ORDER BY agreement, code, fact"
        rows = self.connection.execute(query)
        return [Finding(*row) for row in rows]

    def violations(self, agreement: str | None = None) -> list[Violation]:
        """All violations ever raised, by day."""
        rows = self.connection.execute(
            "SELECT duty, agreement, life, raised_on, known_on, changed_on FROM violations"
            " WHERE ? IS NULL OR agreement = ? ORDER BY raised_on, duty",
            (agreement, agreement),
        )
        return [_violation(row) for row in rows]

    def history(self, duty: str) -> list[tuple[int, str, str, str | None]]:
        """What a duty's verdict has been: (run, status, since, reason), oldest first."""
        rows = self.connection.execute(
            "SELECT run, status, since, reason FROM changes WHERE duty = ? ORDER BY run", (duty,)
        )
        return list(rows)

    def judged_agreements(self) -> set[str]:
        """Agreements that something is stored of."""
        rows = self.connection.execute("SELECT agreement FROM cells UNION SELECT agreement FROM instruments")
        return {row[0] for row in rows}

    def has_history(self, agreement: str) -> bool:
        """Whether a run ever had a verdict of the agreement's."""
        query = "SELECT 1 FROM changes WHERE agreement = ? LIMIT 1"
        return self.connection.execute(query, (agreement,)).fetchone() is not None

    def changed_agreements(self, run: int) -> set[str]:
        """Agreements with a verdict that a run changed."""
        rows = self.connection.execute("SELECT DISTINCT agreement FROM changes WHERE run = ?", (run,))
        return {row[0] for row in rows}

    def calendar_entries(self, feed: str) -> list[tuple[str, str, str, str, int, bool]]:
        """What a feed has published: (uid, content hash, placing, stamp, sequence, present)."""
        rows = self.connection.execute(
            "SELECT uid, content_hash, placing, stamp, sequence, present FROM calendar_entries WHERE feed = ?", (feed,)
        )
        return [(*row[:5], bool(row[5])) for row in rows]

    def save_calendar_entries(self, feed: str, entries: Iterable[tuple[str, str, str, str, int, bool]]) -> None:
        """Remember what a feed has published."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO calendar_entries VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((feed, *entry) for entry in entries),
        )


@legible
def _run(row: Sequence[Any]) -> Run:
    known_at = date.fromisoformat(row[3]) if row[3] else None
    return Run(row[0], row[1], date.fromisoformat(row[2]), known_at, *row[4:])


@legible
def _violation(row: Sequence[str]) -> Violation:
    duty, agreement, life, *days = row
    return Violation(duty, agreement, life, *map(date.fromisoformat, days))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def fingerprint(timeline: "Timeline") -> str:
    """What others depend on of an instrument's life: its terms, and how long they stay so."""
    return json.dumps([*map(repr, timeline.spans), repr(timeline.until)])


def read_rows(mapping: Mapping[str, Row]) -> Iterator[Verdict]:
    """Stored rows as verdicts."""
    return (from_text(row.content, row.since, row.until) for row in mapping.values())
