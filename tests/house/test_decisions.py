"""Every library that is asked for by name is argued for, and decisions can be found."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def direct() -> list[str]:
    """Libraries and tools named in pyproject.toml and the .in files."""
    asked = [
        *PROJECT["project"]["dependencies"],
        *(one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra),
        *PROJECT["dependency-groups"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]
    for path in (ROOT / "requirements").glob("*.in"):
        lines = path.read_text(encoding="utf-8").splitlines()
        asked += [line for line in lines if line and not line.startswith("#")]
    return sorted({Requirement(text).name for text in asked})


@pytest.mark.parametrize("name", direct())
def test_a_library_is_argued_for(name: str) -> None:
    paragraphs = [text for path in DECISIONS for text in path.read_text(encoding="utf-8").split("\n\n")]
    assert any(f"**{name}**" in paragraph for paragraph in paragraphs), f"say in docs/decisions what {name} is for"


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04}-" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts(path: Path) -> None:
    headings = re.findall(r"^#+ .*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0].startswith(f"# {int(path.name[:4])}. ")
    assert headings[1:] == ["## Context", "## Decision", "## Consequences"]
