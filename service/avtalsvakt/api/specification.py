"""The API described as OpenAPI 3.1, made of the table that answers."""

from collections.abc import Mapping
from typing import Any

from avtalsvakt.api.asking import Object
from avtalsvakt.api.bodies import BODIES
from avtalsvakt.api.operations import Operation, described
from avtalsvakt.api.table import OPERATIONS
from avtalsvakt.formats.schemas import schema

TEXT, WHOLE, YES_OR_NO = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
MAYBE = {"type": ["string", "null"]}
PROBLEM = dict.fromkeys(("what", "where", "why", "remedy"), TEXT)
COUNTS = {"type": "object", "additionalProperties": WHOLE}
ERRORS = {
    "GET": (400, 401, 403, 404, 405, 429, 500, 503),
    "POST": (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503),
}
MEANS = {
    200: "Svaret.", 201: "Registrerat.", 304: "Inget är ändrat sedan svaret med den etiketten.",
    400: "Begäran kan inte tydas.", 401: "Ingen nyckel som gäller.", 403: "Nyckeln räcker inte.",
    404: "Det finns inte bland det som nyckeln gäller.", 405: "Adressen har inte den metoden.",
    409: "Samma Idempotency-Key har använts med annat innehåll.", 413: "För mycket på en gång.",
    422: "Händelsen kan inte registreras.", 429: "För många begäranden.", 500: "Ett fel i programmet.",
    503: "Registret kan inte läsas eller skrivas just nu.",
}  # fmt: skip


def specification(prefix: str = "") -> Object:
    """The whole document; `prefix` is the folder that a reverse proxy has the program under."""
    paths: dict[str, Object] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Avtalsvakt", "version": "1", "description": "Läs och registrera med ett annat program."},
        "servers": [{"url": f"{prefix}/api"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**_shared(), **_own(), **_bodies()},
        },
    }


def _operation(one: Operation) -> Object:
    good = (200, 201) if one.method == "POST" else (200, 304)
    answers = {str(status): _answer(one, status) for status in good}
    errors = {str(status): _error(status) for status in ERRORS[one.method]}
    path = [{"name": name, "in": "path", "required": True, "schema": TEXT | {"minLength": 1}} for name in one.names]
    told: Object = {
        "summary": one.means,
        "description": f"Kräver rätten `{one.scope}`.",
        "parameters": [*path, *map(described, one.params), *_headers(one)],
        "responses": {**answers, **errors},
    }
    if one.body:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(one.body)}}}
    return told


def _headers(one: Operation) -> list[Object]:
    name, means = ("If-None-Match", "Etiketten på svaret som redan finns.")
    text: Object = {"type": "string"}
    if one.method == "POST":
        name, means = ("Idempotency-Key", "Samma nyckel och innehåll igen registrerar inget mer.")
        text = {"type": "string", "pattern": KEY}
    return [{"name": name, "in": "header", "required": False, "description": means, "schema": text}]


KEY = "^[!-~]{1,200}$"
"""What an Idempotency-Key looks like."""


def _answer(one: Operation, status: int) -> Object:
    if status == 304:
        return {"description": MEANS[status]}
    content = {"application/json": {"schema": _ref(one.gives)}}
    return {"description": MEANS[status], "content": content}


def _error(status: int) -> Object:
    return {"description": MEANS[status], "content": {"application/problem+json": {"schema": _ref("Problem")}}}


def _ref(name: str) -> Object:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Mapping[str, Any]) -> Object:
    return {
        "type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _list(name: str, of: str) -> Object:
    return _object({name: {"type": "array", "items": _ref(of)}, "next": MAYBE})


def _shared() -> dict[str, Object]:
    """What `assess` gives too, under the same names (docs/json.md)."""
    defined = schema("assess")["$defs"]
    found = {name: _moved(defined[name]) for name in ("duty", "clause", "period", "not_counted", "instrument")}
    found["duty"]["properties"].pop("strictest")  # is said of whole assessments
    found["duty"]["required"].remove("strictest")
    found["instrument"]["properties"]["duties"] = COUNTS
    found["instrument"]["required"].append("duties")
    return {"Duty": found.pop("duty"), "Agreement": found.pop("instrument"), **found}


def _moved(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _moved(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_moved(one) for one in value]
    return value.replace("#/$defs/", "#/components/schemas/") if isinstance(value, str) else value


def _own() -> dict[str, Object]:
    part = _object({"heading": TEXT, "lines": {"type": "array", "items": TEXT}})
    why = _object({"status": TEXT, "summary": TEXT, "parts": {"type": "array", "items": part}})
    fact = dict.fromkeys(("id", "kind", "agreement", "date", "recorded"), TEXT) | {"recorder": MAYBE}
    explained = _shared()["Duty"]
    explained = {**explained, "properties": {**explained["properties"], "why": {"anyOf": [why, {"type": "null"}]}}}  # type: ignore[dict-item]
    return {
        "Problem": {
            "type": "object",
            "properties": {
                "type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT, **PROBLEM,
                "problems": {"type": "array", "items": _object(PROBLEM)},
            },
            "required": ["type", "title", "status", "detail", *PROBLEM, "problems"],
        },
        "Agreements": _object({"agreements": {"type": "array", "items": _ref("Agreement")}}),
        "Duties": _list("duties", "Duty"),
        "ExplainedDuty": {**explained, "required": [*explained["required"], "why"]},  # type: ignore[misc]
        "Fact": {"type": "object", "properties": fact, "required": list(fact), "description": "Och faktatypens fält."},
        "FactList": _list("facts", "Fact"),
        "Change": _object({
            "duty": TEXT, "agreement": TEXT, "was": MAYBE, "status": TEXT, "reason": MAYBE, "true_on": MAYBE,
            "known": TEXT, "as_of": TEXT,
        }),
        "Unjudged": _object({"from": TEXT, "to": TEXT}) | {"description": "Dagar i följd som ingen körning bedömde."},
        "Changes": _object({
            "changes": {"type": "array", "items": _ref("Change")}, "next": MAYBE,
            "unjudged": {"type": "array", "items": _ref("Unjudged")},
        }),
        "Run": _object({"run": TEXT, "as_of": TEXT, "known_at": MAYBE, "duties": COUNTS}),
        "Changed": _object({"duty": TEXT, "agreement": TEXT, "was": MAYBE, "becomes": MAYBE}),
        "Recorded": _object({
            "facts": {"type": "array", "items": _ref("Fact")}, "dry_run": YES_OR_NO, "again": YES_OR_NO,
            "judged": YES_OR_NO, "changes": {"type": "array", "items": _ref("Changed")},
            "warnings": {"type": "array", "items": _object(PROBLEM)},
        }),
    }  # fmt: skip


def _bodies() -> dict[str, Object]:
    return {name: one.model_json_schema() for name, one in BODIES.items()}
