"""A body that an agreement names itself is called by its name wherever a list is read."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from tests.service.command_line import NOW, call

from avtalsvakt import clock

pytestmark = pytest.mark.usefixtures("alone")

OWN = """instrument: lan-2026
title: Lån
level: local
document: lan.txt
parties: [långivaren, låntagaren]
term: {from: 2026-01-01}
bodies: {materialradet: materialrådet}
clauses:
  traff: {at: {section: "1"}, norm: shall, when: {each: year}, what: {meeting_held: {body: materialradet}}}
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A judged register and its rules, made once and copied."""
    folder = tmp_path_factory.mktemp("own")
    db, rules = folder / "register.db", folder / "lan.yaml"
    rules.write_text(OWN, encoding="utf-8")
    line = ("--agreement", "lan-2026", "body=materialradet", "--by", "samordnare")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
        patch.setattr(clock, "now", lambda: NOW)
        for more in (
            ("init",),
            ("record", "meeting_held", *line, "--date", "2026-03-01"),
            ("record", "meeting_scheduled", *line, "--date", "2026-12-10"),
            ("run",),
        ):
            assert call("--db", db, "--rules", rules, *more).code == 0
    return db, rules


@pytest.fixture
def given(
    recorded: tuple[Path, Path], tmp_path: Path, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, ...]:
    monkeypatch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
    db, rules = recorded
    return ("--db", str(shutil.copy(db, tmp_path / "register.db")), "--rules", str(rules))


@pytest.mark.parametrize(
    "asked",
    [
        (
            "record",
            "meeting_held",
            "--agreement",
            "lan-2026",
            "--date",
            "2026-04-01",
            "body=materialradet",
            "--dry-run",
        ),
        ("facts", "list"),
        ("facts", "search", "2026-03-01"),
        ("facts", "diff", "--known-at", "2026-01-01", "--known-at", "2026-11-22"),
        ("upcoming",),
        ("agenda", "materialradet"),
        ("what-if", "--agreement", "lan-2026", "--suppose", "möte hållet 2026-12-10 materialradet"),
    ],
    ids=" ".join,
)
def test_a_body_of_ones_own_is_called_by_its_name(asked: tuple[str, ...], given: tuple[str, ...]) -> None:
    answer = call(*given, *asked)
    assert answer.code in (0, 1), answer
    assert "materialrådet" in answer.out and "materialradet" not in answer.out
