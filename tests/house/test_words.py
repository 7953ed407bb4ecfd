"""One word for one thing, in everything that users read."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORMER = re.compile(r"\bplikt(er|en|erna|ens)?\b", re.IGNORECASE)
GUIDES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "fixtures").glob("*.md"))]
DATA = [
    *sorted((ROOT / "rules").rglob("*.yaml")),
    *sorted((ROOT / "service").rglob("*.json")),
    *sorted((ROOT / "tests").rglob("golden/*")),
]
ROOMS = ("rules", "engine", "calendars", "service", "bench")
CODE = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
FORMER_ADDRESS = 'DUTY, FORMER_DUTY = "skyldighet", "plikt"'  # links that people have kept still lead somewhere


@pytest.mark.parametrize("path", [*GUIDES, *DATA], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_duty_is_called_skyldighet_in_guides_rules_and_what_is_shown(path: Path) -> None:
    assert not FORMER.findall(path.read_text(encoding="utf-8"))


def test_a_duty_is_called_skyldighet_in_every_text_of_the_program() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in CODE
        for line in path.read_text(encoding="utf-8").splitlines()
        if FORMER.search(line) and line.strip() != FORMER_ADDRESS
    }
    assert found == set()


def test_the_test_knows_the_word_when_it_sees_it() -> None:
    assert FORMER.search("En plikt.") and FORMER.search("två plikter") and not FORMER.search("SAMRADPLIKT")
