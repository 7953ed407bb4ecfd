"""What only some systems have is asked for in one place (check_other_systems.py: what is done without it)."""

import ast
import re
from pathlib import Path

import pytest

from avtalsvakt_rules import machine
from avtalsvakt_rules.problems import Rejected

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("rules", "engine", "calendars", "service")
ONLY_SOME = {"fcntl", "resource", "pwd", "grp", "termios", "msvcrt", "winreg", "posix"}
CALLS = {"fork", "geteuid", "getuid", "fchmod", "chown", "pread", "pwrite", "O_NOFOLLOW", "killpg", "setsid", "getpgid",
         "posix_fallocate", "sched_setaffinity", "setitimer", "pthread_sigmask", "SIGALRM", "SIGHUP"}  # fmt: skip
EXCEPT = {
    "rules/avtalsvakt_rules/machine.py",
    "engine/avtalsvakt_engine/inference/worker.py",  # a process that is started only where pipes can be waited for
    "engine/avtalsvakt_engine/inference/process.py",  # which refuses before it comes to its calls
}


ANY = re.compile(rf"\b(?:{'|'.join(sorted(ONLY_SOME | CALLS))})\b")


def own(path: Path) -> set[str]:
    found, text = set(), path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if ANY.search(text) else ():
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names} & ONLY_SOME
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} & ONLY_SOME
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("os", "signal"):
            found |= {node.attr} & CALLS
    return found


def test_only_one_module_asks_for_what_only_some_systems_have() -> None:
    paths = [path for source in SOURCES for path in sorted((ROOT / source).rglob("*.py"))]
    assert len(paths) > 300
    guilty = {name: found for path in paths if (found := own(path)) and (name := path.relative_to(ROOT).as_posix())}
    assert guilty.keys() - EXCEPT == set(), guilty


def test_what_cannot_be_done_without_them_is_refused_in_four_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "fcntl", None)
    monkeypatch.setattr(machine, "resource", None)
    with pytest.raises(Rejected) as mail:
        machine.lock_alone(0, "breven kan inte sändas", "registret")
    with pytest.raises(Rejected) as sandbox:
        machine.check_limits("regelfiler kan inte prövas här", "sandlådan")
    for refused, why in ((mail, "systemet har inga fillås"), (sandbox, "systemet kan inte begränsa")):
        [problem] = refused.value.problems
        assert problem.what and problem.where and problem.remedy
        assert why in problem.why
    assert machine.descriptors() is None
