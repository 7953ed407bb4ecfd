"""Short names, titles and questions in the JSON that pages are made of."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.service.command_line import RULES, call

from avtalsvakt.words.page_names import ClauseNames, names_at, names_in, titled
from avtalsvakt_engine.verdicts import Clause, Period, Verdict
from avtalsvakt_rules.rulebook import load_rulebook

pytestmark = pytest.mark.usefixtures("alone")

FIXTURES = Path(__file__).parents[2] / "fixtures"
DUTY = Verdict(
    "ostermalm-2020.styrgrupp-moten.2026", "ostermalm-2020", "ostermalm-2020", "styrgrupp-moten",
    Clause("x", "y"), "obligation", "local_steering_group", None,
    Period("2026", date(2026, 1, 1), date(2026, 12, 31)), None, None, None, "pending", 2, 0,
)  # fmt: skip
MEETS = ClauseNames("Styrgruppen träffas två gånger", "Kalla styrgruppen", None, None)


def answer(*words: object) -> dict[str, Any]:
    found = call(*words, "--format", "json")
    told: dict[str, Any] = json.loads(found.out)
    return told


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("2026", "Styrgruppen träffas två gånger 2026"),
        ("2026-H1", "Styrgruppen träffas två gånger, halvår 1 2026"),
        ("2026-06", "Styrgruppen träffas två gånger, juni 2026"),
        ("2022/2025", "Styrgruppen träffas två gånger, 2022–2025"),
        ("term-1", "Styrgruppen träffas två gånger, avtalstid 1"),
        (None, "Styrgruppen träffas två gånger"),
    ],
)
def test_a_duty_is_a_sentence_with_its_period(label: str | None, title: str) -> None:
    period = Period(label, date(2026, 1, 1), date(2026, 12, 31)) if label else None
    assert titled(MEETS, replace(DUTY, period=period)) == title


def test_a_title_that_begins_with_the_party_names_it_once_it_is_known() -> None:
    names = ClauseNames("Parten informerar motparten", None, None, None)
    once = replace(DUTY, period=None)
    assert titled(names, replace(once, bearer="polisen")) == "Polisen informerar motparten"
    assert titled(names, replace(once, bearer="vardera parten")) == "Parten informerar motparten"


def test_what_each_party_or_site_has_of_its_own_says_which() -> None:
    asked = replace(DUTY, bearer="polisen", duty="x.tid.polisen.2026", obligation="tid")
    assert titled(ClauseNames("Tiden räcker", None, None, "party"), asked) == "Tiden räcker, polisen 2026"
    here = replace(DUTY, duty="x.moten.klara-torg.2026", obligation="moten")
    assert titled(ClauseNames("Gruppen träffas", None, None, "site"), here) == "Gruppen träffas, klara-torg 2026"


def test_a_duty_whose_rules_are_missing_is_called_by_its_key() -> None:
    told = names_at().duty(replace(DUTY, agreement="borta", instrument="borta"))
    assert told == {"short_title": "borta", "title": "styrgrupp-moten 2026", "act": None, "question": None}


@pytest.mark.usefixtures("among_all")
def test_names_read_without_checking_are_those_of_the_rulebook() -> None:
    rulebook, read = names_in(load_rulebook()), names_at()
    assert dict(rulebook.agreements) == dict(read.agreements)
    assert {key: rulebook.clauses[key] for key in read.clauses} == dict(read.clauses)
    assert set(rulebook.clauses) == set(read.clauses)


def test_a_file_that_cannot_be_read_gives_no_names_and_takes_none(tmp_path: Path) -> None:
    (tmp_path / "trasig.yaml").write_bytes(b"\xff\xfe: [")
    (tmp_path / "tom.yaml").write_text("- bara en lista\n", encoding="utf-8")
    assert names_at([tmp_path]) == names_at()


@pytest.mark.usefixtures("among_all")
def test_assess_names_agreements_duties_and_questions() -> None:
    facts = FIXTURES / "ostermalm-2020.csv"
    told = answer("assess", "--facts", facts, "--agreement", "ostermalm-2020", "--as-of", "2026-11-22")
    assert told["instruments"][0]["short_title"] == "Östermalm"
    duties = {one["duty"]: one for one in told["duties"]}
    meets = duties["ostermalm-2020.styrgrupp-moten.2026"]
    assert meets["short_title"] == "Östermalm"
    assert meets["title"] == "Styrgruppen träffas två gånger 2026"
    assert (meets["act"], meets["question"]) == ("Kalla styrgruppen", None)
    asked = duties["ostermalm-2020.umbrella-2024.lagesbild-halls-aktuell.2026"]
    assert asked["question"] == "Hålls lägesbilden aktuell året om?"
    assert asked["act"] is None


@pytest.mark.parametrize("command", ["overdue", "upcoming"])
def test_lists_of_stored_duties_carry_the_same_names(command: str, run_db: Path) -> None:
    told = answer("--db", run_db, *RULES, command)
    assert "Lokalt avtal (påhittat)" in {one["short_title"] for one in told["duties"]}
    for one in told["duties"]:
        assert one["title"][0].isupper()
        assert (one["question"] is None) == (one["attest"] is None)


@pytest.mark.usefixtures("among_all")
def test_status_names_each_agreement(run_db: Path) -> None:
    names = {one["agreement"]: one["short_title"] for one in answer("--db", run_db, *RULES, "status")["instruments"]}
    assert names["ostermalm-2020"] == "Östermalm"
    assert names["kommun-vaxholm"] == "Vaxholms kommun, enligt lag"
    assert names["lokal"] == "Lokalt avtal (påhittat)"


@pytest.mark.usefixtures("among_all")
def test_clauses_carry_title_act_and_question() -> None:
    told = {one["clause"]: one for one in answer("rules", "clauses", "--instrument", "umbrella-2024")["clauses"]}
    meets = told["lokal-styrgrupp-moten"]
    assert meets["short_title"] == "Staden och polisregionen"
    assert (meets["title"], meets["act"]) == ("Styrgruppen träffas två gånger", "Kalla lokala styrgruppen")
    assert told["lagesbild-halls-aktuell"]["question"] == "Hålls lägesbilden aktuell året om?"
    stated = told["syfte"]
    assert (stated["title"], stated["act"], stated["question"]) == (None, None, None)


@pytest.mark.usefixtures("among_all")
def test_rules_show_tells_short_name_title_and_question() -> None:
    out = call("rules", "show", "umbrella-2024").out
    assert "Kallas:   Staden och polisregionen" in out
    assert "rubrik:   Styrgruppen träffas två gånger" in out
    assert "fråga:    Hålls lägesbilden aktuell året om?" in out
