"""Facts as rows of the register's tables: lists and mappings as canonical JSON, days as ISO 8601.

`facts` holds what is never erased, `fact_texts` who recorded it and what was said in free words (facts/sealing.py). In
come rows, out come facts, and back. What was erased is not there: a fact without a recorder, or without an attribute.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import cast

import msgspec

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.facts import Fact, Precision, Value
from avtalsvakt_engine.storage.facts.sealing import RECORDER, Sealed
from avtalsvakt_engine.storage.integrity.database_errors import Illegible

SELECT = (
    "SELECT arrival, id, kind, agreement, date, precision, recorded, recorder, attributes, said"
    " FROM facts LEFT JOIN fact_texts ON fact = arrival"
)
INSERT = (
    "INSERT INTO facts (arrival, id, kind, agreement, date, precision, recorded, attributes, digests, rule, hash, leaf)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_TEXTS = "INSERT INTO fact_texts (fact, recorder, said, salts) VALUES (?, ?, ?, ?)"

_DECODE = msgspec.json.Decoder(dict[str, object]).decode
# One text for all facts, as with kinds and agreements: half the memory.
_PRECISIONS: Mapping[Precision, Precision] = {"day": "day", "month": "month", "year": "year"}
Row = tuple[int, str, str, str, str, Precision, str, str | None, str, str | None]
"""What `SELECT` finds of one fact."""


def fact_row(fact: Fact, sealed: Sealed) -> tuple[object, ...]:
    """The fact's row in `facts`."""
    day = fact.date.isoformat()
    own = (fact.arrival, fact.id, fact.kind, fact.agreement, day, fact.precision, fact.recorded)
    parts = (canonical(sealed.attributes), canonical(sealed.digests))
    return (*own, *parts, sealed.rule, sealed.hash, sealed.leaf)


def text_row(fact: Fact, sealed: Sealed) -> tuple[object, ...]:
    """The fact's row in `fact_texts`."""
    said = {name: value for name, value in sealed.texts.items() if name != RECORDER}
    return fact.arrival, fact.recorder, canonical(said), canonical(sealed.salts)


def from_rows(rows: Iterable[Row]) -> Iterator[Fact]:
    """The facts of the rows that `SELECT` finds. Raises Illegible for one that the program could not have written."""
    # Many facts say the same about themselves: what is equal is read and kept once.
    known: dict[tuple[str, str | None], Mapping[str, Value]] = {}
    for arrival, id_, kind, agreement, day, precision, recorded, recorder, text, said in rows:
        try:
            datetime.fromisoformat(recorded)  # kept as it is written, and asked for its day again and again
            attributes = known.get((text, said))
            if attributes is None:
                attributes = known[text, said] = attributes_of(text, said)
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
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Illegible(str(error)) from error
        yield fact


def attributes_of(text: str, said: str | None) -> Mapping[str, Value]:
    """A fact's attributes from its own JSON and that of its texts, by name."""
    own = _DECODE(text)
    if said is not None and said != "{}":
        own = dict(sorted({**own, **_DECODE(said)}.items()))
    return cast("Mapping[str, Value]", settled(own))


def settled(value: object) -> object:
    """What JSON holds, with tuples for lists, as facts have it."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {name: part if isinstance(part, str) else settled(part) for name, part in value.items()}
    return value
