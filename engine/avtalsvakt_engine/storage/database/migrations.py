"""The shape of the database, as an ordered list of steps from an empty file to today's tables.

In comes a connection, out comes a database at the newest version, or Rejected: a database of another program, or of a
newer version of this one, is left untouched. Each step is applied once and for all; a change of shape is a further step
at the end of `MIGRATIONS`, never a changed one. The table `schema_version` says which steps have been taken.
What a step needs is imported by the step: a register that is up to date is opened without it.
"""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x41565654
"""SQLite's mark of whose database it is ("AVVT")."""


class Migration(Struct, frozen=True):
    """One step: its name, and what it does to a database inside a transaction."""

    name: str
    apply: Callable[["Database"], None]


def version(connection: sqlite3.Connection, path: str) -> int:
    """How many steps the database has taken; 0 for an empty file. Raises Rejected where it is not ours or is newer."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return 0
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if mark != APPLICATION_ID or "schema_version" not in tables:
        why = "databasen hör till ett annat program"
        raise Rejected([Problem("filen är inget avtalsregister", path, why, "ange en annan fil med --db")])
    (taken,) = connection.execute("SELECT coalesce(max(number), 0) FROM schema_version").fetchone()
    if taken > len(MIGRATIONS):
        why = f"det har version {taken}, och det här programmet känner till {len(MIGRATIONS)}"
        raise Rejected([Problem("registret är nyare än programmet", path, why, "uppgradera programmet")])
    return int(taken)


def migrate(database: "Database", path: str) -> None:
    """Take the steps that are left, all or none."""
    connection = database.conn
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked inside the transaction: another process may have got here first.
        taken = version(connection, path)
        if taken == 0:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            columns = {"number": int, "name": str}
            database.table("schema_version").create(columns, pk="number", not_null={"name"}, strict=True)
        for number, migration in enumerate(MIGRATIONS[taken:], start=taken + 1):
            migration.apply(database)
            connection.execute("INSERT INTO schema_version VALUES (?, ?)", (number, migration.name))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def fresh(*, large: bool = False) -> sqlite3.Connection:
    """A new, empty register to hold another one against: in memory, or `large`, in a file that has no name."""
    from sqlite_utils import Database

    connection = sqlite3.connect("" if large else ":memory:", isolation_level=None)
    migrate(Database(connection, execute_plugins=False), ":memory:")
    return connection


def _facts(database: "Database") -> None:
    """The facts, chained by hash, and triggers that refuse to change or delete them."""
    table = database.table("facts")
    columns = {
        "arrival": int,
        "id": str,
        "kind": str,
        "agreement": str,
        "date": str,
        "precision": str,
        "recorded": str,
        "recorder": str,
        "attributes": str,
        "hash": str,
    }
    table.create(columns, pk="arrival", not_null=set(columns) - {"arrival", "recorder"}, strict=True)
    table.create_index(["id"], unique=True)
    table.create_index(["agreement", "arrival"])
    for event in ("UPDATE", "DELETE"):
        database.execute(
            f"CREATE TRIGGER facts_no_{event.lower()} BEFORE {event} ON facts "
            "BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END"
        )
    # INSERT OR REPLACE deletes without asking the trigger above, unless the connection asks for it.
    database.execute(
        "CREATE TRIGGER facts_no_replace BEFORE INSERT ON facts "
        "WHEN EXISTS (SELECT 1 FROM facts WHERE arrival = NEW.arrival OR id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END"
    )


def _runs(database: "Database") -> None:
    """What runs conclude (runs/schema)."""
    from avtalsvakt_engine.storage.runs.schema import RUNS_SCHEMA

    _statements(database, RUNS_SCHEMA)


def _calendars(database: "Database") -> None:
    """What the calendars hold and who subscribes (outgoing/calendars_schema)."""
    from avtalsvakt_engine.storage.outgoing.calendars_schema import CALENDARS_SCHEMA

    _statements(database, CALENDARS_SCHEMA)


def _proofs(database: "Database") -> None:
    """What makes runs provable (proof/schema); runs made before are sealed as they stand."""
    from avtalsvakt_engine.storage.proof.first_seals import seal_earlier
    from avtalsvakt_engine.storage.proof.schema import PROOFS_SCHEMA, triggers

    _statements(database, PROOFS_SCHEMA)
    for trigger in triggers():
        database.execute(trigger)
    seal_earlier(database.conn)


def _calendars_until(database: "Database") -> None:
    """Until when each agreement's calendar stays as it is; those from before are looked at the next night."""
    database.execute("ALTER TABLE calendar_agreements ADD COLUMN until TEXT NOT NULL DEFAULT ''")


def _clock_turns(database: "Database") -> None:
    """Where the clock was set back between two facts (clock_turns)."""
    from avtalsvakt_engine.storage.facts.clock_turns import TURNS_SCHEMA, TURNS_TRIGGERS

    _statements(database, TURNS_SCHEMA)
    for trigger in TURNS_TRIGGERS:
        database.execute(trigger)


def _rule_folders(database: "Database") -> None:
    """Where further rules are read from (rule_folders)."""
    from avtalsvakt_engine.storage.runs.rule_folders import FOLDERS_SCHEMA

    _statements(database, FOLDERS_SCHEMA)


