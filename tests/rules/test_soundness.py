"""Clauses that can be read but never do what they say: what a person is told, and that the agreements have none."""

from pathlib import Path

import pytest

from avtalsvakt_rules.checks.instruments import check_instruments
from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.interpreting.actors import check_bearers
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.parsing.source import Source, parse_source
from avtalsvakt_rules.rulebook import second_look
from avtalsvakt_rules.soundness.clauses import check_soundness

HEAD = """instrument: prov-2026
title: Prov
level: local
document: prov.txt
parties: [stadsdelsförvaltningen, polisen]
annexes: {1: lägesbild}
term: {from: 2026-01-01, to: 2028-12-31}
clauses:
"""
CASES = Path(__file__).parents[1] / "cases" / "unsound_clauses.txt"


def written() -> dict[str, tuple[str, list[str]]]:
    """By name: the clauses of the file, and what is told."""
    _, *cases = CASES.read_text(encoding="utf-8").split("\n# ")
    out = {}
    for case in cases:
        name, *lines = case.strip().splitlines()
        clauses = "".join(f"  {line[2:]}\n" for line in lines if line.startswith("> "))
        out[name] = (HEAD + clauses, [line for line in lines if not line.startswith("> ")])
    return out


def read(text: str) -> list[tuple[Source, Instrument]]:
    """The file, which can be read and names nothing that does not exist."""
    source = parse_source(text, "prov.yaml")
    found = [(source, read_instrument(source))]
    assert check_instruments(found) == []
    return found


@pytest.mark.parametrize("name", written())
def test_what_can_never_be_is_told_with_its_line(name: str) -> None:
    text, expected = written()[name]
    assert [str(problem) for problem in check_soundness(read(text))] == expected


def test_the_agreements_have_no_such_clause() -> None:
    assert second_look()[0] == []


def test_a_bearer_that_nobody_knows_is_refused_with_the_nearest_name() -> None:
    clause = 'brev: {at: {section: "2"}, norm: shall, who: klara_grupp, when: once, what: {information_given: {}}}'
    source = parse_source(f"{HEAD}  {clause}\n", "prov.yaml")
    [one] = check_bearers(source, read_instrument(source), ())
    assert (one.where, one.what, one.remedy) == (
        "prov.yaml:9", "klausul brev: 'klara_grupp' är ingen som kan handla", "menade du 'klara_group'?"
    )  # fmt: skip


def test_an_own_kind_does_not_take_what_every_record_has() -> None:
    facts = "facts: {nyckel_lämnad: [kind, date, rum]}\nclauses:"
    clause = 'nyckel: {at: {section: "2"}, norm: shall, when: {each: year}, what: {nyckel_lämnad: {}}}'
    found = check_soundness(read(f"{HEAD.replace('clauses:', facts)}  {clause}\n"))
    assert [one.what for one in found] == [
        "faktatypen nyckel_lämnad: 'date' kan inte vara ett attribut",
        "faktatypen nyckel_lämnad: 'kind' kan inte vara ett attribut",
    ]
    assert found[0].remedy == "stryk date, eller kalla det något annat"
