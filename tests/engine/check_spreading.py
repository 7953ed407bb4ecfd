"""Workers that are real, here and in a cluster: the register is the same, also when one is killed; none is left behind.

Not among the tests of `make test`: it starts some twenty processes (`make deep` runs it).
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.engine import spread_world as spreading

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.spreading.cluster import Cluster
from avtalsvakt_engine.spreading.mapper import IN_PROCESS
from avtalsvakt_engine.spreading.processes import Processes
from avtalsvakt_engine.spreading.spread import Spread

ROOT = Path(__file__).resolve().parents[2]


class Killing(Processes):
    """Kills one of its workers as it sends its third errand."""

    sent = 0

    def send(self, rules: bytes, errand: bytes, /):
        self.sent += 1
        if self.sent == 3:
            os.kill(self.pids[0], signal.SIGKILL)
        return super().send(rules, errand)


def test_one_of_two_is_killed_and_every_byte_is_the_same(tmp_path: Path, decider: Decider) -> None:
    world = spreading.world(tmp_path, decider)
    with Killing(2) as pool:
        spread = Spread(pool)
        assert world.one_night("there", spread) == world.one_night("here", IN_PROCESS)
        assert pool.lost == 1
        left = pool.pids
    assert (spread.told.elsewhere, spread.told.here) == (9, 0)
    assert not spread.told.as_asked
    assert not any(alive(pid) for pid in left)


def test_a_night_by_two_processes_says_and_stores_what_one_here_does(tmp_path: Path) -> None:
    here, there = (tmp_path / name for name in ("here.db", "there.db"))
    program = [sys.executable, "-m", "avtalsvakt", "--db"]
    fixture = ROOT / "fixtures" / "norrmalm-2016.csv"
    subprocess.run([*program, str(here), "init"], check=True, capture_output=True)
    subprocess.run([*program, str(here), "import", "--by", "exempel", str(fixture)], check=True, capture_output=True)
    shutil.copyfile(here, there)
    said = [
        subprocess.run([*program, str(one), "run", *more], capture_output=True, text=True, check=False)
        for one, more in ((here, ()), (there, ("--workers", "2")))
    ]
    assert said[0].stderr == said[1].stderr == ""
    assert said[0].stdout == said[1].stdout
    assert said[0].returncode == said[1].returncode == 0


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


ASKER = """
import sys, time
from avtalsvakt_engine.spreading.processes import Processes
with Processes(1) as pool:
    pool.send(b"", b"no errand")
    print(*pool.pids, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def asker() -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / one) for one in ("rules", "engine"))}
    command = [sys.executable, "-c", textwrap.dedent(ASKER)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True) as one:
        yield one
        one.kill()


@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_no_worker_outlives_the_one_that_asked(asker: "subprocess.Popen[str]", how: str) -> None:
    assert asker.stdout is not None
    [worker] = map(int, asker.stdout.readline().split())
    assert alive(worker)
    os.killpg(asker.pid, signal.SIGINT) if how == "SIGINT" else asker.kill()
    asker.wait(30)
    for _ in range(300):
        if not alive(worker):
            break
        time.sleep(0.05)
    assert not alive(worker)


@dataclass(frozen=True)
class Dask:
    """A scheduler and two workers on the loopback."""

    address: str
    scheduler: "subprocess.Popen[bytes]"
    workers: "tuple[subprocess.Popen[bytes], ...]"


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    """Real ones, each a process of its own, as somebody would have started them."""
    said = tmp_path / "scheduler.json"
    common = ["--no-dashboard", "--host", "127.0.0.1"]
    own = ["--nthreads", "1", "--no-nanny", "--scheduler-file", str(said), "--local-directory", str(tmp_path)]
    with ExitStack() as stack:

        def started(program: str, *arguments: str) -> "subprocess.Popen[bytes]":
            command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, *common]
            one = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.enter_context(one)
            stack.callback(one.kill)
            return one

        scheduler = started("dask_scheduler", "--port", "0", "--scheduler-file", str(said))
        workers = tuple(started("dask_worker", *own) for _ in range(2))
        for _ in range(600):
            if said.exists() and said.stat().st_size:
                break
            time.sleep(0.05)
        yield Dask(json.loads(said.read_text())["address"], scheduler, workers)


class Striking(Cluster):
    """Ends a process as it sends its third errand, once two workers are there."""

    sent = 0
    victim: "subprocess.Popen[bytes] | None" = None

    def send(self, rules: bytes, errand: bytes, /):
        self.sent += 1
        if self.sent == 1:
            self._reached().wait_for_workers(2, timeout=60)
            self.lost  # noqa: B018 - counts who is there
        if self.sent == 3 and self.victim is not None:
            self.victim.kill()
            self.victim.wait()
        return super().send(rules, errand)


def test_a_cluster_comes_to_the_same_also_when_a_worker_is_killed(dask: Dask, tmp_path: Path, decider: Decider) -> None:
    world = spreading.world(tmp_path / "world", decider)
    here = world.one_night("here", IN_PROCESS)
    with Cluster(dask.address) as whole:
        spread = Spread(whole)
        assert world.one_night("whole", spread) == here
        assert (spread.told.elsewhere, spread.told.here) == (9, 0)
    with Striking(dask.address) as struck:
        struck.victim = dask.workers[0]
        spread = Spread(struck)
        assert world.one_night("struck", spread) == here
        assert (spread.told.elsewhere, spread.told.here, spread.told.lost) == (9, 0, 1)


def test_a_cluster_that_goes_leaves_the_night_to_this_process(dask: Dask, tmp_path: Path, decider: Decider) -> None:
    world = spreading.world(tmp_path / "world", decider)
    with Striking(dask.address) as struck:
        struck.victim = dask.scheduler
        spread = Spread(struck, patience=20)
        assert world.one_night("gone", spread) == world.one_night("here", IN_PROCESS)
        assert spread.told.here > 0
        assert spread.told.elsewhere + spread.told.here == 9
    with Cluster(dask.address) as nobody:
        spread = Spread(nobody)
        assert world.one_night("nobody", spread) == world.one_night("here-too", IN_PROCESS)
        assert spread.told.why == (f"klustret på {dask.address} har inte svarat, eller har ingen arbetare",)
