"""`serve` for real: a process that runs at its hour, catches up, and stops on a signal, also in the middle of a run."""

import contextlib
import shutil
import signal
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, call
from tests.service.forked import Parent, Process, parent
from tests.service.test_command_line import environment

from avtalsvakt import clock
from avtalsvakt_engine.storage.database.register import open_register

ALONE = "from avtalsvakt_rules import rulebook; rulebook.builtin_files = list"
"""The agreements that come with the program would be judged each night, and none of this is about them."""
PLAIN = "from avtalsvakt.cli import main; main()"
# The same program, except that every agreement takes its time: a run long enough to be met in the middle.
SLOW = """
import time
from avtalsvakt import cli
from avtalsvakt.nightly import night
real = night.run
def slow(*args, progress=None, **more):
    def heed(done, of):
        print("VID AVTAL", done, flush=True)
        time.sleep(0.3)
        progress(done, of)
    return real(*args, progress=heed, **more)
night.run = slow
cli.main()
"""


# The same program, except that a night that failed is tried again after a second.
SOON_AGAIN = """
from datetime import timedelta
from avtalsvakt import cli
from avtalsvakt.nightly import serving
real = serving.serve
serving.serve = lambda watch, at: real(watch, at, [timedelta(seconds=1)])
cli.main()
"""


# The same program, except that its hour is some seconds after it has started, however long that takes.
SOON = """
from datetime import timedelta
from msgspec.structs import replace
from avtalsvakt import cli, clock
from avtalsvakt.nightly import serving
real = serving.serve
def soon(watch, at):
    watch.settings.rulebook()
    now = clock.now()
    at = (now + timedelta(seconds=3)).replace(microsecond=0)
    print(f"DÅ ÄR DET kl. {at:%H:%M:%S}", flush=True)
    real(replace(watch, settings=replace(watch.settings, now=now)), at.time(), [timedelta(seconds=1)])
serving.serve = soon
cli.main()
"""


# It waits a tenth of a second for another who writes, not five, and as long for the journal, not one.
IMPATIENT = """
from avtalsvakt.nightly import journalling
from avtalsvakt_engine.storage.database.register import open_register
open_register.__kwdefaults__["timeout"] = journalling.PATIENCE = 0.1
"""


@pytest.fixture(scope="module", autouse=True)
def _alone() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        yield


@pytest.fixture(scope="module")
def one_that_has_read() -> Iterator[Parent]:
    with parent(environment(), ALONE) as found:
        yield found


@pytest.fixture
def started(one_that_has_read: Parent) -> Iterator[Callable[..., Process]]:
    running: list[Process] = []

    def start(program: str, *words: object) -> Process:
        running.append(Process(one_that_has_read, program, [str(word) for word in words]))
        return running[-1]

    yield start
    for one in running:
        one.away()


@pytest.fixture
def far() -> str:
    """A time of day that does not come during the test."""
    return f"{clock.now() + timedelta(hours=12):%H:%M}"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with an agreement's facts, made once and copied; the clock is the real one."""
    path = tmp_path_factory.mktemp("register") / "register.db"
    assert call("--db", path, "init").code == 0
    assert call("--db", path, "--rules", EXAMPLE, "import", "--by", "samordnare", EXAMPLE / "lokal.csv").code == 0
    return path


@pytest.fixture(scope="module")
def judged(imported: Path) -> Path:
    """The same after a run."""
    path = Path(shutil.copy(imported, imported.with_name("judged.db")))
    assert call("--db", path, "--rules", EXAMPLE, "run").code == 0
    return path


@pytest.fixture
def register(imported: Path, tmp_path: Path) -> Path:
    """A register with an agreement's facts."""
    return Path(shutil.copy(imported, tmp_path / "register.db"))


@pytest.fixture
def run_register(judged: Path, tmp_path: Path) -> Path:
    """The same after a run."""
    return Path(shutil.copy(judged, tmp_path / "register.db"))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def serve(db: Path, at: str) -> list[object]:
    """The words that start the service, with a web port of its own if it has one."""
    words: list[object] = ["--db", db, "--rules", EXAMPLE, "serve", "--at", at]
    return words + (["--listen", f"127.0.0.1:{free_port()}"] if "--listen" in call("serve", "--help").out else [])


def runs(db: Path) -> int:
    with sqlite3.connect(db) as connection:
        return int(connection.execute("SELECT count(*) FROM runs").fetchone()[0])


