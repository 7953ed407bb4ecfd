"""`avtalsvakt rules try`: an author sees what a clause does, by the engine itself, and keeps it as cases."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.service.command_line import call, said

from avtalsvakt.authoring.rule_trial import Tried, tried
from avtalsvakt.terminal.trial_page import COURSES
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.case_files import STATUSES, read_case_files, status_words
from avtalsvakt_rules.rulebook import Rulebook, load_rulebook

pytestmark = pytest.mark.usefixtures("morning")
ELSEWHERE = Path(__file__).parents[1] / "rules" / "elsewhere"
OWN = """instrument: lan-2026
title: Lån av släp
level: local
document: lan.txt
parties: [långivaren, låntagaren]
term: {from: 2026-01-01, to: 2026-12-31}
facts: {släp_lämnat: [by, skick], släp_hämtat: [by], skada_anmäld: [by], släp_utlånat: []}
clauses:
  retur:
    at: {section: "1"}
    sv: Släpet lämnas tillbaka inom en vecka från hämtningen, om inte en skada är anmäld.
    norm: shall
    who: låntagaren
    when: {each: {släp_hämtat: {}}, due: 7 days after event}
    what: {släp_lämnat: {skick: helt}}
    unless: {skada_anmäld: {}}
  utlaning: {at: {section: "2"}, norm: shall_not, who: låntagaren, when: {each: year}, what: {släp_utlånat: {}}}
  skick: {at: {section: "3"}, norm: shall, who: låntagaren, attest: låntagaren}
  syfte: {at: {section: "4"}, norm: states, note: Ett mål.}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "lan.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def statuses(found: list[Tried], clause: str) -> dict[str, list[str]]:
    [one] = [one for one in found if one.clause == clause]
    return {
        course.shows: [each.verdict.status if each.verdict else "missing" for each in seen]
        for course, seen in one.courses
        if course.cannot is None
    }


Try = Callable[[Rulebook, str], list[Tried]]


@pytest.fixture
def on(decider: Decider) -> Try:
    """What is tried of an agreement."""
    return lambda book, name: list(tried(book, book.instruments[name], decider))


def test_each_clause_is_tried_in_every_way_it_can_go(on: Try, own: Path) -> None:
    found = on(load_rulebook([own]), "lan-2026")
    assert [one.clause for one in found] == ["retur", "utlaning", "skick"]
    assert statuses(found, "retur") == {
        "in_time": ["fulfilled"], "missed": ["at_risk", "overdue"], "late": ["fulfilled_late"],
        "wrong_actor": ["at_risk", "overdue"], "excepted": ["not_applicable"],
    }  # fmt: skip
    assert statuses(found, "utlaning")["done_anyway"][0] == "overdue"
    assert statuses(found, "skick") == {
        "yes": ["fulfilled"], "no": ["overdue"], "unanswered": ["pending", "pending"], "wrong_function": ["pending"],
    }  # fmt: skip


def test_the_page_tells_what_happens_and_what_follows(own: Path) -> None:
    out = call("rules", "try", own, "--clause", "retur").out
    assert "  i tid         2026-03-02 släp hämtat [h1]; 2026-03-09 släp lämnat (skick helt, av\n" in out
    assert "2026-03-10: uppfylld för sent, sista dag 2026-03-09\n" in out
    assert "h2 gjort av någon annan än den som skulle göra det" in " ".join(out.split())
    assert out.splitlines()[-1] == (
        "1 klausul, 5 förlopp. Stämmer lägena med texten? 1 sats ger ingen egen skyldighet."
    )


def test_what_cannot_be_tried_says_why(own: Path) -> None:
    own.write_text(OWN.replace("släp_lämnat: [by, skick]", "släp_lämnat: [skick]"), encoding="utf-8")
    out = " ".join(call("rules", "try", own, "--clause", "retur").out.split())
    assert "fel part prövas inte: släp_lämnat säger inte vem som gjorde det; ge den attributet by under facts" in out


