"""`assess`: the fields of its JSON, its CSV in a spreadsheet, what it touches, what it returns."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.service.command_line import FACTS, HERE, RULES, Answer, call

from avtalsvakt.formats.as_csv import COLUMNS, cell
from avtalsvakt_engine.inference.deciding import Conclusion, Decider, NotEvaluated
from avtalsvakt_rules.vocabulary import load

pytestmark = pytest.mark.usefixtures("alone")

DUTY = [
    *("duty", "agreement", "instrument", "obligation", "clause", "modality", "bearer", "period", "trigger", "due"),
    *(
        "status",
        "required",
        "counted",
        "facts",
        "not_counted",
        "days_left",
        "part_period",
        "until",
        "readings",
        "rules",
    ),
]
ALSO = ["flags", "reason", "attest", "short_title", "title", "act", "question", "strictest"]


@pytest.fixture(autouse=True)
def _still(morning: object) -> None:
    """The clock stands."""


def assess(*words: object, form: str = "json") -> Answer:
    return call(*RULES, "assess", "--facts", FACTS, "--as-of", "2026-11-22", "--format", form, *words)


def test_the_fields_and_their_order() -> None:
    answer = assess()
    said = json.loads(answer.out)
    assert (answer.code, answer.err) == (0, "")
    head = ["format", "version", "as_of", "known_at", "rulebook"]
    assert list(said) == [*head, "duties", "instruments", "findings", "requirements"]
    assert (said["as_of"], said["known_at"]) == ("2026-11-22", None)
    for duty in said["duties"]:
        assert list(duty) == DUTY + ALSO
        assert list(duty["clause"]) == ["document", "section", "paragraph"]
        assert duty["period"] is None or list(duty["period"]) == ["label", "from", "to"]
        assert duty["status"] in load().statuses
    for state in said["instruments"]:
        assert list(state) == ["agreement", "state", "from", "to", "umbrella", "flags", "short_title"]


def test_one_duty_whole() -> None:
    [duty] = [one for one in json.loads(assess().out)["duties"] if one["duty"] == "lokal.moten.2026"]
    assert duty == {
        "duty": "lokal.moten.2026",
        "agreement": "lokal",
        "instrument": "lokal",
        "obligation": "moten",
        "clause": {"document": "lokal.txt", "section": "2", "paragraph": "1"},
        "modality": "obligation",
        "bearer": "local_steering_group",
        "period": {"label": "2026", "from": "2026-01-01", "to": "2026-12-31"},
        "trigger": None,
        "due": "2026-12-31",
        "status": "at_risk",
        "required": 2,
        "counted": 1,
        "facts": ["m26"],
        "not_counted": [{"fact": "m26p", "reason": "planned"}],
        "days_left": 39,
        "part_period": False,
        "until": "2026-12-31",
        "readings": {
            "AR": "calendar",
            "DUBBEL": "both",
            "DUBBLETT": "body_day",
            "FRAMTID": "planned",
            "SENT": "documents",
            "STUB": "threshold",
        },
        "rules": ["whole_period_in_term", "duty_applies", "due_soon"],
        "flags": [],
        "reason": None,
        "attest": None,
        "short_title": "Lokalt avtal (påhittat)",
        "title": "Styrgruppen träffas två gånger om året eller mer 2026",
        "act": "Kalla styrgruppen",
        "question": None,
        "strictest": False,
    }


def test_what_several_texts_ask_for_is_told_with_the_strictest_first() -> None:
    said = json.loads(assess().out)
    [one] = [one for one in said["requirements"] if one["agreement"] == "lokal"]
    assert (one["requirement"], one["strictest"], one["because"]) == ("lokal.moten", "stad.lokala-moten", "times")
    assert [(source["instrument"], source["times_a_year"]) for source in one["sources"]] == [("stad", 3), ("lokal", 2)]
    told = {
        duty["duty"]: duty["strictest"]
        for duty in said["duties"]
        if duty["strictest"] is not None and duty["agreement"] == "lokal"
    }
    assert told["lokal.moten.2026"] is False and told["lokal.stad.lokala-moten.2026"] is True
    assert {key.rpartition(".")[0] for key in told} == {"lokal.moten", "lokal.stad.lokala-moten"}
    lines = assess("--agreement", "lokal", form="table").out.splitlines()
    place = lines.index("Krävs av flera texter:")
    assert lines[place + 1].startswith("  ett möte i den lokala styrgruppen hålls: strängast är stad, 3 gånger om")


@pytest.mark.usefixtures("among_all")
def test_a_statute_that_asks_for_more_is_told_beside_the_agreement() -> None:
    scope = ("--facts", HERE.parents[1] / "fixtures" / "vaxholm-2023.csv", "--as-of", "2026-08-01")
    said = json.loads(call("assess", *scope, "--agreement", "vaxholm-2023", "--format", "json").out)
    [one] = said["requirements"]
    assert (one["requirement"], one["because"]) == ("vaxholm-2023.lagesbild-uppdateras", "times")
    owed = [(source["agreement"], source["instrument"], source["times_a_year"]) for source in one["sources"]]
    assert owed == [("kommun-vaxholm", "lag-2023-196", 0.5), ("vaxholm-2023", "vaxholm-2023", 0.25)]
    why = " ".join(call("why", *scope, "vaxholm-2023.lagesbild-uppdateras.2023/2026", "--all").out.split())
    assert "strängast är lag-2023-196 (6 §, stycke 1, led 1): vartannat år; texten här kräver vart fjärde år" in why


def test_a_page_of_rules_tells_of_the_other_text() -> None:
    shown = " ".join(call(*RULES, "rules", "show", "lokal").out.split())
    assert (
        "krävs: strängast är stad (avsnitt 3, stycke 1): 3 gånger om året; texten här kräver 2 gånger om året" in shown
    )


def test_the_same_question_has_the_same_answer_byte_for_byte() -> None:
    assert assess() == assess()


def test_only_some_agreements() -> None:
    said = json.loads(assess("--agreement", "lokal").out)
    assert {one["agreement"] for one in said["duties"]} == {"lokal"}
    assert [one["agreement"] for one in said["instruments"]] == ["lokal"]


def test_the_horizon_is_in_years() -> None:
    def last(years: int) -> str:
        said = json.loads(assess("--agreement", "lokal", "--horizon", years).out)
        return max(str(one["period"]["label"]) for one in said["duties"] if one["obligation"] == "moten")

    assert [last(0), last(1), last(15)] == ["2026", "2027", "2027"]


def test_what_was_known_on_a_day() -> None:
    def status(known_at: str) -> str:
        [duty] = [
            one
            for one in json.loads(assess("--known-at", known_at).out)["duties"]
            if one["duty"] == "lokal.plan.2026-H1"
        ]
        return str(duty["status"])

    assert [status("2026-07-04"), status("2026-07-05")] == ["overdue", "fulfilled"]


def test_another_reading() -> None:
    said = json.loads(assess("--reading", "HALVAR=agreement", "--reading", "BOR=duty").out)
    assert all(one["readings"].get("HALVAR", "agreement") == "agreement" for one in said["duties"])
    assert said["rulebook"] != json.loads(assess().out)["rulebook"]


def test_files_are_judged_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert assess("--db", tmp_path / "none.db").code == 0
    assert list(tmp_path.iterdir()) == []


def test_the_register_is_judged_without_files(db: Path) -> None:
    before = db.read_bytes()
    answer = call("--db", db, *RULES, "assess", "--as-of", "2026-11-22", "--format", "json")
    assert json.loads(answer.out) == json.loads(assess().out)
    assert db.read_bytes() == before


def test_csv_has_a_line_for_each_duty() -> None:
    rows = list(csv.DictReader(io.StringIO(assess(form="csv").out, newline="")))
    duties = json.loads(assess().out)["duties"]
    assert [row["duty"] for row in rows] == [one["duty"] for one in duties]
    assert list(rows[0]) == list(COLUMNS)
    [row] = [row for row in rows if row["duty"] == "lokal.moten.2026"]
    assert (row["period_label"], row["due"], row["not_counted"], row["days_left"]) == (
        "2026", "2026-12-31", "m26p:planned", "39",
    )  # fmt: skip
    assert row["readings"].startswith("AR=calendar|")


def test_csv_ends_lines_as_the_standard_says() -> None:
    text = assess(form="csv").out
    assert text.endswith("\r\n") and text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUMMA(A1)", "\t=1", "\r=1", "|cmd", "%0A"])
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert (cell(-12), cell(0), cell(None), cell(True), cell("lokal")) == (-12, 0, "", "ja", "lokal")


def test_a_table_says_what_is_worst_first() -> None:
    lines = assess("--agreement", "lokal", form="table").out.splitlines()
    assert lines[0] == "Lokalt avtal (påhittat) (lokal)"
    assert lines[1] == "  gäller: 2024-01-01 – 2027-12-31, under stad"
    statuses = [line[23:34].strip() for line in lines if line[:4].isdigit()]
    assert statuses.index("försenad") < statuses.index("närmar sig") < statuses.index("väntar")
    assert lines[-1].startswith("Per 2026-11-22: ")
    assert all(len(line) <= 100 for line in lines)


def test_something_not_evaluated_is_loud_and_has_a_code_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    decide = Decider.decide

    def failing(self: Decider, question: str, words: tuple[str, ...]) -> Conclusion:
        if question == "status" and "near" in words:
            raise NotEvaluated(question, words, "regelmotorn svarade inte")
        return decide(self, question, words)

    monkeypatch.setattr(Decider, "decide", failing)
    answer = assess()
    assert answer.code == 1
    failed = [one for one in json.loads(answer.out)["duties"] if one["status"] == "not_evaluated"]
    assert [(one["duty"], one["reason"]) for one in failed] == [("lokal.moten.2026", "regelmotorn svarade inte")]
    assert "1 ej bedömd" in assess(form="table").out
    explained = call(*RULES, "why", "--facts", FACTS, "--as-of", "2026-11-22", "lokal.moten.2026")
    assert explained.code == 1
    assert "Ej bedömd: regelmotorn svarade inte" in explained.out
