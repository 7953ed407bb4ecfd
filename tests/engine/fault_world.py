"""Faults, injected for real: processes killed at system calls, calls that fail, writes of which only part survived.

Each function injects one fault into a register that another process writes to, and checks what is left: the register
opens, its chain holds, and every fact that was acknowledged is there. Run as a program it counts:
`python -m tests.engine.fault_world [ROUNDS]`.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tests.engine.fault_clocks import wrong_clocks
from tests.engine.fault_memory import sweep
from tests.engine.meetings import meeting

from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.problems import Rejected

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2025, 3, 1, tzinfo=UTC)
SAFE, ALL = 90, 180
"""Facts acknowledged when the power goes, and with those being written then: some twenty pages of the log."""
WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.problems import Rejected
from tests.engine.meetings import meeting
path, first, count, size = Path(sys.argv[1]), *map(int, sys.argv[2:])
try:
    with open_register(path, create=True, timeout=30) as register:
        if size:
            register.connection.execute("PRAGMA wal_autocheckpoint = 8")  # so that checkpoints are hit too
        for start in range(first, first + count * max(size, 1), max(size, 1)):
            facts = [meeting(n, date(2025, 2, 3)) for n in range(start, start + max(size, 1))]
            register.append(facts, now=datetime(2025, 3, 1, tzinfo=UTC))
            print(*(fact.id for fact in facts), flush=True)
except Rejected as refused:
    print(refused, file=sys.stderr)
    sys.exit(2)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fault did: whether the process died or gave up, and how many facts it had acknowledged."""

    struck: bool
    acknowledged: int
    said: str = ""


def environment() -> dict[str, str]:
    """Where another process finds the program."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("rules", "engine", ""))}


def command(path: Path, first: int, count: int, size: int = 3) -> list[str]:
    """A process that adds `count` times `size` facts and says which it has added."""
    return [sys.executable, "-c", WRITER, str(path), str(first), str(count), str(size)]


def sound(path: Path, acknowledged: Sequence[str]) -> None:
    """The register opens, verifies, can be written to, and has every acknowledged fact; of a batch all or nothing."""
    with open_register(path, create=True) as register:
        assert verify_register(register).problems == ()
        found = {fact.id for fact in register.facts()}
        assert set(acknowledged) <= found, sorted(set(acknowledged) - found)
        batches = Counter((int(one[1:]) - 1) // 3 for one in found)
        assert set(batches.values()) <= {3}


def next_number(path: Path) -> int:
    """The number of the next fact."""
    if not path.exists():
        return 1
    with open_register(path, create=True) as register:
        return register.count() + 1


def killed_at_random(path: Path, delay: float) -> Outcome:
    """SIGKILL after a while."""
    with subprocess.Popen(
        command(path, next_number(path), 100_000), stdout=subprocess.PIPE, text=True, env=environment()
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(delay)
        writer.kill()
        rest = writer.stdout.read().rpartition("\n")[0]
    done = f"{first} {rest}".split()
    sound(path, done)
    return Outcome(True, len(done))


def at_system_call(path: Path, call: str, fault: str, number: int, count: int = 6) -> Outcome:
    """Strike the `number`th call of a kind: `signal=SIGKILL` on its way in, or `error=ENOSPC` and the like."""
    inject = f"--inject={call}:{fault}:when={number}"
    # A filter stops the process at these calls only, which is twice as quick; signals do not get through it.
    only = ["--seccomp-bpf"] if fault.startswith("error") else []
    tracing = ["strace", "-f", *only, "-qq", "-o", os.devnull, f"--trace={call}", inject]
    done = subprocess.run(
        [*tracing, *command(path, next_number(path), count)],
        capture_output=True, text=True, env=environment(), check=False,
    )  # fmt: skip
    acknowledged = done.stdout.split()
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 2, -signal.SIGKILL, 128 + signal.SIGKILL), (done.returncode, done.stderr)
    sound(path, acknowledged)
    return Outcome(done.returncode != 0, len(acknowledged), done.stderr)


STRUCK = """
import json, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from avtalsvakt_engine.storage.database.backups import backup
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.database.restoring import restore
left = 0
def struck(real):
    def call(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*arguments, **options)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return call
for name in ("fsync", "link", "replace", "unlink"):
    setattr(os, name, struck(getattr(os, name)))
def work(what, path, copy):
    if what == "backup":
        with open_register(path) as register:
            backup(register, copy)
    else:
        restore(copy, path, datetime(2026, 11, 22, tzinfo=UTC))
for line in sys.stdin:
    what, path, copy, left = json.loads(line)
    child = os.fork()
    if not child:
        work(what, Path(path), Path(copy))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

Killed = Callable[[str, Path, Path, int], bool]


