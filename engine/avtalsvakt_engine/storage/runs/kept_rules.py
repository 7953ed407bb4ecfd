"""The rule files that runs used, kept with them: rules change, and what was concluded under the old ones must not.

In comes a rulebook, out comes the same one years later, by its digest. Readings chosen beside the files are kept too.
"""

import hashlib
import json
from sqlite3 import Connection
from typing import TYPE_CHECKING

from avtalsvakt_rules.problems import Rejected

if TYPE_CHECKING:
    from avtalsvakt_rules.rulebook import Rulebook

CHOSEN = "--reading"
"""Stands for the readings chosen beside the files, among the instruments."""


def keep_rules(connection: Connection, rulebook: "Rulebook") -> None:
    """Keep the rulebook's files, in the transaction of the run that uses them. Each text is kept once."""
    known = connection.execute("SELECT 1 FROM rulebooks WHERE digest = ?", (rulebook.digest,)).fetchone()
    if known or not rulebook.texts:
        return
    texts = dict(rulebook.texts)
    if rulebook.overrides:
        texts[CHOSEN] = json.dumps(dict(rulebook.overrides), ensure_ascii=False, sort_keys=True)
    for instrument, text in texts.items():
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        connection.execute("INSERT INTO rule_texts VALUES (?, ?) ON CONFLICT DO NOTHING", (sha256, text))
        connection.execute("INSERT INTO rulebooks VALUES (?, ?, ?)", (rulebook.digest, instrument, sha256))


def kept_texts(connection: Connection, digest: str) -> dict[str, str]:
    """The files of the rulebook with that digest, by instrument; empty where they were not kept."""
    rows = connection.execute(
        "SELECT instrument, text FROM rulebooks JOIN rule_texts USING (sha256) WHERE digest = ? ORDER BY instrument",
        (digest,),
    )
    return dict(rows.fetchall())


def kept_rulebook(connection: Connection, digest: str) -> "Rulebook | None":
    """The rulebook with that digest, or None where it was not kept, is unreadable today or is not what it was."""
    from avtalsvakt_rules.rulebook import parse_rulebook

    texts = kept_texts(connection, digest)
    chosen = texts.pop(CHOSEN, "{}")
    if not texts:
        return None
    try:
        rulebook = parse_rulebook({f"{name}.yaml": text for name, text in texts.items()})
        rulebook = rulebook.with_readings(json.loads(chosen))
    except (Rejected, ValueError):
        return None
    return rulebook if rulebook.digest == digest else None


def missing_texts(connection: Connection) -> list[str]:
    """The SHA-256 of every text that a rulebook is made of and that is not kept."""
    query = "SELECT DISTINCT sha256 FROM rulebooks WHERE sha256 NOT IN (SELECT sha256 FROM rule_texts) ORDER BY 1"
    return [sha256 for (sha256,) in connection.execute(query)]


def altered_texts(connection: Connection) -> list[str]:
    """The SHA-256 of every kept text that is not what it was."""
    rows = connection.execute("SELECT sha256, text FROM rule_texts ORDER BY sha256")
    return [sha256 for sha256, text in rows if hashlib.sha256(text.encode()).hexdigest() != sha256]
