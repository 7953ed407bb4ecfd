"""Out of memory: the program's own commands under a limit of address space, as a small machine or a container sets it.

Each either does all of its work, or says in four parts that memory is short; the register holds, and what was
acknowledged is there. A limit below what starting takes ends in Python itself and is no concern of the program's.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import open_register

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1 << 20
ROWS = 4000
SAID = re.compile(
    r"Fel: minnet räcker inte\n  Var:    datorn\n  Varför: .+\n  Åtgärd: .+inget halvfärdigt har sparats\n"
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A command under a limit: whether it did its work, and what it said on stderr."""

    done: bool
    said: str


def program(db: Path, words: Sequence[str], megabytes: int | None = None) -> "subprocess.CompletedProcess[str]":
    """A command of the program, under a limit of address space."""

    def limited() -> None:
        if megabytes is not None:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))

    paths = os.pathsep.join(str(ROOT / name) for name in ("rules", "engine", "calendars", "service"))
    return subprocess.run(
        [sys.executable, "-m", "avtalsvakt", "--db", str(db), *words], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": paths, "AVTALSVAKT_BY": "prov", "AVTALSVAKT_DEBUG": ""}, preexec_fn=limited,
    )  # fmt: skip


def prepared(folder: Path) -> tuple[Path, Path]:
    """A register with an agreement's facts and no run, and a file with many rows to import."""
    db, rows = folder / "whole.db", folder / "many.csv"
    for words in (["init"], ["import", str(ROOT / "fixtures" / "alvsjo.csv")]):
        assert program(db, words).returncode == 0
    lines = (
        f"möte-{number},meeting_held,ostermalm-2020,2024-{1 + number % 12:02}-{1 + number % 28:02},local_steering_group"
        for number in range(ROWS)
    )
    rows.write_text("id,kind,agreement,date,body\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return db, rows


def starved(db: Path, words: Sequence[str], megabytes: int) -> Tried:
    """A command on a copy of the register; what is left is checked."""
    copy = db.with_name(f"starved-{megabytes}.db")
    shutil.copyfile(db, copy)
    before = _facts(db)
    done = program(copy, words, megabytes)
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode:
        assert done.returncode == 2 and SAID.search(done.stderr), (done.returncode, done.stderr)
    with open_register(copy) as register:
        assert verify_register(register).problems == ()
        runs = len(Store(register.connection).runs())
    after = _facts(copy)
    acknowledged = re.match(r"(\d+) nya registreringar", done.stdout)
    assert after == before + (int(acknowledged[1]) if acknowledged else 0)
    assert runs == 1 if words[0] == "run" and done.returncode == 0 else runs <= 1  # stored whole, and not shown
    for path in db.parent.glob(f"{copy.name}*"):
        path.unlink()
    return Tried(done.returncode == 0, done.stderr)


def _facts(path: Path) -> int:
    with open_register(path) as register:
        return register.count()


def sweep(folder: Path, limits: Sequence[int]) -> Iterator[tuple[str, Tried]]:
    """A run and an import under each limit, in megabytes."""
    db, rows = prepared(folder)
    for megabytes in limits:
        for words in (["run"], ["import", str(rows)]):
            yield words[0], starved(db, words, megabytes)
