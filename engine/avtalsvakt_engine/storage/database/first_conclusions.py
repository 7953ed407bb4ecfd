"""What runs concluded in the register's first format, carried into the tables of the second, run by run, in order.

In comes a connection whose old tables are called `first_…`, out come conclusions with numbers, leaves and roots. The
first format kept each verdict whole in its history, and since and until when only of the latest: of those superseded
`until` is not known. A seal that does not follow from the columns keeps its text (`sealed_texts`).
"""

from collections.abc import Iterator
from sqlite3 import Connection

from msgspec import Struct

from avtalsvakt_engine.storage.conclusions.concluding import MARKS
from avtalsvakt_engine.storage.conclusions.lines import Lines
from avtalsvakt_engine.storage.conclusions.numbering import Numbers
from avtalsvakt_engine.storage.conclusions.verdict_rows import (
    WITHDRAWN,
    ClauseKey,
    Key,
    Said,
    key_parts,
    withdrawn_content,
)
from avtalsvakt_engine.storage.conclusions.verdict_text import from_text
from avtalsvakt_engine.storage.facts.sealing import BEGINNING, chained
from avtalsvakt_engine.storage.integrity.checksums import settle_all
from avtalsvakt_engine.storage.integrity.hash_tree import Growing, leaf
from avtalsvakt_engine.storage.proof.first_seals import first_seal_text, text_in_first_format
from avtalsvakt_engine.storage.runs.roots import put_roots


class _Latest(Struct, frozen=True):
    """A latest verdict as the first format had it, and which change it is."""

    change: int
    since: str
    until: str | None


def carry_conclusions(connection: Connection) -> None:
    """Carry everything over, and give every run its roots."""
    runs = [run for (run,) in connection.execute("SELECT id FROM runs ORDER BY id")]
    carrying = _Carrying(connection)
    for run in runs:
        carrying.run(run, final=run == runs[-1])
    _latest(connection)
    before, said = BEGINNING, Said(connection)
    for run, seal in connection.execute("SELECT run, hash FROM seals ORDER BY run").fetchall():
        if chained(before, first_seal_text(said, run)) != seal:
            text = text_in_first_format(connection, run, "first_")
            connection.execute("INSERT INTO sealed_texts VALUES (?, ?)", (run, text))
        before = seal


class _Carrying:
    """What is carried over, run by run."""

    def __init__(self, connection: Connection) -> None:
        """Read what the latest verdicts were."""
        self.connection = connection
        self.numbers = Numbers(connection)
        self.lines = Lines(Said(connection))
        self.last = 0
        self.tree = Growing()
        self.keys: dict[str, Key] = {}
        self.cells: dict[ClauseKey, str] = {}
        self.latest: dict[str, _Latest] = {}
        self.renewed: list[tuple[int, str, str, str | None]] = []
        rows = connection.execute(
            "SELECT duty, cell, since, until, content, (SELECT max(rowid) FROM first_changes AS one"
            " WHERE one.duty = first_verdicts.duty) FROM first_verdicts"
        )
        for duty, cell, since, until, content, change in rows:
            self.latest[duty] = _Latest(change, since, until)
            self.cells[key_parts(from_text(content, since, until))[0]] = cell

    def run(self, run: int, *, final: bool) -> None:
        """The conclusions of one run, and its roots."""
        self.tree = Growing()
        rows = list(self._verdicts(run))
        self.connection.executemany(f"INSERT INTO verdict_history VALUES ({MARKS})", rows)  # noqa: S608 - marks only
        self.connection.executemany(
            "INSERT INTO violation_history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", list(self._violations(run))
        )
        if final:
            self._renewals(run)
            settle_all(self.connection)
        put_roots(self.connection, run, self.last, self.tree.root())

    def _renewals(self, run: int) -> None:
        """Verdicts that went on since another day than the history says: as renewed by the last run."""
        execute = self.connection.execute
        for verdict, duty, since, until in self.renewed:
            place, hash_ = self._next(self.lines.renewed(run, duty, since, until))
            (was,) = execute("SELECT since FROM verdict_history WHERE id = ?", (verdict,)).fetchone()
            execute("INSERT INTO renewals VALUES (?, ?, ?, ?, NULL, ?)", (place, run, verdict, was, hash_))
            execute("UPDATE verdict_history SET since = ?, until = ? WHERE id = ?", (since, until, verdict))

    def _verdicts(self, run: int) -> Iterator[tuple[object, ...]]:
        changes = self.connection.execute(
            "SELECT rowid, duty, status, since, reason, content FROM first_changes WHERE run = ? ORDER BY rowid", (run,)
        )
        for change, duty, status, since, reason, content in changes.fetchall():
            if status == WITHDRAWN:
                key = self.keys[duty]
                place, hash_ = self._next(self.lines.withdrawn(run, key, since, reason))
                yield (place, run, *key, *withdrawn_content(reason), since, None, hash_)
                continue
            verdict = from_text(content, since, None)
            parts = key_parts(verdict)[0]
            cell = self.cells.get(parts, f"{parts.instrument}/{parts.obligation}")
            key = self.keys[duty] = self.numbers.key(verdict, cell)
            said = self.numbers.content(verdict)
            latest = self.latest.get(duty)
            until = latest.until if latest and (latest.change, latest.since) == (change, since) else None
            place, hash_ = self._next(self.lines.verdict(run, key, said, since, until))
            if latest and latest.change == change and latest.since != since:
                self.renewed.append((place, duty, latest.since, latest.until))
            yield (place, run, *key, *said, since, until, hash_)

    def _violations(self, run: int) -> Iterator[tuple[object, ...]]:
        rows = self.connection.execute(
            "SELECT duty, agreement, h.life, raised_on, known_on, day FROM first_violation_history AS h"
            " JOIN first_violations USING (duty) WHERE h.run = ? ORDER BY h.rowid", (run,)
        )  # fmt: skip
        for said in rows.fetchall():
            place, hash_ = self._next(self.lines.violation(run, said))
            yield (place, run, *said, hash_)

    def _next(self, line: str) -> tuple[int, bytes]:
        self.last += 1
        hash_ = leaf(line.encode())
        self.tree.add(hash_)
        return self.last, hash_


def _latest(connection: Connection) -> None:
    """The last of each duty is the latest, unless it is withdrawn."""
    last = "SELECT max(id) FROM {0} GROUP BY {1}"
    for table, by in (("verdict", "agreement, clause, occasion"), ("violation", "duty")):
        history = f"{table}_history"
        chosen = f"id IN ({last.format(history, by)})" + (f" AND status <> '{WITHDRAWN}'" if table == "verdict" else "")
        connection.execute(f"INSERT INTO {table}s SELECT * FROM {history} WHERE {chosen} ORDER BY id")  # noqa: S608
        connection.execute(f"DELETE FROM {history} WHERE id IN (SELECT id FROM {table}s)")  # noqa: S608
    connection.execute(
        "INSERT INTO tallies SELECT agreement, status, count(*) FROM verdicts GROUP BY agreement, status"
    )
