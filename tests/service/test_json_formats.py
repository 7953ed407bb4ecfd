"""The JSON that other programs may rely on: real answers fit the schemas, and the schemas allow nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, meta
from tests.service.command_line import FACTS, RULES, call

from avtalsvakt.formats.as_json import VERSIONS
from avtalsvakt.formats.schemas import schema
from avtalsvakt_engine.explaining import labels
from avtalsvakt_rules.vocabulary import load

pytestmark = pytest.mark.usefixtures("alone")

FIELDS = Path(__file__).parent / "golden" / "json_fields.txt"
FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.csv"))
FILES = [word for path in FIXTURES for word in ("--facts", str(path))]
JUDGE = ("assess", "--as-of", "2026-11-22", "--format", "json")


def answer(*words: object) -> dict[str, Any]:
    found = call(*words)
    assert found.code in (0, 1), found.err
    told: dict[str, Any] = json.loads(found.out)
    return told


def problems(told: dict[str, Any]) -> list[str]:
    """What keeps an answer from being what its own `format` says."""
    validator = Draft202012Validator(schema(told["format"].removeprefix("avtalsvakt/")))
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(told)]


def nodes(one: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema."""
    if isinstance(one, dict):
        yield one
        yield from (part for value in one.values() for part in nodes(value))
    elif isinstance(one, list):
        yield from (part for value in one for part in nodes(value))


@pytest.mark.parametrize("name", VERSIONS)
def test_a_schema_is_one_and_closed_all_through(name: str) -> None:
    found = schema(name)
    meta.validate(found)
    assert found["properties"]["format"]["const"] == f"avtalsvakt/{name}"
    assert found["properties"]["version"]["const"] == VERSIONS[name]
    objects = [one for one in nodes(found) if one.get("type") == "object"]
    for one in objects:
        assert "additionalProperties" in one
        assert "properties" not in one or one["additionalProperties"] is False
        assert one.get("required", []) == list(one.get("properties", {}))


def test_every_schema_belongs_to_a_format_and_an_unknown_one_is_refused() -> None:
    folder = Path(__file__).parents[2] / "service" / "avtalsvakt" / "formats" / "schemas"
    assert {path.stem for path in folder.glob("*.json")} == set(VERSIONS)
    with pytest.raises(KeyError):
        schema("../as_json")


@pytest.mark.parametrize("name", VERSIONS)
def test_every_field_is_described(name: str) -> None:
    for one in nodes(schema(name)):
        for field, described in one.get("properties", {}).items():
            assert isinstance(described, dict)
            assert "description" in described or "$ref" in described, field


def test_the_fields_are_those_of_the_version() -> None:
    """Within a version no field comes and none goes: a line that changes is a new version (its old line may go)."""
    assert sorted(f"{line}\n" for name in VERSIONS for line in fields_of(name)) == FIELDS.read_text("utf-8").splitlines(
        keepends=True
    )


def fields_of(name: str) -> Iterator[str]:
    """The fields of a format's answer and of each of its parts."""
    found = schema(name)
    for part, described in {"": found, **found.get("$defs", {})}.items():
        where = " ".join(filter(None, (name, str(VERSIONS[name]), part)))
        yield f"{where}: {', '.join(described.get('properties', {}))}"


@pytest.mark.usefixtures("among_all", "morning")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assess", (*JUDGE, *FILES)),
        ("assess", (*JUDGE, *FILES, "--known-at", "2025-01-01", "--horizon", "3")),
        ("clauses", ("rules", "clauses", "--format", "json")),
        ("clauses", (*RULES, "rules", "clauses", "--class", "attested", "--format", "json")),
    ],
    ids=["examples", "known then", "every clause", "what is attested"],
)
def test_what_is_answered_of_all_agreements_fits(name: str, words: tuple[object, ...]) -> None:
    hold(name, words)


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assess", (*RULES, *JUDGE, "--facts", FACTS, "--agreement", "lokal")),
        ("compare", (*RULES, *JUDGE, "--facts", FACTS, "--agreement", "lokal", "--compare", "DUBBEL", "--compare",
                     "RISK30", "--compare", "HALVAR=agreement")),
    ],
    ids=["one agreement", "compared"],
)  # fmt: skip
def test_what_is_answered_of_one_agreement_fits(name: str, words: tuple[object, ...]) -> None:
    hold(name, words)


def hold(name: str, words: tuple[object, ...]) -> None:
    """Hold an answer against its schema: whole, and with something in every list."""
    told = answer(*words)
    assert list(told)[:2] == ["format", "version"]
    assert told["format"] == f"avtalsvakt/{name}"
    assert problems(told) == []
    assert all(told[key] for key in told if isinstance(told[key], list) and key not in ("findings", "requirements"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("status", ("status",)),
        ("status", ("status", "--agreement", "lokal")),
        ("duties", ("overdue", "--ended")),
        ("duties", ("overdue", "--short")),
        ("duties", ("upcoming",)),
        ("duties", ("upcoming", "--before", "2026-12-24")),
        ("agenda", ("agenda", "lokal styrgrupp")),
        ("what-if", ("what-if", "--suppose", "möte hållet 2026-12-10 lokal styrgrupp lokal")),
        ("forecast", ("forecast", "--until", "2027-07-31")),
        ("history", ("history", "lokal.plan.2025-H2")),
        ("changes", ("changes",)),
        ("changes-since", ("changes", "--since", "2026-01-01")),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else None,
)
def test_what_the_register_answers_fits(name: str, words: tuple[str, ...], run_db: Path) -> None:
    told = answer("--db", run_db, *RULES, *words, "--format", "json")
    assert told["format"] == f"avtalsvakt/{name}"
    assert problems(told) == []


def test_before_the_first_run_no_changes_fit_too(db: Path) -> None:
    told = answer("--db", db, *RULES, "changes", "--format", "json")
    assert (told["run"], told["changes"], problems(told)) == (None, [], [])


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"version": 2},
        {"as_of": "22 november"},
        {"duties": [{"status": "fulfilled"}]},
        {"findings": None},
    ],
    ids=["a field more", "another version", "no day", "a field less", "no list"],
)
@pytest.mark.usefixtures("morning")
def test_anything_else_does_not_fit(change: dict[str, object]) -> None:
    told = answer(*RULES, *JUDGE, "--facts", FACTS, "--agreement", "lokal")
    assert problems(told) == []
    assert problems(told | change)


def test_the_schemas_name_the_words_of_the_vocabulary() -> None:
    vocabulary = load()
    duty = schema("assess")["$defs"]["duty"]["properties"]
    assert duty["status"]["enum"] == list(vocabulary.statuses)
    assert duty["modality"]["enum"] == list(vocabulary.modalities)
    status = schema("status")["$defs"]
    assert set(status["instrument"]["properties"]["state"]["enum"]) == set(labels.STATES)
    assert set(status["violation"]["properties"]["life"]["enum"]) == set(labels.VIOLATION_STATES)
