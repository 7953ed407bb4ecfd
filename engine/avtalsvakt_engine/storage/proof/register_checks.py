"""Whether the register is what was written: its pages, its shape, the chain of facts, the seals of runs.

In comes a connection, out come Problems that say where the register was changed behind the program's back; none if it
was not. Nothing is written and no rules are needed. What runs concluded is worked out again by replaying.py.

Whoever recomputes the whole chain of facts after a change (chain.py) meets the heads and the seals of the runs; and
whoever changes those too, the head that somebody noted. What runs concluded: proof/conclusion_checks.py.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from avtalsvakt_engine.storage.conclusions.schema import ONLY_ADDED as ALSO_ONLY_ADDED
from avtalsvakt_engine.storage.facts.chain import ENOUGH, REMEDY, Chain
from avtalsvakt_engine.storage.facts.clock_turns import turns, turns_of
from avtalsvakt_engine.storage.facts.erasing import check_erasures
from avtalsvakt_engine.storage.facts.sealing import FIRST
from avtalsvakt_engine.storage.integrity.checksums import check_sums
from avtalsvakt_engine.storage.proof.schema import ONLY_ADDED
from avtalsvakt_engine.storage.proof.seals import BEGINNING as UNSEALED
from avtalsvakt_engine.storage.proof.seals import seal_texts, sealed
from avtalsvakt_engine.storage.runs.kept_rules import altered_texts, missing_texts
from avtalsvakt_rules.problems import Problem

Shape = dict[tuple[str, str], object]
"""What a database is made of, by kind and name."""


def check_pages(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """What SQLite itself finds wrong with the file."""
    for (text,) in connection.execute(f"PRAGMA integrity_check({ENOUGH})").fetchall():
        if text != "ok":
            yield Problem("registrets fil är skadad", path, f"SQLite svarar: {text}", "återställ en säkerhetskopia")


def check_shape(connection: sqlite3.Connection, expected: Shape, path: str) -> Iterator[Problem]:
    """What differs from the tables and triggers of a new register (`expected`): protection that was taken away, say."""
    found = shape_of(connection)
    for name in sorted(expected.keys() - found.keys()):
        why = "någon har tagit bort det utanför programmet"
        yield Problem(f"{_called(name)} saknas", path, why, _remedy(name))
    for name in sorted(found.keys() - expected.keys()):
        if name[0] == "trigger":
            yield Problem(f"{_called(name)} hör inte hit", path, "programmet har inte lagt dit den", REMEDY)
    for name in sorted(expected.keys() & found.keys()):
        if expected[name] != found[name]:
            why = "den ser inte ut som programmet gjorde den"
            yield Problem(f"{_called(name)} är ändrad", path, why, _remedy(name))


def check_runs(connection: sqlite3.Connection, chain: Chain, path: str) -> Iterator[Problem]:
    """What does not fit between runs, their seals, the chain they saw, and the rule files they used."""
    heads = {run: (head, hash_) for run, head, hash_ in connection.execute("SELECT id, head, head_hash FROM runs")}
    matched = 0
    for run, (head, hash_) in sorted(heads.items()):
        if not 0 <= head <= chain.last:
            why = f"den såg {head} registreringar, och registret har {chain.last}: de sista är borttagna"
            yield Problem(f"körning {run} såg fler registreringar än det finns", path, why, REMEDY)
        elif chain.hashes.get(head) != hash_:
            why = f"kedjan har en annan kontrollsumma vid nummer {head}: något i {matched + 1}–{head} är utbytt"
            yield Problem(f"körning {run} såg andra registreringar", path, why, REMEDY)
        else:
            matched = max(matched, head)
    yield from _check_seals(connection, path)
    for sha256 in altered_texts(connection):
        why = "texten har inte den kontrollsumma som den sparades under"
        yield Problem("en sparad regelfil är ändrad", f"{path}, rule_texts {sha256[:16]}", why, REMEDY)
    for sha256 in missing_texts(connection):
        why = "en regelbok hänvisar till den"
        yield Problem("en sparad regelfil saknas", f"{path}, rule_texts {sha256[:16]}", why, REMEDY)


def check_turns(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """Whether the table of where the clock was set back is what the facts show."""
    if turns(connection) != turns_of(connection):
        why = "den säger annat än registreringarnas egna tider"
        yield Problem("tabellen clock_turns är ändrad", path, why, REMEDY)


def check_beside(connection: sqlite3.Connection, steps: tuple[str, ...], path: str) -> Iterator[Problem]:
    """What is kept without a history, erasures, and by which steps (`steps`) the tables came to their shape."""
    yield from check_erasures(connection, path, REMEDY)
    yield from check_sums(connection, path, REMEDY)
    taken = connection.execute("SELECT number, name FROM schema_version ORDER BY number").fetchall()
    if taken != list(enumerate(steps, start=1)):
        why = "den säger annat än de steg som programmet har tagit"
        yield Problem("tabellen schema_version är ändrad", path, why, REMEDY)


def check_mark(connection: sqlite3.Connection, chain: Chain, path: str) -> Iterator[Problem]:
    """Whether what was carried over from the register's first format ends where the mark says."""
    rows = connection.execute("SELECT facts, head, runs, seal FROM second_format").fetchall()
    seals = dict(connection.execute("SELECT run, hash FROM seals").fetchall())
    if len(rows) == 1:
        facts, head, runs, seal = rows[0]
        rule = dict(connection.execute("SELECT arrival, rule FROM facts WHERE arrival IN (?, ?)", (facts, facts + 1)))
        ends = facts == 0 or (rule.get(facts) == FIRST and rule.get(facts + 1) != FIRST)
        there = chain.hashes.get(facts) == head
        (later,) = connection.execute("SELECT count(*) FROM sealed_texts WHERE run > ?", (runs,)).fetchone()
        if ends and there and not later and seals.get(runs, UNSEALED) == seal:
            return
    why = "det gamla formatet slutar inte där den säger"
    yield Problem("tabellen second_format är ändrad", path, why, REMEDY)