def _imports(database: "Database") -> None:
    """Which facts came in together (imports)."""
    from avtalsvakt_engine.storage.facts.imports import IMPORTS_SCHEMA, IMPORTS_TRIGGERS

    _statements(database, IMPORTS_SCHEMA)
    for trigger in IMPORTS_TRIGGERS:
        database.execute(trigger)


def _second_format(database: "Database") -> None:
    """Everything in the second format (second_format); a register that does not hold is Rejected."""
    from avtalsvakt_engine.storage.database.second_format import to_second_format

    to_second_format(database.conn)


def _signed_heads(database: "Database") -> None:
    """What runs end with, signed (signed_heads)."""
    from avtalsvakt_engine.storage.proof.signed_heads import HEADS_SCHEMA, HEADS_TRIGGERS

    _statements(database, HEADS_SCHEMA)
    for trigger in HEADS_TRIGGERS:
        database.execute(trigger)


def _subscribers_choices(database: "Database") -> None:
    """What subscribers choose, and where the program is reached (outgoing/choices_schema)."""
    from avtalsvakt_engine.storage.integrity.checksums import settle
    from avtalsvakt_engine.storage.outgoing.choices_schema import CHOICES_SCHEMA

    _statements(database, CHOICES_SCHEMA)
    settle(database.conn, "subscription_choices")


def _attest_links(database: "Database") -> None:
    """Links by which functions answer (attest_links)."""
    from avtalsvakt_engine.storage.access.attest_links import LINKS_SCHEMA

    _statements(database, LINKS_SCHEMA)


def _nights(database: "Database") -> None:
    """The journal of nights (runs/night_log), recipients and the outbox (outgoing/mail_schema)."""
    from avtalsvakt_engine.storage.outgoing.mail_schema import MAIL_SCHEMA
    from avtalsvakt_engine.storage.runs.night_log import NIGHT_LOG_SCHEMA

    _statements(database, NIGHT_LOG_SCHEMA)
    _statements(database, MAIL_SCHEMA)


def _api_tokens(database: "Database") -> None:
    """Tokens by which other programs ask (api_tokens)."""
    from avtalsvakt_engine.storage.access.api_tokens import TOKENS_SCHEMA

    _statements(database, TOKENS_SCHEMA)


def _records_about(database: "Database") -> None:
    """An index over what corrections and retractions are about (facts/schema)."""
    from avtalsvakt_engine.storage.facts.schema import ABOUT_SCHEMA

    _statements(database, ABOUT_SCHEMA)


def _access_roles(database: "Database") -> None:
    """Who may see and do what (access/roles)."""
    from avtalsvakt_engine.storage.access.roles import ROLES_SCHEMA

    _statements(database, ROLES_SCHEMA)


def _accounts(database: "Database") -> None:
    """Accounts, invitations and sign-ins (accounts)."""
    from avtalsvakt_engine.storage.access.accounts import ACCOUNTS_SCHEMA

    _statements(database, ACCOUNTS_SCHEMA)


def _disclosures(database: "Database") -> None:
    """What has been given out (disclosures)."""
    from avtalsvakt_engine.storage.access.disclosures import DISCLOSURES_SCHEMA

    _statements(database, DISCLOSURES_SCHEMA)


def _found_at_once(database: "Database") -> None:
    """What a night looks for in all of a register, found without reading all of it."""
    from avtalsvakt_engine.storage.conclusions.schema import FINDING_SCHEMA
    from avtalsvakt_engine.storage.facts.schema import MOVES_SCHEMA

    _statements(database, MOVES_SCHEMA)
    _statements(database, FINDING_SCHEMA)


def _sights(database: "Database") -> None:
    """Who has been shown what is secret (sights)."""
    from avtalsvakt_engine.storage.access.sights import SIGHTS_SCHEMA

    _statements(database, SIGHTS_SCHEMA)


def _statements(database: "Database", schema: str) -> None:
    """Carry out a schema, one statement at a time: a script would commit the transaction it is in."""
    for statement in schema.split(";"):
        if statement.strip():
            database.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (
    Migration("facts", _facts),
    Migration("runs", _runs),
    Migration("calendars", _calendars),
    Migration("proofs", _proofs),
    Migration("calendars until", _calendars_until),
    Migration("clock turns", _clock_turns),
    Migration("rule folders", _rule_folders),
    Migration("imports", _imports),
    Migration("second format", _second_format),
    Migration("signed heads", _signed_heads),
    Migration("subscribers' choices", _subscribers_choices),
    Migration("attest links", _attest_links),
    Migration("nights", _nights),
    Migration("api tokens", _api_tokens),
    Migration("records about", _records_about),
    Migration("access roles", _access_roles),
    Migration("accounts", _accounts),
    Migration("disclosures", _disclosures),
    Migration("sights", _sights),
    Migration("found at once", _found_at_once),
)
"""Every step there is, oldest first."""

SECOND_FORMAT = 9
"""The step that brings a register to the second format."""

SIGNED_HEADS = next(number for number, one in enumerate(MIGRATIONS, start=1) if one.name == "signed heads")
"""The step from which what runs end with is signed."""
