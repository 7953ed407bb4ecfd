"""Seals over runs: whoever changes what a run saw or concluded breaks its seal and all later ones.

The seal of a run is the SHA-256, in hexadecimal, of the seal before it (64 zeros before the first), a line feed, and a
text. In the register's second format the text is the run's line with the root of the tree over all runs up to it added
at the end (roots.py). Runs made before keep the seals that they had (first_seals.py). In comes a connection, out come
texts and hashes.
"""

import hashlib
import json
from collections.abc import Iterator
from sqlite3 import Connection

from avtalsvakt_engine.compact_json import compact
from avtalsvakt_engine.storage.conclusions.verdict_rows import Said
from avtalsvakt_engine.storage.proof.first_seals import first_seal_text
from avtalsvakt_engine.storage.runs.roots import run_line, runs_root

BEGINNING = "0" * 64
"""What stands for the seal before the first run's."""


def seal_text(connection: Connection, run: int) -> str:
    """What the seal of a run is taken over; empty where there is no such run."""
    return first_seal_text(Said(connection), run) if run <= sealed_before(connection) else _text(connection, run)


def _text(connection: Connection, run: int) -> str:
    line = run_line(connection, run)
    return compact([*json.loads(line), runs_root(connection, run)]) if line else ""


def sealed_before(connection: Connection) -> int:
    """The last run that was made in the register's first format; 0 where there was none."""
    row = connection.execute("SELECT runs FROM second_format").fetchone()
    return int(row[0]) if row else 0


def sealed(before: str, text: str) -> str:
    """The seal over a text after the seal before it."""
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def seal(connection: Connection, run: int) -> str:
    """Seal a run that is finished and has its roots, in the transaction that stores it; the seal."""
    hash_ = sealed(last_seal(connection), seal_text(connection, run))
    connection.execute("INSERT INTO seals VALUES (?, ?)", (run, hash_))
    return hash_


def last_seal(connection: Connection) -> str:
    """The latest seal, or BEGINNING."""
    row = connection.execute("SELECT hash FROM seals ORDER BY run DESC LIMIT 1").fetchone()
    return str(row[0]) if row else BEGINNING


def seal_texts(connection: Connection) -> Iterator[tuple[int, str, str | None]]:
    """Every run with the text to be sealed and the seal it has, oldest first."""
    rows = connection.execute("SELECT id, hash FROM runs LEFT JOIN seals ON run = id ORDER BY id").fetchall()
    first, said = sealed_before(connection), Said(connection)
    for run, hash_ in rows:
        try:
            text = first_seal_text(said, run) if run <= first else _text(connection, run)
        except (ValueError, TypeError, KeyError):
            text = ""  # what it is taken over cannot be read: no seal is over nothing
        yield run, text, hash_
