"""The tables of runs in the register's first format; what has come in the place of some: conclusions/schema.py.

`verdicts` holds the latest verdict on each duty and `changes` every one it has had; `cells` says when each must be
judged again.
"""

RUNS_SCHEMA = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    as_of TEXT NOT NULL,
    known_at TEXT,
    rulebook TEXT NOT NULL,
    rulesets TEXT NOT NULL,
    head INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('full', 'incremental')),
    judged INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    not_evaluated INTEGER NOT NULL
) STRICT;
CREATE TABLE verdicts (
    duty TEXT PRIMARY KEY,
    agreement TEXT NOT NULL,
    cell TEXT NOT NULL,
    status TEXT NOT NULL,
    due TEXT,
    since TEXT NOT NULL,
    until TEXT,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX verdicts_by_cell ON verdicts (agreement, cell);
CREATE INDEX verdicts_by_status ON verdicts (status, due);
CREATE TABLE changes (
    run INTEGER NOT NULL REFERENCES runs (id),
    duty TEXT NOT NULL,
    agreement TEXT NOT NULL,
    was TEXT,
    status TEXT NOT NULL,
    since TEXT NOT NULL,
    reason TEXT,
    content TEXT
) STRICT;
CREATE INDEX changes_by_duty ON changes (duty, run);
CREATE TABLE violations (
    duty TEXT PRIMARY KEY,
    agreement TEXT NOT NULL,
    life TEXT NOT NULL,
    raised_on TEXT NOT NULL,
    known_on TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE violation_history (
    run INTEGER NOT NULL REFERENCES runs (id),
    duty TEXT NOT NULL,
    life TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE TABLE cells (
    agreement TEXT NOT NULL,
    cell TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (agreement, cell)
) STRICT, WITHOUT ROWID;
CREATE TABLE instruments (
    agreement TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    spans TEXT NOT NULL,
    until TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE findings (
    agreement TEXT,
    code TEXT NOT NULL,
    fact TEXT,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE calendar_entries (
    feed TEXT NOT NULL,
    uid TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    placing TEXT NOT NULL,
    stamp TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    present INTEGER NOT NULL,
    PRIMARY KEY (feed, uid)
) STRICT, WITHOUT ROWID;
"""
