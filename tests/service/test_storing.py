"""What a run may replace: one for another day than the one whose turn it is, is shown and not stored."""

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.service.command_line import RULES, call

from avtalsvakt import clock
from avtalsvakt.nightly.storing import why_not_stored
from avtalsvakt_engine.storage.conclusions.store import Run

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def judged(run_db: Path) -> Path:
    """A register that was judged once, this morning."""
    return run_db


def on(moment: str, patch: pytest.MonkeyPatch) -> None:
    """Let the clock stand at another moment."""
    patch.setattr(clock, "now", lambda: datetime.fromisoformat(moment).replace(tzinfo=clock.STOCKHOLM))


def last(as_of: str, known_at: str | None = None) -> Run:
    known = date.fromisoformat(known_at) if known_at else None
    return Run(1, "2026-11-20T04:15:00+01:00", date.fromisoformat(as_of), known, "", "", 0, "", "full", 0, 0, 0)


@pytest.mark.parametrize(
    ("before", "as_of", "known_at", "stored"),
    [
        (None, "2026-11-21", None, True),
        (None, "2018-06-01", "2018-06-01", True),
        (None, "2026-11-22", None, False),
        (last("2026-11-20"), "2026-11-21", None, True),
        (last("2026-11-21"), "2026-11-21", None, True),
        (last("2026-11-21"), "2026-11-20", None, False),
        (last("2026-11-20"), "2018-06-01", None, False),
        (last("2026-11-20"), "2026-11-22", None, False),
        (last("2031-01-01"), "2026-11-21", None, False),
        (last("2026-11-20"), "2026-11-21", "2026-11-21", True),
        (last("2026-11-20"), "2026-11-21", "2026-11-20", False),
        (last("2026-11-20", "2026-11-10"), "2026-11-21", "2026-11-10", True),
        (last("2026-11-20", "2026-11-10"), "2026-11-21", "2026-11-09", False),
    ],
)
def test_a_day_whose_turn_it_is_with_no_less_knowledge_is_stored(
    before: Run | None, as_of: str, known_at: str | None, stored: bool
) -> None:
    known = date.fromisoformat(known_at) if known_at else None
    found = why_not_stored(before, date.fromisoformat(as_of), known, date(2026, 11, 21))
    assert (found is None) is stored


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ("--as-of", "2018-06-01"),
            "den senaste sparade körningen är per 2026-11-22, och en tidigare dag skulle ta tillbaka den",
        ),
        (("--as-of", "2027-06-01"), "dagen har inte kommit: i dag är det 2026-11-22"),
        (("--known-at", "2026-01-01"), "den senaste sparade körningen visste mer än vad som var känt 2026-01-01"),
        (
            ("--as-of", "2018-06-01", "--full"),
            "den senaste sparade körningen är per 2026-11-22, och en tidigare dag skulle ta tillbaka den",
        ),
    ],
)
def test_another_day_is_judged_and_shown_and_nothing_is_touched(
    words: tuple[str, ...], why: str, judged: Path, tmp_path: Path
) -> None:
    at, folder = ("--db", judged), tmp_path / "ut"
    assert call(*at, *RULES, "run", "--publish", folder).code == 0
    files = {one.name: one.read_bytes() for one in folder.iterdir()}
    before = hashlib.sha256("\n".join(dumped(judged)).encode()).hexdigest()
    answer = call(*at, "run", *words, "--publish", folder)
    assert answer.code == 0
    assert answer.out.startswith("VISAS BARA: inget har sparats eller publicerats.\nBedömt per 20")
    day = words[1] if words[0] == "--as-of" else "2026-11-22"
    assert answer.err == (
        f"Obs: inget har sparats eller publicerats\n  Var:    körningen per {day}\n  Varför: {why}\n"
        "  Åtgärd: vill du ändå ersätta det som är sparat: kör igen med --store-anyway\n"
    )
    assert hashlib.sha256("\n".join(dumped(judged)).encode()).hexdigest() == before
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == files


def dumped(db: Path) -> list[str]:
    import sqlite3

    with sqlite3.connect(db) as connection:
        return list(connection.iterdump())


def test_told_by_name_it_is_stored(judged: Path) -> None:
    answer = call("--db", judged, *RULES, "run", "--as-of", "2025-06-30", "--store-anyway")
    assert (answer.code, answer.err) == (0, "")
    assert "per 2025-06-30" in call("--db", judged, "status").out
    assert call("--db", judged, "run").code == 0


def test_a_clock_behind_the_last_run_stores_nothing_and_says_how_to_go_on(
    judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on("2031-01-01T04:15", monkeypatch)
    assert call("--db", judged, *RULES, "run").code == 0
    on("2026-11-23T04:15", monkeypatch)
    answer = call("--db", judged, "run")
    assert answer.code == 1
    assert answer.err == (
        "Obs: inget har sparats eller publicerats\n  Var:    körningen per 2026-11-23\n"
        "  Varför: den senaste sparade körningen är per 2031-01-01, och en tidigare dag skulle ta tillbaka den\n"
        "  Åtgärd: går datorns klocka rätt nu: kör 'avtalsvakt run --store-anyway' en gång; går den fel: ställ den\n"
    )
    assert call("--db", judged, "run", "--store-anyway").code == 0
    on("2026-11-24T04:15", monkeypatch)
    assert call("--db", judged, "run").code == 0
    assert call("--db", judged, "verify", "--all-runs").code == 0


def test_a_run_is_saved_although_its_calendars_cannot_be_written(judged: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("i vägen", encoding="utf-8")
    answer = call("--db", judged, *RULES, "run", "--publish", tmp_path / "fil" / "ut")
    assert answer.code == 1
    assert answer.out.startswith("Bedömt per 2026-11-22: ")
    assert answer.err.startswith("Bedömningen är sparad. Kalendrarna är inte skrivna:\nFel: ")
    assert "kalenderfilen kan inte skrivas" in answer.err
    again = call("--db", judged, "run", "--publish", tmp_path / "ut")
    assert again.code == 0
    assert (tmp_path / "ut" / "lokal.ics").exists()
