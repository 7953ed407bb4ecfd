"""A clause as JSON Schema: its keys, and which of them go together."""

from collections.abc import Iterator

from avtalsvakt_rules.interpreting.attestations import ASKED, COUNTS
from avtalsvakt_rules.language.accounts import HEAD_KEYS
from avtalsvakt_rules.language.identifiers import ATTRIBUTE
from avtalsvakt_rules.language.instead import ELSEWHERE, REWRITABLE
from avtalsvakt_rules.language.instrument import DOWNWARD, NORMS
from avtalsvakt_rules.readings import SUPPORTED, load_readings
from avtalsvakt_rules.schema.patterns import Scope, body, planned
from avtalsvakt_rules.schema.pieces import (
    DATE,
    DAYS,
    ENDING,
    IN_HOURS,
    NUMBER,
    TEXT,
    Schema,
    closed,
    having,
    holding,
    implies,
    listed,
    named,
    one_or_more,
    said,
    short,
    without,
)
from avtalsvakt_rules.schema.when import when
from avtalsvakt_rules.texts.naming import LONGEST_QUESTION, LONGEST_TITLE

DUTY_NORMS = ["shall", "should", "may", "shall_not"]
FORMS = ("what", *ELSEWHERE)
"""The keys of which a clause has exactly one: what accounts for it."""


def clause_definitions(scope: Scope) -> Schema:
    """The definitions of a clause and what is made of it."""
    rewritten = {key: schema for key, schema in _clause(scope).items() if key in REWRITABLE}
    return {
        "clause": closed(_clause(scope), ["at", "norm"], allOf=_together()),
        "rewritten": closed(rewritten, minProperties=1),
        "when": when(scope),
    }


def _clause(scope: Scope) -> Schema:
    return {**_said_of(scope), **_judged_by(scope), **_standing(scope)}


def _said_of(scope: Scope) -> Schema:
    """Where it stands, its words, and who must do what to whom."""
    return {
        "at": {"$ref": "#/$defs/address"},
        "sv": said(TEXT, "Klausulen i egna ord, en mening."),
        "en": said(TEXT, "Detsamma på engelska."),
        "act": said(TEXT, "Vad man gör, i imperativ, för kalendern."),
        "title": said(short(LONGEST_TITLE), "Skyldigheten som en mening: vem som gör vad, utan punkt."),
        "question": said(
            {**short(LONGEST_QUESTION), "pattern": r"^[^a-zåäö].*\?$"},
            "Det som intygas, som en fråga till den som tillfrågas.",
        ),
        "norm": _norm(),
        "who": said(TEXT, "Vem som ska göra det."),
        "to": said(
            {"anyOf": [TEXT, {"type": "null"}]}, "Mot vem; tomt om ingen. Utelämnat följer det av vem och parterna."
        ),
        "body": said(body() if scope.known else TEXT, "Organet som klausulen gäller."),
        "per": said(
            {"type": "string", "pattern": ATTRIBUTE.pattern},
            f"En skyldighet för varje {', '.join(('party', *DOWNWARD))}, eller värde på ett attribut, t.ex. site.",
        ),
        "sensitive": said(
            {"enum": [True, "true"]}, "Värdet i per är känsligt: skyldigheterna får nummer, och orden visas för få."
        ),
    }


def _judged_by(scope: Scope) -> Schema:
    """What is computed: when, how much of what, and on which conditions."""
    return {
        "when": scope.ref("when"),
        "what": scope.ref("patterns"),
        "at_least": NUMBER,
        "at_most": NUMBER,
        "including": listed(named(one_or_more(TEXT))),
        "given": one_or_more(scope.ref("condition")),
        "unless": one_or_more(scope.ref("condition")),
        "effect": {"anyOf": _effects()},
        "remind": DAYS,
        "warn": DAYS,
        "readings": one_or_more({"$ref": "#/$defs/reading"}),
    }


def _standing(scope: Scope) -> Schema:
    """How it hangs together with others, and what stands instead of a computation."""
    return {
        "instead": said(_instead(scope), "Hur klausulen skrivs vid ett annat val av läsning."),
        "part_of": said(one_or_more({"anyOf": [TEXT, named(one_or_more(TEXT))]}), "Klausuler som satsen är en del av."),
        "asked_in": said(one_or_more(TEXT), "Klausuler med attest där satsen frågas om."),
        "given_by": said(one_or_more({"enum": list(HEAD_KEYS)}), "Nycklar i filens huvud som satsen följer av."),
        "attest": said(TEXT, "Funktionen som intygar det som inte kan beräknas."),
        "note": said(TEXT, "Varför klausulen inte beräknas."),
        "valid": said(closed({"from": DATE, "to": DATE}), "Dagarna då lydelsen gäller."),
        "accepted": said(named(TEXT), "Ord som kontrollen anmärker på och som ska stå så, med skäl."),
    }


