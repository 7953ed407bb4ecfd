"""`run` and what is read from it: the summary, twice the same night, what changed, the lists, the calendars."""

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.service.command_line import HERE, NOW, RULES, Answer, call

from avtalsvakt import clock
from avtalsvakt_engine.inference.deciding import Conclusion, Decider, NotEvaluated

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def at(db: Path) -> tuple[object, ...]:
    """The words before a command on a register that has not been judged."""
    return ("--db", db, *RULES)


@pytest.fixture
def judged(run_db: Path) -> tuple[object, ...]:
    """The same on one that was judged this morning."""
    return ("--db", run_db, *RULES)


def on(day: str, patch: pytest.MonkeyPatch) -> None:
    """Let the clock stand on another day."""
    patch.setattr(clock, "now", lambda: datetime.fromisoformat(f"{day}T04:15").replace(tzinfo=clock.STOCKHOLM))


def test_the_first_run(at: tuple[object, ...]) -> None:
    answer = call(*at, "run")
    summary, _, remembered = answer.out.partition("Reglerna i ")
    lines = summary.splitlines()
    assert (answer.code, answer.err) == (0, "")
    assert remembered == f"{RULES[1]} används hädanefter; se 'avtalsvakt settings'.\n"
    assert summary == (HERE / "golden" / "run.txt").read_text(encoding="utf-8")
    assert len(lines) <= 40 and all(len(line) <= 100 for line in lines)


def test_twice_the_same_night_changes_nothing_and_says_so(judged: tuple[object, ...]) -> None:
    stored = call(*judged, "status", "--format", "json")
    answer = call(*judged, "run")
    assert answer.out.splitlines()[0] == (
        "Bedömt per 2026-11-22: inget har ändrats sedan körningen 2026-11-22 kl. 08:00."
    )
    assert "Blev försenat" not in answer.out
    assert call(*judged, "status", "--format", "json") == stored


