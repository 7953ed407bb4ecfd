"""What the code says it follows is there: every section of the contract that is cited exists in docs/semantics.md."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## \d+\. (.+)$", CONTRACT, re.MULTILINE)
CITED = re.compile(r"semantics\.md(?: §|, sections?|,| section) ([A-Z][a-z]+)")
FOLDERS = ("rules", "engine", "calendars", "service", "tests", "docs")
FILES = sorted(path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.suffix in (".py", ".md", ".yaml"))


def test_the_sections_are_numbered_without_gaps() -> None:
    numbers = re.findall(r"^## (\d+)\. ", CONTRACT, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(SECTIONS) + 1)]


CITING = [str(one.relative_to(ROOT)) for one in FILES if "semantics.md" in one.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", CITING)
def test_a_cited_section_exists(name: str) -> None:
    known = {title.split()[0].rstrip(",") for title in SECTIONS}
    cited = set(CITED.findall((ROOT / name).read_text(encoding="utf-8")))
    assert cited <= known, cited - known


def test_nothing_cites_a_document_that_is_not_here() -> None:
    sketch = "language-" + "sketch.md"
    assert [one for one in FILES if sketch in one.read_text(encoding="utf-8")] == []


def test_the_places_of_the_glossary_exist() -> None:
    rows = [
        line.split("|")[3]
        for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
        if "`" in line
    ]
    for row in rows:
        first, *others = [one for one in re.findall(r"`([^`]+)`", row) if "/" in one]
        package = ROOT / "/".join(first.split("/")[:2])
        assert (ROOT / first).is_file(), first
        assert all((ROOT / one).is_file() or (package / one).is_file() for one in others), others
