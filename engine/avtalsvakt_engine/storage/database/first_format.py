"""A register in the first format, held against itself: before it is brought to the second, and where a backup is one.

In comes a connection to its tables, out come facts read from them, and Problems where the chain of facts, the seals of
the runs, or the latest verdicts and violations are not what was written.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.facts.rows import from_rows
from avtalsvakt_engine.storage.facts.sealing import BEGINNING, chained, first_line
from avtalsvakt_engine.storage.proof.first_seals import text_in_first_format
from avtalsvakt_rules.problems import Problem

REMEDY = "jämför med en säkerhetskopia från tiden före ändringen"
ENOUGH = 20
"""Problems that are told; more would not be read."""
SEALED = 4
"""The first version whose runs are sealed."""

_FIRST_OF = {"day": "", "month": "-01", "year": "-01-01"}
FACTS = "SELECT arrival, id, kind, agreement, date, precision, recorded, recorder, attributes, hash FROM facts"


@dataclass(slots=True)
class FirstFormat:
    """What there is, and what is wrong with it."""

    facts: int = 0
    head: str = BEGINNING
    runs: int = 0
    seal: str = BEGINNING
    hashes: list[str] = field(default_factory=lambda: [BEGINNING])
    problems: list[Problem] = field(default_factory=list)


def check_first_format(connection: sqlite3.Connection, path: str, *, runs: bool) -> FirstFormat:
    """Hold facts, and runs if there are any, against what was written; at most ENOUGH problems of a kind are told."""
    found = FirstFormat()
    for *row, stored in connection.execute(f"{FACTS} ORDER BY arrival"):
        where = f"{path}, registrering {row[1]} (nr {row[0]})"
        if row[0] != len(found.hashes):
            found.problems.append(Problem("registreringar saknas", where, "numreringen har ett hål", REMEDY))
        elif (fact := first_fact(row)) is None or chained(found.head, first_line(fact)) != stored:
            why = "innehållet, eller kontrollsumman på den eller på den före, är inte det som registrerades"
            found.problems.append(Problem("registreringen är ändrad", where, why, REMEDY))
        found.hashes.append(stored)
        found.head, found.facts = stored, found.facts + 1
        if len(found.problems) >= ENOUGH:
            return found
    if runs:
        found.problems += list(_check_runs(connection, found, path))[:ENOUGH]
        found.problems += list(_check_latest(connection, path))[:ENOUGH]
    return found


def first_fact(row: Sequence[Any]) -> Fact | None:
    """The fact in a row of the first format; None where the program could not have written the row."""
    *own, recorder, text = row
    try:
        fact = next(from_rows([(*own, recorder, text, None)]))
        honest = (canonical(fact.attributes), fact.date.isoformat(), fact.recorder) == (text, row[4], recorder)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return fact if honest and fact.date.isoformat().endswith(_FIRST_OF[fact.precision]) else None


def _check_runs(connection: sqlite3.Connection, found: FirstFormat, path: str) -> Iterator[Problem]:
    rows = connection.execute("SELECT id, head, head_hash, hash FROM runs LEFT JOIN seals ON run = id ORDER BY id")
    for run, head, hash_, stored in rows.fetchall():
        where = f"{path}, körning {run}"
        if not 0 <= head < len(found.hashes) or found.hashes[head] != hash_:
            yield Problem("körningen såg andra registreringar", where, "kedjan är en annan än då", REMEDY)
        if run != found.runs + 1:
            yield Problem("körningar saknas", where, f"numreringen hoppar från {found.runs} till {run}", REMEDY)
        if stored is None or chained(found.seal, text_in_first_format(connection, run)) != stored:
            why = "det som körningen kom fram till, eller dess sigill eller det före, är inte det som skrevs"
            yield Problem("körningen är ändrad", where, why, REMEDY)
        found.runs, found.seal = run, stored or found.seal


def _check_latest(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """Where the latest verdicts and violations are not what the history ends with."""
    told: dict[str, tuple[str, ...]] = {}
    for duty, *said in connection.execute("SELECT duty, content, status, agreement FROM changes ORDER BY rowid"):
        told[duty] = tuple(said)
    told = {duty: said for duty, said in told.items() if said[1] != "withdrawn"}
    query = "SELECT duty, content, status, agreement FROM verdicts"
    yield from _differing("verdiktet om", told, connection.execute(query), path)
    lives = {
        duty: (life,) for duty, life in connection.execute("SELECT duty, life FROM violation_history ORDER BY rowid")
    }
    yield from _differing("överträdelsen av", lives, connection.execute("SELECT duty, life FROM violations"), path)


def _differing(what: str, told: Mapping[str, tuple[str, ...]], rows: sqlite3.Cursor, path: str) -> Iterator[Problem]:
    stored = {duty: tuple(said) for duty, *said in rows}
    for duty in sorted(one for one in told.keys() | stored.keys() if told.get(one) != stored.get(one)):
        yield Problem(f"{what} {duty} stämmer inte med historiken", path, "historiken slutar med något annat", REMEDY)
