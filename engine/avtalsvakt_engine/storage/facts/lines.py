"""The lines that facts' hashes are taken over, and the texts that the digests in them stand for, for an archive.

In comes a connection, out come lines of JSON in the order of arrival. facts/sealing.py says what they are.
"""

import json
from collections.abc import Iterator
from sqlite3 import Connection

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.storage.facts.rows import from_rows
from avtalsvakt_engine.storage.facts.sealing import RECORDER, line_of

_LINES = (
    "SELECT arrival, id, kind, agreement, date, precision, recorded, NULL, attributes, NULL, digests"
    " FROM facts ORDER BY arrival"
)
_TEXTS = "SELECT fact, recorder, said, salts FROM fact_texts WHERE salts <> '{}' ORDER BY fact"


def fact_lines(connection: Connection) -> Iterator[str]:
    """Every fact's line: what is never erased, and digests."""
    for *row, digests in connection.execute(_LINES):
        (bare,) = from_rows([tuple(row)])
        yield line_of(bare, json.loads(digests))


def text_lines(connection: Connection) -> Iterator[str]:
    """[arrival, {field: [salt, text]}] of every fact that has texts left."""
    for fact, recorder, said, salts in connection.execute(_TEXTS):
        texts = {**json.loads(said), **({RECORDER: recorder} if recorder is not None else {})}
        yield canonical([fact, {name: [salt, texts[name]] for name, salt in json.loads(salts).items()}])
