"""One operation of the API as a value: its address, what it needs, takes and gives. All else follows from it."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from avtalsvakt.api import texts
from avtalsvakt.api.asking import Answer, Ask, Object, Refused


class Param(Struct, frozen=True):
    """A value in the query, by its JSON schema (a text, a whole number or a boolean), and what it means."""

    name: str
    schema: Mapping[str, object]
    means: str
    required: bool = False

    def wrong(self, text: str) -> str | None:
        """Why a text is no such value, or None."""
        schema = self.schema
        if not text or not text.isprintable() or len(text) > int(str(schema.get("maxLength", 200))):
            return "det är tomt, för långt, eller har tecken som inte syns"
        if schema.get("format") == "date" and not _is_day(text):
            return "det är ingen dag; skriv år-månad-dag, t.ex. 2026-03-04"
        if schema["type"] == "boolean" and text not in ("true", "false"):
            return "det ska vara true eller false"
        if schema["type"] == "integer" and not _within(text, schema):
            return f"det ska vara ett heltal från {schema['minimum']} till {schema['maximum']}"
        if "pattern" in schema and not re.fullmatch(str(schema["pattern"]), text):
            return "värdet är inget av dem som kan anges"
        return None


class Operation(Struct, frozen=True):
    """`path` is an address with names in braces; `scope` what the token must have (None: any token will do).

    `body` and `gives` are names of schemas; `answer` runs in a thread and raises Refused and Rejected.
    """

    method: str
    path: str
    scope: str | None
    means: str
    answer: Callable[[Ask], Answer]
    gives: str
    params: tuple[Param, ...] = ()
    body: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names in its address."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))

    def matched(self, path: str) -> Mapping[str, str] | None:
        """What an address holds for the names, or None where it is another's."""
        pattern = re.escape(self.path).replace(r"\{key\}", "(?P<key>.+)")  # the keys of duties may hold anything
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", pattern)
        found = re.fullmatch(pattern, path, re.DOTALL)
        return found.groupdict() if found else None


def checked(operation: Operation, given: list[tuple[str, str]]) -> Mapping[str, str]:
    """The query, if all of it is known, said once, and right. Raises Refused."""
    known = {one.name: one for one in operation.params}
    problems = []
    for name, text in given:
        if name not in known:
            problems.append(texts.wrong(f"'{name[:40]}' kan inte anges här", "frågan", "adressen har inget sådant val"))
        elif [other for other, _ in given].count(name) > 1:
            problems.append(texts.wrong(f"{name} står flera gånger", name, "det är oklart vilket värde som gäller"))
        elif (why := known[name].wrong(text)) is not None:
            problems.append(texts.wrong(f"värdet för {name} kan inte användas", name, why))
    asked = dict(given)
    problems += [
        texts.wrong(f"{one.name} saknas", one.name, "utan det går det inte att svara")
        for one in operation.params
        if one.required and one.name not in asked
    ]
    if problems:
        raise Refused(400, *dict.fromkeys(problems))
    return asked


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _within(text: str, schema: Mapping[str, object]) -> bool:
    least, most = int(str(schema["minimum"])), int(str(schema["maximum"]))
    return bool(re.fullmatch(r"[1-9][0-9]{0,8}", text, re.ASCII)) and least <= int(text) <= most


def described(one: Param) -> Object:
    """A value of the query as OpenAPI writes it."""
    return {
        "name": one.name, "in": "query", "required": one.required, "description": one.means, "schema": dict(one.schema),
    }  # fmt: skip
