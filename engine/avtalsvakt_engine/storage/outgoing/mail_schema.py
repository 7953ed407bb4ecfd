"""The tables of mail: whom it goes to, what waits to be sent, what has been told.

Nothing of it is a fact or follows from facts, so it stands outside the chain: `recipients` can be erased, and
`messages` lose their texts after a time. `told` has a row for each cause that a recipient has been told of, so that it
is told once however often a night is repeated.
"""

MAIL_SCHEMA = """
CREATE TABLE recipients (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL,
    address TEXT NOT NULL,
    rhythm TEXT NOT NULL,
    notices INTEGER NOT NULL,
    operator INTEGER NOT NULL,
    agreements TEXT NOT NULL,
    bodies TEXT NOT NULL,
    functions TEXT NOT NULL,
    escalate_to INTEGER,
    escalate_after INTEGER,
    added TEXT NOT NULL
) STRICT;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    recipient INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    planned TEXT NOT NULL,
    as_of TEXT NOT NULL,
    run INTEGER,
    last_day TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    settled TEXT,
    answer TEXT,
    subject TEXT,
    plain TEXT,
    html TEXT
) STRICT;
CREATE INDEX messages_by_state ON messages (state);
CREATE TABLE told (
    recipient INTEGER NOT NULL,
    cause TEXT NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (recipient, cause)
) STRICT, WITHOUT ROWID
"""
