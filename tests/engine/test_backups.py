"""Backups and restoring, alone and while others write: whole or not at all, and nothing acknowledged is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.engine.meetings import meeting
from tests.engine.proof_world import NOON, behind_its_back, filled, rules

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.backups import backup, check_backup
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.database.restoring import restore
from avtalsvakt_rules.problems import Rejected

NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, decider: Decider) -> Path:
    folder = tmp_path_factory.mktemp("original")
    filled(folder / "r.db", rules(folder / "rules"), decider)
    return folder / "r.db"


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    shutil.copy(original, tmp_path / "r.db")
    return tmp_path / "r.db"


def ids(path: Path) -> list[str]:
    with open_register(path, read_only=True) as register:
        assert verify_register(register).problems == ()
        return [fact.id for fact in register.facts()]


def names(path: Path) -> list[str]:
    """What is in the folder, but for the logs that go with the register."""
    return sorted(one.name for one in path.parent.iterdir() if not one.name.endswith(("-wal", "-shm")))


def add(path: Path, number: int) -> None:
    with open_register(path) as register:
        register.append([meeting(number, date(2025, 2, 3))], now=NOON)


def saved(path: Path, name: str = "kopia.db") -> Path:
    with open_register(path, read_only=True) as register:
        return backup(register, path.with_name(name)).path


def test_a_backup_is_a_register(path: Path) -> None:
    with open_register(path, read_only=True) as register:
        copy = backup(register, path.with_name("kopia.db"))
        assert (copy.facts, copy.runs, copy.head) == (5, 2, register.head().hash)
    assert ids(copy.path) == ids(path)
    assert names(path) == ["kopia.db", "r.db"]


def test_a_backup_takes_nobodys_place(path: Path) -> None:
    path.with_name("kopia.db").write_text("något annat")
    with pytest.raises(Rejected, match="filen finns redan"):
        saved(path)
    assert path.with_name("kopia.db").read_text() == "något annat"


def test_a_backup_where_nothing_can_be_written(path: Path) -> None:
    with open_register(path, read_only=True) as register, pytest.raises(Rejected):
        backup(register, path.parent / "finns-inte" / "kopia.db")


def test_a_register_that_was_changed_is_not_backed_up_as_if_it_was_sound(path: Path) -> None:
    with behind_its_back(path) as connection:
        connection.execute("UPDATE fact_texts SET recorder = 'annan' WHERE fact = 2")
    with open_register(path, read_only=True) as register, pytest.raises(Rejected, match="registreringen är ändrad"):
        backup(register, path.with_name("kopia.db"))
    assert names(path) == ["r.db"]


def test_restoring_keeps_what_was(path: Path) -> None:
    copy = saved(path)
    add(path, 6)
    done = restore(copy, path, NOW)
    assert done.kept is not None and done.kept.name == "r.db.fore-20261122T133000"
    assert ids(path) == ["m1", "m2", "m3", "m4", "m5"]
    assert ids(done.kept) == ["m1", "m2", "m3", "m4", "m5", "m6"]
    again = restore(done.kept, path, NOW)
    assert again.kept is not None and again.kept.name == "r.db.fore-20261122T133000-2"
    assert ids(path) == ["m1", "m2", "m3", "m4", "m5", "m6"]


def test_restoring_where_there_is_none(path: Path) -> None:
    copy = saved(path)
    path.unlink()
    assert restore(copy, path, NOW).kept is None
    assert len(ids(path)) == 5


def test_who_has_it_open_goes_on_with_what_was_restored(path: Path) -> None:
    copy = saved(path)
    add(path, 6)
    with open_register(path) as other:
        assert other.count() == 6
        restore(copy, path, NOW)
        assert other.count() == 5
        other.append([meeting(7, date(2025, 2, 4))], now=NOON)
    assert ids(path) == ["m1", "m2", "m3", "m4", "m5", "m7"]


@pytest.mark.parametrize("content", [b"", b"skadad" * 5000], ids=["empty", "not a database"])
def test_a_backup_that_is_none_is_refused(path: Path, content: bytes) -> None:
    before = path.read_bytes()
    false = path.with_name("kopia.db")
    false.write_bytes(content)
    with pytest.raises(Rejected):
        restore(false, path, NOW)
    assert path.read_bytes() == before


def test_a_backup_that_was_changed_is_refused(path: Path) -> None:
    copy = saved(path)
    with behind_its_back(copy) as connection:
        connection.execute("UPDATE facts SET date = '2024-04-11' WHERE id = 'm3'")
    with pytest.raises(Rejected) as caught:
        restore(copy, path, NOW)
    assert caught.value.problems[0].where.endswith("registrering m3 (nr 3)")


def test_a_truncated_backup_is_refused(path: Path) -> None:
    copy = saved(path)
    copy.write_bytes(copy.read_bytes()[:-5000])
    with pytest.raises(Rejected, match="skada"):
        check_backup(copy, "kopia.db")


def test_a_newer_backup_is_refused(path: Path) -> None:
    copy = saved(path)
    connection = sqlite3.connect(copy)
    with connection:
        connection.execute("INSERT INTO schema_version VALUES (99, 'later')")
    connection.close()
    with pytest.raises(Rejected, match="nyare än programmet"):
        restore(copy, path, NOW)


def test_another_programs_file_is_not_replaced(path: Path) -> None:
    foreign = path.with_name("annat.db")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    before = foreign.read_bytes()
    with pytest.raises(Rejected, match="filen är inget avtalsregister"):
        restore(saved(path), foreign, NOW)
    assert foreign.read_bytes() == before


@pytest.mark.parametrize("damage", ["truncated", "overwritten"])
def test_a_damaged_register_is_moved_aside_with_its_log(path: Path, damage: str) -> None:
    copy = saved(path)
    content = path.read_bytes()
    damaged = content[:9000] if damage == "truncated" else b"\xaa" * len(content)
    path.write_bytes(damaged)
    Path(f"{path}-wal").write_bytes(b"rester av en logg")
    done = restore(copy, path, NOW)
    assert done.damaged and done.kept is not None
    assert done.kept.read_bytes() == damaged
    assert len(ids(path)) == 5


WRITER = """
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from avtalsvakt_engine.storage.database.register import open_register
from tests.engine.meetings import meeting
path, first = Path(sys.argv[1]), int(sys.argv[2])
with open_register(path, timeout=60) as register:
    for number in range(first, first + 100_000):
        register.append([meeting(number, date(2025, 2, 3))], now=datetime(2025, 3, 1, tzinfo=UTC))
        print(f"m{number}", flush=True)
        time.sleep(0.02)  # others have to get on too
