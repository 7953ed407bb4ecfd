"""What may be sent: the shapes of bodies, from which both the check and the specification follow."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from avtalsvakt.api import texts
from avtalsvakt.api.asking import Refused
from avtalsvakt_rules.problems import Problem

LARGEST = 256 * 1024
"""Bytes in a body."""
MOST = 100
"""Facts in one request."""
Reason = Annotated[str, Field(min_length=1, max_length=2000, description="Varför, i några ord.")]
Values = Annotated[dict[str, Any], Field(min_length=1)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Facts(_Body):
    """Registreringar som hör ihop: alla tas emot, eller ingen."""

    facts: Annotated[list[Values], Field(min_length=1, max_length=MOST, description="En post för varje händelse.")]


class Correction(_Body):
    """Vad som skulle ha stått."""

    set: Values
    reason: Reason


class Retraction(_Body):
    """Varför den inte skulle ha gjorts."""

    reason: Reason


BODIES: Mapping[str, type[BaseModel]] = MappingProxyType(
    {"Facts": Facts, "Correction": Correction, "Retraction": Retraction}
)


def read_body(name: str, content: bytes) -> Mapping[str, object]:
    """What was sent, as the body of that name. Raises Refused."""
    try:
        value = json.loads(content)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # what has no letters cannot be kept
    except (ValueError, RecursionError):
        raise Refused(400, texts.wrong("innehållet går inte att läsa", "innehållet", "det är inte JSON")) from None
    try:
        BODIES[name].model_validate(value)
    except ValidationError as error:
        raise Refused(400, *(_wrong(one["loc"]) for one in error.errors()[:50])) from None
    found: Mapping[str, object] = value
    return found


def _wrong(place: tuple[int | str, ...]) -> Problem:
    where = ".".join(str(one)[:40] for one in place) or "innehållet"
    why = "det saknas, är tomt, är för stort, är av fel slag, eller används inte här"
    return texts.wrong(f"{where} kan inte användas", where, why)
