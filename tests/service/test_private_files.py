"""Only the account that runs the program may open what it makes; and a register is read where it cannot be written."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.service.command_line import call

from avtalsvakt_calendars.publishing.as_icalendar import write_if_changed
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.database.restoring import restore
from avtalsvakt_engine.storage.integrity.atomic_files import whole
from avtalsvakt_rules.keeping.private_files import make_folder
from avtalsvakt_rules.problems import Rejected

NOBODY = 65_534


@pytest.fixture(autouse=True)
def _generous() -> Iterator[None]:
    """The account's own habit is to let everybody in."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_what_the_program_makes_is_for_its_own_account(tmp_path: Path) -> None:
    db = tmp_path / "var" / "mer" / "register.db"
    program = "import os; os.umask(0); from avtalsvakt import cli; cli.main()"
    subprocess.run([sys.executable, "-c", program, "--db", db, "init"], check=True, capture_output=True)
    assert [rights(one) for one in (db.parent.parent, db.parent)] == ["0o700", "0o700"]
    assert {rights(one) for one in db.parent.iterdir()} == {"0o600"}


def test_the_register_its_log_and_its_copies_are_too(tmp_path: Path) -> None:
    db = tmp_path / "a" / "register.db"
    with open_register(db, create=True) as register:
        register.connection.execute("BEGIN IMMEDIATE")
        register.connection.execute("ROLLBACK")
        assert {one.name for one in db.parent.iterdir()} >= {"register.db", "register.db-wal"}
        assert {rights(one) for one in db.parent.iterdir()} == {"0o600"}
    assert call("--db", db, "backup", tmp_path / "kopia.db").code == 0
    assert call("--db", db, "export", tmp_path / "arkiv.zip").code == 0
    restored = tmp_path / "b.db"
    restore(tmp_path / "kopia.db", restored, datetime(2026, 11, 22, tzinfo=UTC))
    made = (tmp_path / "kopia.db", tmp_path / "arkiv.zip", restored)
    assert [rights(one) for one in made] == ["0o600"] * 3


@pytest.mark.parametrize("write", ["calendar", "whole"])
def test_a_file_that_is_written_anew_keeps_the_rights_that_somebody_gave_it(tmp_path: Path, write: str) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(b"x")
    path.chmod(0o640)
    write_if_changed(path, b"y") if write == "calendar" else anew(path)
    assert (rights(path), path.read_bytes()) == ("0o640", b"y")


def anew(path: Path) -> None:
    with whole(path, replace=True) as beside:
        beside.write_bytes(b"y")


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a")
    assert (rights(tmp_path), rights(tmp_path / "a")) == ("0o755", "0o700")


def test_verify_says_that_others_may_open_the_register(tmp_path: Path) -> None:
    db = tmp_path / "register.db"
    assert call("--db", db, "init").code == 0
    assert "andra konton" not in call("--db", db, "verify").err
    db.chmod(0o644)
    said = call("--db", db, "verify")
    assert said.code == 0
    assert said.err == (
        f"Obs: {db}: andra konton på datorn kommer åt registret (filens rättigheter släpper in dem); chmod 600 {db}\n"
    )


def as_nobody(work: Callable[[], None]) -> str:
    """What the work says when an account does it that may not write there; empty where it does not complain."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.seteuid(NOBODY)
        try:
            work()
            os.write(writing, b"")
        except Rejected as rejected:
            os.write(writing, str(rejected).encode())
        except BaseException as error:  # noqa: BLE001 - the child tells its parent and is gone
            os.write(writing, repr(error).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder with a register, both for reading only."""
    folder = Path(f"/dev/shm/{tmp_path.name}-{os.getpid()}") if os.access("/dev/shm", os.W_OK) else tmp_path / "x"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def closed_off(folder: Path) -> None:
    for one in folder.iterdir():
        one.chmod(0o444)
    folder.chmod(0o555)


def test_a_register_is_read_where_nothing_can_be_written(elsewhere: Path) -> None:
    db = elsewhere / "register.db"
    open_register(db, create=True).close()
    closed_off(elsewhere)

    def work() -> None:
        with open_register(db, read_only=True) as register:
            assert register.count() == 0

    assert as_nobody(work) == ""


def test_a_register_whose_log_cannot_be_used_is_refused_with_what_to_do(elsewhere: Path) -> None:
    db = elsewhere / "register.db"
    with open_register(db, create=True) as register:
        register.connection.execute("PRAGMA wal_autocheckpoint = 0")
        register.connection.execute("PRAGMA user_version = 1")
        copied = [(one.name, one.read_bytes()) for one in elsewhere.iterdir() if not one.name.endswith("-shm")]
    for one in elsewhere.iterdir():
        one.unlink()
    for name, data in copied:
        (elsewhere / name).write_bytes(data)
    closed_off(elsewhere)
    said = as_nobody(lambda: open_register(db, read_only=True).close())
    assert said == (
        f"{db}: registret kan inte läsas där det ligger. platsen är skrivskyddad, och det senaste i registret står i "
        "loggen register.db-wal, som då inte kan läsas. Åtgärd: läs en säkerhetskopia, eller kopiera registret och "
        "loggen till en mapp där kontot får skriva."
    )
    assert as_nobody(lambda: open_register(db).close())
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