"""
READER = """
import sys
import time
from pathlib import Path
from avtalsvakt_engine.storage.database.register import open_register
while True:
    with open_register(Path(sys.argv[1]), read_only=True) as register:
        found = list(register.facts())
        assert register.verify() == () and [one.arrival for one in found] == list(range(1, len(found) + 1))
    print(len(found), flush=True)
    time.sleep(0.02)
"""


@contextmanager
def started(code: str, *arguments: object) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that says what it has done in a file, killed when we are done with it."""
    said = Path(str(arguments[0])).with_name(f"said-{time.perf_counter_ns()}.txt")
    paths = [str(ROOT / name) for name in ("rules", "engine", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    with said.open("w") as out:
        command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        yield process, said
    finally:
        process.kill()
        process.communicate()


def lines(said: Path) -> list[str]:
    """What it has said so far, whole lines only."""
    return said.read_text().rpartition("\n")[0].split()


def wait_for(said: Path, count: int) -> None:
    limit = time.monotonic() + 60
    while len(lines(said)) < count:
        assert time.monotonic() < limit, "the other process does not get on"
        time.sleep(0.01)


def test_backups_and_restoring_under_load(path: Path) -> None:
    """Two writers and a reader at work: five backups, then a return to the second of them."""
    with (
        started(WRITER, path, 1000) as (one, first),
        started(WRITER, path, 500_000) as (other, second),
        started(READER, path) as (reader, reads),
    ):
        copies = []
        for number in range(5):
            wait_for(first, 5 * (number + 1))
            wait_for(second, 5 * (number + 1))
            before = {*lines(first), *lines(second)}
            copy = saved(path, f"kopia-{number}.db")
            assert before <= set(ids(copy))
            copies.append(copy)
        acknowledged = {*lines(first), *lines(second)}
        done = restore(copies[1], path, NOW)
        written = len(lines(first)), len(lines(second))
        wait_for(first, written[0] + 5)
        wait_for(second, written[1] + 5)
        wait_for(reads, 3)
        assert (one.poll(), other.poll(), reader.poll()) == (None, None, None)
        after = {*lines(first), *lines(second)}
    assert done.kept is not None
    kept, now = ids(done.kept), ids(path)
    assert acknowledged <= set(kept)
    assert after <= {*kept, *now}
    restored = ids(copies[1])
    assert now[: len(restored)] == restored
    assert set(now) > set(restored)
