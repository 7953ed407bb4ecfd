"""Seals over runs: whoever changes what a run concluded breaks its seal and all later ones.

The seal of a run is the SHA-256, in hexadecimal, of the seal before it (64 zeros before the first), a line feed, and
the canonical JSON (UTF-8, no spaces, no escapes) of

    [run, started, as_of, known_at, rulebook, rulesets, head, head_hash, scope, judged, changed, not_evaluated,
     [[duty, agreement, was, status, since, reason, content], …], [[duty, life, day], …]]

where the first list holds the verdicts that the run changed and the second the violations, each in the order in which
they were written. `head_hash` ties the seal to the chain of facts. In comes a connection, out come texts and hashes.
"""

import hashlib
import json
from collections.abc import Iterator
from sqlite3 import Connection

BEGINNING = "0" * 64
"""What stands for the seal before the first run's."""


def seal_parts(connection: Connection, run: int) -> Iterator[str]:
    """What the seal of a run is taken over, piece by piece: a first run may have changed a million verdicts.

    Nothing where there is no such run.
    """
    row = connection.execute("SELECT * FROM runs WHERE id = ?", (run,)).fetchone()
    if row is None:
        return
    changes = "SELECT duty, agreement, was, status, since, reason, content FROM changes WHERE run = ? ORDER BY rowid"
    lives = "SELECT duty, life, day FROM violation_history WHERE run = ? ORDER BY rowid"
    yield _json(row)[:-1]
    for query in (changes, lives):
        yield ",["
        for place, entry in enumerate(connection.execute(query, (run,))):
            yield ("," if place else "") + _json(entry)
        yield "]"
    yield "]"


def seal_text(connection: Connection, run: int) -> str:
    """The whole of what the seal of a run is taken over; empty where there is no such run."""
    return "".join(seal_parts(connection, run))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sealed(before: str, text: str) -> str:
    """The seal over a text after the seal before it."""
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def seal(connection: Connection, run: int) -> str:
    """Seal a run that is finished, in the transaction that stores it; the seal."""
    hash_ = hashlib.sha256(f"{last_seal(connection)}\n".encode())
    for part in seal_parts(connection, run):
        hash_.update(part.encode())
    connection.execute("INSERT INTO seals VALUES (?, ?)", (run, hash_.hexdigest()))
    return hash_.hexdigest()


def last_seal(connection: Connection) -> str:
    """The latest seal, or BEGINNING."""
    row = connection.execute("SELECT hash FROM seals ORDER BY run DESC LIMIT 1").fetchone()
    return str(row[0]) if row else BEGINNING


def seal_earlier(connection: Connection) -> None:
    """Seal the runs that were made before there were seals."""
    for (run,) in connection.execute("SELECT id FROM runs ORDER BY id").fetchall():
        seal(connection, run)


def seal_texts(connection: Connection) -> Iterator[tuple[int, str, str | None]]:
    """Every run with the text to be sealed and the seal it has, oldest first."""
    rows = connection.execute("SELECT id, hash FROM runs LEFT JOIN seals ON run = id ORDER BY id").fetchall()
    for run, hash_ in rows:
        yield run, seal_text(connection, run), hash_
