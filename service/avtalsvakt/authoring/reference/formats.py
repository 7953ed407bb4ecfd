"""The page of formats: the JSON that other programs may rely on, field by field, as its schemas say."""

from collections.abc import Iterator
from typing import Any

from avtalsvakt.authoring.reference.markdown import code, table
from avtalsvakt.formats.as_json import VERSIONS
from avtalsvakt.formats.schemas import schema

TYPES = {
    "string": "text",
    "integer": "heltal",
    "number": "tal",
    "boolean": "sant eller falskt",
    "array": "lista",
    "object": "objekt",
    "null": "`null`",
}
DAY = "dag"
FOREWORD = """# JSON-formaten

<!-- Sidan skrivs av 'make reference' ur formatens scheman. Ändra där. -->
Andra program får samma svar som människor med `--format json`. De svar som beskrivs här har ett namn (`format`) och
en version (`version`), och ett JSON Schema i `service/avtalsvakt/formats/schemas/`. Fält står i fast ordning, alla
finns alltid, och dagar skrivs `2026-03-01`.

Inom en version tillkommer inga fält, inga försvinner och inget byter betydelse; annars får formatet en ny version. Där
värdena är uppräknade finns inga andra. I övriga fält med koder kan nya tillkomma. Vad koderna betyder står i
[statusar](reference/statusar.md) och [läsningar](reference/lasningar.md)."""


def page() -> str:
    """The whole page."""
    return "\n\n".join((FOREWORD, *(part for name in VERSIONS for part in _format(name)))) + "\n"


def _format(name: str) -> Iterator[str]:
    found = schema(name)
    yield f"## {name}"
    yield f'`{found["title"]}`: `"format": "avtalsvakt/{name}", "version": {VERSIONS[name]}`. {found["description"]}'
    yield _fields(found)
    for part, described in found.get("$defs", {}).items():
        yield f"**{part}**: {described['description']}\n\n{_fields(described)}"


def _fields(described: dict[str, Any]) -> str:
    rows = ((code(name), _type(field), _meaning(field)) for name, field in described["properties"].items())
    return table(("fält", "typ", "betyder"), rows)


def _type(field: dict[str, Any]) -> str:
    """The type in words; of a list also that of what it holds."""
    if "const" in field:
        return code(str(field["const"]))
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " eller ".join(map(_type, field["anyOf"]))
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    words = [DAY if one == "string" and "pattern" in field else TYPES[one] for one in types]
    return f"lista av {_type(field['items'])}" if types == ["array"] else " eller ".join(words)


def _meaning(field: dict[str, Any]) -> str:
    said = field.get("description", "")
    values = f" Ett av {', '.join(map(code, field['enum']))}." if "enum" in field else ""
    return f"{said}{values}"
