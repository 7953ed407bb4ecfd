"""The tables of facts in the register's second format (decision 19): what is kept for ever, and what may be erased.

`facts` is only ever added to. `fact_texts` holds what may be erased, beside it; `erasures` says what was, on which
decision, each chained to the one before. What a row's hashes are taken over: facts/sealing.py and erasing.py.
"""

FACTS = """(
    arrival INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    agreement TEXT NOT NULL,
    date TEXT NOT NULL,
    precision TEXT NOT NULL,
    recorded TEXT NOT NULL,
    attributes TEXT NOT NULL,
    digests TEXT NOT NULL,
    rule INTEGER NOT NULL CHECK (rule IN (1, 2)),
    hash TEXT NOT NULL,
    leaf BLOB NOT NULL
) STRICT"""

BESIDE_FACTS = """
CREATE UNIQUE INDEX facts_by_id ON facts (id);
CREATE INDEX facts_by_agreement ON facts (agreement, arrival);
CREATE TABLE fact_texts (
    fact INTEGER PRIMARY KEY REFERENCES facts (arrival),
    recorder TEXT,
    said TEXT NOT NULL,
    salts TEXT NOT NULL
) STRICT;
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY,
    fact INTEGER NOT NULL REFERENCES facts (arrival),
    field TEXT NOT NULL,
    moment TEXT NOT NULL,
    decision TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (fact, field)
) STRICT
"""

ABOUT = "kind IN ('record_corrected', 'record_retracted')"
TARGET = "CASE WHEN json_valid(attributes) THEN json_extract(attributes, '$.target') END"
"""Which facts are about other facts, and what they are about: asked in these words, so that the index is used."""
ABOUT_SCHEMA = f"CREATE INDEX facts_about ON facts ({TARGET}) WHERE {ABOUT}"

AGREEMENTS = """
WITH RECURSIVE names (name) AS (
    SELECT min(agreement) FROM facts
    UNION ALL SELECT (SELECT min(agreement) FROM facts WHERE agreement > name) FROM names WHERE name IS NOT NULL
) SELECT name FROM names WHERE name IS NOT NULL
"""
"""One look into the index for each name, where SELECT DISTINCT goes through all of it."""

MOVES = """instr(said, '"agreement":') > 0"""
"""Which texts may say that a fact is about another agreement, in the words of the index over them."""
MOVES_SCHEMA = f"CREATE INDEX fact_texts_moves ON fact_texts (fact) WHERE {MOVES}"

_NEVER = "BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END"


def _guard(name: str, event: str, when: str = "") -> str:
    """A trigger that refuses an event on a table, always or when something holds."""
    table = name.split("_no_", maxsplit=1)[0].removesuffix("_only_erased")
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} {f'WHEN {when} ' if when else ''}{_NEVER}"


_ERASED = "SELECT 1 FROM erasures WHERE fact = OLD.fact AND field = "
_UNLESS_ERASED = f"""NEW.fact <> OLD.fact
OR (NEW.recorder IS NOT OLD.recorder AND NOT (NEW.recorder IS NULL AND EXISTS ({_ERASED} 'recorder')))
OR EXISTS (SELECT 1 FROM json_each(NEW.said) AS new WHERE NOT EXISTS
  (SELECT 1 FROM json_each(OLD.said) AS old WHERE old.key = new.key AND old.value IS new.value))
OR EXISTS (SELECT 1 FROM json_each(OLD.said) AS old WHERE NOT EXISTS
  (SELECT 1 FROM json_each(NEW.said) AS new WHERE old.key = new.key) AND NOT EXISTS ({_ERASED} old.key))
"""  # noqa: S608 - constants

FACT_TRIGGERS = (
    _guard("facts_no_update", "UPDATE"),
    _guard("facts_no_delete", "DELETE"),
    # INSERT OR REPLACE deletes without asking the trigger above, unless the connection asks for it.
    _guard("facts_no_replace", "INSERT", "EXISTS (SELECT 1 FROM facts WHERE arrival = NEW.arrival OR id = NEW.id)"),
    _guard("fact_texts_no_delete", "DELETE"),
    _guard("fact_texts_no_replace", "INSERT", "EXISTS (SELECT 1 FROM fact_texts WHERE fact = NEW.fact)"),
    # A text can only be taken away, and only once it is written down that it is.
    _guard("fact_texts_only_erased", "UPDATE", _UNLESS_ERASED),
    _guard("erasures_no_update", "UPDATE"),
    _guard("erasures_no_delete", "DELETE"),
)
"""What makes the database refuse to change a fact, or a text otherwise than by erasing it."""
