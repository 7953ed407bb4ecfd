"""The chain of facts as it stands in the database, and which of its rows are not what was recorded.

In comes a connection, out comes a Chain with Problems that locate each changed, missing or foreign row. A row is held
against the hash stored before it, so that one changed fact is one problem and not all that follow it. Whoever can
change a row can also recompute its hash, and then the one after it no longer fits.
"""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.fact_rows import BEGINNING, SELECT, chained, from_rows, to_row
from avtalsvakt_rules.problems import Problem

REMEDY = "jämför med en säkerhetskopia från tiden före ändringen"
ENOUGH = 20
"""Problems that are told; more would not be read."""

_FIRST_OF = {"day": "", "month": "-01", "year": "-01-01"}


@dataclass(slots=True)
class Chain:
    """The chain as it stands: how many facts, its head, and the hash at each arrival number."""

    facts: int = 0
    head: str = BEGINNING
    hashes: list[str] = field(default_factory=lambda: [BEGINNING])
    problems: list[Problem] = field(default_factory=list)


def follow_chain(connection: sqlite3.Connection, path: str) -> Chain:
    """Hold every fact against the hash before it; at most ENOUGH problems are told."""
    chain = Chain()
    query = f"{SELECT.replace(' FROM', ', hash FROM')} ORDER BY arrival"
    for *row, stored in connection.execute(query):
        problem = _misfit(chain, row, stored, path)
        if problem is not None and len(chain.problems) < ENOUGH:
            chain.problems.append(problem)
        if row[0] >= len(chain.hashes):
            # Missing numbers keep their place, so that later ones are found at theirs.
            chain.hashes.extend([""] * (row[0] - len(chain.hashes)))
            chain.hashes.append(stored)
        chain.head = stored
        chain.facts += 1
    return chain


def _misfit(chain: Chain, row: list[Any], stored: str, path: str) -> Problem | None:
    """What is wrong with a row of facts, if anything."""
    arrival, id_ = row[0], row[1]
    where = f"{path}, registrering {id_} (nr {arrival})"
    place = len(chain.hashes)
    if arrival != place:
        gap = f"nr {place}" if arrival == place + 1 else f"nr {place}–{arrival - 1}"
        return Problem(f"registreringar saknas: {gap}", where, "numreringen har ett hål", REMEDY)
    fact = _readable(row)
    if fact is None:
        return Problem("registreringen är ändrad", where, "den är inte skriven så som programmet skriver", REMEDY)
    if chained(chain.head, fact) != stored:
        why = "innehållet, eller kontrollsumman på den eller på den före, är inte det som registrerades"
        return Problem("registreringen är ändrad", where, why, REMEDY)
    return None


def _readable(row: list[Any]) -> Fact | None:
    """The fact in a row, or None where the program could not have written the row."""
    try:
        fact = next(from_rows([tuple(row)]))
        same = to_row(fact) == tuple(row)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    # The chain holds a month as a month: a day hidden in it would change the order of facts without breaking the chain.
    return fact if same and fact.date.isoformat().endswith(_FIRST_OF[fact.precision]) else None
