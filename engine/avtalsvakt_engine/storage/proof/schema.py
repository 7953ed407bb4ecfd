"""The tables that make runs provable: the rule files they used, and a seal over what each concluded.

`rule_texts` keeps every rule file once, under its SHA-256; `rulebooks` says which of them made up the rulebook with a
digest. `seals` chains the runs (seals.py). History is only ever added to, and the triggers say so.
"""

PROOFS_SCHEMA = """
CREATE TABLE rule_texts (
    sha256 TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE rulebooks (
    digest TEXT NOT NULL,
    instrument TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES rule_texts (sha256),
    PRIMARY KEY (digest, instrument)
) STRICT, WITHOUT ROWID;
CREATE TABLE seals (
    run INTEGER PRIMARY KEY REFERENCES runs (id),
    hash TEXT NOT NULL
) STRICT
"""

ONLY_ADDED = ("changes", "violation_history", "rule_texts", "rulebooks", "seals")
"""Tables whose rows are never changed or deleted."""


def triggers() -> list[str]:
    """The statements that make the database refuse to change history."""
    return [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END"
        for table in ONLY_ADDED
        for event in ("UPDATE", "DELETE")
    ]