def consistent(db: Path) -> bool:
    with sqlite3.connect(db) as connection:
        [answer] = connection.execute("PRAGMA integrity_check").fetchone()
    with open_register(db) as register:
        return answer == "ok" and register.verify() == ()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_catches_up_a_missed_night_and_stops_on_a_signal(
    number: int, register: Path, far: str, started: Callable[..., Process], tmp_path: Path
) -> None:
    process = started(PLAIN, *serve(register, far), "--publish", tmp_path / "kalendrar")
    process.wait_for("den senaste natten är inte bedömd; det görs nu")
    process.wait_for("klar: per ")
    assert process.stop(number) == 0
    assert process.lines[-1].endswith(" stoppad")
    assert runs(register) == 1
    assert (tmp_path / "kalendrar" / "lokal.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    again = started(PLAIN, *serve(register, far))
    again.wait_for("startad; nästa körning ")
    assert again.stop(number) == 0
    assert runs(register) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_the_middle_of_a_run_leaves_nothing_of_it(
    number: int, register: Path, far: str, started: Callable[..., Process]
) -> None:
    process = started(SLOW, *serve(register, far))
    process.wait_for("VID AVTAL 1")
    assert process.stop(number) == 0
    assert any("avbruten: programmet stoppas, och ingenting av körningen har sparats" in line for line in process.lines)
    assert process.lines[-1].endswith(" stoppad")
    assert runs(register) == 0
    assert consistent(register)
    assert call("--db", register, "--rules", EXAMPLE, "run").code == 0


def test_killed_in_the_middle_of_a_run_the_register_is_as_before(
    register: Path, far: str, started: Callable[..., Process]
) -> None:
    process = started(SLOW, *serve(register, far))
    process.wait_for("VID AVTAL 1")
    process.stop(signal.SIGKILL)
    assert runs(register) == 0
    assert consistent(register)


def test_it_runs_at_its_hour(run_register: Path, far: str, started: Callable[..., Process]) -> None:
    process = started(SOON, *serve(run_register, far))
    process.wait_for("nästa körning ")
    [hour] = [line.partition("DÅ ÄR DET ")[2] for line in process.lines if line.startswith("DÅ ")]
    assert any(line.endswith(hour) and "nästa körning" in line for line in process.lines)
    process.wait_for("klar: per ")
    assert process.stop(signal.SIGTERM) == 0
    assert runs(run_register) == 2


def test_started_within_a_second_or_two_of_its_hour_it_does_that_night(
    run_register: Path, started: Callable[..., Process]
) -> None:
    soon = clock.now() + timedelta(seconds=2)  # about as long as the program takes to start
    process = started(PLAIN, *serve(run_register, f"{soon:%H:%M:%S}"))
    process.wait_for("klar: per ")
    assert process.stop(signal.SIGTERM) == 0
    assert runs(run_register) == 2


def test_a_locked_register_is_tried_again_until_the_night_is_done_and_once_only(
    run_register: Path, far: str, started: Callable[..., Process]
) -> None:
    process = started(IMPATIENT + SOON, *serve(run_register, far))
    process.wait_for("nästa körning ")
    with contextlib.closing(sqlite3.connect(run_register, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process.wait_for("körningen kunde inte göras")
        process.wait_for("Fel: registret är upptaget")
        process.wait_for("nytt försök görs ")
        other.execute("ROLLBACK")
    process.wait_for("klar: per ")
    assert process.stop(signal.SIGTERM) == 0
    assert runs(run_register) == 2
    assert sum("klar: per " in line for line in process.lines) == 1


def test_a_night_whose_calendars_cannot_be_written_is_saved_and_only_they_are_tried_again(
    register: Path, far: str, started: Callable[..., Process], tmp_path: Path
) -> None:
    folder = tmp_path / "kalendrar"
    folder.write_text("en fil i vägen", encoding="utf-8")
    process = started(SOON_AGAIN, *serve(register, far), "--publish", folder / "nya")
    process.wait_for("klar: per ")
    process.wait_for("bedömningen är sparad, men kalendrarna kunde inte skrivas")
    process.wait_for("nytt försök görs ")
    assert process.poll() is None
    folder.unlink()
    process.wait_for("kalendrarna är skrivna: ")
    assert process.stop(signal.SIGTERM) == 0
    assert (folder / "nya" / "lokal.ics").exists()
    assert runs(register) == 1
    assert not any("körningen kunde inte göras" in line or "Traceback" in line for line in process.lines)


def test_calendars_that_were_not_written_before_a_restart_are_written_after_it(
    run_register: Path, far: str, started: Callable[..., Process], tmp_path: Path
) -> None:
    process = started(PLAIN, *serve(run_register, far), "--publish", tmp_path / "kalendrar")
    process.wait_for("kalendrarna är skrivna: ")
    assert process.stop(signal.SIGTERM) == 0
    assert (tmp_path / "kalendrar" / "lokal.ics").exists()
    assert runs(run_register) == 1


def test_a_clock_behind_the_last_run_is_said_and_replaces_nothing(
    register: Path, far: str, started: Callable[..., Process]
) -> None:
    ahead = "import datetime; from avtalsvakt import clock; real = clock.now;"
    ahead += " clock.now = lambda: real() + datetime.timedelta(days=1800);"
    wrong = started(ahead + PLAIN, "--db", register, "--rules", EXAMPLE, "run")
    wrong.wait_for("Reglerna i ")
    process = started(PLAIN, *serve(register, far))
    process.wait_for("natten bedöms inte: den skulle inte sparas")
    process.wait_for("går datorns klocka rätt nu: kör 'avtalsvakt run --store-anyway' en gång; går den fel: ställ den")
    process.wait_for("nytt försök görs ")
    assert runs(register) == 1
    assert call("--db", register, "run", "--store-anyway").code == 0
    assert process.stop(signal.SIGTERM) == 0
    again = started(PLAIN, *serve(register, far))
    again.wait_for("startad; nästa körning ")
    assert again.stop(signal.SIGTERM) == 0
    assert not any("den senaste natten är inte bedömd" in line for line in again.lines)
    assert call("--db", register, "run").code == 0
    assert runs(register) == 3


def test_rules_given_to_the_service_are_remembered_and_a_faulty_file_costs_only_its_agreements(
    register: Path, far: str, started: Callable[..., Process], tmp_path: Path
) -> None:
    rules = tmp_path / "regler"
    shutil.copytree(EXAMPLE, rules)
    words = ["--db", register, "--rules", rules, "serve", "--no-web", "--at", far]
    first = started(PLAIN, *words)
    first.wait_for(f"reglerna i {rules} används hädanefter; se 'avtalsvakt settings'")
    first.wait_for("klar: per ")
    assert first.stop(signal.SIGTERM) == 0
    (rules / "lokal.yaml").write_text("instrument: [", encoding="utf-8")
    answer = call("--db", register, "run")
    assert answer.code == 1
    assert "REGLER SAKNAS för 1 avtal: lokal" in answer.out
