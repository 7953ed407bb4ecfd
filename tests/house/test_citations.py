"""What the code says it follows is there: sections of docs/semantics.md and headings of docs/regelspraket.md."""

import re
from pathlib import Path

import pytest

from avtalsvakt_engine.rulesets import QUESTIONS

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## \d+\. (.+)$", CONTRACT, re.MULTILINE)
CITED = re.compile(r"semantics\.md[,:;]? ?[(#]?(?:sections? |§ ?|(?=[A-ZÅÄÖ\d]))(.{,120})")
"""What a citation says after the name of the contract. A sentence that goes on with a small letter cites nothing."""
FOLDERS = ("rules", "engine", "calendars", "service", "tests", "docs")
FILES = sorted(path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.suffix in (".py", ".md", ".yaml"))


def test_the_sections_are_numbered_without_gaps() -> None:
    numbers = re.findall(r"^## (\d+)\. ", CONTRACT, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(SECTIONS) + 1)]


CITING = [str(one.relative_to(ROOT)) for one in FILES if "semantics.md" in one.read_text(encoding="utf-8")]


def forms(title: str) -> list[str]:
    """What a section may be called: its title, or the first parts of one that is a list."""
    parts = title.split(", ")
    return [", ".join(parts[:number]) for number in range(len(parts), 0, -1)]


KNOWN = [*(form for title in SECTIONS for form in forms(title)), *(str(number) for number, _ in enumerate(SECTIONS, 1))]


def uncited(said: str) -> str:
    """What of a citation names no section; empty where it names one, or several (`Words, § Time`; `Time and Words`)."""
    found = next((form for form in KNOWN if re.match(rf"{re.escape(form)}(?!\w)", said)), None)
    if found is None:
        return said
    rest = said.removeprefix(found)
    if more := re.match(r"(?:; |, | and )§ (.*)|(?:; | and )(?=[A-Z])(.*)", rest):
        return uncited(more[1] or more[2])
    if topic := re.match(r", (\w+)", rest):
        return "" if topic[1].istitle() and re.search(rf"\b{topic[1]}\b", CONTRACT) else said
    return ""


def in_one_line(path: Path) -> str:
    return re.sub(r"\s*\n[ \t#]*", " ", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CITING)
def test_a_cited_section_exists(name: str) -> None:
    wrong = [left for said in CITED.findall(in_one_line(ROOT / name)) if (left := uncited(said))]
    assert not wrong, wrong


WRONG = (
    "Reckoning.",
    "Counting, moonlight",
    "99",
    "11.",
    "Words, § Rime",
    "Time and Rhyme.",
    "Counted",
    "Steps; Words and Verse",
)


@pytest.mark.parametrize("said", WRONG)
def test_a_section_that_there_is_not_is_found(said: str) -> None:
    assert uncited(said)
    for before in (", ", " § ", " §", ", section ", ", sections ", " (", "#"):
        assert CITED.findall(f"semantics.md{before}{said}") == [said]


LANGUAGE = (ROOT / "docs" / "regelspraket.md").read_text(encoding="utf-8")
HEADINGS = set(re.findall(r"^###? (.+)$", LANGUAGE, re.MULTILINE))
CITED_OF_THE_LANGUAGE = re.compile(r"regelspraket\.md[\s,:(#§]*([A-ZÅÄÖ][^.,:;)\"\n]*(?:\n[^.,:;)\"\n]+)?)")
CITING_THE_LANGUAGE = [
    str(one.relative_to(ROOT)) for one in FILES if one.suffix == ".py" and CITED_OF_THE_LANGUAGE.search(one.read_text())
]


@pytest.mark.parametrize("name", CITING_THE_LANGUAGE)
def test_a_cited_heading_of_the_rule_language_exists(name: str) -> None:
    found = CITED_OF_THE_LANGUAGE.findall((ROOT / name).read_text(encoding="utf-8"))
    cited = {" ".join(heading.split()) for heading in found}
    assert cited <= HEADINGS, cited - HEADINGS


def test_what_a_row_of_the_rulesets_cites_of_the_language_is_under_that_heading() -> None:
    cited = {
        text
        for question in QUESTIONS.values()
        for text in (question.cites, *(row.because for row in question.rows))
        for text in re.findall(r"regelspraket\.md [^;]+", text)
    }
    assert cited
    for text in cited:
        heading, word = re.findall(r"regelspraket\.md ([^:]+): (\w+).*", text)[0]
        section = LANGUAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
        assert f"`{word}`" in section or f"norm: {word}" in section, text


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