def test_the_courses_can_be_kept_as_cases_that_hold(own: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cases" / "lan.yaml"
    assert call("rules", "try", own, "--cases", kept).out.endswith(f"Skrivet: {kept}\n")
    assert "  retur-för-sent:\n" in kept.read_text(encoding="utf-8")
    assert "{retur.h1: {status: uppfylld för sent, due: 2026-03-09}}" in kept.read_text(encoding="utf-8")
    ran = call("--rules", own, "rules", "cases", kept)
    assert (ran.code, ran.out) == (0, "11 fall, 16 väntade lägen: alla stämmer.\n")
    again = call("rules", "try", own, "--cases", kept)
    assert again.err == said(
        f"{kept} finns redan", "--cases", "en fil som finns skrivs aldrig över",
        "välj ett annat namn, till exempel regler/cases/provade.yaml",
    )  # fmt: skip


def test_it_can_be_read_by_programs(own: Path) -> None:
    rows = json.loads(call("rules", "try", own, "--clause", "retur", "--format", "json").out)["courses"]
    assert {row["course"] for row in rows} == {"in_time", "missed", "late", "wrong_actor", "excepted"}
    assert rows[0]["facts"][1]["kind"] == "släp_lämnat"
    lines = call("rules", "try", own, "--clause", "retur", "--format", "csv").out.splitlines()
    assert lines[0].startswith("instrument,clause,course,duty,facts,cannot,day,status")


def test_a_clause_that_is_not_there_is_named(own: Path) -> None:
    assert "menade du 'retur'?" in call("rules", "try", own, "--clause", "return").err
    assert "avtalet 'lan' finns inte" in call("rules", "try", "lan").err


@pytest.mark.parametrize("name", ["bidrag", "hyra", "politirad", "stadgar"])
def test_what_is_done_as_asked_is_fulfilled_in_texts_of_other_kinds(on: Try, name: str) -> None:
    [path] = ELSEWHERE.glob(f"{name}.yaml")
    book = load_rulebook(sorted(ELSEWHERE.glob("*.yaml")))
    instrument = next(one for one in book.instruments if f"instrument: {one}\n" in path.read_text(encoding="utf-8"))
    found = on(book, instrument)
    done = Counter(
        seen[0].verdict.status if seen[0].verdict else "missing"
        for one in found for course, seen in one.courses
        if course.cannot is None and course.shows in ("in_time", "used", "as_asked", "yes")
    )  # fmt: skip
    assert done["fulfilled"] >= sum(done.values()) - 2
    assert {course.shows for one in found for course, _ in one.courses} <= set(COURSES)


def test_a_case_may_say_its_status_in_swedish(tmp_path: Path) -> None:
    assert {code: word for word, code in status_words().items() if code != "missing"} == {
        code: word for code, word in labels.STATUSES.items() if code in STATUSES
    }
    path = tmp_path / "fall.yaml"
    path.write_text(
        "instrument: x\ncases: {a: {why: b, expect: {2026-01-01: {k: uppfylld för sent, l: finns inte, "
        "m: overdue}}}}\n",
        encoding="utf-8",
    )
    [file] = read_case_files([path])
    [expected] = file.cases["a"].expect.values()
    assert [one.status for one in expected.values()] == ["fulfilled_late", "missing", "overdue"]


RENEWED = """instrument: lan-2026
title: Lån av släp
document: lan.txt
parties: [långivaren, låntagaren]
term: {from: 2026-01-01, to: 2026-06-30}
clauses:
  varsel: {at: {section: "1"}, norm: may, who: parterna, when: {each: term, due: 3 months before end},
           what: {withdrawal_requested: {}}, effect: {renews: 1 year}}
  block: {at: {section: "2"}, norm: shall, who: parterna, when: {each: 2 years, starting: 2026},
          what: {inspection_done: {}}}
  ar: {at: {section: "3"}, norm: shall, who: parterna, when: {each: year}, what: {evaluation_done: {}}}
  slut: {at: {section: "4"}, norm: shall, who: parterna, when: {due: end}, what: {survey_sent: {}}}
"""


def test_what_a_renewal_moves_is_tried_on_the_day_to_which_it_is_moved(on: Try, tmp_path: Path) -> None:
    path = tmp_path / "lan.yaml"
    path.write_text(RENEWED, encoding="utf-8")
    found = on(load_rulebook([path]), "lan-2026")
    for clause in ("block", "ar"):
        assert statuses(found, clause)["missed"] == ["at_risk", "overdue"], clause
    [last] = [one for one in found if one.clause == "slut"]
    assert {course.cannot for course, _ in last.courses} == {
        "sista dagen flyttas varje gång avtalet förlängs av sig självt"
    }


def test_what_happens_is_told_day_by_day_and_only_a_plan_before_what_is_done_ahead_of_it(tmp_path: Path) -> None:
    """An appointment may be recorded before its day, but is no plan."""
    text = (
        OWN.split("clauses:", maxsplit=1)[0].replace("facts: {", "facts: {möte: {occasion: true}, ")
        + """clauses:
  bemannas:
    {at: {section: "1"}, norm: shall, when: {each: {släp_hämtat: {}}, due: 7 days after event},
     what: {role_assigned: {role: förare}}}
  kallas:
    {at: {section: "2"}, norm: shall, when: {each: {möte: {}}, due: 14 days before event},
     what: {möte_convened: {möte_date: same}}}
"""
    )
    path = tmp_path / "lan.yaml"
    path.write_text(text, encoding="utf-8")
    done = call("rules", "try", path, "--format", "json").out
    courses = {
        one["clause"]: [fact["kind"] for fact in one["facts"]]
        for one in json.loads(done)["courses"]
        if one["course"] == "in_time"
    }
    assert courses == {
        "bemannas": ["släp_hämtat", "role_assigned"], "kallas": ["möte_scheduled", "möte_convened"],
    }  # fmt: skip
