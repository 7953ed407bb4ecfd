"""A database that is missing, damaged, foreign, busy or out of reach: one clear message, and nothing changed."""

import random
import sqlite3
from pathlib import Path

import pytest
from tests.service.command_line import RULES, call, said

from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture(autouse=True)
def _here(morning: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands, and files are named as they lie in the folder."""
    monkeypatch.chdir(tmp_path)


COMMANDS_ON_A_DATABASE = [("run",), ("overdue",), ("status",), ("why", "x"), ("record", "meeting_held"), ("serve",)]


@pytest.mark.parametrize("command", COMMANDS_ON_A_DATABASE, ids=" ".join)
def test_a_database_that_is_not_there(command: tuple[str, ...]) -> None:
    answer = call("--db", "r.db", *command)
    if command[0] == "record":
        return  # what is recorded is read first, and is wrong as well
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == said(
        "registret finns inte", "r.db", "det finns ingen fil där",
        "skapa det med 'avtalsvakt init', eller ange rätt fil med --db",
    )  # fmt: skip
    assert not Path("r.db").exists()


@pytest.mark.parametrize("content", [b"skrap", b"SQLite format 3\0skrap" * 50, b"\0" * 4096])
def test_a_damaged_database(content: bytes) -> None:
    Path("r.db").write_bytes(content)
    for command in ("run", "overdue", "init"):
        answer = call("--db", "r.db", command)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("Fel: ") and answer.err.count("\n") == 4
    assert Path("r.db").read_bytes() == content


@pytest.mark.parametrize("seed", range(12))
def test_a_database_with_a_scratch_anywhere(seed: int, run_db: Path) -> None:
    chance = random.Random(seed)
    content = bytearray(run_db.read_bytes())
    for _ in range(3):
        place = chance.randrange(len(content) - 64)
        content[place : place + 64] = chance.randbytes(64)
    if seed % 4 == 3:
        del content[chance.randrange(len(content)) :]
    for command in (("overdue",), ("status",), ("why", "lokal.moten.2026"), ("run",), ("assess",)):
        run_db.write_bytes(content)
        answer = call("--db", run_db, *RULES, *command)
        assert answer.code in (0, 1, 2), answer.err
        assert answer.code != 2 or answer.err.startswith("Fel: ")


def test_the_database_of_another_program() -> None:
    with sqlite3.connect("r.db") as other:
        other.execute("CREATE TABLE annat (x)")
    answer = call("--db", "r.db", "run")
    assert answer.code == 2
    assert "Fel: filen är inget avtalsregister" in answer.err


def test_a_database_that_another_program_is_writing_to(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(open_register.__kwdefaults__ or {}, "timeout", 0.01)  # nobody waits here
    with sqlite3.connect(db, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = call("--db", db, *RULES, "retract", "m25", "--reason", "prov")
        other.execute("ROLLBACK")
    assert answer.code == 2
    assert "Fel: registret är upptaget" in answer.err


def test_a_database_in_a_place_that_cannot_be_written() -> None:
    answer = call("--db", "/proc/x.db", "init")
    assert answer.code == 2
    assert "Fel: registret kan inte öppnas" in answer.err


def test_calendars_in_a_place_that_cannot_be_written(db: Path) -> None:
    answer = call("--db", db, *RULES, "run", "--publish", "/proc/kalendrar")
    assert answer.code == 1, "the night is saved and only the calendars are not"
    assert answer.out.startswith("Bedömt per 2026-11-22")
    assert "Fel: kalenderfilen kan inte skrivas" in answer.err
    assert call("--db", db, *RULES, "overdue").code == 0
