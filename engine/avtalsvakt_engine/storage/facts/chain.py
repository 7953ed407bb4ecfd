"""The chain of facts as it stands in the database, and which of its rows are not what was recorded.

In comes a connection, out comes a Chain with Problems that locate each changed, missing or foreign row. A row is held
against its own leaf, the hash stored before it, and the texts beside it, so that one changed fact is one problem and
not all that follow it. Whoever can change a row can also recompute its hashes, and then the one after it no longer
fits. The hash of a fact recorded by the first rule cannot be recomputed once a text of it is erased; its leaf can.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.facts import Value
from avtalsvakt_engine.storage.facts.erasing import erased
from avtalsvakt_engine.storage.facts.rows import attributes_of, from_rows, settled
from avtalsvakt_engine.storage.facts.sealing import (
    BEGINNING,
    FIRST,
    RECORDER,
    chained,
    digest,
    first_line,
    line_of,
)
from avtalsvakt_engine.storage.integrity.hash_tree import leaf
from avtalsvakt_rules.problems import Problem

REMEDY = "jämför med en säkerhetskopia från tiden före ändringen"
ENOUGH = 20
"""Problems that are told; more would not be read."""

_FIRST_OF = {"day": "", "month": "-01", "year": "-01-01"}
_ROWS = (
    "SELECT arrival, id, kind, agreement, date, precision, recorded, attributes, digests, rule, hash, leaf,"
    " fact, recorder, said, salts FROM facts LEFT JOIN fact_texts ON fact = arrival ORDER BY arrival"
)
_UNLIKE = "den är inte skriven så som programmet skriver"


@dataclass(slots=True)
class Chain:
    """The chain as it stands: how many facts, its head, the hash at each arrival number, the leaves of the tree.

    `erased`: how many texts were erased. `rule`: by which rule the last fact was recorded.
    """

    facts: int = 0
    head: str = BEGINNING
    hashes: dict[int, str] = field(default_factory=lambda: {0: BEGINNING})
    leaves: list[bytes] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    erased: int = 0
    rule: int = FIRST

    @property
    def last(self) -> int:
        """The last arrival number."""
        return next(reversed(self.hashes))


def follow_chain(connection: sqlite3.Connection, path: str) -> Chain:
    """Hold every fact against its leaf, the hash before it and its texts; at most ENOUGH problems are told."""
    chain = Chain()
    gone = erased(connection)
    chain.erased = sum(map(len, gone.values()))
    for row in connection.execute(_ROWS):
        arrival, rule, stored, leaf_ = row[0], row[9], row[10], row[11]
        why = _misfit(chain, row, gone.get(arrival, set()), path)
        if why is not None and len(chain.problems) < ENOUGH:
            chain.problems.append(why)
        if arrival > chain.last:
            chain.hashes[arrival] = stored
        chain.head, chain.rule = stored, rule
        chain.leaves.append(leaf_)
        chain.facts += 1
    stray = connection.execute("SELECT fact FROM fact_texts WHERE fact NOT IN (SELECT arrival FROM facts)").fetchall()
    for (fact,) in stray[:ENOUGH]:
        where = f"{path}, registrering nr {fact}"
        chain.problems.append(Problem("texter hör inte till någon registrering", where, _UNLIKE, REMEDY))
    return chain


def _misfit(chain: Chain, row: tuple[Any, ...], gone: set[str], path: str) -> Problem | None:
    """What is wrong with a row of facts and the texts beside it, if anything."""
    arrival, id_ = row[0], row[1]
    where = f"{path}, registrering {id_} (nr {arrival})"
    place = chain.last + 1
    if arrival != place:
        gap = f"nr {place}" if arrival == place + 1 else f"nr {place}–{arrival - 1}"
        return Problem(f"registreringar saknas: {gap}", where, "numreringen har ett hål", REMEDY)
    try:
        why = _unlike(chain, row, gone)
    except (ValueError, KeyError, TypeError, AttributeError):
        why = _UNLIKE
    return None if why is None else Problem("registreringen är ändrad", where, why, REMEDY)


def _unlike(chain: Chain, row: tuple[Any, ...], gone: set[str]) -> str | None:
    """Why a fact is not what was recorded; ValueError and the like where the program could not have written it."""
    *own, text, digests_text, rule, stored, leaf_ = row[:12]
    _, recorder, said, salts = row[12:]
    digests: Mapping[str, str] = json.loads(digests_text)
    bare = next(from_rows([(*own, None, text, None)]))
    if (canonical(bare.attributes), canonical(digests), bare.date.isoformat()) != (text, digests_text, own[4]):
        return _UNLIKE
    if not own[4].endswith(_FIRST_OF[own[5]]):
        # The line holds a month as a month: a day hidden in it would change the order of facts unseen.
        return _UNLIKE
    line = line_of(bare, digests)
    if leaf(line.encode()) != leaf_:
        return "innehållet, eller dess kontrollsumma i hashträdet, är inte det som registrerades"
    if rule < chain.rule:
        return "den följer en äldre regel än den före"
    texts = _texts(recorder, said)
    if why := _strange_texts(digests, texts, said, salts, gone):
        return why
    if rule == FIRST:
        if gone:
            return None
        line = first_line(replace(bare, attributes=attributes_of(text, said), recorder=recorder))
    if chained(chain.head, line) != stored:
        return "innehållet, eller kontrollsumman på den eller på den före, är inte det som registrerades"
    return None


def _texts(recorder: str | None, said: str | None) -> dict[str, Value]:
    found: dict[str, Value] = {RECORDER: recorder} if recorder is not None else {}
    return {**found, **settled(json.loads(said or "{}"))}  # type: ignore[dict-item]


def _strange_texts(
    digests: Mapping[str, str], texts: Mapping[str, Value], said: str | None, salts: str | None, gone: set[str]
) -> str | None:
    """What is wrong with the texts beside a fact."""
    given = json.loads(salts or "{}")
    own = {name: value for name, value in texts.items() if name != RECORDER}
    if (canonical(own), canonical(given)) != (said or "{}", salts or "{}"):
        return _UNLIKE
    for name in sorted(digests.keys() | texts.keys() | given.keys()):
        if name not in digests:
            return f"fältet {name} har lagts till"
        if name in gone:
            if name in texts or name in given:
                return f"fältet {name} är gallrat och står ändå kvar"
        elif name not in texts or name not in given:
            return f"fältet {name} saknas, och är inte gallrat"
        elif digest(given[name], texts[name]) != digests[name]:
            return f"fältet {name} är inte det som registrerades"
    return f"fältet {min(strange)} är gallrat och fanns inte" if (strange := gone - digests.keys()) else None
