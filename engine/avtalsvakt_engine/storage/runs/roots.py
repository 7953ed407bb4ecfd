"""What each run ends with: the roots of the trees over facts, over what it concluded, and over all runs.

A run's line is the JSON list (no spaces, no escapes, UTF-8)

    ["run", run, started, as_of, known_at, rulebook, rulesets, head, head_hash, scope, judged, changed, not_evaluated,
     root of the facts up to head, number of the last conclusion, root of its conclusions, states, rules]

where `states` is one hash over the sums of what runs keep beside (integrity/checksums.py) and `rules` one over the
SHA-256 of every rule file. The lines of all runs are the leaves of a tree of their own. In come a connection and a run,
out come hashes.
"""

import hashlib
from collections.abc import Iterator
from sqlite3 import Connection

from avtalsvakt_engine.compact_json import compact
from avtalsvakt_engine.storage.integrity.checksums import states
from avtalsvakt_engine.storage.integrity.hash_tree import SIZE, Growing, leaf

_RUN = "id, started, as_of, known_at, rulebook, rulesets, head, head_hash, scope, judged, changed, not_evaluated"
_LINE = (
    f"SELECT 'run', {_RUN}, roots.facts, last, conclusions, states, roots.rules"  # noqa: S608 - constants
    " FROM runs JOIN roots ON run = id"
)


def put_roots(connection: Connection, run: int, last: int, conclusions: bytes) -> None:
    """Store the roots of a run that is finished, in its transaction: `last` is the number of its last conclusion."""
    row = connection.execute(f"SELECT {_RUN}, head, rulebook FROM runs WHERE id = ?", (run,)).fetchone()  # noqa: S608
    *told, head, rulebook = row
    facts, runs = _facts_until(connection, head), _runs_before(connection, run)
    ends = (facts.root().hex(), last, conclusions.hex(), states(connection), rules_hash(connection, rulebook))
    runs.add(leaf(compact(["run", *told, *ends]).encode()))
    peaks = (peaks_text(facts), peaks_text(runs))
    connection.execute("INSERT INTO roots VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (run, *ends, *peaks))


def peaks_text(tree: Growing) -> str:
    """A tree's peaks as text, to go on from."""
    return "".join(one.hex() for one in tree.peaks)


def run_line(connection: Connection, run: int) -> str:
    """The line of a run; empty where there is no such run."""
    row = connection.execute(f"{_LINE} WHERE id = ?", (run,)).fetchone()
    return "" if row is None else compact(row)


def run_lines(connection: Connection) -> Iterator[str]:
    """The lines of all runs, oldest first."""
    return (compact(row) for row in connection.execute(f"{_LINE} ORDER BY id"))


def runs_root(connection: Connection, run: int) -> str:
    """The root of the tree over all runs up to this one, from its peaks."""
    size, peaks = connection.execute(
        "SELECT (SELECT count(*) FROM roots WHERE run <= ?1), run_peaks FROM roots WHERE run = ?1", (run,)
    ).fetchone()
    return Growing(size, _peaks(peaks)).root().hex()


def rules_hash(connection: Connection, rulebook: str) -> str:
    """The SHA-256 over the rule files of a rulebook: lines of instrument, a space, SHA-256."""
    rows = connection.execute("SELECT instrument, sha256 FROM rulebooks WHERE digest = ? ORDER BY 1", (rulebook,))
    return hashlib.sha256("".join(f"{name} {one}\n" for name, one in rows).encode()).hexdigest()


def _facts_until(connection: Connection, head: int) -> Growing:
    """The tree over the facts up to an arrival number, on from where the last run was."""
    row = connection.execute(
        "SELECT head, fact_peaks FROM roots JOIN runs ON id = run WHERE head <= ? ORDER BY run DESC LIMIT 1", (head,)
    ).fetchone()
    tree = Growing(row[0], _peaks(row[1])) if row else Growing()
    for (one,) in connection.execute(
        "SELECT leaf FROM facts WHERE arrival > ? AND arrival <= ? ORDER BY arrival", (tree.size, head)
    ):
        tree.add(one)
    return tree


def _runs_before(connection: Connection, run: int) -> Growing:
    row = connection.execute(
        "SELECT (SELECT count(*) FROM roots WHERE run < ?1), run_peaks FROM roots WHERE run < ?1 ORDER BY run DESC",
        (run,),
    ).fetchone()
    return Growing(row[0], _peaks(row[1])) if row else Growing()


def _peaks(text: str) -> list[bytes]:
    data = bytes.fromhex(text)
    return [data[place : place + SIZE] for place in range(0, len(data), SIZE)]