@contextmanager
def copying_killed() -> Iterator[Killed]:
    """Kills a backup or restore just before (odd) or after (even) its `number`th fsync, link, replace or unlink.

    `killed(what, path, copy, number)` says whether it got to the end unharmed. Each is a process of its own, and all
    are children of one that has read the program, which takes longer than the copying.
    """
    with subprocess.Popen(
        [sys.executable, "-c", STRUCK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    ) as parent:

        def killed(what: str, path: Path, copy: Path, number: int) -> bool:
            assert parent.stdin is not None and parent.stdout is not None
            print(json.dumps([what, str(path), str(copy), number]), file=parent.stdin, flush=True)
            code = int(parent.stdout.readline())
            assert code in (0, -signal.SIGKILL)
            return code == 0

        yield killed


def with_little_room(path: Path, room: int) -> Outcome:
    """A limit to the size of files, in bytes, as a full disk or a quota would set."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        command(path, next_number(path), 400), capture_output=True, text=True, env=environment(), check=False,
        preexec_fn=limit,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    acknowledged = done.stdout.split()
    sound(path, acknowledged)
    return Outcome(True, len(acknowledged), done.stderr)


def torn_writes(folder: Path, rounds: int, seed: int = 1) -> int:
    """Power failures: of what was written after the last flush any part survives. Returns how many were tried.

    The log is cut, zeroed or filled with rubbish anywhere after the last acknowledged commit; during a checkpoint any
    of the database's pages may be old or new while the log is whole.
    """
    chance = random.Random(seed)
    path = folder / "r.db"
    with open_register(path, create=True) as register:
        register.connection.execute("PRAGMA wal_autocheckpoint = 0")
        register.append([meeting(n, date(2025, 2, 3)) for n in range(1, SAFE + 1)], now=NOW)
        old = path.read_bytes()
        safe = _log(path).stat().st_size
        register.append([meeting(n, date(2025, 2, 3)) for n in range(SAFE + 1, ALL + 1)], now=NOW)
        log = _log(path).read_bytes()
        register.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        new = path.read_bytes()
    for number in range(rounds):
        struck = folder / f"struck-{number}.db"
        if number % 2:
            struck.write_bytes(_mixed(old, new, chance))
            _log(struck).write_bytes(log)
            count = ALL
        else:
            struck.write_bytes(old)
            _log(struck).write_bytes(_torn(log, safe, chance))
            count = SAFE
        sound(struck, [f"m{n}" for n in range(1, count + 1)])
        for left in folder.glob("struck-*"):
            left.unlink()
    return rounds


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _torn(log: bytes, safe: int, chance: random.Random) -> bytes:
    """The log with everything up to `safe` and some of what follows."""
    cut = chance.randrange(safe, len(log))
    kind = chance.choice(("cut", "zeroed", "rubbish", "hole"))
    if kind == "cut":
        return log[:cut]
    if kind == "zeroed":
        return log[:cut] + bytes(len(log) - cut)
    if kind == "rubbish":
        return log[:cut] + chance.randbytes(min(4096, len(log) - cut))
    end = min(len(log), cut + 512)
    return log[:cut] + bytes(end - cut) + log[end:-1]


def _mixed(old: bytes, new: bytes, chance: random.Random, page: int = 4096) -> bytes:
    """Each page as it was or as it was to be."""
    return b"".join(
        (new if start >= len(old) or chance.random() < 0.5 else old)[start : start + page]
        for start in range(0, len(new), page)
    )


CALLS = {"pwrite64": 9, "fdatasync": 2, "ftruncate": 1, "unlink": 1}
"""System calls by which SQLite writes, and how far apart they are struck."""

FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO")


def can_trace() -> bool:
    """Whether strace is here and may be used."""
    if not shutil.which("strace"):
        return False
    tracing = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", os.devnull, "true"]
    tried = subprocess.run(tracing, capture_output=True, check=False)
    return tried.returncode == 0


def main(rounds: int) -> None:
    """Inject `rounds` faults of each kind and print how many struck and what was acknowledged."""
    struck: Counter[str] = Counter()
    acknowledged: Counter[str] = Counter()

    def note(kind: str, outcome: Outcome) -> None:
        struck[kind] += outcome.struck
        acknowledged[kind] += outcome.acknowledged

    chance = random.Random(rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(rounds):
            note("SIGKILL at random", killed_at_random(folder / "random.db", chance.random() / 10))
        _trace(folder, rounds, note)
        for room in range(40_000, 40_000 + rounds * 9_000, 9_000):
            note("no room", with_little_room(folder / f"room-{room}.db", room))
        struck["torn writes, mixed pages"] = torn_writes(folder, rounds * 20)
        struck["SIGKILL in backups"] = _killed_backups(folder)
        struck["clock set, in and between runs"] = wrong_clocks(folder, rounds * 10, seed=rounds)
        for words, tried in sweep(folder, range(45, 45 + rounds * 8, 8)):
            note(f"little memory for {words}", Outcome(not tried.done, 0))
    for kind, count in struck.items():
        print(f"{kind:36}{count:6} struck, {acknowledged[kind]:6} acknowledged facts, none lost, no register damaged")
    print(f"{'all':36}{sum(struck.values()):6}")


def _killed_backups(folder: Path) -> int:
    """A backup killed before and after every flush and every change of a name; how many times."""
    path = folder / "backed-up.db"
    with open_register(path, create=True) as register:
        register.append([meeting(n, date(2025, 2, 3)) for n in range(1, 31)], now=NOW)
    number = 1
    with copying_killed() as killed:
        while not killed("backup", path, folder / f"copy-{number}.db", number):
            sound(path, [f"m{n}" for n in range(1, 31)])
            number += 1
    return number - 1


def _trace(folder: Path, rounds: int, note: Callable[[str, Outcome], None]) -> None:
    for call in CALLS if can_trace() else ():
        for fault in FAULTS:
            for number in range(1, 1 + rounds * CALLS[call], CALLS[call]):
                path = folder / f"{call}-{fault[-6:]}.db"
                try:
                    note(f"{fault} at {call}", at_system_call(path, call, fault, number, count=20))
                except Rejected as refused:
                    raise AssertionError(f"{call} {fault} {number}") from refused


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
