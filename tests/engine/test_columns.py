"""Every column of every table is covered: whatever is changed in one is found, and said where."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest
from tests.engine.first_world import first_register, its_rules, with_an_odd_seal
from tests.engine.meetings import meeting

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access.accounts import Accounts, SignIns
from avtalsvakt_engine.storage.access.api_tokens import ApiToken, ApiTokens
from avtalsvakt_engine.storage.access.attest_links import AttestLink, AttestLinks, LinkAnswer
from avtalsvakt_engine.storage.access.disclosures import Disclosure, keep_disclosure
from avtalsvakt_engine.storage.access.roles import AccessRoles, GivenRole
from avtalsvakt_engine.storage.access.sights import Sight, keep_sights
from avtalsvakt_engine.storage.database.migrations import fresh
from avtalsvakt_engine.storage.database.register import Register, open_register
from avtalsvakt_engine.storage.facts.erasing import erase
from avtalsvakt_engine.storage.facts.imports import Import, remember_import
from avtalsvakt_engine.storage.outgoing.calendars import CalendarStore
from avtalsvakt_engine.storage.outgoing.outbox import Message, Outbox
from avtalsvakt_engine.storage.outgoing.recipients import Recipient, RecipientStore
from avtalsvakt_engine.storage.proof.signing import signer
from avtalsvakt_engine.storage.runs.night_log import LogEntry, NightLog
from avtalsvakt_rules.problems import Rejected

FACT, RUN = r"registrering (\S+ \()?nr \d+", r"körning \d+"
VERDICT = r"verdiktet om \S+ är ändra[td]"
NAMED: dict[str, str] = {
    "facts": FACT,
    "fact_texts": FACT,
    "erasures": rf"gallring \d+ är ändrad|{FACT}",
    "clock_turns": "tabellen clock_turns är ändrad",
    "schema_version": "tabellen schema_version är ändrad|registret är nyare",
    "runs": RUN,
    "seals": RUN,
    "roots": RUN,
    "sealed_texts": RUN,
    "signed_heads": RUN,
    "second_format": "second_format",
    "verdicts": rf"{VERDICT}|{RUN}",
    "verdict_history": rf"{VERDICT}|{RUN}",
    "renewals": rf"{VERDICT}|{RUN}",
    "violations": rf"överträdelsen av \S+ är ändrad|{RUN}",
    "violation_history": rf"överträdelsen av \S+ är ändrad|{RUN}",
    "agreements": VERDICT,
    "clauses": rf"tabellen clauses är ändrad|{VERDICT}",
    "wordings": VERDICT,
    "grounds": VERDICT,
    "tallies": "tabellen tallies är ändrad",
    "sums": "tabellen .* är ändrad",
    "rule_texts": "rule_texts|en sparad regelfil är ändrad",
    "rulebooks": "reglerna",
}
"""What is said of a change in each table; of those that are summed, the table."""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, decider: Decider) -> Iterator[Register]:
    """A register that was brought over and went on: nights, renewals, withdrawals, erasures."""
    key = signer(tmp_path_factory.mktemp("key") / "r.nyckel", make=True)
    path = with_an_odd_seal(first_register(tmp_path_factory.mktemp("columns") / "r.db"))
    with open_register(path) as register:
        connection = register.connection
        rulebook = its_rules(register)
        for number, day in enumerate((date(2025, 8, 1), date(2025, 12, 10), date(2026, 1, 2)), start=20):
            now = datetime(day.year, day.month, day.day, tzinfo=UTC)
            register.append([meeting(number, day)], now=now)
            run(register, rulebook, decider, day, None, now.isoformat(), signer=key)
        with register.transaction():
            remember_import(connection, Import(0, "2026-01-02T12:00:00+01:00", "jurist", ("a.csv",), None, 12, 13))
            remember_import(connection, Import(0, "2026-01-02T12:30:00+01:00", "jurist", (), 1, 14, 14))
            links = AttestLinks(connection)
            asked = ({"duty": "d", "clause": "c"},)
            links.add("ab", AttestLink(0, "lokal", "chef", asked, "2026-01-02T12:00:00Z", "jurist", date(2026, 2, 1)))
            links.used(1, "svar", date(2026, 1, 2), "2026-01-02T12:00:00Z")
            links.answered(1, [LinkAnswer("2026-01-02T12:00:00Z", "d", "ja", "", "m2")])
            token = ApiToken(0, "k", ("read",), ("lokal",), "2026-01-02T12:00:00Z", "jurist", date(2026, 2, 1))
            ApiTokens(connection).add("cd", token)
            role = GivenRole(0, "chef", "reader", "agreement", "lokal", "chef", "2026-01-02T12:00:00Z", "jurist")
            accounts(connection)
            AccessRoles(connection).revoke(AccessRoles(connection).add(role).id, "2026-01-03T12:00:00Z", "jurist")
            erase(connection, "m2", "chair", "2026-01-02T12:00:00+01:00", "gallring 2026:1")
            erase(connection, "m20", "recorder", "2026-01-02T12:00:00+01:00", "gallring 2026:1")
            surround(connection)
            CalendarStore(connection).put_base("https://kommun.example")
        yield register


def accounts(connection: sqlite3.Connection) -> None:
    """An account with its invitation, a sign-in, and an extract that was given out."""
    number = Accounts(connection).add("chef", "2026-01-02T12:00:00Z", "it")
    Accounts(connection).keep_password(number, "$argon2id$x")
    Accounts(connection).invite(number, "ef", "2026-01-02T12:00:00Z", "it", "2026-01-09T12:00:00Z")
    days = date(2025, 1, 1), date(2025, 12, 31)
    masks = (("attendees", "OSL 21 kap. 3 §"),)
    made = "2026-01-02T12:00:00Z"
    keep_disclosure(connection, Disclosure(0, made, "jurist", "lokal", *days, "KS 2026:1", masks, ("m2",), "ab"))
    keep_sights(connection, [Sight("2026-01-02T12:00:00Z", "chef", "page", "lokal", "m2")])
    SignIns(connection).begin("01", "chef", "account", "2026-01-02T12:00:00Z")


def surround(connection: sqlite3.Connection) -> None:
    """What surrounds the nights: two in the journal, two recipients, a message to each with what it told."""
    day = date(2026, 1, 2)
    for outcome in ("failed", "done"):
        NightLog(connection).begin(LogEntry("2026-01-02T04:15:00+01:00", day, "serve", outcome, 1.5, 1, 2, 3, 4, 5))
    for role in ("samordnare", "drift"):
        one = RecipientStore(connection).add(Recipient(role, f"{role}@kommun.example", added="2026-01-01"))
        message = Message(one, "digest", f"<{one}@kommun.example>", "2026-01-02T03:20:00Z", day, 1, day, plain="text")
        assert Outbox(connection).put(message, (f"digest|{day}",))


@cache
def columns() -> list[tuple[str, str]]:
    """Every column of a new register."""
    connection = fresh()
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    return [(name, row[1]) for name in tables for row in connection.execute(f"PRAGMA table_info([{name}])")]


def found(register: Register, *statements: str) -> tuple[list[str], list[str]]:
    """What verifying says after these changes in a copy without the tables' guards, and those that changed a row."""
    with sqlite3.connect(":memory:", isolation_level=None) as copy:
        register.connection.backup(copy)
        tables = ", ".join(f"'{re.split('UPDATE |DELETE FROM | ', one)[1]}'" for one in statements)
        guards = copy.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({tables})"
        ).fetchall()
        for name, _ in guards:
            copy.execute(f"DROP TRIGGER {name}")
        copy.execute("PRAGMA ignore_check_constraints = ON")
        done = [one for one in statements if copy.execute(one).rowcount]
        if not done:
            return [], []
        copy.execute("PRAGMA ignore_check_constraints = OFF")
        for _, sql in guards:
            copy.execute(sql)
        try:
            return [str(one) for one in verify_register(Register(copy, "r.db")).problems], done
        except Rejected as refused:
            return [str(one) for one in refused.problems], done


