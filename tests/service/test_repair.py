"""What is derived can be made anew and nothing else; copies are looked at; what killed backups left is taken away."""

import fcntl
import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.service.command_line import RULES, call

from avtalsvakt_engine.storage.integrity.atomic_files import clear_unfinished, whole

pytestmark = pytest.mark.usefixtures("alone")

DERIVED = (
    ("DROP TRIGGER facts_no_delete", "spärren facts_no_delete återställdes"),
    ("CREATE TRIGGER mine AFTER INSERT ON facts BEGIN SELECT 1; END", "spärren mine togs bort: den hör inte hit"),
    ("DROP TRIGGER seals_no_update", "spärren seals_no_update återställdes"),
    (
        "CREATE TRIGGER seals_no_update BEFORE UPDATE ON seals BEGIN SELECT 1; END",
        "spärren seals_no_update återställdes",
    ),
    ("DROP INDEX verdicts_by_until", "indexet verdicts_by_until återställdes"),
    ("UPDATE tallies SET number = number + 1", "tabellen tallies är framräknad ur bedömningarna"),
    ("INSERT INTO clock_turns VALUES (2, '2026-01-01T00:00:00+01:00')", "tabellen clock_turns är framräknad ur"),
)


@pytest.fixture
def damaged(run_db: Path) -> Path:
    """A register in which everything that is derived was changed behind the program's back."""
    outside = sqlite3.connect(run_db, isolation_level=None)
    for statement, _ in DERIVED:
        outside.execute(statement)
    outside.close()
    return run_db


def test_what_is_derived_is_made_anew_and_it_is_said_what(damaged: Path) -> None:
    assert call("--db", damaged, *RULES, "verify").code == 1
    done = call("--db", damaged, *RULES, "verify", "--repair")
    assert done.code == 0, done.err
    for _, said in DERIVED:
        assert f"Lagat: {said}" in done.out
    again = call("--db", damaged, *RULES, "verify", "--repair")
    assert (again.code, again.out.splitlines()[0]) == (0, "Inget behövde lagas av det som kan räknas fram.")


def test_what_was_recorded_is_not_made_to_fit(run_db: Path) -> None:
    outside = sqlite3.connect(run_db, isolation_level=None)
    outside.execute("DROP TRIGGER facts_no_update")
    outside.execute("UPDATE facts SET date = '2020-02-02' WHERE arrival = 3")
    outside.close()
    done = call("--db", run_db, *RULES, "verify", "--repair")
    assert done.code == 1
    assert "Lagat: spärren facts_no_update återställdes.\n" in done.out
    assert "Stämmer inte: registreringen är ändrad" in done.err


def test_copies_that_were_taken_are_looked_at(run_db: Path, tmp_path: Path) -> None:
    good, bad, none = (tmp_path / f"{name}.db" for name in ("hel", "trasig", "finns-inte"))
    assert call("--db", run_db, "backup", good).code == 0
    shutil.copy(good, bad)
    outside = sqlite3.connect(bad, isolation_level=None)
    outside.execute("DROP TRIGGER seals_no_update")
    outside.execute("UPDATE seals SET hash = substr(hash, 2) || substr(hash, 1, 1)")
    outside.close()
    done = call("--db", run_db, "backup", "--check", good)
    assert (done.code, done.out.startswith(f"{good}: "), ", hel. Kedjans slut: " in done.out) == (0, True, True)
    done = call("--db", run_db, "backup", "--check", bad, good, none)
    assert done.code == 1
    assert "Stämmer inte: körningen är ändrad" in done.err
    assert f"Stämmer inte: säkerhetskopian finns inte\n  Var:    {none}\n" in done.err
    assert done.out.startswith(f"{good}: ")
    assert call("--db", run_db, "backup", good, bad).code == 2


def test_what_killed_backups_left_is_named_and_taken_away(run_db: Path, tmp_path: Path) -> None:
    left = tmp_path / "kopia.db.0123abcd.ofardig"
    for one in (left, tmp_path / f"{left.name}-journal", tmp_path / "brev.ofardig"):
        one.write_bytes(b"x")
    done = call("--db", run_db, "backup", tmp_path / "ny.db")
    assert f"Borttagen: {left}, resten av en kopia som avbröts.\n" in done.out
    assert {one.name for one in tmp_path.glob("*ofardig*")} == {"brev.ofardig"}


def test_what_is_being_written_is_left_alone(tmp_path: Path) -> None:
    with whole(tmp_path / "a") as beside:
        beside.write_bytes(b"x")
        assert clear_unfinished(tmp_path) == []
    assert (tmp_path / "a").read_bytes() == b"x"
    elsewhere = tmp_path / "b.01234567.ofardig"
    with elsewhere.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert clear_unfinished(tmp_path) == []
    assert clear_unfinished(tmp_path) == [elsewhere]
