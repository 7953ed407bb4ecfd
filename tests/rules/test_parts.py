"""An instrument in several files: what the parts bring, what is wrong with them, and that runs keep them all."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from avtalsvakt_engine.storage.proof.schema import PROOFS_SCHEMA
from avtalsvakt_engine.storage.runs.kept_rules import CHOSEN, keep_rules, kept_rulebook, kept_texts
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook, load_rulebook, read_rulebook

WHOLE = """instrument: prov-2026
title: Prov
level: local
document: prov.txt
parties: [stadsdelsförvaltningen, polisen]
term: {from: 2026-01-01}
clauses:
  moten:
    at: {section: "1"}
    norm: shall
    when: {each: year}
    what: {meeting_held: {body: local_steering_group}}
    readings: [KALLAS]
    instead:
      KALLAS:
        convened: {what: {meeting_convened: {body: local_steering_group}}}
"""
PART = """part_of: prov-2026
clauses:
  beredning:
    at: {annex: "1"}
    norm: states
    part_of: [moten]
findings:
  glapp:
    kind: gap
    sv: Bilagan säger inte när gruppen möts.
    at: [{annex: "1"}]
    clauses: [moten, beredning]
"""


def files(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def read(folder: Path, **texts: str) -> Rulebook:
    return read_rulebook(files(folder, {f"{name}.yaml": text for name, text in texts.items()}))


def told(folder: Path, **texts: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        read(folder, **texts)
    return [str(problem) for problem in caught.value.problems]


def test_a_part_brings_clauses_and_findings(tmp_path: Path) -> None:
    one = read(tmp_path, a=WHOLE, b=PART).instruments["prov-2026"]
    assert list(one.clauses) == ["moten", "beredning"]
    assert one.clauses["beredning"].accounted == "part"
    assert one.findings["glapp"].clauses == ("moten", "beredning")


def test_the_order_in_which_files_are_read_decides_nothing_but_the_order_of_parts(tmp_path: Path) -> None:
    first, second = read(tmp_path, a=WHOLE, b=PART), read(tmp_path, b=PART, a=WHOLE)
    assert (first.digest, first.instruments) == (second.digest, second.instruments)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            {"b": PART},
            "b.yaml:1: filen är en del av 'prov-2026', som inte finns. ingen fil har det som instrument. "
            "Åtgärd: rätta part_of, eller lägg till filen som börjar avtalet.",
            id="no such agreement",
        ),
        pytest.param(
            {"a": WHOLE, "b": PART.replace("clauses:", "title: Bilaga\nclauses:", 1)},
            "b.yaml:2: nyckeln 'title' kan inte stå i en del. den hör till avtalet i stort. "
            "Åtgärd: flytta den till filen med instrument: prov-2026.",
            id="a key of the whole",
        ),
        pytest.param(
            {"a": WHOLE, "b": PART.replace("beredning:", "moten:", 1)},
            "b.yaml:3: 'moten' finns redan. samma namn står i a.yaml:8. Åtgärd: ge den ett eget namn.",
            id="a clause twice",
        ),
        pytest.param(
            {"a": WHOLE, "b": PART, "c": PART.replace("beredning", "annat").replace("part_of: [moten]", "note: x")},
            "c.yaml:8: 'glapp' finns redan. samma namn står i b.yaml:8. Åtgärd: ge den ett eget namn.",
            id="a finding twice, in two parts",
        ),
        pytest.param(
            {"a": WHOLE, "b": PART.replace("part_of: [moten]", "part_of: [mote]")},
            "b.yaml:6: klausul beredning: klausulen 'mote' finns inte. namnet är okänt. Åtgärd: menade du 'moten'?.",
            id="a slip in a part has the part's line",
        ),
        pytest.param(
            {"a": WHOLE, "b": PART.replace("norm: states", "norm: stats")},
            "b.yaml:5: klausul beredning: okänt ord 'stats' i 'norm'. tillåtna är 'shall', 'should', 'may', "
            "'shall_not', 'valid_if', 'deemed', 'states' eller 'defines'. Åtgärd: menade du 'states'?",
            id="a word in a part",
        ),
    ],
)
def test_what_is_wrong_with_a_part(texts: dict[str, str], expected: str, tmp_path: Path) -> None:
    assert [problem.rstrip(".") for problem in told(tmp_path, **texts)] == [expected.rstrip(".").replace("?.", "?")]


def kept(rulebook: Rulebook) -> tuple[Rulebook | None, list[str]]:
    """The rulebook as it comes back from a register, and what it was kept as."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(PROOFS_SCHEMA)
    keep_rules(connection, rulebook)
    return kept_rulebook(connection, rulebook.digest), list(kept_texts(connection, rulebook.digest))


@pytest.mark.parametrize("readings", [{}, {"KALLAS": "convened", "DUBBEL": "local"}], ids=["as written", "chosen"])
def test_what_a_run_keeps_of_several_files_comes_back_the_same(readings: dict[str, str], tmp_path: Path) -> None:
    rulebook = read(tmp_path, a=WHOLE, b=PART).with_readings(readings)
    again, names = kept(rulebook)
    assert again is not None and again.digest == rulebook.digest
    assert names == ([CHOSEN] if readings else []) + ["prov-2026", "prov-2026.1"]
    assert dict(again.overrides) == readings
    assert (again.instruments, again.written) == (rulebook.instruments, rulebook.written)
    what = again.instruments["prov-2026"].clauses["moten"].what[0].kind
    assert what == ("meeting_convened" if readings else "meeting_held")


def test_the_rules_that_come_with_the_program_are_kept_whole() -> None:
    rulebook = load_rulebook()
    again, names = kept(rulebook)
    assert again is not None and (again.digest, again.instruments) == (rulebook.digest, rulebook.instruments)
    assert sum(name.startswith("norrmalm-2016.") for name in names) == 2


def test_the_same_texts_are_read_once_and_others_are_not_taken_for_them(tmp_path: Path) -> None:
    first = files(tmp_path, {"helt": WHOLE})
    book = read_rulebook(first)
    assert read_rulebook(first) is book
    first[0].write_text(WHOLE.replace("title: ", "title: Ny "), encoding="utf-8")
    changed = read_rulebook(first)
    assert changed.digest != book.digest
    first[0].write_text(WHOLE, encoding="utf-8")
    assert read_rulebook(first) == book
