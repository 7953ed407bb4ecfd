"""`why`: four kinds of duty explained, word for word; and how a duty is found by a part of its name."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, FACTS, HERE, NOW, RULES, call

from avtalsvakt.answers.assessing import gather_material
from avtalsvakt.answers.explaining import explained
from avtalsvakt.settings import Settings
from avtalsvakt_engine.explaining.explanations import Background, Explanation, explain
from avtalsvakt_engine.verdicts import Verdict

pytestmark = pytest.mark.usefixtures("alone")

GOLDEN = HERE / "golden"
ASKED = (*RULES, "why", "--facts", FACTS, "--as-of", "2026-11-22")
KINDS = {
    "overdue": "lokal.plan.2025-H2",
    "at-risk": "lokal.moten.2026",
    "chain": "lokal.skriftligt.l26",
    "inherited": "lokal.stad.lokala-moten.2025",
}


@pytest.fixture(autouse=True)
def _still(morning: object) -> None:
    """The clock stands."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_explanation_word_for_word(kind: str) -> None:
    answer = call(*ASKED, KINDS[kind])
    assert answer.code == 0
    assert answer.out == (GOLDEN / f"why-{kind}.txt").read_text(encoding="utf-8")
    assert not answer.err


@pytest.mark.parametrize("kind", KINDS)
def test_an_explanation_fits_a_screen(kind: str) -> None:
    lines = call(*ASKED, KINDS[kind]).out.splitlines()
    assert len(lines) <= 40
    assert all(len(line) <= 100 for line in lines)


def test_a_part_of_the_key_is_enough_if_it_fits_one_duty_only() -> None:
    assert "lokal.skriftligt.l26" in call(*ASKED, "SKRIFTLIGT").out
    assert "lokal.plan.2025-H2" in call(*ASKED, "plan 2025-h2").out


def test_several_duties_are_listed() -> None:
    answer = call(*ASKED, "lokal.plan.2025")
    assert answer.code == 2
    assert answer.err == (
        "Fel: 'lokal.plan.2025' passar på 2 skyldigheter\n"
        "  Var:    SKYLDIGHET\n"
        "  Varför: bara en kan förklaras åt gången\n"
        "  Åtgärd: skriv mer av beteckningen:\n"
        "            lokal.plan.2025-H1\n"
        "            lokal.plan.2025-H2\n"
    )


def test_the_nearest_are_named_where_none_fits() -> None:
    answer = call(*ASKED, "lokal.plam.2025-H2")
    assert answer.code == 2
    assert "Fel: skyldigheten 'lokal.plam.2025-H2' finns inte" in answer.err
    assert "            lokal.plan.2025-H2\n" in answer.err


def test_a_correction_is_told_with_the_fact_it_mended() -> None:
    out = call(*ASKED, "lokal.plan.2026-H1").out
    assert "2026-06-30 handling upprättad eller uppdaterad, åtgärdsplan (p26a), rättad genom r26a" in out
    before = call(*ASKED[:-1], "2026-11-22", "--known-at", "2026-07-04", "lokal.plan.2026-H1").out
    assert "Försenad" in before
    assert "med det som var känt 2026-07-04" in before


def test_a_reading_chosen_for_once_is_told() -> None:
    out = call(*ASKED, "--reading", "STUB=none", "lokal.plan.2025-H2").out
    assert "delperiod = inget krav (vald för den här gången) [STUB]" in " ".join(out.split())


def test_a_released_right_says_why() -> None:
    out = call(*ASKED, "lokal.samrad").out
    assert "sista dag 2027-06-30: 6 månader före giltighetstidens sista dag (2027-12-31)" in out


def test_a_replay_in_the_register_tells_no_later_history(run_db: Path) -> None:
    now = call("--db", run_db, *RULES, "why", "lokal.plan.2025-H2").out
    assert "Överträdelse kan läkas; inträffade 2026-01-01, känd 2026-11-22" in " ".join(now.split())
    then = call("--db", run_db, *RULES, "why", "lokal.plan.2025-H2", "--as-of", "2025-12-01").out
    assert "Överträdelse" not in then


def test_a_duty_that_is_no_more_says_so(run_db: Path) -> None:
    at = ("--db", run_db, *RULES)
    assert call(*at, "retract", "l26", "--reason", "aldrig upprättad").code == 0
    assert call(*at, "run").code == 0
    out = call(*at, "why", "lokal.skriftligt.l26").out
    assert "Bortfallen: händelsen som den byggde på gäller inte längre" in out
    assert "väntar → " in out


def test_what_an_explanation_says_is_what_the_verdict_says() -> None:
    said = json.loads(call(*RULES, "assess", "--facts", FACTS, "--as-of", "2026-11-22", "--format", "json").out)
    duties = {one["duty"]: one for one in said["duties"]}
    for key in KINDS.values():
        text = call(*ASKED, key).out
        assert all(fact in text for fact in duties[key]["facts"])
        assert duties[key]["due"] is None or duties[key]["due"] in text


def test_an_explanation_is_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[float] = []

    def timed(verdict: Verdict, background: Background) -> Explanation:
        for _ in range(20):
            begun = time.perf_counter()
            found = explain(verdict, background)
            taken.append(time.perf_counter() - begun)
        return found

    monkeypatch.setattr("avtalsvakt.answers.explaining.explain", timed)
    material = gather_material(Settings(NOW, rules=(EXAMPLE,)), files=[FACTS], as_of=date(2026, 11, 22))
    assert explained(material, KINDS["inherited"]).status == "overdue"
    assert min(taken) < 0.001
