"""When, as JSON Schema: the keys of a window, and which of them go together."""

from collections.abc import Iterator

from avtalsvakt_rules.language.days import MONTHS, OPEN
from avtalsvakt_rules.language.when import FIRST_IN, PERIODS, SERIES
from avtalsvakt_rules.schema.patterns import Scope, occasion, planned
from avtalsvakt_rules.schema.pieces import (
    DAY,
    ENDS,
    EVENT,
    IN_HOURS,
    NEXT,
    ROUGH_DATE,
    TEXT,
    YEARLY,
    Schema,
    closed,
    having,
    holding,
    implies,
    one_or_more,
    or_one_of,
    said,
    without,
)

QUARTERS = ("q1", "q2", "q3", "q4")
WORDS: Schema = {"enum": [*MONTHS, *QUARTERS, "even", "odd"]}
FINE = [*MONTHS, *QUARTERS]
NOT_ALWAYS = ("each", "follows", "opens", "due", "day", "only", "except", "starting", "first", "next")
ON_EVENT: Schema = {"anyOf": [having(each={"type": "object"}), having(follows={})]}
"""A window that something happening opens."""
SO_LONG = r"^[1-9]\d{0,2} (year|month)s?$"
BLOCK_START: Schema = {"type": ["string", "integer"], "pattern": r"^[12]\d{3}(-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8]))?$"}
FIRST: Schema = {"type": ["integer", "string"], "pattern": rf"^[1-9]\d?( per ({'|'.join(FIRST_IN)}))?$",
                 "minimum": 1, "maximum": 99}  # fmt: skip
SHORT = ["week", "month", "quarter", "half_year", "semester"]


def when(scope: Scope) -> Schema:
    """A window, or once or always."""
    return {"anyOf": [{"enum": ["once", "always"]}, closed(_keys(scope), allOf=_together())]}


def _keys(scope: Scope) -> Schema:
    words = [*PERIODS, "term", "performance"]
    years: Schema = {"type": "string", "pattern": SO_LONG}
    limit: Schema = {"anyOf": [ROUGH_DATE, scope.ref("pattern")]}
    return {
        "each": {"anyOf": [{"enum": words}, years, occasion(scope), _turning(scope), scope.ref("patterns")]},
        "first": said(FIRST, "Bara de första så många, i hela tiden eller i varje period: 1 per year."),
        "next": said({"anyOf": [occasion(scope), scope.ref("pattern")]}, "Det tillfälle som next räknas till."),
        "always": said({"type": ["null", "string"], "maxLength": 0}, "Alltid, från och till en dag."),
        "starting": said(BLOCK_START, "Året eller dagen då ett av blocken börjar."),
        "follows": said(TEXT, "Klausulen som det här är nästa steg efter."),
        "opens": said(DAY, "Första dagen som räknas."),
        "due": said(
            {"anyOf": [{"const": OPEN}, IN_HOURS, or_one_of(DAY)]},
            "Sista dagen, eller open om texten inte anger någon.",
        ),
        "day": said(DAY, "En dag, varken före eller efter."),
        "only": said(one_or_more(WORDS), "Bara de här månaderna, kvartalen, eller even och odd."),
        "except": said(one_or_more(WORDS), "Inte de här månaderna, kvartalen, eller even och odd."),
        "from": said(limit, "Från en dag eller en händelse."),
        "until": said(limit, "Till och med en dag, eller till en händelse."),
    }


def _turning(scope: Scope) -> Schema:
    """A state that a record shows and the one before it did not."""
    named: Schema = {"type": "object", "not": {"propertyNames": {"enum": list(SERIES)}}}
    return closed({"becomes": {"allOf": [scope.ref("pattern"), {"additionalProperties": named}]}}, ["becomes"])


