"""The set-up script refuses clearly, and changes nothing when it does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with what the set-up reads, and no environment."""
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def program(folder: Path, name: str, text: str) -> str:
    """A small program put before all others of its name."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def refused(copy: Path, level: str, python: str, path: str | None = None) -> str:
    """What the script says when it stops, run by someone who is not root; nothing may be left behind."""
    program(copy / "bin", "id", "echo 1000")
    surroundings = {**os.environ, "PYTHON": python, "PATH": path or f"{copy / 'bin'}:{os.environ['PATH']}"}
    command = [str(copy / "scripts/setup.sh"), level]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert not (copy / ".venv").exists()
    assert done.stderr.startswith("Installationen avbröts: ")
    assert "Varför: " in done.stderr
    assert "Åtgärd: " in done.stderr
    return done.stderr


def test_an_unknown_level(copy: Path) -> None:
    assert "okänd nivå «allt»" in refused(copy, "allt", sys.executable)


def test_a_python_that_does_not_start(copy: Path) -> None:
    broken = program(copy / "bin", "broken", "exit 127")
    assert f"{broken} duger inte" in refused(copy, "runtime", broken)


def test_a_python_that_is_too_old(copy: Path) -> None:
    old = program(copy / "bin", "old", 'case "$2" in *version_info*3,\\ 11*) exit 1;; esac')
    assert "äldre än Python 3.11" in refused(copy, "runtime", old)


@pytest.mark.parametrize(("lacking", "package"), [("ensurepip", "venv"), ("Python.h", "dev")])
def test_a_python_that_lacks_a_part_is_told_the_package(copy: Path, lacking: str, package: str) -> None:
    partial = program(copy / "bin", "partial", f'case "$2" in *{lacking}*) exit 1;; esac\nexec "{sys.executable}" "$@"')
    wanted = f"python{sys.version_info[0]}.{sys.version_info[1]}-{package}"
    assert f"apt-get install {wanted}»" in refused(copy, "runtime", partial)


def test_a_missing_compiler_is_told_as_a_package(copy: Path) -> None:
    here = copy / "bin"
    here.mkdir()
    for name in ("bash", "env", "dirname", "cat", "flock", "awk", "rm", "mktemp"):
        if found := shutil.which(name):
            (here / name).symlink_to(found)
    assert "apt-get install build-essential»" in refused(copy, "runtime", sys.executable, path=str(here))