def test_what_became_overdue_since_the_last_run_is_named(
    judged: tuple[object, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on("2027-01-01", monkeypatch)
    out = call(*judged, "run").out
    assert "Blev försenat: 3" in out
    assert "  lokal.moten.2026\n" in out
    assert "Överträdelser: " in out
    late = tmp_path / "sent.csv"
    late.write_text(
        "kind,agreement,date,document,concerns_period\ndocument_revised,lokal,2027-01-01,åtgärdsplan,2026-H2\n"
    )
    call(*judged, "import", late)
    after = call(*judged, "run").out
    assert "Uppfylldes för sent: 1" in after
    assert "1 läkt" in after


def test_a_full_run_comes_to_the_same(judged: tuple[object, ...]) -> None:
    before = call(*judged, "status", "--format", "json")
    answer = call(*judged, "run", "--full")
    assert answer.code == 0
    assert "inget har ändrats" in answer.out
    assert "SJÄLVKONTROLLEN" not in answer.out
    assert json.loads(call(*judged, "status", "--format", "json").out) == json.loads(before.out)


def test_a_replay_of_an_earlier_day(at: tuple[object, ...]) -> None:
    answer = call(*at, "run", "--as-of", "2025-06-30", "--known-at", "2025-06-30")
    assert answer.out.startswith("Bedömt per 2025-06-30, med det som var känt 2025-06-30: ")
    listed = call(*at, "overdue").out
    assert "Obs: det är inte dagens läge; kör 'avtalsvakt run'." in listed


def test_one_calendar_for_each_agreement_untouched_until_something_changes(
    at: tuple[object, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "kalendrar"
    first = call(*at, "run", "--publish", folder).out
    files = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.ics")}
    assert {"lokal.ics", "stad.ics"} == set(files)
    assert f"Kalendrar: {len(files)} skrivna, 0 oförändrade." in first
    again = call(*at, "run", "--publish", folder).out
    assert f"Kalendrar: 0 skrivna, {len(files)} oförändrade." in again
    assert {path.name: path.stat().st_mtime_ns for path in folder.glob("*.ics")} == files


def test_what_cannot_be_judged_comes_first_and_is_tried_again(
    at: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = Decider.decide

    def failing(self: Decider, question: str, words: tuple[str, ...]) -> Conclusion:
        if question == "status" and "near" in words:
            raise NotEvaluated(question, words, "regelmotorn svarade inte")
        return decide(self, question, words)

    with monkeypatch.context() as patch:
        patch.setattr(Decider, "decide", failing)
        answer = call(*at, "run")
    assert answer.code == 1
    assert answer.out.splitlines()[:2] == [
        "EJ BEDÖMT: 1 skyldighet",
        "  lokal.moten.2026: regelmotorn svarade inte",
    ]
    listed = call(*at, "overdue")
    assert listed.code == 1
    assert "Obs: 1 skyldighet kunde inte bedömas och kan saknas här." in listed.out
    mended = call(*at, "run")
    assert mended.code == 0
    assert call(*at, "overdue").code == 0


def keys(answer: Answer) -> list[str]:
    return [one["duty"] for one in json.loads(answer.out)["duties"]]


def test_what_is_overdue_the_longest_first(judged: tuple[object, ...]) -> None:
    said = json.loads(call(*judged, "overdue", "--format", "json").out)
    assert list(said) == ["format", "version", "as_of", "run", "days_from", "duties", "meetings"]
    assert said["as_of"] == "2026-11-22"
    order = [(not one["in_force"], not one["curable"], one["due"]) for one in said["duties"]]
    assert order == sorted(order)
    assert {curable for _, curable, _ in order} == {True, False}
    assert {one["status"] for one in said["duties"]} == {"overdue"}
    assert all(one["days_left"] < 0 for one in said["duties"])


def test_what_is_coming_the_nearest_first_and_last_what_has_no_date(judged: tuple[object, ...]) -> None:
    said = json.loads(call(*judged, "upcoming", "--format", "json").out)["duties"]
    dues = [one["due"] for one in said]
    dated = [due for due in dues if due]
    assert dues == sorted(dated) + [None] * (len(dues) - len(dated))
    assert {one["status"] for one in said} == {"pending", "at_risk"}
    near = call(*judged, "upcoming", "--days", 39, "--format", "json")
    assert {one["due"] for one in json.loads(near.out)["duties"]} == {"2026-12-31", None}


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("--agreement", "lokal"), lambda one: one["agreement"] == "lokal"),
        (("--body", "local_working_group"), lambda one: one["obligation"] == "polis-med"),
        (("--bearer", "parterna"), lambda one: one["bearer"] == "parterna"),
    ],
)
def test_only_some_of_it(judged: tuple[object, ...], words: tuple[str, ...], kept: object) -> None:
    every = json.loads(call(*judged, "upcoming", "--format", "json").out)["duties"]
    answer = call(*judged, "upcoming", *words, "--format", "json")
    assert callable(kept)
    assert json.loads(answer.out)["duties"] == [one for one in every if kept(one)]
    assert json.loads(answer.out)["duties"]


def test_lists_on_paper(judged: tuple[object, ...]) -> None:
    out = call(*judged, "overdue", "--agreement", "lokal").out
    heading, first, second, how = out.splitlines()[:4]
    assert heading == "Kan ännu göras i efterhand:"
    assert how.startswith("           → avtalsvakt record document_revised --agreement lokal --date 2026-11-22")
    assert first.split() == ["2024-06-30", "875", "d", "sen", "försenad", "0/1", "Förnya", "åtgärdsplanen"]
    assert second.strip() == "lokal.plan.2024-H1"
    assert out.splitlines()[-1] == "Enligt körningen 2026-11-22 kl. 08:00, per 2026-11-22."


def test_lists_in_a_spreadsheet(judged: tuple[object, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(call(*judged, "overdue", "--format", "csv").out, newline="")))
    assert [row["duty"] for row in rows] == keys(call(*judged, "overdue", "--format", "json"))
    states = list(csv.DictReader(io.StringIO(call(*judged, "status", "--format", "csv").out, newline="")))
    [own] = [row for row in states if row["agreement"] == "lokal"]
    assert (own["state"], own["from"], own["umbrella"], own["at_risk"]) == ("in_force", "2024-01-01", "stad", "1")


def test_the_state_of_everything(judged: tuple[object, ...]) -> None:
    said = json.loads(call(*judged, "status", "--format", "json").out)
    [own] = [one for one in said["instruments"] if one["agreement"] == "lokal"]
    assert own["duties"]["at_risk"] == 1
    assert {one["life"] for one in said["violations"]} == {"raised", "standing"}
    only = json.loads(call(*judged, "status", "--agreement", "lokal", "--format", "json").out)
    assert [one["agreement"] for one in only["instruments"]] == ["lokal"]


def test_yesterdays_results_say_that_they_are(judged: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    assert "Obs: det är inte dagens läge" in call(*judged, "upcoming").out


def test_before_the_first_run_there_is_nothing_to_list(at: tuple[object, ...]) -> None:
    for command in ("status", "overdue", "upcoming"):
        answer = call(*at, command)
        assert answer.code == 2
        assert "Fel: det finns inga resultat" in answer.err
        assert "Åtgärd: kör 'avtalsvakt run' först" in answer.err
