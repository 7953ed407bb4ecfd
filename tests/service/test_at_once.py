"""What is recorded is judged in the same breath, stored with the fact, and the calendars follow."""

from pathlib import Path

import pytest
from tests.service.command_line import EXAMPLE, RULES, call

from avtalsvakt.recording import at_once
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import open_register

pytestmark = pytest.mark.usefixtures("alone")

MEETING = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-20", "body=local_steering_group")
CHANGES = (
    "  lokal.moten.2026: närmar sig 1/2 → uppfylld 2/2\n"
    "  lokal.stad.lokala-moten.2026: väntar 1/3 → väntar 2/3\n"
)  # fmt: skip


def counts(path: Path) -> tuple[int, int, str]:
    """Facts, runs, and the stored status of the duty that the meeting changes."""
    with open_register(path) as register:
        store = Store(register.connection)
        verdict = store.verdict("lokal.moten.2026")
        return register.count(), len(store.runs()), verdict.status if verdict else ""


def test_a_fact_is_judged_and_stored_as_it_is_recorded(run_db: Path) -> None:
    facts, runs, before = counts(run_db)
    answer = call("--db", run_db, *RULES, *MEETING)
    assert answer.code == 0 and answer.out.partition("\n")[2] == "Det ändrade:\n" + CHANGES
    assert counts(run_db) == (facts + 1, runs + 1, "fulfilled") and before == "at_risk"
    assert call("--db", run_db, *RULES, "verify").code == 0


def test_a_rehearsal_foresees_what_the_recording_then_does(run_db: Path) -> None:
    stored = counts(run_db)
    rehearsed = call("--db", run_db, *RULES, *MEETING, "--dry-run")
    assert "Det skulle ändra:\n" + CHANGES in rehearsed.out and counts(run_db) == stored
    assert CHANGES in call("--db", run_db, *RULES, *MEETING).out


def test_the_night_after_finds_nothing_left_to_do(run_db: Path) -> None:
    call("--db", run_db, *RULES, *MEETING)
    night = call("--db", run_db, *RULES, "run", "--full")
    assert night.code == 0 and "inget har ändrats" in night.out


def test_a_correction_and_a_retraction_are_judged_at_once(run_db: Path) -> None:
    at = ("--db", run_db, *RULES)
    corrected = call(*at, "correct", "m26", "date=2025-12-30", "--reason", "fel år")
    assert "Det ändrade:" in corrected.out and counts(run_db)[2] == "at_risk"
    assert "  lokal.moten.2026: närmar sig 1/2 → närmar sig 0/2\n" in corrected.out
    retracted = call(*at, "retract", "m26", "--reason", "hölls inte")
    assert "  lokal.moten.2025: uppfylld 2/2 → försenad 1/2\n" in retracted.out


def test_before_the_first_run_it_is_foreseen_and_nothing_is_stored(db: Path) -> None:
    answer = call("--db", db, *RULES, *MEETING)
    assert "Vid nästa körning ändras:\n" + CHANGES in answer.out and counts(db)[1] == 0


def test_a_fact_stays_where_judging_fails_and_the_next_run_judges_it(
    run_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted_in_the_middle(register, *words, **more):
        run(register, *words, **more)
        raise RuntimeError("disken svarar inte")

    facts, runs, _ = counts(run_db)
    monkeypatch.setattr(at_once, "run", interrupted_in_the_middle)
    answer = call("--db", run_db, *RULES, *MEETING)
    assert answer.code == 0 and answer.err == (
        "Obs: bedömningen: händelsen är registrerad men inte bedömd (disken svarar inte); "
        "kör 'avtalsvakt run', eller vänta till nattens körning\n"
    )
    assert counts(run_db) == (facts + 1, runs, "at_risk")
    monkeypatch.undo()
    assert call("--db", run_db, *RULES, "run").code == 0
    assert counts(run_db)[2] == "fulfilled"


def test_with_other_rules_than_the_last_run_had_it_is_left_to_a_run(run_db: Path, tmp_path: Path) -> None:
    more = tmp_path / "regler"
    more.mkdir()
    for file in EXAMPLE.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("at_least: 2", "at_least: 3")
        (more / file.name).write_text(text, encoding="utf-8")
    answer = call("--db", run_db, "--rules", more, *MEETING)
    assert "händelsen är registrerad men inte bedömd (reglerna är andra än vid den senaste körningen" in answer.err


def test_a_run_for_a_day_to_come_is_not_taken_back(run_db: Path) -> None:
    call("--db", run_db, *RULES, "run", "--as-of", "2026-12-31", "--store-anyway")
    answer = call("--db", run_db, *RULES, *MEETING)
    assert "händelsen är registrerad men inte bedömd (den senaste körningen gäller 2026-12-31)" in answer.err


def test_a_fact_is_kept_where_the_calendars_cannot_follow(run_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("kalendern är trasig")

    monkeypatch.setattr("avtalsvakt.subscribing.calendar_refresh.refresh", broken)
    answer = call("--db", run_db, *RULES, *MEETING)
    assert "Det ändrade:" in answer.out
    assert "Obs: kalendrarna: händelsen är registrerad, men kalendrarna har inte ändrats (kalendern är" in answer.err
