"""The rule language as a JSON Schema (draft 2020-12), for editors that complete and check while one writes.

It says which keys there are, which form their values have and which keys go together. That names exist, that nothing
goes in circles and that numbers and days fit each other is more than a schema can say: `avtalsvakt rules check` does.
"""

from avtalsvakt_rules.language.head import FINDING_KINDS
from avtalsvakt_rules.language.identifiers import AGREEMENT, ATTRIBUTE, BODY, CLAUSE, FINDING, KIND
from avtalsvakt_rules.language.instrument import DOWNWARD, LEVELS
from avtalsvakt_rules.language.occasions import MOVABLE
from avtalsvakt_rules.language.own_kinds import OCCASION, TYPES
from avtalsvakt_rules.parsing.signatories import ADDED, ITS_OWN, KEY
from avtalsvakt_rules.readings import load_readings
from avtalsvakt_rules.schema.clause import clause_definitions, head_variants, reading, readings
from avtalsvakt_rules.schema.patterns import Scope, pattern_definitions
from avtalsvakt_rules.schema.pieces import (
    ANY_TEXT,
    COUNTRY,
    ROUGH_DATE,
    TEXT,
    YEAR_START,
    Schema,
    closed,
    having,
    holding,
    identifier,
    implies,
    listed,
    named,
    one_or_more,
    said,
    short,
    without,
)
from avtalsvakt_rules.texts.naming import LONGEST_SHORT_TITLE

KNOWN, OWN = Scope(known=True), Scope(known=False)
OWN_WORDS: Schema = {"anyOf": [{"required": [key]} for key in ("facts", "bodies", "part_of")]}
NEEDED = ("title", "document", "term")
"""Keys that the head has, or each of those who sign it."""
OPTIONAL_HEAD = ("extended", "under", "replaces", "continues")
"""Keys of the head that a clause may be given by and that a file may leave out."""


