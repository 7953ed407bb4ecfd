"""The JSON Schema for editors: it takes every instrument there is, and refuses what the language refuses by form."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator, ValidationError, meta
from tests.rules.test_rule_file_errors import FILE as SLIPPED
from tests.rules.test_rule_file_errors import slips
from tests.rules.test_soundness import written

from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.when import WHEN_KEYS
from avtalsvakt_rules.model import Model
from avtalsvakt_rules.parsing.parts import PART_KEYS
from avtalsvakt_rules.parsing.signatories import KEY
from avtalsvakt_rules.parsing.source import parse_source, read_source
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import builtin_files, read_rulebook
from avtalsvakt_rules.schema.rule_file import NEEDED, json_schema

SCHEMA = json_schema()
BEYOND = Path(__file__).parents[1] / "cases" / "beyond_json_schema.txt"
EXAMPLES = sorted((Path(__file__).parents[1] / "service" / "example").glob("*.yaml"))


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: numbers and booleans are such, dates are text."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def edited(text: str) -> Any:
    """The file as an editor holds it against the schema: as JSON, whose keys are texts."""
    return json.loads(json.dumps(yaml.load(text, AsEditorsRead)))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA)


def test_it_is_a_schema() -> None:
    meta.validate(SCHEMA)
    wrong = SCHEMA | {"$defs": {"clause": {"properties": {"norm": {"enum": "shall"}}}}}
    with pytest.raises(ValidationError) as told:
        meta.validate(wrong)
    assert told.value.instance_path == ["$defs", "clause", "properties", "norm", "enum"]


@pytest.mark.parametrize("path", [*builtin_files(), *EXAMPLES], ids=lambda path: path.name)
def test_it_takes_every_instrument(path: Path, validator: Draft202012Validator) -> None:
    for tree in (read_source(path).tree, edited(path.read_text(encoding="utf-8"))):
        assert [error.message for error in validator.iter_errors(tree)] == []


def keys(schema: Any) -> set[str]:
    return set(schema["properties"])


def test_it_has_the_keys_of_the_models_and_no_others() -> None:
    whole: Any = SCHEMA
    defined = whole["$defs"]
    instrument, part = whole["else"], whole["then"]
    assert keys(part) == PART_KEYS
    more: dict[type[Model], tuple[set[str], set[str]]] = {Instrument: ({KEY}, set(NEEDED))}
    for model, schema in ((Instrument, instrument), (Clause, defined["clause"]), (Address, defined["address"])):
        beside, needed = more.get(model, (set(), set()))
        assert keys(schema) == {field.alias or name for name, field in model.model_fields.items()} | beside
        required = {field.alias or name for name, field in model.model_fields.items() if field.is_required()}
        assert set(schema["required"]) | needed == required
    assert keys(defined["when"]["anyOf"][1]) == set(WHEN_KEYS)


Change = Callable[[dict[str, Any]], object]


def clause(tree: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = tree["clauses"]["moten"]
    return found


WRONG: dict[str, Change] = {
    "an unknown key of the instrument": lambda tree: tree.update(titel="x"),
    "an unknown key of a clause": lambda tree: clause(tree).update(nrom="shall"),
    "an unknown key of a window": lambda tree: clause(tree)["when"].update(dew="01-31"),
    "an unknown norm": lambda tree: clause(tree).update(norm="must"),
    "an unknown reading": lambda tree: clause(tree).update(readings=["HALVT"]),
    "a reading without a reason": lambda tree: clause(tree).update(readings=[{"HALVAR": "calendar"}]),
    "a choice that is not carried out": lambda tree: clause(tree).update(readings=[{"SENT": "x", "because": "y"}]),
    "an unknown period": lambda tree: clause(tree)["when"].update(each="decade"),
    "a day that is none": lambda tree: clause(tree)["when"].update(due="end of moon"),
    "no norm": lambda tree: clause(tree).pop("norm"),
    "no address": lambda tree: clause(tree).update(at={"paragraph": "1"}),
    "a pattern of two kinds": lambda tree: clause(tree).update(what={"meeting_held": {}, "decision_made": {}}),
    "a number that is none": lambda tree: clause(tree).update(at_least="två"),
    "a term without a start": lambda tree: tree.update(term={"to": "2027-12-31"}),
    "a list of parties that is a text": lambda tree: tree.update(parties="polisen"),
}


@pytest.mark.parametrize("case", WRONG)
def test_it_refuses_what_the_language_refuses(case: str, validator: Draft202012Validator) -> None:
    tree: Any = copy.deepcopy(read_source(EXAMPLES[0]).tree)
    assert validator.is_valid(tree)
    WRONG[case](tree)
    assert not validator.is_valid(tree)


@cache
def files() -> dict[str, tuple[str, bool]]:
    """The slips and the clauses that cannot be right: the file, and whether the check refuses it."""
    out = {name: (SLIPPED.replace(old, new, 1), bool(told)) for name, (old, new, told) in slips().items()}
    return out | {name: (text, bool(told)) for name, (text, told) in written().items()}


def beyond() -> dict[str, str]:
    """What the check refuses and a schema cannot, with the reason."""
    _, *found = BEYOND.read_text(encoding="utf-8").split("\n# ")
    return dict(one.strip().split("\n") for one in found)


def accepted(text: str, validator: Draft202012Validator) -> bool | None:
    """Whether the schema takes the file, read as text and read as editors do; None where it is no YAML."""
    try:
        source, as_edited = parse_source(text, "prov.yaml").tree, edited(text)
    except (Rejected, yaml.YAMLError):
        return None
    taken = validator.is_valid(source)
    assert taken == validator.is_valid(as_edited)
    return taken


@pytest.mark.parametrize("name", files())
def test_it_refuses_what_the_check_refuses_wherever_a_schema_can(name: str, validator: Draft202012Validator) -> None:
    text, refused = files()[name]
    if refused:
        assert accepted(text, validator) in ((True,) if name in beyond() else (False, None))
    else:
        assert accepted(text, validator)


def test_what_is_beyond_a_schema_is_what_the_check_knows_of() -> None:
    assert set(beyond()) <= {name for name, (_, refused) in files().items() if refused}
    refused = sum(refused for _, refused in files().values())
    assert len(beyond()) * 2 < refused


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "elsewhere").glob("*.yaml")), ids=lambda path: path.name
)
def test_it_takes_texts_of_other_kinds(path: Path, validator: Draft202012Validator) -> None:
    for tree in (read_source(path).tree, edited(path.read_text(encoding="utf-8"))):
        assert [error.message for error in validator.iter_errors(tree)] == []


def test_the_examples_are_read_too() -> None:
    assert set(read_rulebook(EXAMPLES).instruments) == {"lokal", "stad"}
