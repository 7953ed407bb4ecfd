"""`avtalsvakt changes`: what a run changed, and whether facts and time or only the rules did it."""

import json
from pathlib import Path

import pytest
from tests.engine.new_registers import empty_register
from tests.service.command_line import Answer
from tests.service.command_line import call as called

pytestmark = pytest.mark.usefixtures("alone")

RULES = """instrument: lokal
title: Lokal
level: local
document: x.pdf
parties: [staden, polisen]
term: {from: 2024-01-01}
clauses:
  moten: {at: {section: "1"}, sv: Gruppen träffas., norm: shall, when: {each: year}, at_least: NUMBER,
    what: {meeting_held: {body: local_steering_group}}}
"""


@pytest.fixture(autouse=True)
def _register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
    empty_register(Path("register.db"))


def call(number: int, *words: object) -> Answer:
    Path("avtal.yaml").write_text(RULES.replace("NUMBER", str(number)), encoding="utf-8")
    return called("--db", "register.db", "--rules", "avtal.yaml", *words)


def test_before_the_first_run_there_is_nothing_to_tell() -> None:
    assert call(1, "changes").out == "Ingen körning har gjorts.\n"


def test_what_only_the_rules_changed_is_said_to_be_theirs() -> None:
    record = ("record", "meeting_held", "--agreement", "lokal", "--date", "2025-05-01", "body=local_steering_group")
    assert call(1, *record).code == 0
    call(1, "run")
    assert "Det var den första körningen" in call(1, "changes").out
    night = call(2, "run").out
    assert "Reglerna har ändrats, eller programmets sätt att döma" in night
    assert "uppfylld → försenad: 1" in night and "avtalsvakt changes --run 2" in " ".join(night.split())
    out = call(2, "changes", "--run", "2").out
    assert "Bara reglerna, eller programmets sätt att döma, var nya" in out
    assert "  lokal.moten.2025: uppfylld → försenad\n" in out
    found = json.loads(call(2, "changes", "--run", "2", "--format", "json").out)
    assert found["by_rules"] is True and found["semantics"] == 3
    assert "Det ändrades av händelser och av att tiden gick." in call(2, "changes").out


def test_a_run_that_is_not_there_is_refused_with_those_there_are() -> None:
    call(1, "run")
    answer = call(1, "changes", "--run", "7")
    assert answer.code == 2 and "körning 7 finns inte" in answer.err and "körningarna är 1–1" in answer.err
