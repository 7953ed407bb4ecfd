"""`avtalsvakt attest`: questions listed, a form written, filled in and read; lists that do not drown in questions."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from tests.engine.new_registers import empty_register
from tests.service.command_line import Answer
from tests.service.command_line import call as called

from avtalsvakt import clock

pytestmark = pytest.mark.usefixtures("alone")

RULES = """instrument: intygsavtal
title: Avtal med frågor
level: local
document: x.pdf
parties: [staden, polisen]
functions: {partens chef: {}}
term: {from: 2024-01-01}
clauses:
  moten:
    at: {section: "1"}
    sv: Gruppen träffas en gång om året.
    norm: shall
    when: {each: year}
    what: {meeting_held: {body: local_steering_group}}
  tid:
    at: {section: "2", paragraph: 1}
    sv: Tillräckligt med tid avsätts.
    norm: shall
    who: staden
    attest: stadsdelsdirektör
  mal:
    at: {section: "2", paragraph: 2}
    sv: Målen går att mäta, också i efterhand.
    norm: should
    attest: stadsdelsdirektör
  mandat:
    at: {section: "3"}
    sv: Var och en har mandat.
    norm: shall
    per: party
    attest: partens chef
"""


@pytest.fixture(autouse=True)
def _register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, morning: datetime) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("avtalsvakt_rules.rulebook.builtin_files", list)
    Path("avtal.yaml").write_text(RULES, encoding="utf-8")
    empty_register(Path("register.db"))


def call(*words: object) -> Answer:
    """The program with the rules of this file."""
    return called("--db", "register.db", "--rules", "avtal.yaml", *words)


def form(*words: object) -> list[dict[str, str]]:
    """The rows of the form."""
    return list(csv.DictReader(io.StringIO(call("attest", "intygsavtal", "--format", "csv", *words).out)))


def fill_in(rows: list[dict[str, str]], name: str = "intyg.csv") -> Answer:
    """Read a form as somebody left it."""
    with Path(name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return call("import", name)


def status(duty: str) -> str:
    """What a duty is judged to be."""
    found = json.loads(call("assess", "--format", "json").out)["duties"]
    return next(str(one["status"]) for one in found if one["duty"] == f"intygsavtal.{duty}")


def test_the_open_questions_are_numbered_by_day_and_function() -> None:
    lines = call("attest", "intygsavtal", "--function", "stadsdelsdirektör").out.splitlines()
    assert lines[:6] == [
        "stadsdelsdirektör – skulle ha besvarats 2025-12-31; kan ännu besvaras i efterhand",
        "   1. Stämmer det att tillräckligt med tid avsätts?",
        "      tid · 2025 · avsnitt 2, stycke 1",
        "   2. Stämmer det att målen går att mäta, också i efterhand?",
        "      mal · 2025 · avsnitt 2, stycke 2",
        "",
    ]
    assert lines[6] == "stadsdelsdirektör – senast 2026-12-31 (39 dagar kvar)"
    assert "4 frågor att besvara per 2026-11-22." in lines


def test_a_form_has_a_row_for_each_question_and_no_answers() -> None:
    rows = form()
    assert list(rows[0]) == ["kind", "agreement", "clause", "fråga", "funktion", "period", "date", "statement", "by"]
    assert len(rows) == 8 and {one["statement"] for one in rows} == {""}
    assert {one["by"] for one in rows if one["clause"] == "mandat"} == {"staden", "polisen"}
    assert {one["by"] for one in rows if one["clause"] != "mandat"} == {"stadsdelsdirektör"}


def test_a_form_filled_in_is_read_and_empty_rows_are_left_out_with_a_word() -> None:
    rows = form()
    for row in rows:
        if row["clause"] == "tid":
            row |= {"statement": "ja", "by": "stadsdelsdirektör"}
        if row["clause"] == "mandat" and row["by"] == "polisen":
            row |= {"statement": "nej"}
    answer = fill_in(rows)
    assert answer.code == 0 and answer.out.startswith("4 nya registreringar.")
    assert "frågan är inte besvarad" in answer.err and "och 3 till" in answer.err
    assert status("tid.2026") == "fulfilled"
    assert status("tid.2025") == "fulfilled_late"
    assert status("mal.2026") == "pending", "an empty answer is no yes"
    assert status("mandat.2026.polisen") == "overdue"
    assert status("mandat.2026.staden") == "pending"
    assert len(form()) == 4


def test_a_form_read_twice_adds_nothing() -> None:
    rows = [row | {"statement": "ja"} for row in form()]
    assert fill_in(rows).out.startswith("8 nya registreringar.")
    assert fill_in(rows).out.startswith("0 nya registreringar, 8 fanns redan.")


def test_a_form_left_empty_records_nothing() -> None:
    answer = fill_in(form())
    assert (answer.code, answer.out.splitlines()[0]) == (0, "0 nya registreringar.")
    assert "lästes inte: 8 obesvarade frågor" in answer.out


def test_everything_answered_asks_nothing_more() -> None:
    fill_in([row | {"statement": "ja"} for row in form()])
    assert call("attest", "intygsavtal").out == "Inget att intyga i intygsavtal per 2026-11-22.\n"


def test_an_answer_to_what_nobody_asks_is_refused_with_the_nearest() -> None:
    answer = fill_in([form()[0] | {"clause": "tiden", "statement": "ja"}])
    assert (answer.code, answer.out) == (2, "")
    assert "frågan 'tiden' finns inte" in answer.err and "skriv tid om det var det som avsågs" in answer.err
    assert "Varför: inget avtal som intygsavtal följer frågar om en sådan klausul" in answer.err


@pytest.mark.parametrize("period", ["2025", "term-1", "2025-03-01--2026-02-28"])
def test_an_answer_names_a_question_as_the_form_does(period: str) -> None:
    answer = fill_in([form()[0] | {"period": period, "statement": "ja"}])
    assert (answer.code, answer.err) == (0, "")


def test_an_answer_to_a_question_about_an_event_that_is_not_recorded_is_refused() -> None:
    answer = fill_in([form()[0] | {"period": "m1", "statement": "ja"}])
    assert answer.code == 2
    assert "perioden 'm1' finns inte" in answer.err


def test_an_answer_that_names_no_period_that_can_be_is_told() -> None:
    answer = fill_in([form()[0] | {"period": "2025-13", "statement": "ja"}])
    assert answer.code == 2
    assert "perioden '2025-13' finns inte" in answer.err
    assert "Varför: det är varken en period, en giltighetstid eller en registrering som finns" in answer.err


def test_another_day_has_its_own_questions() -> None:
    assert {row["period"] for row in form("--as-of", "2024-06-01")} == {"2024"}


def test_a_function_that_is_asked_nothing_is_said_with_the_nearest() -> None:
    answer = call("attest", "intygsavtal", "--function", "stadsdelsdirektören i Ort")
    assert answer.code == 2 and "stadsdelsdirektör" in answer.err


def test_an_unknown_agreement_is_said_with_the_nearest() -> None:
    assert "intygsavtal" in call("attest", "intygsavtalet").err


def test_questions_stand_together_in_the_lists() -> None:
    call("run")
    lines = call("upcoming").out.splitlines()
    assert "2025-12-31             att intyga       Intyga 2 punkter (stadsdelsdirektör)" in lines
    assert "2026-12-31  39 d kvar  att intyga       Intyga 2 punkter (partens chef)" in lines
    assert "           avtalsvakt attest intygsavtal --function 'partens chef'" in lines
    assert "9 st i 1 avtal, varav 8 att intyga." in lines
    assert lines[-2] == "Därefter närmast 2027-12-31: 5 skyldigheter."
    assert len(json.loads(call("upcoming", "--format", "json").out)["duties"]) == 9
    assert len(call("upcoming", "--format", "csv").out.splitlines()) == 1 + 9


def test_the_status_counts_them_apart() -> None:
    call("run")
    out = call("status").out
    assert "6 väntar  8 att intyga  " in out, "what is asked next year only waits"
    assert "Alla: 2 försenade, 6 väntar, 8 att intyga" in out
    [row] = csv.DictReader(io.StringIO(call("status", "--format", "csv").out))
    assert (row["pending"], row["to_attest"]) == ("6", "8")


def test_the_summary_of_a_run_does_not_drown() -> None:
    out = call("run").out
    assert "8 att intyga" in out and "Intyga 2 punkter (stadsdelsdirektör)" in out
    assert "intygsavtal.tid" not in out


def test_silence_raises_no_violation_and_a_no_does(monkeypatch: pytest.MonkeyPatch) -> None:
    call("run")
    fill_in([row | {"statement": "nej"} for row in form() if (row["clause"], row["period"]) == ("tid", "2026")])
    call("run")
    assert _violations() == {"intygsavtal.moten.2024": "standing", "intygsavtal.moten.2025": "standing",
                             "intygsavtal.tid.2026": "raised"}  # fmt: skip
    assert "svar: nej        Tillräckligt med tid avsätts." in call("overdue").out
    _at("2027-02-01", monkeypatch)
    call(
        "record",
        "attestation",
        "--agreement",
        "intygsavtal",
        "--date",
        "2027-02-01",
        "clause=tid",
        "period=2026",
        "by=stadsdelsdirektör",
        "statement=ja",
    )
    call("record", "attestation", "--agreement", "intygsavtal", "--date", "2027-02-01", "clause=mandat", "period=2026",
         "by=staden", "statement=ja")  # fmt: skip
    call("run")
    assert status("mandat.2026.staden") == "fulfilled_late"
    lives = _violations()
    assert lives["intygsavtal.tid.2026"] == "cured"
    assert "intygsavtal.mandat.2026.staden" not in lives, "late, but nobody had said no"


def _violations() -> dict[str, str]:
    return {one["duty"]: one["life"] for one in json.loads(call("status", "--format", "json").out)["violations"]}


def _at(day: str, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clock, "now", lambda: datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=clock.STOCKHOLM))


def test_incremental_and_full_runs_agree_on_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    call("run")
    fill_in([row | {"statement": "ja"} for row in form("--function", "stadsdelsdirektör")])
    for day in ("2026-12-31", "2027-01-01", "2028-01-01", "2029-06-01"):
        _at(day, monkeypatch)
        assert call("run").code == 0
        answer = call("run", "--full")
        assert (answer.code, "SKILLNADER" in answer.out) == (0, False)


def test_why_says_who_is_asked_and_what_silence_means() -> None:
    out = call("why", "intygsavtal.tid.2025").out
    assert "stadsdelsdirektör intygar att det är så, med ja eller nej" in out
    assert "ett svar från stadsdelsdirektör: 'avtalsvakt attest intygsavtal' visar frågorna" in out
    assert "ett uteblivet svar är ingen överträdelse" in call("why", "intygsavtal.tid.2025", "--all").out
    fill_in([row | {"statement": "nej"} for row in form() if row["clause"] == "tid"])
    denied = " ".join(call("why", "intygsavtal.tid.2026").out.split())
    assert "Svaret är nej: stadsdelsdirektör svarade 2026-11-22" in denied and "ett nej uppfyller" in denied
    assert "ett nytt svar från stadsdelsdirektör" in denied
