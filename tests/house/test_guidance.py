"""What leads a reader leads somewhere: links and their headings, and the places that docs/developers.md names."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from avtalsvakt.pages.texts import texts

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "fixtures").glob("*.md")),
]
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
PLACE = re.compile(r"`((?:rules|engine|calendars|service)/[\w./]+\.py)` · `([\w.]+)`")
GUIDE = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of docs/developers.md, without its head."""
    lines = GUIDE.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    return [line.split("|") for line in lines if line.startswith("| ")][1:]


QUESTIONS = rows("Ten everyday questions")
MORE = rows("Fifteen more")
WAY = rows("From a line in a file to a verdict")
MODULES = [path for room in ("rules", "engine", "calendars", "service") for path in sorted((ROOT / room).rglob("*.py"))]
PLACES = {str(path.relative_to(ROOT).with_suffix("")).removesuffix("/__init__") for path in MODULES}
"""Every module and room by its path, without the end of its name."""


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
    """Every function, class, method and constant of a module, methods and fields after their class."""
    out: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            out.add(node.name)
        if isinstance(node, ast.ClassDef):
            out |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
            fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
            out |= {f"{node.name}.{one.id}" for one in fields if isinstance(one, ast.Name)}
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        out |= {one.id for one in targets if isinstance(one, ast.Name)}
    return out


@cache
def every_name() -> frozenset[str]:
    return frozenset(name for path in MODULES for name in named(path))


def test_ten_questions_and_fifteen_more_are_answered() -> None:
    assert (len(QUESTIONS), len(MORE)) == (10, 15)
    for row in (*QUESTIONS, *MORE):
        assert row[1].strip().endswith("?")
        assert PLACE.search(row[2]) or "COMMANDS" in row[2], row


@pytest.mark.parametrize("row", [*QUESTIONS, *MORE], ids=lambda row: row[1].strip())
def test_the_place_that_answers_a_question_exists(row: list[str]) -> None:
    for file, name in PLACE.findall(row[2]):
        assert (ROOT / file).is_file(), file
        assert name in named(ROOT / file), f"{file}: {name}"
    for file in re.findall(r"`((?:rules|engine|calendars|service)/[\w./]+)`", row[2]):
        assert (ROOT / file).exists(), file


def standing(name: str, rooms: set[str]) -> list[str]:
    """The modules and rooms that a name means in a row: by path, or beside those that the row names by path."""
    if "/" in name:
        return [one for one in PLACES if f"/{one}".endswith(f"/{name.rstrip('/')}")]
    if name.endswith("_*"):
        return [
            one for one in PLACES if one.rpartition("/")[2].startswith(name[:-1]) and one.rpartition("/")[0] in rooms
        ]
    return [one for one in PLACES if one.rpartition("/")[2] == name and one.rpartition("/")[0] in rooms]


@pytest.mark.parametrize("row", WAY, ids=lambda row: row[1].strip())
def test_every_module_on_the_way_of_a_fact_stands_there(row: list[str]) -> None:
    """What is written as code is a module, by its path or in a room of the row, or after a dot something in it."""
    words = re.findall(r"`([\w./*]+)`", re.sub(r"\(`[^)]*\)", "", re.sub(r"\(from [^)]*\)", "", row[2])))
    after = set(re.findall(r"· `([\w.]+)`", row[2]))
    tops = {one for one in PLACES if one.count("/") == 1}
    paths = [one for word in words if "/" in word for one in standing(word, set())]
    rooms = tops | {place for one in paths for place in (one, one.rpartition("/")[0])}
    assert words
    for word in words:
        assert word in every_name() if word in after else standing(word, rooms), word


def test_whatever_else_the_guide_names_is_there() -> None:
    """In ideas and how-tos: `Class.method`, constants, and modules by path."""
    text = GUIDE.partition("## Four ideas")[2]
    for word in re.findall(r"`([A-Z]\w+(?:\.\w+)?)(?:\(\w+\))?`", text):
        assert word in every_name() or (word.isupper() and len(word) < 5), word
    for word in re.findall(r"`([a-z_]+/[a-z_/]+)`", text):
        assert standing(word, set()) or (ROOT / word).exists(), word


def test_the_places_of_the_glossary_have_what_they_are_named_for() -> None:
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines():
        for file, name in re.findall(r"`([\w/]+\.py)` \(`([\w.]+)`\)", line):
            assert name in named(ROOT / file), f"{file}: {name}"


@pytest.mark.parametrize("name", ["sidorna", "behorigheter"])
def test_what_a_guide_says_that_a_page_shows_is_what_it_shows(name: str) -> None:
    """Words in bold without a stop are headings, links and buttons of the pages."""
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    shown = {" ".join(one.split()) for one in re.findall(r"\*\*([^*]+)\*\*", text) if not one.endswith(".")}
    assert shown and shown <= set(texts().values()), shown - set(texts().values())


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
