"""What leads a reader leads somewhere: links and their headings, and the places that docs/developers.md names."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "fixtures").glob("*.md")),
]
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
PLACE = re.compile(r"`((?:rules|engine|calendars|service)/[\w./]+\.py)` · `([\w.]+)`")
QUESTIONS = [
    line.split("|")
    for line in (ROOT / "docs" / "developers.md").read_text(encoding="utf-8").partition("## Ten everyday questions")[2]
    .partition("\n## ")[0].splitlines()
    if line.startswith("| ") and "?" in line
]  # fmt: skip


def prose(path: Path) -> str:
    """The document without its blocks of code."""
    return re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def anchors(path: Path) -> set[str]:
    """What the headings of a document are called in links, as the usual readers of Markdown make it."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading_that_exist(path: Path) -> None:
    for target, anchor in LINK.findall(prose(path)):
        if target.startswith(("http://", "https://", "webcal://", "mailto:")):
            continue
        found = (path.parent / target).resolve() if target else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), f"{target}#{anchor}"


def named(path: Path) -> set[str]:
    """Every function, class, method and constant of a module, methods after their class."""
    out: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            out.add(node.name)
        if isinstance(node, ast.ClassDef):
            out |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        out |= {one.id for one in targets if isinstance(one, ast.Name)}
    return out


def test_ten_questions_are_answered() -> None:
    assert len(QUESTIONS) == 10
    assert all(PLACE.search(row[2]) for row in QUESTIONS)


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row[1].strip())
def test_the_place_that_answers_a_question_exists(row: list[str]) -> None:
    for file, name in PLACE.findall(row[2]):
        assert (ROOT / file).is_file(), file
        assert name in named(ROOT / file), f"{file}: {name}"


def test_every_reader_is_led_to_a_page() -> None:
    start = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert "docs/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    parts = start.split("\n## ")[1:]
    assert len(parts) == 5
    assert all(LINK.search(part) for part in parts)


def test_every_guide_is_reached_from_the_start() -> None:
    """Following links from the first page, every document in docs is found."""
    todo, seen = [ROOT / "README.md"], set()
    while todo:
        page = todo.pop()
        if page in seen or not page.is_file() or page.suffix != ".md":
            continue
        seen.add(page)
        todo += [(page.parent / target).resolve() for target, _ in LINK.findall(prose(page)) if target]
    apart = {path for path in (ROOT / "docs").rglob("*.md") if "decisions" not in path.parts}
    assert apart - seen == set()
