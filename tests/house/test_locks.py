"""What is installed is pinned, by hash, without saying where it comes from, and agrees with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def entries(name: str) -> list[str]:
    """The lock's entries, continued lines joined, comments left out."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def pins(name: str) -> dict[str, set[str]]:
    """Versions by package; a package may be pinned differently for different machines."""
    found: dict[str, set[str]] = {}
    for entry in entries(name):
        requirement = Requirement(entry.split(" --hash")[0])
        found.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return found


def wanted_by(lock: str) -> list[Requirement]:
    """What must be found in the lock."""
    build = [
        *PROJECT["build-system"]["requires"],
        *(
            line
            for line in (ROOT / "requirements/build.in").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")
        ),
    ]
    runtime = PROJECT["project"]["dependencies"]
    pdf = [*runtime, *PROJECT["project"]["optional-dependencies"]["pdf"]]
    chat = [*runtime, *PROJECT["project"]["optional-dependencies"]["chat"]]
    cluster = [*runtime, *PROJECT["project"]["optional-dependencies"]["cluster"]]
    dev = [*pdf, *chat, *cluster, *PROJECT["dependency-groups"]["dev"]]
    wanted = {"build": build, "runtime": runtime, "pdf": pdf, "chat": chat, "cluster": cluster, "dev": dev}
    return [Requirement(text) for text in wanted[lock]]


def test_every_purpose_has_its_lock() -> None:
    assert [path.stem for path in LOCKS] == ["build", "chat", "cluster", "dev", "lock", "pdf", "runtime"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_index_and_no_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    address, option, path = r"://|\s@\s", r"^\s*-(?!-hash=)", r"(^|\s)/\w"
    assert not re.search(f"{address}|{option}|{path}", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_entry_has_one_version_and_its_hashes(lock: Path) -> None:
    for entry in entries(lock.stem):
        assert re.fullmatch(r"[a-z0-9.-]+==[^\s;*]+( ;[^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry), entry


@pytest.mark.parametrize("lock", ["build", "runtime", "pdf", "chat", "cluster", "dev"])
def test_a_lock_has_what_the_project_asks_for(lock: str) -> None:
    found = pins(lock)
    for requirement in wanted_by(lock):
        versions = found.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}.lock: run make lock"
        for version in versions:
            assert requirement.specifier.contains(version.removeprefix("=="), prereleases=True), requirement


def test_what_is_tested_is_what_is_run() -> None:
    tested = pins("dev")
    assert {name: tested.get(name) for name in pins("runtime")} == pins("runtime")
    assert {name: tested.get(name) for name in pins("pdf")} == pins("pdf")
    assert {name: tested.get(name) for name in pins("chat")} == pins("chat")
    assert {name: tested.get(name) for name in pins("cluster")} == pins("cluster")
