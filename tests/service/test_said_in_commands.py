"""What the program prints, it takes: in options, in registrations, with or without marks and capitals."""

import logging
import re
from datetime import date
from pathlib import Path

import pytest
from tests.service.command_line import RULES, call

from avtalsvakt.recording.said_values import settled_values
from avtalsvakt.web.masking import StockholmFormatter
from avtalsvakt.words.said_names import SaidNames
from avtalsvakt_rules.vocabulary import load

pytestmark = pytest.mark.usefixtures("alone")

NAMES = SaidNames(())


def told(db: Path, *words: object) -> str:
    done = call("--db", db, *RULES, *words)
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize(
    ("option", "texts"),
    [
        ("--agreement", ("lokal", "Lokalt avtal (påhittat)", "LOKALT AVTAL (pahittat)")),
        ("--body", ("local_steering_group", "lokal styrgrupp", "Lokal styrgrupp")),
    ],
)
def test_a_list_takes_names_as_they_are_printed(run_db: Path, option: str, texts: tuple[str, ...]) -> None:
    answers = {told(run_db, "upcoming", option, text, "--format", "csv") for text in texts}
    assert len(answers) == 1 and answers.pop().count("\n") > 1


def test_a_near_miss_in_an_option_is_offered(run_db: Path) -> None:
    refused = call("--db", run_db, *RULES, "upcoming", "--body", "Lokal styrgrupen")
    assert refused.code == 2
    assert refused.err.startswith("Fel: organet 'Lokal styrgrupen' finns inte\n  Var:    --body\n")
    assert "»lokal styrgrupp«" in refused.err


@pytest.mark.usefixtures("among_all")
def test_an_agreement_is_taken_by_the_short_name_of_the_pages(run_db: Path) -> None:
    spoken, coded = (told(run_db, "upcoming", "--agreement", name) for name in ("Ostermalm", "ostermalm-2020"))
    assert spoken == coded


def test_a_registration_takes_what_is_printed(db: Path) -> None:
    spoken = told(db, "record", "möte", "hållet", "--agreement", "Lokalt avtal (påhittat)", "--date", "17/11 2026",
                  "organ=Lokal styrgrupp", "--dry-run")  # fmt: skip
    coded = told(db, "record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-17",
                 "body=local_steering_group", "--dry-run")  # fmt: skip
    assert spoken == coded and "2026-11-17 möte hållet, lokal styrgrupp" in spoken


def test_a_kind_that_nobody_has_is_refused_with_the_nearest_and_nothing_is_stored(db: Path) -> None:
    before = told(db, "facts", "list")
    refused = call("--db", db, *RULES, "record", "mötet hölls", "--agreement", "lokal", "--date", "17 nov",
                   "organ=lokal styrgrupp")  # fmt: skip
    assert refused.code == 2 and "faktatypen 'mötet hölls' finns inte" in refused.err
    assert told(db, "facts", "list") == before


def test_a_correction_takes_days_and_names_too(db: Path) -> None:
    told(db, "record", "möte hållet", "--agreement", "lokal", "--date", "2026-11-17", "organ=lokal styrgrupp", "id=m-1")
    told(db, "correct", "m-1", "datum=16/11 2026", "organ=Lokal beredningsgrupp", "--reason", "fel")
    shown = told(db, "facts", "show", "m-1", "--format", "json")
    assert '"date": "2026-11-16"' in shown and '"body": "local_preparatory_group"' in shown


def test_a_note_and_a_registry_number_go_with_any_fact_and_change_no_verdict(db: Path) -> None:
    beside = ("anteckning=Kallelsen sändes sent", "diarienummer=2026/123")
    line = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-17", "body=local_steering_group")
    plain_, with_both = told(db, *line, "--dry-run"), told(db, *line, *beside, "--dry-run")
    assert re.sub(r"\(\w+\)", "", with_both) == re.sub(r"\(\w+\)", "", plain_)
    told(db, *line, *beside, "id=m-2")
    shown = told(db, "facts", "show", "m-2")
    assert "Kallelsen sändes sent" in shown and "2026/123" in shown


def test_one_meeting_recorded_twice_with_other_notes_is_no_contradiction(db: Path) -> None:
    line = ("record", "meeting_held", "--agreement", "lokal", "--date", "2026-11-17", "body=local_steering_group")
    told(db, *line, "note=ett", "id=m-3")
    told(db, *line, "note=två", "id=m-4")
    assert "note:" not in told(db, "assess", "--agreement", "lokal")


def test_values_become_those_that_rules_know() -> None:
    found = settled_values(
        {"kind": "handling upprättad eller uppdaterad", "agreement": "Östermalm", "date": "1 dec 2026",
         "document": "Lagesbild", "note": "Östermalm"}, NAMES, load(), date(2026, 11, 29),
    )  # fmt: skip
    assert found["kind"] in load().kinds
    assert found["agreement"] == "ostermalm-2020" and found["date"] == "2026-12-01"
    assert found["document"] == "lägesbild" and found["note"] == "Östermalm"


def test_times_in_the_log_of_requests_are_stockholms() -> None:
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, "hej", None, None)
    record.created = 1782900000.0  # 2026-07-01 10:00 UTC
    assert StockholmFormatter("%(asctime)s", "%Y-%m-%d %H:%M").format(record) == "2026-07-01 12:00"
