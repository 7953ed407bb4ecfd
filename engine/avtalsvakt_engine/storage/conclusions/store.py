"""Writes and reads what runs conclude. SQL lives here and beside it; what to conclude is told by runs/run.py."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from sqlite3 import Connection

from avtalsvakt_engine.storage.conclusions.concluding import Concluding
from avtalsvakt_engine.storage.conclusions.stored_verdicts import StoredVerdicts
from avtalsvakt_engine.storage.conclusions.verdict_rows import Key, Row
from avtalsvakt_engine.storage.conclusions.verdict_text import state_from_text, state_to_text
from avtalsvakt_engine.storage.integrity.checksums import settle
from avtalsvakt_engine.storage.runs.roots import put_roots
from avtalsvakt_engine.storage.runs.values import Run, Violation, read_run, read_violation
from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict

__all__ = ["Row", "Run", "Store", "Violation"]


_LAST_RUN = """
SELECT max(
    coalesce((SELECT max(id) FROM runs), 0), coalesce((SELECT max(run) FROM seals), 0),
    coalesce((SELECT max(run) FROM roots), 0), coalesce((SELECT max(run) FROM signed_heads), 0)
)
"""


class Store:
    """The tables of runs on one connection. Writing methods belong inside the register's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self.connection = connection
        self._concluding = Concluding(connection)
        self._stored = StoredVerdicts(connection)
        self._written: dict[str, set[str]] = {"cells": set(), "findings": set(), "instruments": set()}

    def last_run(self) -> Run | None:
        """The latest run, or None before the first."""
        row = self.connection.execute("SELECT * FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        return None if row is None else read_run(row)

    def runs(self) -> list[Run]:
        """Every run there has been, oldest first."""
        return [read_run(row) for row in self.connection.execute("SELECT * FROM runs ORDER BY id")]

    def before(self, run: Run) -> Run | None:
        """The run before another one."""
        row = self.connection.execute("SELECT * FROM runs WHERE id < ? ORDER BY id DESC LIMIT 1", (run.id,)).fetchone()
        return None if row is None else read_run(row)

    def begin(self, run: Run) -> int:
        """Store a run that begins (its id is not looked at); its id.

        The id is above all that were ever given: a run that somebody deleted leaves a gap that verify tells of, and not
        its number to the next one, which could then not be sealed.
        """
        (last,) = self.connection.execute(_LAST_RUN).fetchone()
        cursor = self.connection.execute(
            "INSERT INTO runs (id, started, as_of, known_at, rulebook, rulesets, head, head_hash, scope,"
            " judged, changed, not_evaluated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
            (
                last + 1,
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
        """Store what the run came to, and the roots of what it saw and concluded. Its rules must be kept already."""
        self.connection.execute(
            "UPDATE runs SET judged = ?, changed = ?, not_evaluated = ? WHERE id = ?",
            (judged, changed, not_evaluated, run),
        )
        concluding = self._concluding
        concluding.tally()
        for name, parts in self._written.items():
            settle(self.connection, name, parts)
            parts.clear()
        if concluding.cells_changed:
            settle(self.connection, "clauses")
        put_roots(self.connection, run, concluding.last, concluding.tree.root())

    def due_cells(self, as_of: date) -> dict[str, set[str]]:
        """Cells whose verdicts may have changed by the day alone, by agreement."""
        found: dict[str, set[str]] = {}
        for agreement, cell in self.connection.execute(
            "SELECT agreement, cell FROM cells WHERE until < ?", (as_of.isoformat(),)
        ):
            found.setdefault(agreement, set()).add(cell)
        return found

    def due_duties(self, as_of: date) -> list[Key]:
        """Duties whose verdicts may have changed by the day alone: agreement, clause and occasion, by number."""
        return self._stored.due_duties(as_of)

    def due_instruments(self, as_of: date) -> list[str]:
        """Agreements whose own life may have changed by the day alone."""
        rows = self.connection.execute("SELECT agreement FROM instruments WHERE until < ?", (as_of.isoformat(),))
        return [row[0] for row in rows]

    def cells(self, agreement: str) -> set[str]:
        """The cells stored for an agreement."""
        rows = self.connection.execute("SELECT cell FROM cells WHERE agreement = ?", (agreement,))
        return {row[0] for row in rows}

    def rows(self, agreement: str, cell: str, obligations: Collection[str] = ()) -> dict[str, Row]:
        """The stored verdicts of one cell, by duty; and of the clauses in it, where they were in another."""
        return self._concluding.rows(agreement, cell, obligations)

    def read(self, rows: Iterable[Row]) -> list[Verdict]:
        """Stored rows as verdicts."""
        return [self._concluding.said.verdict(row) for row in rows]

    def differing(
        self, stored: Mapping[str, Row], verdicts: Iterable[Verdict]
    ) -> tuple[list[Verdict], list[tuple[Row, Verdict]]]:
        """Which verdicts are new or say something else than what is stored, and which only since or until else when."""
        changed, renewed = [], []
        for one in verdicts:
            row = stored.get(one.duty)
            if row is None or not self._concluding.same(row, one):
                changed.append(one)
            elif row.timing != (one.since.isoformat(), _iso(one.until)):
                renewed.append((row, one))
        return changed, renewed

    def put(self, run: int, cell: str, verdicts: Iterable[Verdict]) -> None:
        """Conclude these: the latest verdicts on their duties. What they supersede stays in the history."""
        self._concluding.put(run, cell, verdicts)

    def renew(self, run: int, row: Row, since: date, until: date | None) -> None:
        """A verdict that goes on as it was, since and until another day."""
        self._concluding.renew(run, row, since, until)

    def withdraw(self, run: int, row: Row, day: date, reason: str) -> None:
        """Let go of the verdict of a duty that is no more, for a reason; its history stays."""
        self._concluding.withdraw(run, row, day, reason)

    def put_cell(self, agreement: str, cell: str, until: date | None) -> None:
        """Store how long a cell stays as it is."""
        self.connection.execute("INSERT OR REPLACE INTO cells VALUES (?, ?, ?)", (agreement, cell, _iso(until)))
        self._written["cells"].add(agreement)

    def drop_cell(self, agreement: str, cell: str) -> None:
        """A cell that is no more."""
        self.connection.execute("DELETE FROM cells WHERE agreement = ? AND cell = ?", (agreement, cell))
        self._written["cells"].add(agreement)

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
        self._written["instruments"].add(state.agreement)
        return known is None or known[0] != content

    def drop_state(self, agreement: str) -> None:
        """An instrument that is no more."""
        self.connection.execute("DELETE FROM instruments WHERE agreement = ?", (agreement,))
        self._written["instruments"].add(agreement)

    def put_findings(self, agreement: str | None, findings: Sequence[Finding]) -> None:
        """Store the findings about an agreement in place of the earlier ones."""
        self.connection.execute("DELETE FROM findings WHERE agreement IS ?", (agreement,))
        self.connection.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?)", ((agreement, one.code, one.fact, one.text) for one in findings)
        )
        self._written["findings"].add(agreement or "")

    def drop_findings(self, code: str) -> None:
        """Let go of all findings of a kind."""
        gone = self.connection.execute("DELETE FROM findings WHERE code = ? RETURNING agreement", (code,)).fetchall()
        self._written["findings"] |= {agreement or "" for (agreement,) in gone}

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Store these findings besides those there are."""
        rows = [(one.agreement, one.code, one.fact, one.text) for one in findings]
        self.connection.executemany("INSERT INTO findings VALUES (?, ?, ?, ?)", rows)
        self._written["findings"] |= {row[0] or "" for row in rows}

    def violation(self, duty: str) -> Violation | None:
        """The violation of a duty, if there ever was one."""
        row = self.connection.execute(
            "SELECT duty, agreement, life, raised_on, known_on, changed_on FROM violations WHERE duty = ?", (duty,)
        ).fetchone()
        return None if row is None else read_violation(row)

    def put_violation(self, run: int, violation: Violation) -> None:
        """Store a violation's life as it is now; what it was stays in the history."""
        self._concluding.violation(run, violation)

    # What others read.

    def verdicts(self, agreement: str | None = None, statuses: Sequence[str] = ()) -> list[Verdict]:
        """Stored verdicts, by agreement and due day; only some statuses if given."""
        return self._stored.verdicts(agreement, statuses)

    def marks(self) -> Mapping[str, tuple[int, int, int]]:
        """By agreement what is another once any of its verdicts is."""
        return self._stored.marks()

    def verdict(self, duty: str) -> Verdict | None:
        """The stored verdict on a duty."""
        return self._stored.verdict(duty)

    def as_of_run(self, run: int) -> Mapping[str, Verdict]:
        """The verdicts as they stood after a run, by duty."""
        return self._stored.as_of_run(run)

    def duties(self) -> list[str]:
        """The keys of all stored duties."""
        return self._stored.duties()

    def counts(self) -> Counter[str]:
        """How many duties have each status."""
        self._concluding.tally()
        return self._stored.counts()

    def counts_by_agreement(self) -> dict[str, dict[str, int]]:
        """How many duties have each status, agreement by agreement."""
        return self._stored.counts_by_agreement()

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
        return [read_violation(row) for row in rows]

    def history(self, duty: str) -> list[tuple[int, str, str, str | None]]:
        """What a duty's verdict has been: (run, status, since, reason), oldest first."""
        return self._stored.history(duty)

    def judged_agreements(self) -> set[str]:
        """Agreements that something is stored of."""
        rows = self.connection.execute("SELECT agreement FROM cells UNION SELECT agreement FROM instruments")
        return {row[0] for row in rows}

    def has_history(self, agreement: str) -> bool:
        """Whether a run ever had a verdict of the agreement's."""
        return self._stored.has_history(agreement)

    def changed_agreements(self, run: int) -> set[str]:
        """Agreements with a verdict that a run changed."""
        return self._stored.changed_agreements(run - 1, run)

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
        settle(self.connection, "calendar_entries", [feed])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
