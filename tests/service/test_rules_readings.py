"""`rules readings`: every question in Swedish with its choices, reason and clauses, and what cannot be chosen."""

import csv
import io
import json
import re

import pytest
from tests.service.command_line import RULES, Answer, call

from avtalsvakt_engine.explaining.reading_labels import READINGS
from avtalsvakt_engine.explaining.reading_sentences import SENTENCES
from avtalsvakt_rules.readings import REFUSED, SUPPORTED, load_readings

ENGLISH = re.compile(r"\b(the|of|is|and|year|each|when|meeting|clause)\b")


@pytest.fixture(autouse=True)
def _still(morning: object) -> None:
    """The clock stands."""


def readings(*words: str) -> Answer:
    return call(*RULES, "rules", "readings", *words)


def test_every_question_choice_and_reason_has_swedish_words() -> None:
    assert set(SENTENCES) == set(READINGS) == set(load_readings())
    for code, (question, reason) in SENTENCES.items():
        assert question.endswith("?") and reason.endswith("."), code
        assert len(question) <= 110 and len(reason) <= 110, code
        choices = READINGS[code][1]
        assert set(choices) == set(map(str, load_readings()[code].choices)), code
        assert not [text for text in (question, reason, *choices.values()) if ENGLISH.search(text)], code


def test_every_reading_is_listed_with_its_default_and_reason() -> None:
    said = json.loads(readings("--format", "json").out)["readings"]
    assert [one["reading"] for one in said] == list(load_readings())
    for one in said:
        known = load_readings()[one["reading"]]
        assert (one["default"], one["reason"]) == (known.default, SENTENCES[one["reading"]][1])
        assert [choice["choice"] for choice in one["choices"]] == list(map(str, known.choices))
        [default] = [choice for choice in one["choices"] if choice["choice"] == one["default"]]
        assert default["by"] and default["refused"] is None


def test_who_carries_out_a_choice_and_why_none_does() -> None:
    said = {one["reading"]: one for one in json.loads(readings("--format", "json").out)["readings"]}
    halvar = {choice["choice"]: choice["by"] for choice in said["HALVAR"]["choices"]}
    assert halvar["agreement"] == "program"
    for one in said.values():
        for choice in one["choices"]:
            assert (choice["by"] is None) is (choice["refused"] is not None)
            if choice["by"] == "clauses":
                assert choice["choice"] not in SUPPORTED[one["reading"]]
    assert [choice["by"] for choice in said["RISK30"]["choices"]] == ["program", None]


def test_the_clauses_that_hang_on_a_reading_by_their_words() -> None:
    said = {one["reading"]: one["clauses"] for one in json.loads(readings("--format", "json").out)["readings"]}
    assert {"lokal.plan"} == {name for name in said["HALVAR"] if name.startswith("lokal.")}
    assert "lokal.polis-med" in said["BOR"] and "lokal.samrad" in said["SEXMAN"]
    assert {"lokal.moten", "stad.lokala-moten"} <= set(said["DUBBEL"])


def test_one_reading_by_its_code() -> None:
    lines = readings("halvar").out.splitlines()
    assert lines[0] == "HALVAR          Vad är ett halvår?"
    assert lines[1] == "                * calendar: kalenderhalvår (förval)"
    assert lines[2] == "                - agreement: halvår från avtalets start"
    assert "                  lokal.plan" in lines
    assert all(len(line) <= 100 for line in lines)


def test_a_choice_that_cannot_be_made_says_why() -> None:
    lines = [line.strip() for line in readings("RISK30").out.splitlines()]
    place = lines.index("- other: annat antal dagar (kan inte väljas)")
    assert lines[place + 1 : place + 3] == [
        "antalet dagar är klausulens eget, inte en fråga om hur texten läses; skriv",
        "warn: 45 days i klausulen",
    ]


def test_what_is_refused_with_a_reason_is_a_choice_that_the_program_does_not_carry_out() -> None:
    for (code, choice), (why, remedy) in REFUSED.items():
        assert choice in load_readings()[code].choices and choice not in SUPPORTED[code]
        assert why and remedy and not why.endswith(".") and not remedy.endswith(".")


def test_a_code_that_there_is_not() -> None:
    answer = readings("HALVER")
    assert (answer.code, answer.out) == (2, "")
    assert "läsningen 'HALVER' finns inte" in answer.err and "menade du 'HALVAR'?" in answer.err


def test_a_row_for_each_choice() -> None:
    rows = list(csv.DictReader(io.StringIO(readings("--format", "csv").out, newline="")))
    assert len(rows) == sum(len(one.choices) for one in load_readings().values())
    [row] = [row for row in rows if (row["reading"], row["choice"]) == ("SEXMAN", "clip")]
    assert (row["default"], row["in_force"], row["by"]) == ("ja", "ja", "program")
