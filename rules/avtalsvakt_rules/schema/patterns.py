"""What shows something, as JSON Schema: patterns, their values, conditions.

Each stands twice among the definitions: `known_…` for files that declare no words of their own, where every kind,
attribute and body is one of the vocabulary's, and without that for all others.
"""

from msgspec import Struct

from avtalsvakt_rules.checks.undeclared import EVERYWHERE
from avtalsvakt_rules.language.occasions import IDENTITY, MOVABLE
from avtalsvakt_rules.language.patterns import COMPARISONS
from avtalsvakt_rules.schema.pieces import TEXT, Schema, closed, having, listed, one_or_more, said
from avtalsvakt_rules.vocabulary import RECORDS, Kind, load

WORDS = ["same", "alternating", "next", "both"]


class Scope(Struct, frozen=True):
    """Whether a file's kinds, attributes and bodies are only those of the vocabulary."""

    known: bool

    def ref(self, name: str) -> Schema:
        """A definition that stands twice, as it is here."""
        return {"$ref": f"#/$defs/{'known_' if self.known else ''}{name}"}

    def names(self, definitions: Schema) -> Schema:
        """Definitions under the names that `ref` gives them."""
        return {f"{'known_' if self.known else ''}{name}": schema for name, schema in definitions.items()}


def pattern_definitions(scope: Scope) -> Schema:
    """The definitions of patterns and what is made of them."""
    pattern = scope.ref("pattern")
    patterns: list[Schema] = [
        {"const": "itself"},
        closed({"any_of": {**listed(pattern), "minItems": 2}}, ["any_of"]),
        {"allOf": [pattern, {"not": {"anyOf": [{"required": [kind]} for kind in RECORDS]}}]},
        closed({"itself": _values(scope, None)}, ["itself"]),
    ]
    conditions = [closed({key: TEXT}, [key]) for key in ("in_force", "met", "missed")]
    return {
        "value": {"anyOf": [TEXT, listed(TEXT), *_relations(), pattern]},
        "reference": {"anyOf": [{"enum": WORDS}, *_relations(), pattern]},
        "body": {"anyOf": [one_or_more(body()), *_relations(), {"enum": WORDS}]},
        "pattern": _pattern(scope),
        "patterns": {"anyOf": patterns},
        "condition": {"anyOf": [*conditions, pattern]},
    }


def _pattern(scope: Scope) -> Schema:
    kinds = {kind.id: said(_values(scope, kind), kind.sv) for kind in load().kinds.values()}
    # A key of another form of value, such as at_most, makes no pattern.
    reserved = dict.fromkeys((*MOVABLE, "any_of", "itself", "becomes"), False)
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {**kinds, **reserved},
        "additionalProperties": False if scope.known else _values(scope, None),
    }


def _values(scope: Scope, kind: Kind | None) -> Schema:
    """The attributes of a kind, for completion; an instrument may add others."""
    value: Schema = scope.ref("value")
    names = (*kind.attributes, *sorted(EVERYWHERE)) if kind else ()
    properties: Schema = dict.fromkeys(names, value)
    properties |= {name: scope.ref("reference") for name in (kind.refers if kind else ())}
    if scope.known:
        properties["body"] = scope.ref("body")
    others: object = False if scope.known and kind else value
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": others}


def body() -> Schema:
    """A body of the vocabulary."""
    return {"enum": sorted(load().bodies)}


def occasion(scope: Scope) -> Schema:
    """A meeting or an inspection, planned or held: only `each` knows them."""
    values = closed({key: scope.ref("value") for key in IDENTITY})
    known: Schema = {
        name: said(values, f"Ett tillfälle ({one.sv}), planerat eller hållet.") for name, one in MOVABLE.items()
    }
    return closed(known, minProperties=1, maxProperties=1)


def planned() -> Schema:
    """An object that names such an occasion."""
    return {"anyOf": [having(**{name: {}}) for name in MOVABLE]}


def _relations() -> list[Schema]:
    whole: Schema = {"type": ["integer", "string"], "pattern": r"^\d{1,9}$"}
    share: Schema = {"type": ["number", "string"], "pattern": r"^\d{1,9}(\.\d{1,9}|/\d{1,9})?$"}
    time: Schema = {"type": "string", "pattern": r"^[1-9]\d{0,2} (years?|months?)$"}
    length: Schema = {"anyOf": [time, closed({"at_least": time}, ["at_least"])]}
    return [
        closed({"length": length, "from": TEXT}, ["length", "from"]),
        closed({"same": TEXT}, ["same"]),
        closed({"met": TEXT}, ["met"]),
        closed({"not_in": {**listed(TEXT), "minItems": 1}}, ["not_in"]),
        *(closed({key: whole}, [key]) for key in COMPARISONS),
        *(closed({key: share, "of": TEXT}, [key, "of"]) for key in COMPARISONS),
    ]
