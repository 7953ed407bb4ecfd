"""The coordinators' pages in a real browser: the jobs with their steps, and axe-core on every page and look."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.interop.outside import BUILD
from tests.service.command_line import call

from avtalsvakt import clock
from avtalsvakt.pages.door import Door
from avtalsvakt.pages.pages import Site, coordinators_pages
from avtalsvakt.web.server import WebServer

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=clock.STOCKHOLM)
MOST = {
    "mend_something_late": 3, "why": 1, "record_a_meeting": 3, "a_whole_chain": 4, "fix_a_mistake": 4,
    "import_a_sheet": 4, "answer_from_a_link": 2, "due_before_christmas": 1, "report_for_a_year": 2, "what_if": 3,
    "subscribe": 3, "hand_over": 2,
}  # fmt: skip
"""Clicks from the start page to the end of each job."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example registers, judged on a Monday morning."""
    db = tmp_path_factory.mktemp("sidor") / "register.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setenv("AVTALSVAKT_BY", "exempel")
        files = sorted((ROOT / "fixtures").glob("*.csv"))
        for words in (("init",), ("import", *files), ("run",)):
            assert call("--db", db, *words).code == 0
    return db


@contextmanager
def served(db: Path) -> Iterator[str]:
    pages = coordinators_pages(db, lambda: NOW, Site(Door("samordnare")))
    with WebServer(db, lambda: NOW, "127.0.0.1", 0, pages=pages) as server:
        yield server.address


def browse(*words: str) -> Any:
    program = [str(BUILD / "venv" / "bin" / "python"), str(ROOT / "tests" / "interop" / "browse.py"), *words]
    done = subprocess.run(program, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize(("size", "script"), [("dator", "script"), ("telefon", "plain")])
def test_the_jobs_are_done_in_few_steps(judged: Path, tmp_path: Path, size: str, script: str) -> None:
    with served(Path(shutil.copy(judged, tmp_path / "register.db"))) as address:
        assert browse("jobs", address, size, script) == MOST


def test_something_late_is_mended_with_the_keyboard_alone_and_the_focus_is_always_seen(
    judged: Path, tmp_path: Path
) -> None:
    with served(Path(shutil.copy(judged, tmp_path / "register.db"))) as address:
        told = browse("keys", address)
    assert [one.strip() for one in told["done"]] == [
        "Kommunen uppdaterar lägesbilden, 2024–2025",
        "Kontrollera och spara",
        "Sparat",
    ]
    assert told["unseen"] == []


def test_two_who_record_the_same_meeting_at_once_lose_nothing_and_it_counts_once(judged: Path, tmp_path: Path) -> None:
    with served(Path(shutil.copy(judged, tmp_path / "register.db"))) as address:
        first, second = browse("together", address)
    assert "Sparat" in first and "Uppfylld. Förut: väntar" in first
    assert "Sparat" in second and "Ingen bedömning ändrades." in second


LOOKS = {"dator": 43, "smal": 43, "telefon": 32, "fyra gånger så stort": 32, "mörk": 32, "tvingade färger": 32}
"""How many pages and states are looked at, by how: two looks here, all of them in `make looks`."""
ALL = "AVTALSVAKT_LOOKS" in os.environ


@pytest.mark.parametrize("look", LOOKS if ALL else ("dator", "smal"))
def test_axe_core_has_nothing_against_any_page(judged: Path, tmp_path: Path, look: str) -> None:
    with served(Path(shutil.copy(judged, tmp_path / "register.db"))) as address:
        found = browse("axe", address, str(BUILD / "node_modules" / "axe-core" / "axe.min.js"), look)
    assert found == {"pages": LOOKS[look], "wrong": {}}
