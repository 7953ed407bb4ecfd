"""An explanation fits a screen, whatever the duty; all of it is shown when asked for; two changes on one day differ."""

import re
from datetime import date
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, FACTS, NOW, RULES, call

from avtalsvakt.answers.assessing import gather_material
from avtalsvakt.answers.duty_history import steps_words
from avtalsvakt.answers.explaining import explain_all, explained
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.explanation_page import SCREEN, show
from avtalsvakt_engine.explaining.explanations import Explanation, Part
from avtalsvakt_engine.inference.deciding import Decider

pytestmark = pytest.mark.usefixtures("alone")

ASKED = (*RULES, "why", "--facts", FACTS, "--as-of", "2026-11-22")


@pytest.fixture(autouse=True)
def _still(morning: object) -> None:
    """The clock stands."""


def test_every_duty_of_an_example_fits_a_screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
    material = gather_material(Settings(NOW, rules=(EXAMPLE,)), files=[FACTS], as_of=date(2026, 11, 22))
    seen = 0
    with Decider() as decider:
        for _, found in explain_all(material, decider):
            show(found, "Bedömt per 2026-11-22.")
            lines = capsys.readouterr().out.splitlines()
            assert len(lines) <= SCREEN and all(len(line) <= 100 for line in lines), found.duty
            told = "\n".join(
                line for part in found.parts if part.heading in ("Saknas", "Består") for line in part.lines
            )
            assert not told or any(line.startswith(("Saknas", "Består")) for line in lines), found.duty
            seen += 1
    assert seen > 30


def test_one_of_all_explanations_is_what_is_told_of_the_duty_alone() -> None:
    material = gather_material(Settings(NOW, rules=(EXAMPLE,)), files=[FACTS], as_of=date(2026, 11, 22))
    with Decider() as decider:
        every = [one for _, one in explain_all(material, decider)]
    some = every[::6]
    assert len(some) > 5 and len({one.duty for one in every}) == len(every)
    assert [explained(material, one.duty) for one in some] == some


@pytest.mark.parametrize("option", ["--all", "--allt"])
def test_the_rest_is_counted_and_shown_when_asked_for(option: str) -> None:
    short = call(*ASKED, "lokal.moten.2026").out.splitlines()
    whole = call(*ASKED, "lokal.moten.2026", option).out.splitlines()
    assert short[-1] == f"Med --all visas {len(whole) - len(short) + 1} rader till."
    assert set(short[:-1]) <= set(whole) and "Med --all" not in "\n".join(whole)
    assert any(line.startswith("Regler") for line in whole)


def long(*headings: str) -> Explanation:
    """An explanation with ten lines under each heading."""
    parts = tuple(Part(heading, tuple(f"{heading} {number}" for number in range(10))) for heading in headings)
    return Explanation("a.b", "Titel", "pending", "Väntar", parts)


def test_what_matters_least_is_left_out_first(capsys: pytest.CaptureFixture[str]) -> None:
    show(long("Saknas", "Källor"), "Fot.")
    out = capsys.readouterr().out
    assert "Källor" not in out and "Saknas 9" in out and out.endswith("Med --all visas 10 rader till.\n")


def test_what_is_never_left_out_is_cut_short_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    show(long("Klausul", "Saknas", "Räknas inte"), "Fot.")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == SCREEN
    assert all(f"{heading} 0" in "\n".join(lines) for heading in ("Klausul", "Saknas", "Räknas inte"))
    [left] = re.findall(r"Med --all visas (\d+) rader till\.", lines[-1])
    assert int(left) == 30 - (SCREEN - 7)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (
            [("pending", "0001-01-01", "2026-01-02T04:15"), ("overdue", "2026-01-01", "2026-01-02T04:15")],
            "väntar → 2026-01-01 försenad",
        ),
        (
            [("overdue", "2026-01-01", "2026-01-02T04:15"), ("fulfilled", "2026-01-01", "2026-02-01T04:15")],
            "2026-01-01 försenad (känt 2026-01-02) → 2026-01-01 uppfylld (känt 2026-02-01)",
        ),
        (
            [("overdue", "2026-01-01", "2026-01-02T04:15"), ("fulfilled", "2026-01-01", "2026-01-02T09:30")],
            "2026-01-01 försenad (känt 2026-01-02 kl. 04:15) → 2026-01-01 uppfylld (känt 2026-01-02 kl. 09:30)",
        ),
    ],
)
def test_two_changes_on_one_day_are_told_with_when_each_became_known(
    steps: list[tuple[str, str, str]], words: str
) -> None:
    assert steps_words(steps) == words


def test_words_are_explained_where_they_are_listed(run_db: Path) -> None:
    status = call("--db", run_db, *RULES, "status").out
    assert "kan läkas = " in status and "består = " in status and "brist = " not in status
    late = call("--db", run_db, *RULES, "overdue").out
    assert ("brist" in late.partition("brist = ")[0]) is ("brist = " in late)
    assert "kan läkas = " not in late
    text = call("--db", run_db, *RULES, "why", "lokal.plan.2025-H2").out
    assert "Överträdelse kan läkas; inträffade" in text and "kan läkas = " in text
