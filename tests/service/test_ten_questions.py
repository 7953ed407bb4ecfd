"""The ten everyday questions of a coordinator: README and the guide ask them with commands that answer."""

import re
import shlex
from pathlib import Path

import pytest
from tests.service.command_line import NOW, call

from avtalsvakt import clock

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([^|]+\?) \| `(avtalsvakt [^`]+)` \|(?: ([^|]+) \|)?$", re.MULTILINE)
ANSWERS = {
    "overdue": ("Kan ännu göras i efterhand:", "→ avtalsvakt record", "--ended listar dem."),
    "upcoming": ("möte bokat", "Ska förberedas senast 2026-12-23, sista dag senare:", "ta upp: "),
    "agenda": ("1. Besluta om uppdateringen (lägesbild 2026-10-21), senast 2026-12-31",),
    "status": ("!! RÖTT: ", "ok GRÖNT: ", "-  SLÄCKT: "),
    "why": ("Gör så här", "avtalsvakt record decision_made --agreement ostermalm-2020"),
    "what-if": ("ostermalm-2020.styrgrupp-moten.2026: närmar sig 1/2 → uppfylld 2/2", "Inget har sparats."),
    "forecast": ("2027-01-01  försenad 1/2  Kalla styrgruppen", "→ avtalsvakt record meeting_held"),
    "changes": ("bedömdes", "för första gången"),
    "history": ("2026-01-01  försenad, känt 2026-11-22", "Överträdelse: består"),
    "attest": ("kommunpolis – senast 2026-12-31",),
}
"""What the answer on the example registers holds, by command."""


def asked(name: str) -> list[tuple[str, str, str]]:
    """The questions of a document: question, command, and what the answer is said to be."""
    text = (ROOT / name).read_text(encoding="utf-8").partition("## Tio frågor")[2].partition("\n## ")[0]
    return [(one[1], one[2], one[3] or "") for one in ROW.finditer(text)]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example registers, judged on the morning of the guide."""
    db = tmp_path_factory.mktemp("examples") / "register.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        assert call("--db", db, "init").code == 0
        assert call("--db", db, "import", "--by", "exempel", *sorted((ROOT / "fixtures").glob("*.csv"))).code == 0
        assert call("--db", db, "run").code == 0
    return db


def test_the_readme_and_the_guide_ask_the_same_ten() -> None:
    guide = asked("docs/anvandning.md")
    assert [one[:2] for one in guide] == [one[:2] for one in asked("README.md")]
    assert len(guide) == 10 and all(answer for *_, answer in guide)
    assert {shlex.split(command)[1] for _, command, _ in guide} == set(ANSWERS)


@pytest.mark.parametrize(("question", "command"), [one[:2] for one in asked("docs/anvandning.md")])
def test_the_command_answers(question: str, command: str, examples: Path, morning: object) -> None:
    words = shlex.split(command)[1:]
    answer = call("--db", examples, *words)
    assert answer.code == 0, question
    for phrase in ANSWERS[words[0]]:
        assert phrase in answer.out
