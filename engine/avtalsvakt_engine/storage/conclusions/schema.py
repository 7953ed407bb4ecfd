"""The tables of conclusions in the register's second format (decision 19): verdicts and violations as columns.

Every conclusion of a run has a number of its own (`id`), counted through all of these tables and all runs, and a
`leaf`: the hash of its line (conclusions/lines.py) in the tree of its run. `verdicts` and `violations` hold the latest
of each duty; what they supersede moves, as it was and under its number, to `verdict_history` and `violation_history`,
where duties that are no more end with a row of the status `withdrawn`. Where only `since` and `until` changed, the row
stays, and `renewals` keeps what they were. `agreements`, `clauses`, `wordings` and `grounds` hold once what many
verdicts say.
"""

_VERDICT = """(
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    agreement INTEGER NOT NULL REFERENCES agreements (id),
    clause INTEGER NOT NULL REFERENCES clauses (id),
    occasion TEXT NOT NULL,
    wording INTEGER REFERENCES wordings (id),
    status TEXT NOT NULL,
    required INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    period TEXT,
    period_start TEXT,
    period_end TEXT,
    trigger TEXT,
    opens TEXT,
    due TEXT,
    facts TEXT,
    not_counted TEXT,
    part_period INTEGER NOT NULL,
    curable INTEGER NOT NULL,
    grounds INTEGER REFERENCES grounds (id),
    reason TEXT,
    since TEXT NOT NULL,
    until TEXT,
    leaf BLOB NOT NULL
) STRICT"""

_VIOLATION = """(
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    duty TEXT NOT NULL,
    agreement TEXT NOT NULL,
    life TEXT NOT NULL,
    raised_on TEXT NOT NULL,
    known_on TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    leaf BLOB NOT NULL
) STRICT"""

CONCLUSIONS_SCHEMA = f"""
CREATE TABLE agreements (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE clauses (
    id INTEGER PRIMARY KEY,
    instrument TEXT NOT NULL,
    obligation TEXT NOT NULL,
    stem TEXT NOT NULL,
    cell TEXT NOT NULL,
    UNIQUE (stem, instrument, obligation)
) STRICT;
CREATE TABLE wordings (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    section TEXT NOT NULL,
    paragraph TEXT,
    modality TEXT NOT NULL,
    bearer TEXT,
    body TEXT,
    attest TEXT,
    readings TEXT
) STRICT;
CREATE TABLE grounds (
    id INTEGER PRIMARY KEY,
    rules TEXT,
    flags TEXT
) STRICT;
CREATE TABLE verdicts {_VERDICT};
CREATE UNIQUE INDEX verdicts_by_duty ON verdicts (agreement, clause, occasion);
CREATE INDEX verdicts_by_until ON verdicts (until) WHERE until IS NOT NULL;
CREATE TABLE verdict_history {_VERDICT};
CREATE INDEX verdict_history_by_duty ON verdict_history (agreement, clause, occasion);
CREATE TABLE renewals (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    verdict INTEGER NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    leaf BLOB NOT NULL
) STRICT;
CREATE INDEX renewals_by_verdict ON renewals (verdict);
CREATE TABLE tallies (
    agreement INTEGER NOT NULL REFERENCES agreements (id),
    status TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (agreement, status)
) STRICT, WITHOUT ROWID;
CREATE TABLE violations {_VIOLATION};
CREATE UNIQUE INDEX violations_by_duty ON violations (duty);
CREATE TABLE violation_history {_VIOLATION};
CREATE INDEX violation_history_by_duty ON violation_history (duty)
"""

FINDING_SCHEMA = """
CREATE INDEX clauses_by_instrument ON clauses (instrument);
CREATE INDEX wordings_by_place ON wordings (document, section);
CREATE INDEX grounds_by_rules ON grounds (rules, flags)
"""
"""So that a run finds what it needs in a large register without reading all of it."""

ROOTS_SCHEMA = """
CREATE TABLE roots (
    run INTEGER PRIMARY KEY REFERENCES runs (id),
    facts TEXT NOT NULL,
    last INTEGER NOT NULL,
    conclusions TEXT NOT NULL,
    states TEXT NOT NULL,
    rules TEXT NOT NULL,
    fact_peaks TEXT NOT NULL,
    run_peaks TEXT NOT NULL
) STRICT;
CREATE TABLE sums (
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (name, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_by_agreement ON findings (agreement);
CREATE TABLE second_format (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    facts INTEGER NOT NULL,
    head TEXT NOT NULL,
    runs INTEGER NOT NULL,
    seal TEXT NOT NULL
) STRICT;
CREATE TABLE sealed_texts (
    run INTEGER PRIMARY KEY REFERENCES runs (id),
    text TEXT NOT NULL
) STRICT
"""

ONLY_ADDED = ("verdict_history", "renewals", "violation_history", "roots", "second_format", "sealed_texts")
"""Tables of the second format whose rows are never changed or deleted."""


def history_triggers() -> list[str]:
    """The statements that make the database refuse to change history."""
    return [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END"
        for table in ONLY_ADDED
        for event in ("UPDATE", "DELETE")
    ]
