"""The rule language as a JSON Schema (draft 2020-12), for editors that complete and check while one writes.

It says which keys there are and which form their values have. That names exist, that nothing goes in circles and that
clauses fit together is more than a schema can say: `avtalsvakt rules check` does.
"""

import re

from avtalsvakt_rules.accounts import HEAD_KEYS
from avtalsvakt_rules.days import OPEN, PATTERN
from avtalsvakt_rules.identifiers import AGREEMENT, ATTRIBUTE, BODY, CLAUSE, FINDING, KIND, Form
from avtalsvakt_rules.instead import REWRITABLE
from avtalsvakt_rules.language import FINDING_KINDS, NORMS
from avtalsvakt_rules.movable import IDENTITY, MOVABLE
from avtalsvakt_rules.naming import LONGEST_QUESTION, LONGEST_SHORT_TITLE, LONGEST_TITLE
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.vocabulary import load
from avtalsvakt_rules.when import PERIODS

Schema = dict[str, object]

TEXT: Schema = {"$ref": "#/$defs/text"}
NUMBER: Schema = {"type": ["integer", "string"], "pattern": r"^\d+$"}
DAY: Schema = {"$ref": "#/$defs/day"}
PATTERNS: Schema = {"$ref": "#/$defs/patterns"}
ONE_PATTERN: Schema = {"$ref": "#/$defs/pattern"}
DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
ROUGH_DATE: Schema = {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
DAYS: Schema = {"type": "string", "pattern": r"^\d+ days?$"}


def json_schema() -> Schema:
    """The schema of one instrument's file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Avtalsvakt: ett avtal som regler",
        "anyOf": [
            _closed(_instrument(), ["instrument", "title", "level", "document", "term"]),
            _closed(_part(), ["part_of"]),
        ],
        "$defs": _definitions(),
    }


def _closed(properties: Schema, required: list[str] | None = None, **more: object) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required or [],
        "additionalProperties": False,
        **more,
    }


def _listed(one: Schema) -> Schema:
    return {"type": "array", "items": one}


def _one_or_more(one: Schema) -> Schema:
    return {"anyOf": [one, _listed(one)]}


def _named(one: Schema, form: Form | None = None) -> Schema:
    """Names of a form (any, if none is given), each with such a value."""
    names: Schema = {"propertyNames": {"pattern": form.pattern}} if form else {}
    return {"type": "object", "additionalProperties": one, **names}


def _identifier(form: Form) -> Schema:
    """A text of the form; a year alone may stand without quotation marks."""
    return {"type": ["string", "integer"], "pattern": form.pattern}


def _instrument() -> Schema:
    return {
        "instrument": _said(_identifier(AGREEMENT), "Avtalets beteckning; börjar varje skyldighets beteckning."),
        "title": _said(TEXT, "Avtalets namn."),
        "short_title": _said(_short(LONGEST_SHORT_TITLE), "Avtalets korta namn, för listor och rubriker."),
        "level": {"enum": ["superior", "local", "statute", "referral", "municipality"]},
        "document": _said(TEXT, "Källans fil eller namn."),
        "parties": _listed(TEXT),
        "municipality": _said(TEXT, "Kommunen; den kan också ges av avtalet över."),
        "under": _said(_identifier(AGREEMENT), "Det övergripande avtalet."),
        "replaces": _said(_identifier(AGREEMENT), "Avtalet som det här ersätter."),
        "presumed": _said({"type": ["boolean", "string"]}, "Bara nämnt; antas gälla tills annat registreras."),
        "term": _closed({"from": ROUGH_DATE, "to": ROUGH_DATE, "at": {"$ref": "#/$defs/address"}}, ["from"]),
        "extended": _listed(_closed({"to": ROUGH_DATE, "at": {"$ref": "#/$defs/address"}}, ["to"])),
        "annexes": _said(_named(TEXT), "Bilagornas nummer och namn."),
        "bodies": _said(_named(TEXT, BODY), "Egna organ: beteckning och namn."),
        "functions": _said(_named(_function()), "För vem en funktion, en organisation eller ett organ handlar."),
        "facts": _said(_named(_listed(_identifier(ATTRIBUTE)), KIND), "Egna faktatyper eller attribut."),
        "year_starts": {"type": "string", "pattern": r"^\d{2}-\d{2}$"},
        "readings": _named(_closed({"choice": TEXT, "because": TEXT}, ["choice", "because"])),
        "note": TEXT,
        "clauses": _named({"$ref": "#/$defs/clause"}, CLAUSE),
        "findings": _said(_named({"$ref": "#/$defs/finding"}, FINDING), "Luckor och motsägelser i texten."),
    }


def _short(longest: int) -> Schema:
    """A text that stands alone on a line."""
    return {"type": "string", "maxLength": longest, "pattern": r"[^.]$"}


def _parts() -> Schema:
    return _one_or_more({"anyOf": [TEXT, _named(_one_or_more(TEXT))]})


def _function() -> Schema:
    return _closed({"of": _one_or_more(TEXT), "deputy": _one_or_more(TEXT)})


def _part() -> Schema:
    return {key: _instrument()[key] for key in ("clauses", "findings")} | {
        "part_of": _said(_identifier(AGREEMENT), "Avtalet som filen är en del av.")
    }


def _finding() -> Schema:
    return {
        "kind": {"enum": list(FINDING_KINDS)},
        "sv": _said(TEXT, "Vad saken är och vad den betyder för den som ska följa avtalet."),
        "en": TEXT,
        "at": _listed({"$ref": "#/$defs/address"}),
        "clauses": _listed(TEXT),
        "reading": {"enum": sorted(load_readings())},
    }


def _clause() -> Schema:
    return {
        "at": {"$ref": "#/$defs/address"},
        "sv": _said(TEXT, "Klausulen i egna ord, en mening."),
        "en": _said(TEXT, "Detsamma på engelska."),
        "act": _said(TEXT, "Vad man gör, i imperativ, för kalendern."),
        "title": _said(_short(LONGEST_TITLE), "Skyldigheten som en mening: vem som gör vad, utan punkt."),
        "question": _said(
            {**_short(LONGEST_QUESTION), "pattern": r"\?$"}, "Det som intygas, som en fråga till den som tillfrågas."
        ),
        "norm": _one_or_more({"enum": list(NORMS)}),
        "who": _said(TEXT, "Vem som ska göra det."),
        "to": _said(TEXT, "Mot vem."),
        "body": _said(TEXT, "Organet som klausulen gäller."),
        "per": {"enum": ["party", "local_agreement", "municipality", "site"]},
        "when": {"$ref": "#/$defs/when"},
        "what": PATTERNS,
        "at_least": NUMBER,
        "at_most": NUMBER,
        "including": _listed(_named(_one_or_more(TEXT))),
        "given": _one_or_more({"$ref": "#/$defs/condition"}),
        "unless": _one_or_more({"$ref": "#/$defs/condition"}),
        "effect": {"$ref": "#/$defs/effect"},
        "remind": DAYS,
        "warn": DAYS,
        "readings": {"$ref": "#/$defs/readings"},
        "instead": _said(_instead(), "Hur klausulen skrivs vid ett annat val av läsning."),
        "part_of": _said(
            _one_or_more({"anyOf": [TEXT, _named(_one_or_more(TEXT))]}), "Klausuler som satsen är en del av."
        ),
        "asked_in": _said(_one_or_more(TEXT), "Klausuler med attest där satsen frågas om."),
        "given_by": _said(_one_or_more({"enum": list(HEAD_KEYS)}), "Nycklar i filens huvud som satsen följer av."),
        "attest": _said(TEXT, "Funktionen som intygar det som inte kan beräknas."),
        "note": _said(TEXT, "Varför klausulen inte beräknas."),
        "valid": _closed({"from": DATE, "to": DATE}),
    }


def _instead() -> Schema:
    rewritten: Schema = {"$ref": "#/$defs/rewritten"}
    return _closed({
        code: _closed({choice: rewritten for choice in question.choices if choice != question.default})
        for code, question in load_readings().items()
    })  # fmt: skip


def _definitions() -> Schema:
    return {
        "text": {"type": ["string", "number", "boolean"]},
        "day": {"type": "string", "pattern": _plain_groups(PATTERN)},
        "address": _closed(
            dict.fromkeys(("section", "paragraph", "sentence", "annex", "part", "row", "item", "statement"), TEXT),
            anyOf=[{"required": ["section"]}, {"required": ["annex"]}],
        ),
        "clause": _closed(_clause(), ["at", "norm"]),
        "rewritten": _closed({key: schema for key, schema in _clause().items() if key in REWRITABLE}),
        "finding": _closed(_finding(), ["kind", "sv", "at"]),
        "when": {"anyOf": [{"enum": ["once", "always"]}, _closed(_when())]},
        "value": {"anyOf": [TEXT, _listed(TEXT), *_relations(), ONE_PATTERN]},
        "pattern": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {kind.id: _said(_values(kind.attributes), kind.sv) for kind in load().kinds.values()},
            "additionalProperties": _values(()),
        },
        "patterns": {
            "anyOf": [
                {"const": "itself"},
                _closed({"any_of": {**_listed(ONE_PATTERN), "minItems": 2}}, ["any_of"]),
                ONE_PATTERN,
                _closed({"itself": _values(())}, ["itself"]),
            ]
        },
        "condition": {"anyOf": [*(_closed({key: TEXT}, [key]) for key in ("in_force", "met", "missed")), ONE_PATTERN]},
        "effect": {"anyOf": [_closed({"extends": _length()}, ["extends"]), _closed({"ends": DAY}, ["ends"])]},
        "readings": _one_or_more({"anyOf": [{"enum": sorted(load_readings())}, _chosen_reading()]}),
    }


def _when() -> Schema:
    words = [*PERIODS, "term", "performance"]
    each: Schema = {"anyOf": [{"enum": words}, {"type": "string", "pattern": r"^\d+ years$"}, _occasion(), PATTERNS]}
    limit: Schema = {"anyOf": [ROUGH_DATE, ONE_PATTERN]}
    return {
        "each": each,
        "follows": _said(TEXT, "Klausulen som det här är nästa steg efter."),
        "opens": _said(DAY, "Första dagen som räknas."),
        "due": _said({"anyOf": [{"const": OPEN}, DAY]}, "Sista dagen, eller open om texten inte anger någon."),
        "day": _said(DAY, "En dag, varken före eller efter."),
        "only": _said(_one_or_more(TEXT), "Bara de här månaderna, kvartalen, eller even och odd."),
        "except": _said(_one_or_more(TEXT), "Inte de här månaderna, kvartalen, eller even och odd."),
        "from": _said(limit, "Från en dag eller en händelse."),
        "until": _said(limit, "Till och med en dag, eller till en händelse."),
    }


def _occasion() -> Schema:
    """A meeting or an inspection, planned or held: only `each` knows them."""
    values = _closed({key: {"$ref": "#/$defs/value"} for key in IDENTITY})
    known: Schema = {
        name: _said(values, f"Ett tillfälle ({one.sv}), planerat eller hållet.") for name, one in MOVABLE.items()
    }
    return _closed(known, minProperties=1, maxProperties=1)


def _relations() -> list[Schema]:
    bound: Schema = {"type": ["integer", "string"], "pattern": r"^\d+(/\d+)?$"}
    length: Schema = {"type": "string", "pattern": r"^[1-9]\d{0,2} (years?|months?)$"}
    return [
        _closed({"length": length, "from": TEXT}, ["length", "from"]),
        _closed({"same": TEXT}, ["same"]),
        _closed({"met": TEXT}, ["met"]),
        _closed({"not_in": {**_listed(TEXT), "minItems": 1}}, ["not_in"]),
        _closed({"at_least": bound, "of": TEXT}, ["at_least"]),
        _closed({"at_most": bound, "of": TEXT}, ["at_most"]),
    ]


def _values(attributes: tuple[str, ...]) -> Schema:
    """The attributes of a kind, for completion; an instrument may add others."""
    value: Schema = {"$ref": "#/$defs/value"}
    return {"type": "object", "properties": dict.fromkeys(attributes, value), "additionalProperties": value}


def _length() -> Schema:
    years: Schema = {"type": "string", "pattern": r"^\d+ years?$"}
    return {"anyOf": [years, _closed({"at_most": years}, ["at_most"])]}


def _chosen_reading() -> Schema:
    codes = {code: {"enum": sorted(question.choices)} for code, question in load_readings().items()}
    return _closed({**codes, "because": TEXT}, ["because"], minProperties=2, maxProperties=2)


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _plain_groups(pattern: str) -> str:
    """The regular expression without Python's named groups, which other languages write otherwise."""
    return re.sub(r"\(\?P<\w+>", "(", pattern)
