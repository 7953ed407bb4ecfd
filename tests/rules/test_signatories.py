"""One text that several sign: what each agreement says, what is refused and where, and that it is kept once."""

import json
import re
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator
from tests.rules.test_regelspraket import GUIDE

from avtalsvakt_engine.storage.proof.schema import PROOFS_SCHEMA
from avtalsvakt_engine.storage.runs.kept_rules import keep_rules, kept_rulebook, kept_texts
from avtalsvakt_rules.parsing.signatory_sources import MOST_SIGNATORIES
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook, load_what_can_be_read, read_rulebook
from avtalsvakt_rules.schema.rule_file import json_schema

[TEXT] = [block for block in GUIDE.split("```") if block.startswith("\ninstrument: gransvakt-2026")]
MALMO, HAPARANDA = "gransvakt-2026-malmo", "gransvakt-2026-haparanda"
PART = """part_of: gransvakt-2026
clauses:
  bilagan: {at: {annex: "1"}, sv: Bilagan visar platserna., norm: states, note: en karta}
"""


def read(folder: Path, *texts: str) -> Rulebook:
    paths = [folder / f"{place}.yaml" for place in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text.lstrip(), encoding="utf-8")
    return read_rulebook(paths)


def told(folder: Path, *texts: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        read(folder, *texts)
    return [str(problem) for problem in caught.value.problems]


def test_the_text_of_the_guide_is_an_agreement_of_each(tmp_path: Path) -> None:
    book = read(tmp_path, TEXT)
    assert list(book.instruments) == [HAPARANDA, MALMO]
    north, south = book.instruments.values()
    assert north.clauses == south.clauses
    assert (south.title, south.municipality, south.parties) == (
        "Samverkan vid gränsen, Malmö", "Malmö", ("Malmö stad", "polisen"),
    )  # fmt: skip
    assert (north.term.from_, south.term.from_) == ("2026-01-01", "2026-03-01")
    assert (list(north.functions), list(south.functions)) == (["platschefen"], ["platschefen", "kommunen"])


def test_each_is_what_a_file_of_its_own_would_say(tmp_path: Path) -> None:
    tree: dict[str, Any] = yaml.safe_load(TEXT)
    each = tree.pop("for_each")
    alone = [
        {**tree, **own, "instrument": f"gransvakt-2026-{name}", "title": f"{tree['title']}, {own['municipality']}",
         "functions": {**tree["functions"], **own.get("functions", {})}}
        for name, own in each.items()
    ]  # fmt: skip
    written = read(tmp_path, *(json.dumps(one, default=date.isoformat) for one in alone))
    together = read(tmp_path, TEXT)
    assert (together.written, together.digest) == (written.written, written.digest)


def test_a_longer_list_changes_nothing_for_those_who_stood_there(tmp_path: Path) -> None:
    before = read(tmp_path, TEXT).instruments
    after = read(tmp_path, TEXT.replace("for_each:\n", "for_each:\n  boras:\n")).instruments
    assert {name: after[name] for name in before} == before
    assert after["gransvakt-2026-boras"].title == "Samverkan vid gränsen, Boras"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "municipality: Malmö", "kommun: Malmö",
            "0.yaml:10: nyckeln 'kommun' kan inte stå i 'for_each'. det är bara parter, tid och det som hör till dem "
            "som var och en kan ha för sig. Åtgärd: menade du 'municipality'?",
            id="an unknown key",
        ),
        pytest.param(
            "municipality: Malmö", "level: local",
            "0.yaml:10: nyckeln 'level' kan inte stå i 'for_each'. det är bara parter, tid och det som hör till dem "
            "som var och en kan ha för sig. Åtgärd: flytta den till filens huvud.",
            id="a key of the text",
        ),
        pytest.param(
            "{parties: [Haparanda stad, polisen], municipality: Haparanda}", "Haparanda",
            "0.yaml:7: fel form för 'haparanda' i 'for_each'. här väntas vad som är dess eget: parter, kommun, "
            "giltighetstid. Åtgärd: skriv haparanda: {parties: [Solna stad, polisen]}.",
            id="a word",
        ),
        pytest.param(
            "  malmo:", "  Malmö:",
            "0.yaml:8: 'gransvakt-2026-Malmö' kan inte vara beteckning på ett avtal. en beteckning består av små "
            "bokstäver (a–ö), siffror, bindestreck och understreck, börjar och slutar med en bokstav eller siffra och "
            "har högst 60 tecken. Åtgärd: skriv till exempel exempelby-2026.",
            id="a name that cannot be one",
        ),
        pytest.param(
            "term: {from: 2026-03-01, to: 2028-12-31}", "term: {from: 2026-03-01, to: 2025-12-31}",
            "0.yaml:11: fel värde i 'term'. sista dagen 2025-12-31 ligger före den första, 2026-03-01. "
            "Åtgärd: rätta from eller to.",
            id="a term of its own",
        ),
        pytest.param(
            "municipality: Haparanda}", "municipality: Haparanda, term: {from: 2027-01-01}}",
            "0.yaml:4: 'term' har ingen verkan i huvudet. var och en i for_each har sin egen. "
            "Åtgärd: ta bort den ur huvudet.",
            id="what holds for nobody",
        ),
        pytest.param(
            "municipality: Haparanda}", "municipality: Haparanda, continues: gammalt}",
            "0.yaml:7: instrumentet 'gammalt' finns inte. namnet är okänt. Åtgärd: kända är gransvakt-2026-haparanda, "
            "gransvakt-2026-malmo.",
            id="what is not there",
        ),
        pytest.param(
            "instrument: gransvakt-2026\n", "",
            "0.yaml:1: nyckeln 'instrument' saknas. den måste alltid finnas. Åtgärd: lägg till 'instrument:'.",
            id="no name",
        ),
        pytest.param(
            "for_each", "foreach",
            "0.yaml:6: okänd nyckel 'foreach'. regelspråket har ingen sådan nyckel. Åtgärd: menade du 'for_each'?",
            id="a slip in the key itself",
        ),
        pytest.param(
            "norm: shall", "norm: shal",
            "0.yaml:17: klausul moten: okänt ord 'shal' i 'norm'. tillåtna är 'shall', 'should', 'may', 'shall_not', "
            "'valid_if', 'deemed', 'states' eller 'defines'. Åtgärd: menade du 'shall'?",
            id="what is wrong in the text is said once",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_once_with_its_line(old: str, new: str, expected: str, tmp_path: Path) -> None:
    assert old in TEXT
    assert told(tmp_path, TEXT.replace(old, new, 1))[0] == expected
    assert len(told(tmp_path, TEXT.replace(old, new, 1))) == (2 if "gammalt" in new else 1)


@pytest.mark.parametrize("nothing", ["for_each:", "for_each: {}", "for_each: []", "for_each: [malmo]", "for_each: ja"])
def test_a_list_of_nobody_is_refused(nothing: str, tmp_path: Path) -> None:
    head, rest = TEXT.split("for_each:")
    [one] = told(tmp_path, f"{head}{nothing}\nclauses:{rest.split('clauses:')[1]}")
    assert one == (
        "0.yaml:6: fel form i 'for_each'. här väntas en rad för var och en som har skrivit under. "
        "Åtgärd: skriv {solna: {parties: [Solna stad, polisen]}}."
    )


def test_too_many_are_refused_before_they_are_read(tmp_path: Path) -> None:
    many = "".join(f"  ort-{place}:\n" for place in range(MOST_SIGNATORIES - 1))
    [one] = told(tmp_path, TEXT.replace("for_each:\n", f"for_each:\n{many}"))
    assert one.startswith("0.yaml:6: 'for_each' är för lång. den ger 401 avtal med ")
    assert one.endswith("Åtgärd: dela upp filen på flera, eller skriv en mall med under.")
    long = "".join(f"  k{place}: {{at: {{section: '1'}}, norm: states, note: x}}\n" for place in range(400))
    [one] = told(tmp_path, TEXT.replace("for_each:\n", f"for_each:\n{many[: many.index('  ort-300')]}") + long)
    assert re.search(r"den ger 302 avtal med \d{6} värden; högst 400 och 400000 läses", one)


@pytest.mark.parametrize(
    "other", ["instrument: gransvakt-2026", TEXT.replace("malmo", "boras").replace("haparanda", "lund")]
)
def test_the_name_of_a_text_is_taken(other: str, tmp_path: Path) -> None:
    head = TEXT.split("for_each:")[0].replace("instrument: gransvakt-2026", other).lstrip()
    second = other if "for_each" in other else head
    assert told(tmp_path, TEXT, second)[-1] in (
        f"1.yaml:{line}: texten gransvakt-2026 finns redan. samma id står i 0.yaml:7. Åtgärd: ge den ett eget id."
        for line in (1, 7, 8)
    )


def test_a_part_of_the_text_is_a_part_of_each(tmp_path: Path) -> None:
    book = read(tmp_path, TEXT, PART)
    assert [list(one.clauses) for one in book.instruments.values()] == [["moten", "bilagan"]] * 2
    [one] = told(tmp_path, TEXT, PART.replace("norm: states", "norm: state"))
    assert one.startswith("1.yaml:3: klausul bilagan: okänt ord 'state' i 'norm'.")


def test_the_text_is_kept_once_and_comes_back_the_same(tmp_path: Path) -> None:
    book = read(tmp_path, TEXT, PART)
    connection = sqlite3.connect(":memory:")
    connection.executescript(PROOFS_SCHEMA)
    keep_rules(connection, book)
    again = kept_rulebook(connection, book.digest)
    assert again is not None and (again.written, again.digest) == (book.written, book.digest)
    assert list(kept_texts(connection, book.digest)) == ["gransvakt-2026", "gransvakt-2026.1"]


def test_a_faulty_list_leaves_out_its_own_file_only(tmp_path: Path) -> None:
    (tmp_path / "fel.yaml").write_text(TEXT.lstrip().replace("municipality: Malmö", "x: y"), encoding="utf-8")
    right = TEXT.lstrip().replace("instrument: gransvakt-2026", "instrument: annan-2026")
    (tmp_path / "annan.yaml").write_text(right, encoding="utf-8")
    book, problems = load_what_can_be_read([tmp_path])
    assert {"annan-2026-malmo", "annan-2026-haparanda"} <= set(book.instruments)
    assert not any(name.startswith("gransvakt") for name in book.instruments)
    assert [one.where for one in problems] == ["fel.yaml:10"]


WRONG = ["kommun: Malmö", "level: local", "clauses: {}", "title: [x]"]


@pytest.mark.parametrize("wrong", ["", *WRONG])
def test_an_editor_is_told_by_the_schema(wrong: str) -> None:
    tree = yaml.safe_load(TEXT.replace("municipality: Malmö", wrong or "municipality: Malmö"))
    text = json.loads(json.dumps(tree, default=date.isoformat))
    assert Draft202012Validator(json_schema()).is_valid(text) is not bool(wrong)
    text.pop("term")
    assert not Draft202012Validator(json_schema()).is_valid(
        {key: one for key, one in text.items() if key != "for_each"}
    )