def _check_seals(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    before, previous = UNSEALED, 0
    for run, text, stored in seal_texts(connection):
        where = f"{path}, körning {run}"
        if run != previous + 1:
            yield Problem("körningar saknas", where, f"numreringen hoppar från {previous} till {run}", REMEDY)
        if stored is None:
            yield Problem("körningen är inte förseglad", where, "sigillet saknas", REMEDY)
        elif sealed(before, text) != stored:
            why = "det som körningen kom fram till, eller dess sigill eller det före, är inte det som skrevs"
            yield Problem("körningen är ändrad", where, why, REMEDY)
        before, previous = stored or before, run


def shape_of(connection: sqlite3.Connection) -> Shape:
    """Tables with their columns, and triggers with what they do; how the statements are set does not matter."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'")
    shape: Shape = {(kind, name): " ".join(sql.split()) if kind == "trigger" else None for kind, name, sql in rows}
    columns = defaultdict(list)
    for table, *column in connection.execute(_COLUMNS):
        columns["table", table].append(column)
    return shape | columns


_COLUMNS = (
    "SELECT tables.name, columns.* FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns"
    " WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' ORDER BY 1, 2"
)


def _remedy(name: tuple[str, str]) -> str:
    """What to do: a guard or an index can be put back, when it is known what was done without it."""
    back = "; 'avtalsvakt verify --repair' lägger tillbaka den" if name[0] in ("trigger", "index") else ""
    return REMEDY + back


def _called(name: tuple[str, str]) -> str:
    """A table, trigger or index in Swedish."""
    kind = {"table": "tabellen", "trigger": "spärren (triggern)", "index": "indexet"}.get(name[0], name[0])
    kept = ("fact", "erasures", *ONLY_ADDED, *ALSO_ONLY_ADDED)
    guard = " som skyddar historiken" if name[0] == "trigger" and name[1].startswith(kept) else ""
    return f"{kind} {name[1]}{guard}"
