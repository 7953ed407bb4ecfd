"""The repository stands on its own: no paths of the machine it was written on, and all of it ends up in the wheel."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE_ROOTS = ("rules", "engine", "calendars", "service")
SKIPPED = {"__pycache__", "var", "build", "dist"}
MACHINE = re.compile(r"(?<![\w.~/}])/(home|root|work|Users|opt|mnt|srv)/\w")


def own_files() -> list[Path]:
    """Files of the project: nothing hidden, nothing made by running it."""
    found = []
    for folder, inner, files in os.walk(ROOT):
        inner[:] = filter(_own, inner)
        found += [(Path(folder) / name).relative_to(ROOT) for name in filter(_own, files)]
    return found


def _own(name: str) -> bool:
    return name not in SKIPPED and not name.startswith(".")


def test_no_file_names_a_place_on_someones_machine() -> None:
    texts = {path: (ROOT / path).read_text(encoding="utf-8", errors="ignore") for path in own_files()}
    guilty = [
        f"{path}:{number}"
        for path, text in texts.items()
        if path != Path(__file__).relative_to(ROOT) and MACHINE.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert guilty == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy of the project."""
    copy = tmp_path_factory.mktemp("project")
    for name in (*SOURCE_ROOTS, "docs"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    (built,) = (copy / "out").glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_module_and_every_data_file(wheel: set[str]) -> None:
    wanted = {path.relative_to(path.parts[0]).as_posix() for path in own_files() if path.parts[0] in SOURCE_ROOTS}
    assert "avtalsvakt_rules/vocabulary.yaml" in wanted
    assert wanted - wheel == set()


def test_the_wheel_carries_the_licence_and_nothing_under_a_common_name(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    packages = {"avtalsvakt", "avtalsvakt_calendars", "avtalsvakt_engine", "avtalsvakt_rules"}
    assert {top for top in tops if not top.endswith((".dist-info", ".data"))} == packages
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)


def test_the_wheel_carries_the_guides_that_messages_name(wheel: set[str]) -> None:
    texts = [
        (ROOT / path).read_text("utf-8")
        for path in own_files()
        if path.parts[0] in SOURCE_ROOTS and path.suffix == ".py"
    ]
    named = set(re.findall(r"\bdocs/[\w/-]+\.md\b", "\n".join(texts)))
    carried = {name.partition("/data/share/doc/avtalsvakt/")[2] for name in wheel}
    assert "docs/drift.md" in named
    assert named - carried == set()
