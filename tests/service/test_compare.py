"""`assess --compare`: what another choice of reading would change, side by side; why a choice cannot be made."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.service.command_line import FACTS, HERE, RULES, Answer, call

FIXTURES = HERE.parents[1] / "fixtures"


@pytest.fixture(autouse=True)
def _still(morning: object) -> None:
    """The clock stands."""


def compare(*texts: str, form: str = "table", rules: tuple[str, ...] = RULES, facts: Path = FACTS) -> Answer:
    asked = [word for text in texts for word in ("--compare", text)]
    scope = ("--agreement", "lokal") if rules else ()
    return call(*rules, "assess", "--facts", facts, "--as-of", "2026-11-22", *scope, "--format", form, *asked)


def told(*texts: str) -> list[dict[str, Any]]:
    said = json.loads(compare(*texts, form="json").out)
    assert list(said) == ["format", "version", "as_of", "known_at", "rulebook", "comparisons"]
    return list(said["comparisons"])


def test_a_recommendation_read_as_a_duty_changes_status_and_nothing_else() -> None:
    [one] = told("BOR=duty")
    assert (one["reading"], one["choice"], one["now"], one["refused"]) == ("BOR", "duty", ["recommendation"], None)
    found = one["differences"]
    assert found and all(this["differs"] == ["status"] for this in found)
    assert {this["now"]["status"] for this in found} == {"recommendation_not_met"}
    assert {this["then"]["status"] for this in found} == {"overdue"}
    assert one["counts"] == {"only_now": 0, "only_then": 0, "status": len(found), "due": 0, "required": 0}


def test_periods_counted_otherwise_are_other_duties() -> None:
    [one] = told("HALVAR=agreement")
    only = {side: [this["duty"] for this in one["differences"] if this["differs"] == [f"only_{side}"]]
            for side in ("now", "then")}  # fmt: skip
    assert "lokal.plan.2026-H1" in only["now"] and "lokal.plan.2026-01-01--2026-06-30" in only["then"]
    assert len(only["now"]) + len(only["then"]) == len(one["differences"])
    assert all(this["then"] is None for this in one["differences"] if this["duty"] in only["now"])


def test_what_is_shown_is_what_each_choice_gives_by_itself() -> None:
    def duties(*words: str) -> dict[str, tuple[object, ...]]:
        scope = ("--facts", FACTS, "--as-of", "2026-11-22", "--agreement", "lokal", "--format", "json")
        found = json.loads(call(*RULES, "assess", *scope, *words).out)["duties"]
        return {one["duty"]: (one["status"], one["due"], one["required"]) for one in found}

    now = duties()
    for text in ("STUB=none", "SEXMAN=dayafter", "FRAMTID=accept", "DUBBEL=superior", "AR=agreement"):
        then = duties("--reading", text)
        differing = {key for key in now.keys() | then.keys() if now.get(key) != then.get(key)}
        [one] = told(text)
        assert {this["duty"] for this in one["differences"]} == differing, text


def test_nothing_differs_is_said_plainly() -> None:
    answer = compare("VARDAG=A_strict")
    assert answer.code == 0
    assert answer.out == (
        "vardag = även lördag [VARDAG=A_strict] i stället för måndag–fredag\n  Inget skiljer.\n\nPer 2026-11-22.\n"
    )


def test_a_code_alone_compares_every_choice_but_the_one_in_force() -> None:
    assert [one["choice"] for one in told("SENT")] == ["never", "always"]
    assert [one["choice"] for one in told("STUB", "SEXMAN=days")] == ["full", "none", "prorata", "days"]


def test_two_sides_stand_beside_each_other() -> None:
    lines = compare("DUBBEL=local").out.splitlines()
    place = next(number for number, line in enumerate(lines) if "lokal.stad.lokala-moten.2026" in line)
    assert lines[place + 1] == "      väntar 1/3, senast 2026-12-31      → ej aktuell"
    assert "  lokal" in lines
    assert lines[-3].startswith("  4 skyldigheter skiljer: 4 får annan status")


def test_a_choice_that_cannot_be_made_says_why() -> None:
    answer = compare("RISK30")
    assert answer.code == 0
    assert "närmar sig = annat antal dagar [RISK30=other]" in answer.out
    assert "Det kan inte väljas:" in answer.out
    [one] = told("RISK30=other")
    assert one["refused"] and one["refused"]["why"] and one["differences"] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("HALVER", "Fel: läsningen 'HALVER' finns inte\n"),
        ("HALVAR=agrement", "Fel: HALVAR-valet 'agrement' finns inte\n"),
    ],
)
def test_a_code_or_a_choice_that_there_is_not_is_refused_with_the_nearest(text: str, what: str) -> None:
    answer = compare(text)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(what) and "menade du" in answer.err


def test_rows_for_a_spreadsheet() -> None:
    answer = compare("DUBBEL=local", "VARDAG=A_strict", form="csv")
    rows = list(csv.DictReader(io.StringIO(answer.out, newline="")))
    assert [row["note"] for row in rows] == ["", "", "", "", "inget skiljer"]
    assert (rows[-2]["duty"], rows[-2]["differs"]) == ("lokal.stad.lokala-moten.2027", "status|due|required")
    assert (rows[-2]["now_status"], rows[-2]["then_status"]) == ("pending", "not_applicable")


def test_the_register_is_compared_as_files_are(db: Path) -> None:
    words = ("assess", "--as-of", "2026-11-22", "--agreement", "lokal", "--compare", "BOR", "--format", "json")
    assert json.loads(call("--db", db, *RULES, *words).out) == json.loads(compare("BOR", form="json").out)
