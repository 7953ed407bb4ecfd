"""Whether what runs concluded is what was written: every conclusion, the roots of every run, the latest of each duty.

In come a connection and the chain of facts, out come Problems that say which conclusion of which run was changed, or
which run's roots do not follow; at most ENOUGH of a kind.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from avtalsvakt_engine.storage.conclusions.log import Entry, log
from avtalsvakt_engine.storage.facts.chain import ENOUGH, REMEDY, Chain
from avtalsvakt_engine.storage.integrity.checksums import states
from avtalsvakt_engine.storage.integrity.hash_tree import Growing, leaf
from avtalsvakt_engine.storage.runs.roots import peaks_text, rules_hash, run_line
from avtalsvakt_rules.problems import Problem

_ENDS = (
    "registreringarna",
    "slutsatserna",
    "slutsatserna",
    "tabellerna vid sidan",
    "reglerna",
    "registreringarna",
    "körningarna",
)
"""What the columns of `roots` are about, in their order."""

_WHATS = {
    "verdicts": "verdiktet om {0} är ändrat",
    "verdict_history": "det tidigare verdiktet om {0} är ändrat",
    "renewals": "förnyelsen av verdiktet om {0} är ändrad",
    "violations": "överträdelsen av {0} är ändrad",
    "violation_history": "den tidigare överträdelsen av {0} är ändrad",
}


def check_conclusions(connection: sqlite3.Connection, chain: Chain, path: str) -> Iterator[Problem]:
    """Everything that is wrong with conclusions and roots."""
    trees: dict[int, Growing] = defaultdict(Growing)
    lasts: dict[int, int] = {}
    yield from islice(_each(log(connection), trees, lasts, path), ENOUGH)
    yield from islice(_roots(connection, chain, trees, lasts, path), ENOUGH)
    yield from islice(_latest(connection, path), ENOUGH)
    yield from _tallies(connection, path)


def _each(entries: Iterable[Entry], trees: dict[int, Growing], lasts: dict[int, int], path: str) -> Iterator[Problem]:
    """Conclusions that do not fit their leaves, or their places; the trees of their runs are grown meanwhile."""
    place = 0
    for entry in entries:
        where = f"{path}, körning {entry.run}"
        if entry.id != place + 1:
            why = f"numreringen hoppar från {place} till {entry.id} ({entry.about})"
            yield Problem("slutsatser saknas", where, why, REMEDY)
        if entry.line is None or leaf(entry.line.encode()) != entry.leaf:
            why = "den följer inte av sin kontrollsumma i hashträdet"
            yield Problem(_WHATS[entry.table].format(entry.about), f"{where}, {entry.table}", why, REMEDY)
        place = entry.id
        trees[entry.run].add(entry.leaf)
        lasts[entry.run] = place


def _roots(
    connection: sqlite3.Connection, chain: Chain, trees: dict[int, Growing], lasts: dict[int, int], path: str
) -> Iterator[Problem]:
    """Runs whose roots do not follow from what they saw and concluded."""
    query = (
        "SELECT id, head, rulebook, facts, last, conclusions, states, rules, fact_peaks, run_peaks"
        " FROM runs LEFT JOIN roots ON run = id ORDER BY id"
    )
    stored = connection.execute(query).fetchall()
    facts, runs, last = _trees_at(chain, {row[1] for row in stored}), Growing(), 0
    for run, head, rulebook, *roots in stored:
        where, last = f"{path}, körning {run}", lasts.get(run, last)
        runs.add(leaf(run_line(connection, run).encode()))
        seen, concluded = facts.get(head, Growing()), trees[run] if run in lasts else Growing()
        state = states(connection) if run == stored[-1][0] else roots[3]
        follows = [seen.root().hex(), last, concluded.root().hex(), state, rules_hash(connection, rulebook)]
        follows += [peaks_text(seen), peaks_text(runs)]
        wrong = list(dict.fromkeys(name for name, one, two in zip(_ENDS, roots, follows, strict=True) if one != two))
        if wrong:
            why = f"det är {' och '.join(wrong)} som inte är det som den slutade med"
            yield Problem("körningens rötter stämmer inte", where, why, REMEDY)
    for run in sorted(lasts.keys() - {row[0] for row in stored}):
        why = "körningen är borttagen, men inte det som den kom fram till"
        yield Problem(f"körning {run} saknas", path, why, REMEDY)


def _trees_at(chain: Chain, heads: set[int]) -> dict[int, Growing]:
    """The tree over the facts up to each of these arrival numbers."""
    found, tree = {0: Growing()}, Growing()
    for place, one in enumerate(chain.leaves, start=1):
        tree.add(one)
        if place in heads:
            found[place] = Growing(tree.size, tree.peaks)
    return found


def _latest(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """Duties whose latest verdict or violation is not the last that was concluded."""
    for table, by in (("verdict", "agreement, clause, occasion"), ("violation", "duty")):
        same = " AND ".join(f"h.{name} = v.{name}" for name in by.split(", "))
        query = (
            f"SELECT v.id, max(h.id) FROM {table}s AS v JOIN {table}_history AS h ON {same}"  # noqa: S608 - constants
            " GROUP BY v.id HAVING max(h.id) > v.id ORDER BY 1"
        )
        for latest, later in connection.execute(query):
            why = f"slutsats {later} står i historiken och är nyare"
            yield Problem(f"slutsats {latest} är inte den senaste", f"{path}, {table}s", why, REMEDY)
    for last, status in connection.execute(_LEFT_OVER):
        why = "den är inte återkallad, och ingen nyare finns"
        yield Problem(f"slutsats {last} ({status}) är den senaste och står i historiken", path, why, REMEDY)


_LEFT_OVER = """
SELECT max(id), status FROM verdict_history AS h WHERE NOT EXISTS (
    SELECT 1 FROM verdicts AS v WHERE v.agreement = h.agreement AND v.clause = h.clause AND v.occasion = h.occasion
) GROUP BY agreement, clause, occasion HAVING status <> 'withdrawn'
"""


def _tallies(connection: sqlite3.Connection, path: str) -> Iterator[Problem]:
    """Whether the numbers of verdicts by status are those of the verdicts."""
    counted = Counter(connection.execute("SELECT agreement, status FROM verdicts"))
    stored = {(agreement, status): number for agreement, status, number in connection.execute("SELECT * FROM tallies")}
    if dict(counted) != stored:
        why = "den säger annat än verdikten"
        yield Problem("tabellen tallies är ändrad", path, why, REMEDY)
