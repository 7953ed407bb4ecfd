"""What is derived in a register, made anew from what is not: guards, indexes, counts, where the clock was set back.

In comes a register open for writing, out comes what was replaced, in words; nothing where all was as it should be. What
was recorded, concluded, sealed or signed is never touched: of that only a backup can be brought back. Raises Rejected.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from sqlite3 import Connection

from avtalsvakt_engine.storage.database.migrations import fresh
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.facts.clock_turns import turns, turns_of
from avtalsvakt_engine.storage.proof.register_checks import shape_of

_ORDER = {"index": 0, "trigger": 1}
_CALLED = {"index": "indexet", "trigger": "spärren"}


def repair(register: Register) -> tuple[str, ...]:
    """Make anew what is derived, all of it or nothing; what was replaced."""
    with register.transaction():
        guards = list(_guards(register.connection))
        turned = list(_turns(register.connection))
        return (*guards, *turned, *_tallies(register.connection))


def _guards(connection: Connection) -> Iterator[str]:
    """Triggers and indexes as a new register has them: missing ones made, others put right, strange ones taken away."""
    with closing(fresh()) as new:
        expected, found = shape_of(new), shape_of(connection)
        statements = dict(new.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())
    for kind, name in sorted(expected.keys() | found.keys(), key=lambda one: (_ORDER.get(one[0], 9), one[1])):
        if kind not in _ORDER or expected.get((kind, name), "") == found.get((kind, name), ""):
            continue
        if (kind, name) in found:
            if kind == "index" and (kind, name) not in expected:
                continue  # somebody's own index changes nothing that is said
            connection.execute(f"DROP {kind} [{name}]")
        if (kind, name) in expected:
            connection.execute(statements[name])
        what = "togs bort: den hör inte hit" if (kind, name) not in expected else "återställdes"
        yield f"{_CALLED[kind]} {name} {what}"


def _turns(connection: Connection) -> Iterator[str]:
    """The table of where the clock was set back, as the facts show it."""
    right = turns_of(connection)
    if turns(connection) == right:
        return
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'clock_turns'"
    ).fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER [{name}]")
    connection.execute("DELETE FROM clock_turns")
    connection.executemany("INSERT INTO clock_turns VALUES (?, ?)", [(one.arrival, one.recorded) for one in right])
    for _, sql in guards:
        connection.execute(sql)
    yield f"tabellen clock_turns är framräknad ur registreringarna ({len(right)} rader)"


def _tallies(connection: Connection) -> Iterator[str]:
    """The numbers of verdicts by agreement and status."""
    right = Counter(connection.execute("SELECT agreement, status FROM verdicts"))
    stored = {(agreement, status): number for agreement, status, number in connection.execute("SELECT * FROM tallies")}
    if stored == dict(right):
        return
    connection.execute("DELETE FROM tallies")
    connection.executemany("INSERT INTO tallies VALUES (?, ?, ?)", [(*key, number) for key, number in right.items()])
    yield f"tabellen tallies är framräknad ur bedömningarna ({len(right)} rader)"
