"""Sums over what is stored and changes without a history: a column that is changed behind the program's back is found.

`sums` holds, for each table (`name`) and each part of it that is written together, the SHA-256 over the part's rows as
lines of JSON. Those of the tables that runs write are tied to the run by its root (`states`). In come a connection
inside a transaction and the names of what was written, out come sums, or Problems.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_rules.problems import Problem


class Summed(Struct, frozen=True):
    """A table: its columns in order, by which it is ordered, what divides it into parts, and how a part is found."""

    columns: str
    order: str
    part: str = "''"
    where: str = "'' = ?"


SUMMED = {
    "cells": Summed("agreement, cell, until", "cell", "agreement", "agreement = ?"),
    "instruments": Summed("agreement, content, spans, until", "agreement", "agreement", "agreement = ?"),
    "findings": Summed("agreement, code, fact, text", "rowid", "coalesce(agreement, '')", "agreement IS nullif(?, '')"),
    "clauses": Summed("id, instrument, obligation, stem, cell", "id"),
    "calendar_events": Summed(
        "agreement, detailed, uid, body, bearer, kind, day, duty, summary, stamp, sequence, hex(event), hex(alarm)",
        "detailed, uid, body, bearer",
        "agreement",
        "detailed IN (0, 1) AND agreement = ?",
    ),
    "calendar_agreements": Summed(
        "agreement, title, municipality, state, until", "agreement", "agreement", "agreement = ?"
    ),
    "calendar_labels": Summed("id, label", "id"),
    "calendar_refreshes": Summed("only, run, head, as_of, words, revision, first", "only"),
    "calendar_entries": Summed("feed, uid, content_hash, placing, stamp, sequence, present", "uid", "feed", "feed = ?"),
    "subscriptions": Summed("id, token_hash, holder, feeds, alarm, detailed, created, revoked, last_fetched", "id"),
    "subscription_choices": Summed("subscription, lead, without, name, colour", "subscription"),
    "calendar_site": Summed("only, base", "only"),
    "imports": Summed("number, made, recorder, sources, undoes, first, last", "number"),
    "rule_folders": Summed("place, path", "place"),
    "attest_links": Summed("id, token_hash, agreement, function, questions, made, maker, expires, revoked", "id"),
    "attest_uses": Summed("link, day, what, number, last", "link, day, what"),
    "attest_answers": Summed("id, link, made, duty, answer, comment, fact", "id"),
    "api_tokens": Summed(
        "id, token_hash, name, scopes, agreements, made, maker, expires, revoked, last_used",
        "id",
    ),
    "access_roles": Summed("id, name, role, scope, place, recorder, made, maker, revoked, revoker", "id"),
    "accounts": Summed("id, name, password, made, maker, closed, closer", "id"),
    "disclosures": Summed("id, made, maker, agreement, first, last, decision, masks, facts, sha256", "id"),
    "sights": Summed("id, seen, who, way, agreement, fact", "id", "substr(seen, 1, 7)", "substr(seen, 1, 7) = ?"),
    "invitations": Summed("id, account, token_hash, made, maker, expires, used", "id"),
    "sign_ins": Summed("id, token_hash, name, way, made, seen, ended, ender", "id"),
    "night_log": Summed(
        "id, began, as_of, cause, outcome, seconds, run, facts, judged, changed, not_evaluated, clock, why",
        "id",
        "CAST(id AS TEXT)",
        "id = CAST(? AS INTEGER)",
    ),
    "recipients": Summed(
        "id, role, address, rhythm, notices, operator, agreements, bodies, functions, escalate_to, escalate_after,"
        " added",
        "id",
    ),
    "messages": Summed(
        "id, recipient, kind, message_id, planned, as_of, run, last_day, state, tries, unsure, settled, answer,"
        " subject, plain, html",
        "id",
        "CAST(recipient AS TEXT)",
        "recipient = CAST(? AS INTEGER)",
    ),
    "told": Summed("recipient, cause, message", "cause", "CAST(recipient AS TEXT)", "recipient = CAST(? AS INTEGER)"),
}
"""What is summed."""

OF_RUNS = ("cells", "clauses", "findings", "instruments")
"""Tables that only runs write."""

_TO_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def settle(connection: Connection, name: str, parts: Iterable[str] = ("",)) -> None:
    """Sum up the parts of a table that were written, in the transaction that writes them."""
    for part in sorted(set(parts)):
        found = _sum(connection, name, part)
        if found is None:
            connection.execute("DELETE FROM sums WHERE (name, part) = (?, ?)", (name, part))
        else:
            connection.execute("INSERT OR REPLACE INTO sums VALUES (?, ?, ?)", (name, part, found))


def settle_all(connection: Connection) -> None:
    """Sum up everything that there is, where there were no sums before."""
    for name in _there(connection):
        settle(connection, name, _parts(connection, name))


def states(connection: Connection) -> str:
    """One hash over the sums of all tables that runs write."""
    rows = connection.execute("SELECT name, part, hash FROM sums ORDER BY name, part")
    lines = (_TO_LINE.encode(row) for row in rows if row[0] in OF_RUNS)
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def check_sums(connection: Connection, path: str, remedy: str) -> Iterator[Problem]:
    """Parts of tables that are not what was written."""
    stored = {(name, part): hash_ for name, part, hash_ in connection.execute("SELECT name, part, hash FROM sums")}
    found = {(name, part): hash_ for name in _there(connection) for part, hash_ in _sums(connection, name).items()}
    for name, part in sorted(stored.keys() | found.keys()):
        if stored.get((name, part)) != found.get((name, part)):
            where = f"{path}, {name} {part}".rstrip()
            yield Problem(f"tabellen {name} är ändrad", where, "den har inte den summa som skrevs med den", remedy)


def _there(connection: Connection) -> list[str]:
    """The tables that there are: a register on its way to today's shape lacks those of later steps."""
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [name for name in SUMMED if name in found]


def _parts(connection: Connection, name: str) -> list[str]:
    rows = connection.execute(f"SELECT DISTINCT {SUMMED[name].part} FROM {name} ORDER BY 1")  # noqa: S608 - constants
    return [str(part) for (part,) in rows]


def _sums(connection: Connection, name: str) -> dict[str, str]:
    """The sums over all parts, in one reading."""
    one = SUMMED[name]
    query = f"SELECT {one.part}, {one.columns} FROM {name} ORDER BY 1, {one.order}"  # noqa: S608 - constants
    hashes: dict[str, Any] = defaultdict(hashlib.sha256)
    for part, *row in connection.execute(query):
        hashes[str(part)].update(f"{_TO_LINE.encode(row)}\n".encode())
    return {part: hash_.hexdigest() for part, hash_ in hashes.items()}


def _sum(connection: Connection, name: str, part: str) -> str | None:
    """The sum over a part; None where it has no rows."""
    one = SUMMED[name]
    query = f"SELECT {one.columns} FROM {name} WHERE {one.where} ORDER BY {one.order}"  # noqa: S608 - constants
    hash_, rows = hashlib.sha256(), 0
    for row in connection.execute(query, (part,)):
        hash_.update(f"{_TO_LINE.encode(row)}\n".encode())
        rows += 1
    return hash_.hexdigest() if rows else None