def _norm() -> Schema:
    """One norm or several, of which one at most says what a duty is."""
    several = {**listed({"enum": list(NORMS)}), "contains": {"enum": DUTY_NORMS}, "minContains": 0, "maxContains": 1}
    return {"anyOf": [{"enum": list(NORMS)}, several]}


def _effects() -> list[Schema]:
    span: Schema = {"type": "string", "pattern": r"^[1-9]\d{0,2} (year|month)s?$"}
    times: Schema = {"type": ["integer", "string"], "pattern": r"^[1-9]\d{0,2}$", "minimum": 1, "maximum": 999}
    return [
        closed({"extends": _length()}, ["extends"]),
        closed({"extends": _years(), "times": times}, ["extends", "times"]),
        closed({"ends": ENDING}, ["ends"]),
        closed({"renews": span, "times": times}, ["renews"]),
    ]


def _years() -> Schema:
    return {"type": "string", "pattern": r"^[1-9]\d{0,2} years?$"}


def _length() -> Schema:
    return {"anyOf": [_years(), closed({"at_most": _years()}, ["at_most"])]}


def _renewed() -> Schema:
    """A presumption that the parties have agreed on a longer term, which hangs on a right to object to it."""
    end: Schema = closed({"each": {"const": "term"}, "due": {"const": "end"}}, ["each"])
    what: Schema = closed({"extension_agreed": {"enum": [{}, None]}}, ["extension_agreed"])
    hangs: list[Schema] = [having(given={}), having(unless={})]
    beside = without(
        "per", "instead", "valid", "body", "at_least", "at_most", "including", "readings", "remind", "warn"
    )
    longer: Schema = having(effect={"not": {"anyOf": [having(ends={}), having(extends={"type": "object"})]}})
    return {"allOf": [having(norm=holding({"const": "deemed"}), when=end, what=what), longer, beside, {"oneOf": hangs}]}


def reading() -> Schema:
    """A reading that a clause hangs on: its code, or its choice with the reason."""
    codes = {code: {"enum": sorted(question.choices)} for code, question in load_readings().items()}
    chosen = closed({**codes, "because": TEXT}, ["because"], minProperties=2, maxProperties=2)
    return {"anyOf": [{"enum": sorted(load_readings())}, chosen]}


def _instead(scope: Scope) -> Schema:
    rewritten: Schema = scope.ref("rewritten")
    return closed({
        code: closed({choice: rewritten for choice in question.choices if choice != question.default})
        for code, question in load_readings().items()
    })  # fmt: skip


def head_variants() -> Schema:
    """What the head of a file says otherwise for every clause that hangs on a reading."""
    return _instead(Scope(known=False))


def _together() -> list[Schema]:
    """What one key asks of the others."""
    may, duty = having(norm=holding({"const": "may"})), having(norm=holding({"enum": ["shall", "should"]}))
    itself: Schema = having(what={"anyOf": [{"const": "itself"}, having(itself={})]})
    bare: Schema = having(what={"anyOf": [{"const": "itself"}, having(itself={"enum": [{}, None]})]})
    valid: Schema = having(norm=holding({"const": "valid_if"}))
    return [
        {"oneOf": [{"required": [key]} for key in FORMS]},
        implies({"required": ["what"]}, {"required": ["when"]}),
        implies({"required": ["attest"]}, _question()),
        implies({"required": ["question"]}, {"required": ["attest"]}),
        implies({"required": ["title"]}, {"allOf": [without("attest"), {"required": ["what"]}]}),
        implies({"required": ["effect"]}, {"anyOf": [may, _renewed()]}),
        implies(having(effect={"required": ["extends", "times"]}), _renewed()),
        implies(having(effect=having(ends={})), {"anyOf": [without("per"), having(per={"const": "party"})]}),
        implies(
            having(effect=having(renews={})), {"allOf": [having(when=having(each={"const": "term"})), without("per")]}
        ),
        implies({"required": ["sensitive"]}, {"allOf": [without("attest"), having(per=_case(), when=_begun())]}),
        implies(itself, having(when=having(each={"type": "object"}))),
        implies(bare, {"anyOf": [{"required": ["including"]}, valid]}),
        implies(having(when=having(each=planned())), _of_the_plan()),
        {"not": {"allOf": [duty, having(at_least={"enum": [0, "0"]}), without("at_most")]}},
        implies(having(when=having(due=IN_HOURS)), {"allOf": [without("attest"), {"not": itself}, _act()]}),
        *_without_effect(),
        {"$ref": "#/$defs/readings"},
    ]


