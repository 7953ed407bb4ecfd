"""The pages of answers, word for word, in three widths: `python -m tests.service.answer_pages` writes them anew."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.command_line import FACTS, NOW, RULES, call

from avtalsvakt import clock
from avtalsvakt.terminal import paper

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (80, 100, 120)
PAGES = {
    "overdue": ("overdue", "--ended"),
    "upcoming": ("upcoming", "--before", "2027-01-01"),
    "agenda": ("agenda", "lokal styrgrupp"),
    "status": ("status",),
    "forecast": ("forecast", "--until", "2027-07-31"),
    "what-if": ("what-if", "--agreement", "lokal", "--suppose", "möte hållet 2026-12-08 lokal styrgrupp"),
    "history": ("history", "lokal.plan.2025-H2"),
    "changes-since": ("changes", "--since", "2026-01-01"),
    "report": ("report", "--from", "2026-01-01", "--to", "2026-12-31"),
    "handover": ("handover", "--agreement", "lokal"),
}


def made(folder: Path) -> Path:
    """A register with the invented agreement, judged on the morning of the example, and once more after a meeting."""
    db = folder / "register.db"
    assert call("--db", db, "init").code == 0
    assert call("--db", db, *RULES, "import", "--as-recorded", "--by", "prov", FACTS).code == 0
    assert call("--db", db, *RULES, "run").code == 0
    recorded = ("document_revised", "--agreement", "lokal", "--date", "2026-11-20", "document=åtgärdsplan")
    assert call("--db", db, *RULES, "record", "--by", "prov", *recorded).code == 0
    return db


def pages(db: Path, width: int) -> Iterator[tuple[str, str]]:
    """Each page by its name, as wide as that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(paper, "PIPED", width)
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        for name, words in PAGES.items():
            copy = Path(shutil.copy(db, db.with_name("copy.db")))
            yield name, call("--db", copy, *RULES, *words).out


def golden(name: str, width: int) -> Path:
    """Where a page is kept."""
    return GOLDEN / f"{name}-{width}.txt"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as still:
        still.setattr(clock, "now", lambda: NOW)
        still.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        register = made(Path(temporary))
        for columns in WIDTHS:
            for page, text in pages(register, columns):
                golden(page, columns).write_text(text, encoding="utf-8")