def test_a_register_that_was_brought_over_and_went_on_holds(register: Register) -> None:
    verified = verify_register(register)
    assert (verified.problems, verified.erased) == ((), 2)


def changes(register: Register, table: str) -> Iterator[str]:
    """Changes of each column: of the first row's value and of the last's."""
    keys = _keys(register, table)
    for column in (column for name, column in columns() if name == table):
        kind = f"typeof([{column}])"
        other = (
            f"CASE {kind} WHEN 'integer' THEN [{column}] + 1000 WHEN 'blob' THEN CAST(x'00' || [{column}] AS BLOB)"
            f" WHEN 'null' THEN (SELECT CASE type WHEN 'INTEGER' THEN 7 WHEN 'BLOB' THEN x'07' ELSE '2020-02-02' END"
            f" FROM pragma_table_info('{table}') WHERE name = '{column}') ELSE [{column}] || '1' END"
        )
        last = [f"{keys} = (SELECT max({keys}) FROM {table})"] if "," not in keys else []
        for where in (_first(register, table), *last):
            yield f"UPDATE {table} SET [{column}] = {other} WHERE {where}"


def removal(register: Register, table: str) -> str:
    """The first row, taken out."""
    return f"DELETE FROM {table} WHERE {_first(register, table)}"


def _keys(register: Register, table: str) -> str:
    return (
        ", ".join(row[1] for row in register.connection.execute(f"PRAGMA table_info([{table}])") if row[5]) or "rowid"
    )


