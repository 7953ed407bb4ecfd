"""Killed at any moment, a full disk, a lost power supply: the register is whole, with every acknowledged fact."""

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.engine import fault_world as world
from tests.engine.fault_clocks import wrong_clocks
from tests.engine.fault_memory import SAID
from tests.engine.meetings import meeting
from tests.engine.new_registers import new_register

from avtalsvakt.terminal.failures import guarded
from avtalsvakt_engine.storage.database.backups import backup, check_backup
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.problems import Rejected

NOBODY = 65534
needs_strace = pytest.mark.skipif(not world.can_trace(), reason="strace is not here, or may not be used")


def filled(path: Path, count: int = 6) -> Path:
    with new_register(path) as register:
        register.append([meeting(n, date(2025, 2, 3)) for n in range(1, count + 1)], now=world.NOW)
    return path


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.004, 0.013, 0.05])
def test_killed_at_random(tmp_path: Path, delay: float) -> None:
    path = tmp_path / "r.db"
    new_register(path).close()
    for _ in range(2):
        assert world.killed_at_random(path, delay).acknowledged >= 3


@needs_strace
@pytest.mark.parametrize("fault", world.FAULTS)
@pytest.mark.parametrize(("call", "number"), [("pwrite64", 9), ("pwrite64", 44), ("fdatasync", 2), ("fdatasync", 7)])
def test_struck_while_writing(tmp_path: Path, call: str, fault: str, number: int) -> None:
    path = filled(tmp_path / "r.db")
    outcome = world.at_system_call(path, call, fault, number, count=12)
    # A flush that fails in a checkpoint is tried again by the next one: the log still has everything.
    assert outcome.struck or call == "fdatasync"


def test_power_lost_while_writing(tmp_path: Path) -> None:
    assert world.torn_writes(tmp_path, 60) == 60


@pytest.mark.parametrize("room", [70_000, 150_000])
def test_no_room_left(tmp_path: Path, room: int) -> None:
    said = world.with_little_room(tmp_path / "r.db", room).said
    assert "Åtgärd: " in said
    assert "inget har ändrats" in said


def test_a_full_disk_is_said_in_so_many_words(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    with open_register(path) as register:
        (pages,) = register.connection.execute("PRAGMA page_count").fetchone()
        register.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Rejected, match="disken är full"):
            register.append([meeting(n, date(2025, 2, 3)) for n in range(7, 1000)], now=world.NOW)
        assert register.count() == 6
    world.sound(path, [f"m{n}" for n in range(1, 7)])


@pytest.fixture
def disk(tmp_path: Path):
    """A file system of 600 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount") or mount("-t", "tmpfs", "-o", "size=600k", "tmpfs", folder):
        pytest.skip("a file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def mount(*arguments: str | Path) -> int:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


def test_a_file_system_that_fills_up(tmp_path: Path, disk: Path) -> None:
    new_register(disk / "r.db").close()
    command = world.command(disk / "r.db", 1, 100_000)
    done = subprocess.run(command, capture_output=True, text=True, env=world.environment(), check=False)
    assert done.returncode == 2
    assert "inget har ändrats" in done.stderr
    shutil.copytree(disk, tmp_path / "saved")
    world.sound(tmp_path / "saved" / "r.db", done.stdout.split())
    assert len(done.stdout.split()) > 100


def test_a_read_only_file_system(disk: Path) -> None:
    path = filled(disk / "r.db")
    assert mount("-o", "remount,ro", disk) == 0
    with open_register(path, read_only=True) as register:
        assert register.count() == 6
    with pytest.raises(Rejected, match="registret kan inte"), open_register(path) as register:
        register.append([meeting(7, date(2025, 2, 3))], now=world.NOW)


def test_a_folder_that_cannot_be_written_in() -> None:
    """As another account if we are root, whom no rights stop."""
    me = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        path = filled(Path(name) / "r.db")
        before = path.read_bytes()
        path.chmod(0o444)
        Path(name).chmod(0o555)
        try:
            os.seteuid(me or NOBODY)
            with pytest.raises(Rejected) as caught, open_register(path) as register:
                register.append([meeting(7, date(2025, 2, 3))], now=world.NOW)
        finally:
            os.seteuid(me)
            Path(name).chmod(0o755)
        (problem,) = caught.value.problems
        assert problem.what in ("registret kan inte ändras", "registret kan inte öppnas")
        assert path.read_bytes() == before


@pytest.fixture(scope="module")
def killed() -> Iterator[world.Killed]:
    with world.copying_killed() as one:
        yield one


def test_a_backup_killed_at_every_boundary(tmp_path: Path, killed: world.Killed) -> None:
    path = filled(tmp_path / "r.db")
    for number in range(1, 40):
        copy = tmp_path / f"kopia-{number}.db"
        finished = killed("backup", path, copy, number)
        world.sound(path, [f"m{n}" for n in range(1, 7)])
        if copy.exists():
            assert check_backup(copy, "kopia").facts == 6
        if finished:
            break
    assert 6 <= number < 40


@pytest.mark.parametrize("damaged", [False, True])
def test_restoring_killed_at_every_boundary(tmp_path: Path, damaged: bool, killed: world.Killed) -> None:
    older = filled(tmp_path / "older.db")
    with open_register(older) as register:
        copy = backup(register, tmp_path / "kopia.db").path
    for number in range(1, 60):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = filled(folder / "r.db", 12)
        if damaged:
            path.write_bytes(path.read_bytes()[:9000])
        was = path.read_bytes()
        finished = killed("restore", path, copy, number)
        kept = [one for one in folder.glob("r.db.fore-*") if not one.name.endswith(("-wal", "-shm", "ofardig"))]
        if damaged:
            assert was in [one.read_bytes() for one in (path, *kept) if one.exists()]
        else:
            with open_register(path) as register:
                count = register.count()
            assert count in (6, 12)
            if count == 6:
                assert [check_backup(one, "kvar").facts for one in kept] == [12]
        if finished:
            world.sound(path, [f"m{n}" for n in range(1, 7)])
            break
    assert 4 <= number < 60


@pytest.mark.parametrize("seed", [2])
def test_a_clock_that_is_set_all_the_time_loses_nothing_and_turns_nothing_round(tmp_path: Path, seed: int) -> None:
    assert wrong_clocks(tmp_path, 8, seed) > 8


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), 2),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), 2),
        (ImportError("x.so: failed to map segment from shared object"), 2),
        (ImportError("no module named x"), 70),
    ],
    ids=["memory", "system", "module", "another fault"],
)
def test_that_memory_is_short_is_said_in_four_parts(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> int:
        raise error

    assert guarded(command) == code
    assert bool(SAID.fullmatch(capsys.readouterr().err)) == (code == 2)
