"""`facts`: what is recorded can be read, found, followed and compared."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.service.command_line import RULES, call

pytestmark = pytest.mark.usefixtures("alone")


def told(db: Path, *words: object) -> str:
    done = call("--db", db, *RULES, *words)
    assert done.code == 0, done.err
    return done.out


def listed(db: Path, *words: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(told(db, "facts", "list", "--format", "json", *words))["facts"]
    return found


@pytest.fixture
def corrected(db: Path) -> tuple[Path, str]:
    """A register where one fact has been corrected, and the fact's id."""
    fact = next(str(one["id"]) for one in listed(db, "--kind", "meeting_held"))
    told(db, "correct", fact, "chair==polischefen", "--reason", "fel ordförande", "--by", "jurist")
    return db, fact


def test_all_are_listed_by_day(db: Path) -> None:
    found = listed(db)
    assert found
    assert [one["date"] for one in found] == sorted(str(one["date"]) for one in found)
    assert {one["recorder"] for one in found} == {"samordnare"}


def test_as_of_and_known_at_reach_the_list(db: Path) -> None:
    found = listed(db)
    middle = str(found[len(found) // 2]["date"])[:10].ljust(10, "x")
    if middle.endswith("x"):
        middle = "2026-01-01"
    assert {str(one["id"]) for one in listed(db, "--as-of", middle)} < {str(one["id"]) for one in found}
    assert listed(db, "--known-at", "1999-01-01") == []
    since = listed(db, "--since", middle)
    assert all(str(one["date"]) >= middle[: len(str(one["date"]))] for one in since)


def test_a_correction_is_shown_and_its_story_told(corrected: tuple[Path, str]) -> None:
    db, fact = corrected
    page = told(db, "facts", "show", fact)
    assert "=polischefen" in page
    assert "av samordnare, nr" in page
    story = json.loads(told(db, "facts", "history", fact, "--format", "json"))["events"]
    assert [one["recorder"] for one in story] == ["samordnare", "jurist"]
    assert (story[1]["field"], story[1]["becomes"], story[1]["reason"]) == ("chair", "=polischefen", "fel ordförande")
    assert " → =polischefen" in told(db, "facts", "history", fact)


def test_a_retracted_fact_is_not_listed_but_can_be_shown(db: Path) -> None:
    fact = str(listed(db)[0]["id"])
    told(db, "retract", fact, "--reason", "dubbelregistrerad")
    assert fact not in [one["id"] for one in listed(db)]
    assert "Återkallad" in told(db, "facts", "show", fact)
    assert "räknas inte därefter" in told(db, "facts", "history", fact)


def test_cells_are_inert_in_a_spreadsheet(corrected: tuple[Path, str]) -> None:
    db, fact = corrected
    rows = list(csv.DictReader(io.StringIO(told(db, "facts", "list", "--format", "csv"))))
    assert next(one["chair"] for one in rows if one["id"] == fact) == "'=polischefen"
    assert not any(cell.startswith(("=", "+", "-", "@")) for one in rows for cell in one.values())


@pytest.mark.parametrize("word", ["POLISCHEFEN", "polischefen"])
def test_searching_finds_what_looks_the_same(corrected: tuple[Path, str], word: str) -> None:
    db, fact = corrected
    assert fact in told(db, "facts", "search", word)


def test_searching_ignores_how_letters_are_composed(db: Path) -> None:
    whole, parted = told(db, "facts", "search", "möte"), told(db, "facts", "search", "mo\u0308te")
    assert whole == parted
    assert not whole.startswith("0 ")


def test_what_was_learnt_and_what_it_turned(corrected: tuple[Path, str]) -> None:
    db, _ = corrected
    days = ("--known-at", "1999-01-01", "--known-at", "2040-01-01")
    found = json.loads(told(db, "facts", "diff", *days, "--format", "json"))
    assert found["facts"][-1]["kind"] == "record_corrected"
    assert found["turned"]
    days = ("--known-at", "2040-01-01", "--known-at", "2040-01-01")
    same = json.loads(told(db, "facts", "diff", *days, "--format", "json"))
    assert (same["facts"], same["turned"]) == ([], [])


def test_days_in_the_wrong_order(db: Path) -> None:
    done = call("--db", db, *RULES, "facts", "diff", "--known-at", "2026-02-01", "--known-at", "2026-01-01")
    assert done.code == 2
    assert "den tidigare först" in done.err


def test_a_fact_that_does_not_exist(db: Path) -> None:
    done = call("--db", db, *RULES, "facts", "show", "finns-inte")
    assert done.code == 2
    assert "registreringen 'finns-inte' finns inte" in done.err