def _first(register: Register, table: str) -> str:
    keys = _keys(register, table)
    return f"({keys}) = (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT 1)"


TABLES = sorted({table for table, _ in columns()})
Told = list[tuple[str, list[str]]]
"""Changes, each with what is said after it."""


@pytest.fixture(scope="module")
def beside(register: Register) -> Mapping[str, Told]:
    """By table that is summed by itself: its changes, the last of them a row taken out, and what is said of each.

    A change in every such table at once is verified together: the sum of each has to name it by itself.
    """
    summed = [table for table in TABLES if table not in NAMED]
    told: dict[str, Told] = {table: [] for table in summed}
    for together in zip_longest(*([*changes(register, one), removal(register, one)] for one in summed)):
        said, done = found(register, *filter(None, together))
        for table, change in zip(summed, together, strict=True):
            told[table] += [(change, said)] if change in done else []
    return told


@pytest.mark.parametrize("table", TABLES)
def test_a_change_in_any_column_is_found_and_named(register: Register, table: str, beside: Mapping[str, Told]) -> None:
    expected = f"{NAMED.get(table, f'tabellen {table} är ändrad')}|failed in {table}"
    alone = (found(register, one) for one in changes(register, table)) if table in NAMED else ()
    told = [*((done[0], said) for said, done in alone if done), *beside.get(table, ())]
    for change, said in told:
        assert any(re.search(expected, one) for one in said), (change, said)
    assert told


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_taken_out_is_found(register: Register, table: str, beside: Mapping[str, Told]) -> None:
    out = removal(register, table)
    said = dict(beside[table])[out] if table in beside else found(register, out)[0]
    assert any(f"tabellen {table} är ändrad" in one for one in said) if table in beside else said, table


def test_the_table_in_the_documentation_lists_every_column() -> None:
    text = (Path(__file__).parents[2] / "docs" / "registret.md").read_text(encoding="utf-8")
    listed = {
        (table, column)
        for table, names in re.findall(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|", text, re.MULTILINE)
        for column in re.findall(r"`(\w+)`", names)
    }
    assert listed == set(columns())
