"""Small pieces of JSON Schema (draft 2020-12): texts, numbers, days, lists, closed objects. No rule of the language."""

import re

from avtalsvakt_rules.language.days import MARKS, MONTHS, MOVED, OFFSET, ORDINALS, WEEKDAYS, WHOLES
from avtalsvakt_rules.language.identifiers import Form

Schema = dict[str, object]

TEXT: Schema = {"$ref": "#/$defs/text"}
ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}
NUMBER: Schema = {"type": ["integer", "string"], "pattern": r"^(\d{1,3}|1000)$", "minimum": 0, "maximum": 1000}
_DAY_OF_YEAR = r"((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))"
_DATE = rf"[12]\d{{3}}-{_DAY_OF_YEAR}"
DATE: Schema = {"type": "string", "pattern": rf"^{_DATE}$"}
ROUGH_DATE: Schema = {"type": ["string", "integer"], "pattern": rf"^([12]\d{{3}}(-(0[1-9]|1[0-2]))?|{_DATE})$"}
YEAR_START: Schema = {"type": "string", "pattern": rf"^(?!02-29){_DAY_OF_YEAR}$"}
COUNTRY: Schema = {"type": "string", "pattern": r"^(?!SE$)[A-Z]{2}$"}
DAYS: Schema = {"type": "string", "pattern": r"^\d{1,4} days?$"}
_WEEKDAY = rf"({'|'.join(ORDINALS)}) ({'|'.join(WEEKDAYS)})"
OF_A_MONTH = rf"{_WEEKDAY} of ({'|'.join(MONTHS)})"
_MOVED = re.sub(r"\(\?P<\w+>", "(", MOVED)
YEARLY = rf"(^| )({_DAY_OF_YEAR}|{OF_A_MONTH}){_MOVED}$"
_WHOLE = rf"end of ({'|'.join(WHOLES)})"
EVENT = rf"(event(\.[a-z_]+)?|{_WHOLE})"
ENDS = rf"{_MOVED}$"
NEXT = rf"(^| )next{ENDS}"
_MARKS = "|".join(mark for mark in MARKS if mark != "event")
_MARK = rf"{_DATE}|{_DAY_OF_YEAR}|last working day|{_WEEKDAY}|{OF_A_MONTH}|{_MARKS}|{EVENT}"
_PLAIN_OFFSET = re.sub(r"\(\?P<\w+>", "(", OFFSET).replace("hour|", "")
HOURS = r"^\d{1,4} hours? after event$"
IN_HOURS: Schema = {"type": "string", "pattern": HOURS}
"""So many hours after an event, which only the last day of what follows from a recorded event can be."""
DAY: Schema = {"type": "string", "pattern": rf"^({_PLAIN_OFFSET})?({_MARK}){_MOVED}$"}
_AFTER = _PLAIN_OFFSET.replace("before|", "")
_ENDING: Schema = {
    "type": "string",
    "pattern": rf"^(({_PLAIN_OFFSET})?({_DATE}|start|end)|{_AFTER}{EVENT}|{EVENT}){_MOVED}$",
}


def or_one_of(day: Schema) -> Schema:
    """Such a day, or the earliest or the latest of several."""
    dated: Schema = {"allOf": [day, {"not": {"pattern": YEARLY}}]}
    several: Schema = {"type": "array", "items": dated, "minItems": 2, "uniqueItems": True}
    both = [closed({which: several}, [which]) for which in ("earliest", "latest")]
    return {"anyOf": [day, *both]}


def closed(properties: Schema, required: list[str] | None = None, **more: object) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required or [],
        "additionalProperties": False,
        **more,
    }


def listed(one: Schema) -> Schema:
    """A list of such values."""
    return {"type": "array", "items": one}


def one_or_more(one: Schema) -> Schema:
    """Such a value, or a list of them."""
    return {"anyOf": [one, listed(one)]}


def holding(one: Schema) -> Schema:
    """Such a value, or a list with one among others."""
    return {"anyOf": [{"allOf": [{"not": {"type": "array"}}, one]}, {"type": "array", "contains": one}]}


def named(one: Schema, form: Form | None = None) -> Schema:
    """Names of a form (any, if none is given), each with such a value."""
    names: Schema = {"propertyNames": {"pattern": form.pattern}} if form else {}
    return {"type": "object", "additionalProperties": one, **names}


def identifier(form: Form) -> Schema:
    """A text of the form; a year alone may stand without quotation marks."""
    return {"type": ["string", "integer"], "pattern": form.pattern}


def short(longest: int) -> Schema:
    """A text that stands alone on a line: begins with a capital or a digit, ends without a stop, not too long."""
    return {"type": ["string", "number"], "maxLength": longest, "pattern": r"^[^a-zåäö]([\s\S]*[^.])?$"}


def said(schema: Schema, description: str) -> Schema:
    """The same with what an editor shows beside it."""
    return {**schema, "description": description}


def having(**properties: Schema) -> Schema:
    """An object that has these keys, with such values."""
    keys = {name.rstrip("_"): value for name, value in properties.items()}
    return {"type": "object", "required": list(keys), "properties": keys}


def without(*keys: str) -> Schema:
    """An object that has none of these keys."""
    return {"not": {"anyOf": [{"required": [key]} for key in keys]}}


def implies(condition: Schema, consequence: Schema) -> Schema:
    """Where the one holds, so must the other."""
    return {"if": condition, "then": consequence}


ENDING: Schema = or_one_of(_ENDING)
"""A day on which a right ends the agreement: of a certain year, and not before the act."""
