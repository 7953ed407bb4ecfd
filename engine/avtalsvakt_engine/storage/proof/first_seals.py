"""The seals of runs that were made in the register's first format, which stay as they were.

Their text is the canonical JSON (UTF-8, no spaces, no escapes) of

    [run, started, as_of, known_at, rulebook, rulesets, head, head_hash, scope, judged, changed, not_evaluated,
     [[duty, agreement, was, status, since, reason, content], …], [[duty, life, day], …]]

where the first list holds the verdicts that the run changed and the second the violations, each in the order in which
they were written, and `content` is verdict_text.py's. In comes a connection, out come texts: from the tables of the
first format while it is being left, and from those of the second afterwards.
"""

import hashlib
from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

from avtalsvakt_engine.compact_json import compact
from avtalsvakt_engine.storage.conclusions.verdict_rows import COLUMNS, WITHDRAWN, Said
from avtalsvakt_engine.storage.conclusions.verdict_text import to_text

_BEGINNING = "0" * 64

_CHANGES = f"""
SELECT {COLUMNS}, (
    SELECT status FROM verdict_history AS earlier
    WHERE earlier.agreement = every.agreement AND earlier.clause = every.clause AND earlier.occasion = every.occasion
    AND earlier.id < every.id ORDER BY earlier.id DESC LIMIT 1
), (SELECT since FROM renewals WHERE verdict = every.id ORDER BY id LIMIT 1)
FROM (SELECT * FROM verdicts UNION ALL SELECT * FROM verdict_history) AS every
WHERE id > (SELECT coalesce(max(last), 0) FROM roots WHERE run < ?1) AND id <= (SELECT last FROM roots WHERE run = ?1)
ORDER BY id
"""  # noqa: S608 - constants
_LIVES = """
SELECT duty, life, changed_on FROM (SELECT * FROM violations UNION ALL SELECT * FROM violation_history)
WHERE id > (SELECT coalesce(max(last), 0) FROM roots WHERE run < ?1) AND id <= (SELECT last FROM roots WHERE run = ?1)
ORDER BY id
"""


def first_seal_text(said: Said, run: int) -> str:
    """What the seal of a run from before is taken over, as the tables of the second format have it.

    `said` reads what the rows of many runs refer to, once.
    """
    connection = said.connection
    kept = connection.execute("SELECT text FROM sealed_texts WHERE run = ?", (run,)).fetchone()
    if kept is not None:
        return str(kept[0])
    told = connection.execute("SELECT * FROM runs WHERE id = ?", (run,)).fetchone()
    if told is None:
        return ""
    changes = [_change(said, row) for row in connection.execute(_CHANGES, (run,))]
    return compact([*told, changes, connection.execute(_LIVES, (run,)).fetchall()])


def _change(said: Said, columns: tuple[Any, ...]) -> list[object]:
    """One verdict that a run changed, as it was written then."""
    *own, was, since = columns
    row = said.row(tuple(own))
    before = None if was == WITHDRAWN else was
    content = None if row.status == WITHDRAWN else to_text(said.verdict(row))
    return [row.duty, said.agreement(row.key[0]), before, row.status, since or row.since, row.content[-1], content]


def text_in_first_format(connection: Connection, run: int, prefix: str = "") -> str:
    """What the seal of a run is taken over, in the first format's tables, whose names may have got a prefix."""
    return "".join(_parts(connection, run, prefix))


def seal_earlier(connection: Connection) -> None:
    """Seal the runs that were made before there were seals."""
    before = _BEGINNING
    for (run,) in connection.execute("SELECT id FROM runs ORDER BY id").fetchall():
        hash_ = hashlib.sha256(f"{before}\n".encode())
        for part in _parts(connection, run):
            hash_.update(part.encode())
        before = hash_.hexdigest()
        connection.execute("INSERT INTO seals VALUES (?, ?)", (run, before))


def _parts(connection: Connection, run: int, prefix: str = "") -> Iterator[str]:
    """The text piece by piece: a first run may have changed a million verdicts."""
    row = connection.execute("SELECT * FROM runs WHERE id = ?", (run,)).fetchone()
    if row is None:
        return
    said = "duty, agreement, was, status, since, reason, content"
    changes = f"SELECT {said} FROM {prefix}changes WHERE run = ? ORDER BY rowid"  # noqa: S608 - constants
    lives = f"SELECT duty, life, day FROM {prefix}violation_history WHERE run = ? ORDER BY rowid"  # noqa: S608
    yield compact(row)[:-1]
    for query in (changes, lives):
        yield ",["
        for place, entry in enumerate(connection.execute(query, (run,))):
            yield ("," if place else "") + compact(entry)
        yield "]"
    yield "]"
