"""The written formats of JSON, one JSON Schema (draft 2020-12) for each: what other programs may rely on."""

import json
from importlib.resources import files
from typing import Any

from avtalsvakt.formats.as_json import VERSIONS


def schema(name: str) -> dict[str, Any]:
    """The schema of one format; KeyError where there is no such format."""
    if name not in VERSIONS:
        raise KeyError(name)
    text = files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
