"""The tables of the calendars: what has been published, and who subscribes.

`calendar_events` holds every event as it stands in feeds, already as bytes, and those that are gone (without bytes)
with the moment they went. `detailed` is 1 for the texts that tell how much was missing. All but `subscriptions` and the
ledger `calendar_entries` can be worked out again from what runs concluded.
"""

CALENDARS_SCHEMA = """
CREATE TABLE calendar_events (
    agreement TEXT NOT NULL,
    detailed INTEGER NOT NULL CHECK (detailed IN (0, 1)),
    uid TEXT NOT NULL,
    body TEXT NOT NULL,
    bearer TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    duty TEXT,
    summary TEXT NOT NULL,
    stamp TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    event BLOB,
    alarm BLOB,
    PRIMARY KEY (detailed, agreement, uid, body, bearer)
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_agreements (
    agreement TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    municipality TEXT,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_labels (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_refreshes (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    run INTEGER NOT NULL,
    head INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    words TEXT NOT NULL,
    revision INTEGER NOT NULL,
    first TEXT NOT NULL
) STRICT;
CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    holder TEXT NOT NULL,
    feeds TEXT NOT NULL,
    alarm INTEGER NOT NULL CHECK (alarm IN (0, 1)),
    detailed INTEGER NOT NULL CHECK (detailed IN (0, 1)),
    created TEXT NOT NULL,
    revoked TEXT,
    last_fetched TEXT
) STRICT;
"""
