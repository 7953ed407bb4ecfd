"""Whether the register is what was written: its pages, its shape, the chain of facts, the seals of runs.

In comes a connection, out come Problems that say where the register was changed behind the program's back; none if it
was not. Nothing is written and no rules are needed. What runs concluded is worked out again by replaying.py.

Whoever recomputes the whole chain of facts after a change (chain.py) meets the heads and the seals of the runs; and
whoever changes those too, the head that somebody noted.
"""

import sqlite3
from collections.abc import Iterator, Mapping

from avtalsvakt_engine.storage.chain import ENOUGH, REMEDY, Chain
from avtalsvakt_engine.storage.clock_turns import turns, turns_of
from avtalsvakt_engine.storage.kept_rules import altered_texts
from avtalsvakt_engine.storage.proofs_schema import ONLY_ADDED
from avtalsvakt_engine.storage.seals import BEGINNING as UNSEALED
from avtalsvakt_engine.storage.seals import seal_texts, sealed
from avtalsvakt_rules.problems import Problem


def check_pages(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """What SQLite itself finds wrong with the file."""
    for (text,) in connection.execute(f"PRAGMA integrity_check({ENOUGH})").fetchall():
        if text != "ok":
            yield Problem("registrets fil är skadad", path, f"SQLite svarar: {text}", "återställ en säkerhetskopia")


def check_shape(connection: sqlite3.Connection, fresh: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """What differs from the tables and triggers of a new register (`fresh`): protection that was taken away, say."""
    expected, found = _shape(fresh), _shape(connection)
    for name in sorted(expected.keys() - found.keys()):
        why = "någon har tagit bort det utanför programmet"
        yield Problem(f"{_called(name)} saknas", path, why, REMEDY)
    for name in sorted(found.keys() - expected.keys()):
        if name[0] == "trigger":
            yield Problem(f"{_called(name)} hör inte hit", path, "programmet har inte lagt dit den", REMEDY)
    for name in sorted(expected.keys() & found.keys()):
        if expected[name] != found[name]:
            yield Problem(f"{_called(name)} är ändrad", path, "den ser inte ut som programmet gjorde den", REMEDY)


def check_runs(connection: sqlite3.Connection, chain: Chain, path: str) -> Iterator[Problem]:
    """What does not fit between runs, their seals, the chain they saw, and the rule files they used."""
    heads = {run: (head, hash_) for run, head, hash_ in connection.execute("SELECT id, head, head_hash FROM runs")}
    matched = 0
    for run, (head, hash_) in sorted(heads.items()):
        if not 0 <= head < len(chain.hashes):
            why = f"den såg {head} registreringar, och registret har {len(chain.hashes) - 1}: de sista är borttagna"
            yield Problem(f"körning {run} såg fler registreringar än det finns", path, why, REMEDY)
        elif chain.hashes[head] != hash_:
            why = f"kedjan har en annan kontrollsumma vid nummer {head}: något i {matched + 1}–{head} är utbytt"
            yield Problem(f"körning {run} såg andra registreringar", path, why, REMEDY)
        else:
            matched = max(matched, head)
    yield from _check_seals(connection, path)
    for sha256 in altered_texts(connection):
        why = "texten har inte den kontrollsumma som den sparades under"
        yield Problem("en sparad regelfil är ändrad", f"{path}, rule_texts {sha256[:16]}", why, REMEDY)


def check_turns(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """Whether the table of where the clock was set back is what the facts show."""
    if turns(connection) != turns_of(connection):
        why = "den säger annat än registreringarnas egna tider"
        yield Problem("tabellen clock_turns är ändrad", path, why, REMEDY)


def check_latest(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """Where the current verdicts and violations are not what the sealed history ends with."""
    history = latest_by_history(connection)
    query = "SELECT duty, content, status, agreement FROM verdicts ORDER BY duty"
    stored = {duty: (content, status, agreement) for duty, content, status, agreement in connection.execute(query)}
    yield from _differing("verdiktet om", history, stored, path)
    lives = "SELECT duty, life FROM violation_history ORDER BY rowid"
    told = {duty: (life,) for duty, life in connection.execute(lives)}
    standing = {duty: (life,) for duty, life in connection.execute("SELECT duty, life FROM violations ORDER BY duty")}
    yield from _differing("överträdelsen av", told, standing, path)


def latest_by_history(connection: sqlite3.Connection, run: int | None = None) -> dict[str, tuple[str, str, str]]:
    """By duty (content, status, agreement) as the history says they stood after a run (None: the last)."""
    rows = connection.execute(
        "SELECT duty, content, status, agreement FROM changes WHERE ? IS NULL OR run <= ? ORDER BY rowid", (run, run)
    )
    found: dict[str, tuple[str, str, str]] = {}
    for duty, content, status, agreement in rows:
        if status == "withdrawn":
            found.pop(duty, None)
        else:
            found[duty] = (content, status, agreement)
    return found


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


def _differing(
    what: str, history: Mapping[str, tuple[str, ...]], stored: Mapping[str, tuple[str, ...]], path: str
) -> Iterator[Problem]:
    """Where what is stored as the latest is not what the history ends with."""
    differing = sorted(one for one in history.keys() | stored.keys() if history.get(one) != stored.get(one))
    for duty in differing[:ENOUGH]:
        why = "det finns inte i historiken" if duty not in history else "historiken slutar med något annat"
        why = "det saknas bland de senaste" if duty not in stored else why
        yield Problem(
            f"{what} {duty} stämmer inte med historiken", path, why, "kör 'avtalsvakt run --full'; historiken gäller"
        )


def _shape(connection: sqlite3.Connection) -> dict[tuple[str, str], object]:
    """Tables with their columns, and triggers with what they do; how the statements are set does not matter."""
    shape: dict[tuple[str, str], object] = {}
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'")
    for kind, name, sql in rows:
        if kind == "table":
            shape[kind, name] = connection.execute(f"PRAGMA table_xinfo([{name}])").fetchall()
        elif kind == "trigger":
            shape[kind, name] = " ".join(sql.split())
        else:
            shape[kind, name] = None
    return shape


def _called(name: tuple[str, str]) -> str:
    """A table, trigger or index in Swedish."""
    kind = {"table": "tabellen", "trigger": "spärren (triggern)", "index": "indexet"}.get(name[0], name[0])
    guard = " som skyddar historiken" if name[0] == "trigger" and name[1].startswith(("facts", *ONLY_ADDED)) else ""
    return f"{kind} {name[1]}{guard}"