def _together() -> list[Schema]:
    """What one key asks of the others."""
    dated: Schema = {"anyOf": [{"required": ["due"]}, {"required": ["day"]}]}
    counted: Schema = {"anyOf": [ON_EVENT, having(each={"const": "performance"})]}
    return [
        without_both("each", "follows"),
        implies({"required": ["always"]}, without(*NOT_ALWAYS)),
        implies(having(due={"type": "object"}), {"anyOf": [without("each"), counted]}),
        implies({"required": ["always"]}, _not(from_={"type": "object"}, until={"type": "object"})),
        implies({"required": ["starting"]}, having(each=_matching(SO_LONG))),
        implies(
            having(each=_matching(SO_LONG)), {"anyOf": [{"required": ["starting"]}, having(each=_matching("years$"))]}
        ),
        implies(
            {"required": ["starting"]},
            _not(due=_matching(YEARLY), only=holding({"enum": FINE}), except_=holding({"enum": FINE})),
        ),
        implies({"required": ["starting"]}, _not(due=_matching(r"\d{4}-\d{2}-\d{2}$"))),
        {"anyOf": [without("day"), without("due", "opens")]},
        implies(ON_EVENT, dated),
        *(implies(having(**{key: _matching(rf"(^| ){EVENT}{ENDS}")}), counted) for key in ("opens", "due", "day")),
        *(implies(having(**{key: _matching(NEXT)}), ON_EVENT) for key in ("opens", "due", "day")),
        implies(having(each={"enum": SHORT}, due=_matching(YEARLY)), {"not": {}}),
        implies(having(due=IN_HOURS), {"allOf": [having(each={"type": "object"}), _not(each=planned())]}),
        implies({"required": ["first"]}, having(each={"type": "object"})),
        implies({"required": ["next"]}, {"allOf": [ON_EVENT, _counted_to_next()]}),
        *_fine_enough(),
        *_without_effect(),
        {"not": having(except_={"type": "array", "allOf": [{"contains": {"const": one}} for one in ("even", "odd")]})},
    ]


def _counted_to_next() -> Schema:
    several: Schema = {"type": "array", "contains": _matching(NEXT)}
    one: Schema = {"anyOf": [_matching(NEXT), having(earliest=several), having(latest=several)]}
    return {"anyOf": [having(**{key: one}) for key in ("opens", "due", "day")]}


def _without_effect() -> Iterator[Schema]:
    """Keys that would do nothing in a form, and days that it does not have."""
    years: Schema = {"type": "string", "pattern": "years$"}
    yield implies({"allOf": [having(each=years), without("starting")]}, _not(until={}, due={}, from_=_matching("-")))
    yield implies(
        having(each={"const": "term"}), _not(only={}, except_={}, due={"const": OPEN}, from_={"type": "object"})
    )
    yield implies({"required": ["follows"]}, without("only", "except"))
    yield implies(having(each={"const": "performance"}), {"required": ["due"]})
    yield implies(having(each={"const": "week"}), _not(due=_matching("^(second|third|fourth|fifth) [a-z]+$")))
    yield implies(having(each={"const": "month"}), _not(due=_matching("^fifth ")))
    yield implies(having(each={"enum": list(PERIODS)}), _not(due=_matching(r"\d{4}-\d{2}-\d{2}$")))
    yield implies(without("each", "follows"), _not(due=_matching(YEARLY), day=_matching(YEARLY)))


def _not(**properties: Schema) -> Schema:
    """An object where none of these keys has such a value."""
    return {"not": {"anyOf": [having(**{name: value}) for name, value in properties.items()]}}


def without_both(one: str, other: str) -> Schema:
    """An object that has at most one of two keys."""
    return {"not": {"required": [one, other]}}


def _matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _fine_enough() -> list[Schema]:
    """Months and quarters tell only periods apart that are as short as they are."""
    out: list[Schema] = []
    for words, fits in ((MONTHS, ("month", "week")), (QUARTERS, ("month", "week", "quarter"))):
        used: Schema = {"anyOf": [having(**{key: holding({"enum": list(words)})}) for key in ("only", "except_")]}
        short: Schema = having(each={"anyOf": [{"enum": list(fits)}, {"type": "object"}]})
        out.append(implies(used, short))
    return out