def _act() -> Schema:
    """What hours can run for: an act that has to be, ought to be or may be done."""
    return {"anyOf": [having(norm=holding({"const": one})) for one in ("shall", "should", "may")]}


def _case() -> Schema:
    """An attribute of which each value is a case."""
    return {"type": "string", "not": {"enum": ["party", *DOWNWARD]}}


def _begun() -> Schema:
    """A window that begins with an event, which a meeting is not here: it may have several records."""
    event: Schema = {"type": "object", "not": {"required": ["meeting_held"]}}
    return {"type": "object", "required": ["from"], "properties": {"from": event}}


def _turning() -> Schema:
    return having(each=having(becomes={}))


def _without_effect() -> Iterator[Schema]:
    """Keys that would do nothing beside a norm, a window or what shows the clause done."""
    several: Schema = {
        "anyOf": [{"type": "integer", "minimum": 2}, {"type": "string", "pattern": "^([2-9]|[1-9][0-9]+)$"}]
    }
    on_event: Schema = {"anyOf": [having(each={"type": "object"}), {"required": ["follows"]}]}
    telling = {"enum": ["states", "defines"]}
    only_telling: Schema = having(norm={"anyOf": [telling, {"type": "array", "items": telling}]})
    yield {"not": having(norm=holding({"const": "shall_not"}), at_least={})}
    yield {"not": having(when={"const": "once"}, warn={})}
    yield {"not": {"allOf": [only_telling, {"required": ["what"]}]}}
    yield {"not": having(what={"anyOf": [{"const": "itself"}, having(itself={})]}, at_least=several)}
    for norm in ("valid_if", "deemed"):
        yield implies({"allOf": [having(norm={"const": norm}, when={}), without("effect")]}, having(when=on_event))
        yield {"not": having(norm=holding({"const": norm}), when={"anyOf": [having(first={}), _turning()]})}
    yield {"not": having(norm={"const": "valid_if"}, at_least={})}
    yield {"not": having(norm={"type": "array", "contains": {"const": "deemed"}, "minItems": 2})}


def readings() -> Schema:
    """What the readings that a clause names ask of what it writes otherwise."""
    chosen: Schema = having(readings=holding({"type": "object"}))
    # Looked into only where there is something to look for: most clauses choose nothing.
    return {
        "allOf": [
            implies({"required": ["instead"]}, {"allOf": list(_readings_named())}),
            implies(chosen, {"allOf": list(_readings_carried_out())}),
        ]
    }


def _question() -> Schema:
    """What a clause that is attested may say: a yes or no, asked once for each period or event."""
    each: Schema = {"not": {"anyOf": [{"const": "performance"}, {"type": "string", "pattern": "years$"}]}}
    window: Schema = {"type": "object", "properties": {"each": each, "follows": False}}
    return {
        "allOf": [without(*sorted(COUNTS))],
        "properties": {"norm": holding({"enum": list(ASKED)}), "when": {"anyOf": [{"const": "once"}, window]}},
    }


def _of_the_plan() -> Schema:
    """A planned occasion has no record of its own to show anything, and none that could lack effect."""
    own: Schema = {"anyOf": [{"const": "itself"}, having(itself={})]}
    return {"properties": {"what": {"not": own}, "norm": {"not": holding({"enum": ["valid_if", "deemed"]})}}}


def _readings_named() -> Iterator[Schema]:
    """What is written otherwise under a reading names that reading."""
    for code in load_readings():
        by_code: Schema = holding({"anyOf": [{"const": code}, having(**{code: {}})]})
        yield implies(having(instead=having(**{code: {}})), having(readings=by_code))


def _readings_carried_out() -> Iterator[Schema]:
    """A choice that the engine does not carry out is written out by the clause that makes it."""
    judged: Schema = {"anyOf": [{"required": ["what"]}, {"required": ["attest"]}]}
    for code, question in load_readings().items():
        for choice in sorted(set(question.choices) - SUPPORTED[code] - {question.default}):
            named_so: Schema = {"const": choice}
            chosen: Schema = having(readings=holding(having(**{code: named_so})))
            written: Schema = having(instead=having(**{code: having(**{choice: {}})}))
            yield implies({"allOf": [judged, chosen]}, written)
