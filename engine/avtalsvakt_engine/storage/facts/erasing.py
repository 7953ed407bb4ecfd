"""Taking away what a fact says in free words, or who recorded it, without breaking a hash: text and salt go for good.

In come a register's connection and a decision, out comes what is left: the fact, its digests, and an erasure that says
when and on which decision. The hash of an erasure is the SHA-256 of the one before it (64 zeros before the first), a
line feed and the canonical JSON [id, arrival number, field, moment, decision]. SQLite overwrites what is taken away
(`secure_delete`); what backups taken before hold is theirs to answer for.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.storage.facts.sealing import BEGINNING, RECORDER, Kept, chained
from avtalsvakt_rules.problems import Problem, Rejected


def erase(connection: Connection, id_: str, field: str, moment: str, decision: str) -> None:
    """Take away one text of a fact (`recorder`, or an attribute), in the register's transaction. Raises Rejected.

    `moment` is ISO 8601, `decision` a reference to who decided it; it stays for ever.
    """
    problem = refusal(connection, id_, field, decision)
    if problem is not None:
        raise Rejected([problem])
    row = _row(connection, id_)
    arrival, _, recorder, said, salts = row
    texts, left = json.loads(said), json.loads(salts)
    texts.pop(field, None)
    del left[field]
    connection.execute("PRAGMA secure_delete = ON")
    _note(connection, arrival, field, moment, decision)
    connection.execute(
        "UPDATE fact_texts SET recorder = ?, said = ?, salts = ? WHERE fact = ?",
        (None if field == RECORDER else recorder, canonical(texts), canonical(left), arrival),
    )


def refusal(connection: Connection, id_: str, field: str, decision: str) -> Problem | None:
    """Why a text of a fact cannot be erased, or None."""
    return _refusal(id_, field, _row(connection, id_), decision)


def erasable(connection: Connection) -> dict[str, frozenset[str]]:
    """The fields of each fact that can be erased and are left."""
    rows = connection.execute("SELECT id, salts FROM facts JOIN fact_texts ON fact = arrival")
    return {id_: frozenset(json.loads(salts)) for id_, salts in rows}


def overwrite(connection: Connection) -> None:
    """Let go of what the journal of writes still holds of erased texts; call it when the transaction is over."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _row(connection: Connection, id_: str) -> Any:
    """Arrival number, digests, recorder, texts and salts of a fact; None where there is none."""
    return connection.execute(
        "SELECT arrival, digests, recorder, said, salts FROM facts LEFT JOIN fact_texts ON fact = arrival WHERE id = ?",
        (id_,),
    ).fetchone()


def carry_erasures(connection: Connection, facts: Iterable[tuple[int, Kept]]) -> None:
    """Write down again what had been erased of facts that come from an archive, in the order in which it was."""
    found = [(gone.number, arrival, name, gone) for arrival, kept in facts for name, gone in kept.erased.items()]
    for _, arrival, name, gone in sorted(found, key=lambda one: one[0]):
        _note(connection, arrival, name, gone.moment, gone.decision)


def erasure_lines(connection: Connection) -> Iterator[str]:
    """[number, arrival, field, moment, decision] of every erasure, as its hash is taken over it."""
    rows = connection.execute("SELECT id, fact, field, moment, decision FROM erasures ORDER BY id")
    return (canonical(list(row)) for row in rows)


def erased(connection: Connection) -> dict[int, set[str]]:
    """The fields that were erased, by arrival number."""
    found: dict[int, set[str]] = {}
    for fact, field in connection.execute("SELECT fact, field FROM erasures"):
        found.setdefault(fact, set()).add(field)
    return found


def erasures(connection: Connection) -> list[tuple[str, str, str, str, str]]:
    """Every erasure in order, for another copy of the register: id and hash of the fact, field, moment, decision."""
    query = "SELECT facts.id, facts.hash, field, moment, decision FROM erasures JOIN facts ON arrival = fact"
    return list(connection.execute(f"{query} ORDER BY erasures.id"))


def erase_again(connection: Connection, known: Iterable[tuple[str, str, str, str, str]]) -> int:
    """Take away what had been erased from a later copy of the same facts; how many texts that was."""
    hashes, left, again = dict(connection.execute("SELECT id, hash FROM facts")), erasable(connection), 0
    for id_, hash_, field, moment, decision in known:
        if hashes.get(id_) == hash_ and field in left.get(id_, ()):
            erase(connection, id_, field, moment, decision)
            again += 1
    return again


def erased_after(connection: Connection, head: int, moment: str) -> int:
    """How many texts of the facts up to an arrival number were erased after a moment (ISO 8601)."""
    rows = connection.execute("SELECT moment FROM erasures WHERE fact <= ?", (head,))
    return sum(datetime.fromisoformat(one) > datetime.fromisoformat(moment) for (one,) in rows)


def check_erasures(connection: Connection, path: str, remedy: str) -> Iterator[Problem]:
    """Erasures that are not what was written down when they were made."""
    before = BEGINNING
    rows = connection.execute("SELECT id, fact, field, moment, decision, hash FROM erasures ORDER BY id")
    for place, (*row, stored) in enumerate(rows, start=1):
        if row[0] != place or chained(before, canonical(row)) != stored:
            why = "den, eller den före, är inte det som skrevs"
            yield Problem(f"gallring {row[0]} är ändrad", f"{path}, tabellen erasures", why, remedy)
        before = stored


def _note(connection: Connection, arrival: int, field: str, moment: str, decision: str) -> None:
    """Write down the erasure, after those before it."""
    row = connection.execute("SELECT id, hash FROM erasures ORDER BY id DESC LIMIT 1").fetchone()
    last, before = row or (0, BEGINNING)
    entry = [last + 1, arrival, field, moment, decision]
    connection.execute("INSERT INTO erasures VALUES (?, ?, ?, ?, ?, ?)", (*entry, chained(before, canonical(entry))))


def _refusal(id_: str, field: str, row: tuple[int, str, str | None, str, str] | None, decision: str) -> Problem | None:
    """Why a text cannot be erased, or None."""
    if row is None:
        return Problem(f"registreringen '{id_}' finns inte", id_, "ingen har den beteckningen", "ange en som finns")
    if not decision.strip():
        why = "den som gallrar måste kunna visa varför"
        return Problem("beslutet saknas", id_, why, "ange beslutets beteckning")
    _, digests, _, _, salts = row
    if field in json.loads(salts or "{}"):
        return None
    if field in json.loads(digests):
        return Problem(f"fältet '{field}' är redan gallrat", id_, "dess text finns inte kvar", "ange ett annat fält")
    names = ", ".join(sorted(json.loads(digests))) or "inget"
    why = f"registreringen har inget sådant som kan gallras; det som kan det är {names}"
    return Problem(f"fältet '{field}' kan inte gallras", id_, why, "ange ett av dem, eller registrera en rättelse")
