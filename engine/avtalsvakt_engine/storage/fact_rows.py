"""Facts as rows of the register's table, and the hash that chains them.

In come facts, out come rows (lists and mappings as canonical JSON, days as ISO 8601), and back.

The chain: each fact's `hash` is the SHA-256, in hexadecimal, of the hash before it (64 zeros before the first), a line
feed, and the JSON list [arrival, recorder, line] in UTF-8, where `line` is `fact_reading.to_line`, keys sorted, without
spaces and without escapes.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast

from avtalsvakt_engine.facts import Fact, Precision, Value
from avtalsvakt_engine.intake.fact_reading import to_line
from avtalsvakt_engine.storage.store_problems import Illegible

BEGINNING = "0" * 64
"""What stands for the hash before the first fact's."""

SELECT = "SELECT arrival, id, kind, agreement, date, precision, recorded, recorder, attributes FROM facts"
INSERT = (
    "INSERT INTO facts (arrival, id, kind, agreement, date, precision, recorded, recorder, attributes, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

# One text for all facts, as with kinds and agreements: half the memory.
_PRECISIONS: Mapping[Precision, Precision] = {"day": "day", "month": "month", "year": "year"}
_Row = tuple[int, str, str, str, str, Precision, str, str | None, str]


def to_row(fact: Fact) -> _Row:
    """The fact's columns, without its hash."""
    attributes = _canonical(fact.attributes)
    day = fact.date.isoformat()
    return (
        fact.arrival,
        fact.id,
        fact.kind,
        fact.agreement,
        day,
        fact.precision,
        fact.recorded,
        fact.recorder,
        attributes,
    )


def from_rows(rows: Iterable[_Row]) -> Iterator[Fact]:
    """The facts of the rows that `SELECT` finds."""
    # Many facts say the same about themselves: what is equal is read and kept once.
    known: dict[str, Mapping[str, Value]] = {}
    for arrival, id_, kind, agreement, day, precision, recorded, recorder, text in rows:
        try:
            attributes = known.get(text)
            if attributes is None:
                attributes = known[text] = cast("Mapping[str, Value]", _settled(json.loads(text)))
            fact = Fact(
                id_,
                sys.intern(kind),
                sys.intern(agreement),
                date.fromisoformat(day),
                recorded,
                arrival,
                _PRECISIONS[precision],
                attributes,
                recorder,
            )
        except (ValueError, TypeError, KeyError) as error:
            raise Illegible(str(error)) from error
        yield fact


def chained(before: str, fact: Fact) -> str:
    """The hash of a stored fact after the hash before it."""
    return hashlib.sha256(f"{before}\n{chain_text(fact)}".encode()).hexdigest()


def chain_text(fact: Fact) -> str:
    """What a stored fact's hash is taken over, after the hash before it: one line of JSON."""
    return _canonical([fact.arrival, fact.recorder, to_line(fact)])


def _canonical(value: object) -> str:
    """JSON that is the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _settled(value: object) -> object:
    """What JSON holds, with tuples for lists, as facts have it."""
    if isinstance(value, list):
        return tuple(value)
    return {name: _settled(part) for name, part in value.items()} if isinstance(value, dict) else value
