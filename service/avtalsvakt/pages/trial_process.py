"""A rule file tried out in a process of its own, with bounds on time, memory and what it writes. Nothing goes live.

In comes the text of a file, out comes what the program says of it: whether it is right, what its clauses do in invented
courses of events, and what it will ask for within two years. The register is not touched, nor the rules in use.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from avtalsvakt_rules.machine import check_limits, limit
from avtalsvakt_rules.problems import Problem, Rejected

SECONDS, MEMORY, WRITTEN = 60, 1024 * 1024 * 1024, 512 * 1024
AT_ONCE = 2
NAME = "regler.yaml"
_ROOM = threading.BoundedSemaphore(AT_ONCE)


class Said(Struct, frozen=True):
    """What one question came to: whether the program was content, and its words."""

    question: str
    good: bool
    words: str


def try_rules(text: str, instrument: str, rules: Sequence[Path]) -> tuple[Said, ...]:
    """What is said of a rule file that begins `instrument`; the other questions only where it is right.

    Raises Rejected where too many are being tried already.
    """
    check_limits("regelfiler kan inte prövas här", "sandlådan")
    if not _ROOM.acquire(blocking=False):
        why = f"högst {AT_ONCE} regelfiler prövas på en gång"
        raise Rejected([Problem("det går inte att pröva just nu", "sandlådan", why, "vänta en stund och försök igen")])
    try:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, NAME).write_text(text, encoding="utf-8")
            first = _asked("check", folder, rules, ["check", NAME])
            if not first.good:
                return (first,)
            years = ["show", instrument, "--rules", NAME]
            return (first, _asked("try", folder, rules, ["try", NAME]), _asked("show", folder, rules, years))
    finally:
        _ROOM.release()


def _asked(question: str, folder: str, rules: Sequence[Path], words: Sequence[str]) -> Said:
    """The program's words in a process of its own."""
    given = [part for one in rules for part in ("--rules", str(one.absolute()))]
    command = [sys.executable, "-m", "avtalsvakt", "--db", str(Path(folder, "inget.db")), *given, "rules", *words]
    told = Path(folder, "svar")
    with told.open("wb") as out:
        child = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            env={**os.environ, "COLUMNS": "96"},
        )  # fmt: skip
        limit(child.pid, SECONDS, MEMORY, WRITTEN)
        try:
            code = child.wait(SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            code = -1
    words_ = told.read_bytes().decode("utf-8", "replace").replace(f"{folder}/", "")
    return Said(question, code == 0, words_ if code >= 0 else "")
