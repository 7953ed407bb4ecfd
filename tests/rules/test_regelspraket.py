"""The guide to the rule language: its examples are one file that can be read, and lead where the guide says."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.importing.fact_files import read_file
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_reading import Known
from avtalsvakt_rules import vocabulary
from avtalsvakt_rules.compiling.file_reading import read_instrument
from avtalsvakt_rules.interpreting.attestations import check_attestations
from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.language.head import Discrepancy, Extension, Function, Term
from avtalsvakt_rules.language.instrument import (
    LEVELS,
    MODALITY,
    Clause,
    Instrument,
    Reading,
    Validity,
)
from avtalsvakt_rules.language.when import PERIODS, WHEN_KEYS, read_when
from avtalsvakt_rules.model import Model
from avtalsvakt_rules.parsing.source import parse_source
from avtalsvakt_rules.rulebook import Rulebook, builtin_files, read_rulebook

ASKING = """instrument: fragor
title: Frågor
level: local
document: fragor.pdf
term: {{from: 2026-01-01}}
clauses:
  fraga: {{at: {{section: "1"}}, norm: shall, when: {window}, attest: stadsdelsdirektör}}
"""
GUIDE = (Path(__file__).parents[2] / "docs" / "regelspraket.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def section(heading: str) -> str:
    return GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def table(text: str) -> list[list[str]]:
    found = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[2:]]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The built-in rules and the guide's examples joined to one file."""
    head, *clauses = blocks("yaml")
    findings = "".join(block for block in clauses if block.startswith("findings:"))
    indented = "".join(
        f"  {line}\n" for clause in clauses if not clause.startswith("findings:") for line in clause.splitlines()
    )
    path = tmp_path_factory.mktemp("guide") / "exempel.yaml"
    path.write_text(f"{head}clauses:\n{indented}{findings}", encoding="utf-8")
    return read_rulebook([*builtin_files(), path])


def example(book: Rulebook) -> Instrument:
    return book.instruments["exempel-2026"]


def test_the_examples_are_one_readable_file(book: Rulebook) -> None:
    assert len(example(book).clauses) == 20
    assert len(example(book).findings) == 1


def keys(model: type[Model]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def language() -> set[str]:
    """Every key that a file may hold."""
    models = (Instrument, Clause, Address, Term, Extension, Function, Discrepancy, Validity, Reading)
    effects, values = (
        {"extends", "ends", "at_most", "renews", "times"},
        {"at_least", "of", "more_than", "less_than", "not_in", "length", "any_of", "itself", "met", "becomes"},
    )
    conditions = {"in_force", "met", "missed", "earliest", "latest"}
    return set().union(*(keys(model) for model in models), WHEN_KEYS, effects, values, conditions) - {"from_"}


@pytest.mark.parametrize("key", sorted(language()))
def test_every_key_of_the_language_is_in_the_guide(key: str) -> None:
    code = [*re.findall(r"`([^`\n]+)`", GUIDE), *blocks("yaml")]
    assert any(re.search(rf"(?<![\w-]){key}(?![\w-])", one) for one in code)


def test_every_level_is_in_the_guide() -> None:
    assert all(f"`{level}`" in section("Avtalet") for level in LEVELS)


def windows() -> list[str]:
    rows = [*table(section("När")), *table(section("Intyg"))]
    cells = [code for row in rows for code in re.findall(r"`([^`]+)`", row[1])]
    return list(dict.fromkeys(code for code in cells if code.startswith("{") or code in ("once", "always")))


@pytest.mark.parametrize("window", windows())
def test_every_window_in_the_table_can_be_read(window: str) -> None:
    tree = parse_source(f"when: {window}", "guide").tree
    assert isinstance(tree, dict)
    assert read_when(tree["when"])


def test_every_window_of_a_question_can_be_asked() -> None:
    cells = [code for row in table(section("Intyg")) for code in re.findall(r"`([^`]+)`", row[1])]
    asked = [code for code in cells if code.startswith("{") or code == "once"]
    assert len(asked) == 7
    for window in asked:
        source = parse_source(ASKING.format(window=window), "guide")
        instrument = read_instrument(source)
        assert not list(check_attestations(source, instrument))
        assert instrument.clauses["fraga"].judged and not instrument.clauses["fraga"].computed


def test_the_tables_name_every_norm_and_every_period() -> None:
    norms = [row[0].strip("`") for row in table(section("Klausulen"))]
    assert set(norms) == set(MODALITY)
    assert all(f"`{period}`" in section("När") or f"each: {period}" in section("När") for period in PERIODS)


@pytest.fixture(scope="module")
def found(book: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Status and last day of every duty of the example on the guide's day."""
    path = tmp_path_factory.mktemp("facts") / "fakta.csv"
    [facts] = blocks("csv")
    path.write_text(facts, encoding="utf-8")
    known = Known(vocabulary.load(), frozenset(book.instruments))
    batch = read_file(path, known, NOW)
    with Decider() as decider:
        result = assess(book, batch.facts, date(2026, 7, 10), None, decider, agreements=["exempel-2026"])
    return {one.duty: [one.status, one.due.isoformat() if one.due else ""] for one in result.duties}


@pytest.mark.parametrize("row", table(section("Vad det blir")), ids=lambda row: row[0])
def test_the_facts_lead_where_the_guide_says(row: list[str], found: dict[str, list[str]]) -> None:
    assert found[row[0].strip("`")] == row[1:]
