"""`verify`, `backup` and `restore` as people meet them, and what happens to who records."""

import sqlite3
from pathlib import Path

import pytest
from tests.service.command_line import RULES, call

pytestmark = pytest.mark.usefixtures("alone")


def test_an_honest_register(run_db: Path) -> None:
    done = call("--db", run_db, *RULES, "verify", "--all-runs")
    assert done.code == 0, done.err
    assert done.out.endswith("Allt stämmer.\n")
    assert "samma resultat" in done.out


def test_a_tampered_register_is_told_where(run_db: Path) -> None:
    outside = sqlite3.connect(run_db, isolation_level=None)
    outside.execute("DROP TRIGGER facts_no_update")
    (id_,) = outside.execute("SELECT id FROM facts WHERE arrival = 3").fetchone()
    outside.execute("UPDATE facts SET date = '2020-02-02' WHERE arrival = 3")
    outside.close()
    done = call("--db", run_db, *RULES, "verify")
    assert done.code == 1
    assert f"registrering {id_} (nr 3)" in done.err
    assert "spärren (triggern) facts_no_update" in done.err
    assert "; 'avtalsvakt verify --repair' lägger tillbaka den\n" in done.err


def test_a_noted_head(run_db: Path) -> None:
    head = next(line.split()[-1] for line in call("--db", run_db, *RULES, "verify").out.splitlines() if "slut" in line)
    assert call("--db", run_db, *RULES, "verify", "--head", head).code == 0
    assert call("--db", run_db, *RULES, "verify", "--head", "0" * 63 + "1").code == 1


def test_backed_up_and_restored(run_db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopia.db"
    assert call("--db", run_db, *RULES, "backup", copy).code == 0
    assert call("--db", run_db, *RULES, "backup", copy).code == 2
    made = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-10-01", "body=local_steering_group")
    assert call("--db", run_db, *RULES, *made).code == 0
    refused = call("--db", run_db, *RULES, "restore", copy)
    assert refused.code == 2
    assert "1 av registreringarna i" in refused.err
    done = call("--db", run_db, *RULES, "restore", "--yes", copy)
    assert done.code == 0, done.err
    assert "ligger kvar i" in done.out
    assert call("--db", run_db, *RULES, "verify").code == 0
    (kept,) = tmp_path.glob("register.db.fore-*")
    assert call("--db", kept, *RULES, "verify").code == 0


@pytest.mark.parametrize("role", ["anonym", "någon på kontoret", "förnamn@example.org"])
def test_who_records_is_no_free_text(db: Path, role: str) -> None:
    made = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-10-01", "body=local_steering_group")
    done = call("--db", db, *RULES, *made, "--by", role)
    assert done.code == 2
    assert f"Fel: '{role}' är" in done.err