def json_schema() -> Schema:
    """The schema of one instrument's file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Avtalsvakt: ett avtal som regler",
        "if": {"type": "object", "required": ["part_of"]},
        "then": closed(_part(), ["part_of"]),
        "else": closed({**_instrument(), KEY: _signatories()}, ["instrument"], allOf=_together()),
        "$defs": _definitions(),
    }


def _instrument() -> Schema:
    agreement, at = identifier(AGREEMENT), {"$ref": "#/$defs/address"}
    kinds: Schema = named({"anyOf": [{"type": "null"}, listed(identifier(ATTRIBUTE)), _typed()]}, KIND)
    kinds["propertyNames"] = {"pattern": KIND.pattern, "not": {"enum": list(MOVABLE)}}
    return {
        "instrument": said(agreement, "Avtalets beteckning; börjar varje skyldighets beteckning."),
        "title": said(TEXT, "Avtalets namn."),
        "short_title": said(short(LONGEST_SHORT_TITLE), "Avtalets korta namn, för listor och rubriker."),
        "level": said(
            {"enum": list(LEVELS)}, "Utelämnad: ett avtal för sig. local under ett annat, superior över andra."
        ),
        "document": said(TEXT, "Källans fil eller namn."),
        "parties": listed(TEXT),
        "municipality": said(TEXT, "Kommunen; den kan också ges av avtalet över."),
        "under": said(agreement, "Det övergripande avtalet."),
        "replaces": said(agreement, "Avtalet som det här ersätter."),
        "continues": said(agreement, "Avtalet vars registreringar räknas också här."),
        "presumed": said({"enum": [True, False, "true", "false"]}, "Bara nämnt; antas gälla tills annat registreras."),
        "term": closed({"from": ROUGH_DATE, "to": ROUGH_DATE, "at": at}, ["from"]),
        "extended": listed(closed({"to": ROUGH_DATE, "at": at}, ["to"])),
        "annexes": said(named(TEXT), "Bilagornas nummer och namn."),
        "bodies": said(named(TEXT, BODY), "Egna organ: beteckning och namn."),
        "functions": said(named(_function()), "För vem en funktion, en organisation eller ett organ handlar."),
        "facts": said(kinds, "Egna faktatyper eller attribut."),
        "year_starts": said(YEAR_START, "Dagen då avtalets år börjar, om inte den 1 januari."),
        "calendar": said(COUNTRY, "Landets kod, om vardagar inte räknas efter svenska helgdagar."),
        "readings": said(
            named(closed({"choice": TEXT, "because": TEXT}, ["choice", "because"])), "Val för hela filen."
        ),
        "instead": said(head_variants(), "Hur klausuler som hänger på en läsning skrivs vid ett annat val."),
        "note": TEXT,
        "accepted": said(named(TEXT), "Ord som kontrollen anmärker på och som ska stå så, med skäl."),
        "clauses": named({}, CLAUSE),
        "findings": said(named({"$ref": "#/$defs/finding"}, FINDING), "Luckor och motsägelser i texten."),
    }


def _typed() -> Schema:
    """The attributes of an own kind with what they hold, and whether it is an occasion."""
    holds: Schema = {"anyOf": [{"enum": list(TYPES)}, {**listed(TEXT), "minItems": 1}]}
    typed = named(holds, ATTRIBUTE)
    return {**typed, "properties": {OCCASION: {"enum": [True, "true"]}}}


def _signatories() -> Schema:
    head = _instrument()
    own = closed({key: head[key] for key in (*ITS_OWN, *ADDED)})
    each: Schema = {**named({"anyOf": [{"type": "null"}, own]}), "minProperties": 1}
    return said(each, "De som har skrivit under samma text, var och en med det som är dess eget.")


def _function() -> Schema:
    return closed({"of": one_or_more(TEXT), "deputy": one_or_more(TEXT)})


def _part() -> Schema:
    own = {"clauses": named(OWN.ref("clause"), CLAUSE), "findings": _instrument()["findings"]}
    return own | {"part_of": said(identifier(AGREEMENT), "Avtalet som filen är en del av.")}


def _together() -> list[Schema]:
    """What the head says decides what clauses may say."""
    own, known = ({"properties": {"clauses": named(scope.ref("clause"))}} for scope in (OWN, KNOWN))
    superior: Schema = having(given=holding(having(in_force={"const": "superior"})))
    below: Schema = having(per={"enum": list(DOWNWARD)})
    return [
        implies(without(KEY), {"required": list(NEEDED)}),
        implies({"allOf": [{"required": ["continues"]}, without(KEY)]}, {"required": ["replaces"]}),
        {"if": OWN_WORDS, "then": own, "else": known},
        *(
            implies(without(key, KEY), _every_clause({"not": having(given_by=holding({"const": key}))}))
            for key in OPTIONAL_HEAD
        ),
        implies(without("under"), _every_clause({"anyOf": [{"not": superior}, below]})),
    ]


def _every_clause(one: Schema) -> Schema:
    return {"properties": {"clauses": {"additionalProperties": one}}}


def _finding() -> Schema:
    return {
        "kind": {"enum": list(FINDING_KINDS)},
        "sv": said(TEXT, "Vad saken är och vad den betyder för den som ska följa avtalet."),
        "en": TEXT,
        "at": listed({"$ref": "#/$defs/address"}),
        "clauses": listed(TEXT),
        "reading": {"enum": sorted(load_readings())},
    }


def _definitions() -> Schema:
    out: Schema = {
        "text": ANY_TEXT,
        "address": closed(
            dict.fromkeys(("section", "paragraph", "sentence", "annex", "part", "row", "item", "statement"), TEXT),
            anyOf=[{"required": ["section"]}, {"required": ["annex"]}],
        ),
        "finding": closed(_finding(), ["kind", "sv", "at"]),
        "reading": reading(),
        "readings": readings(),
    }
    for scope in (OWN, KNOWN):
        out |= scope.names(pattern_definitions(scope)) | scope.names(clause_definitions(scope))
    return out
