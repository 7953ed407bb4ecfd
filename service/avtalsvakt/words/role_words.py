"""What roles and what they are held in are called in Swedish: the one table of those words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from avtalsvakt.rights import ADMINISTRATOR, ATTESTER, READER, RECORDER

ROLE_WORDS: Mapping[str, str] = MappingProxyType(
    {READER: "läsare", RECORDER: "registrerare", ATTESTER: "intygare", ADMINISTRATOR: "administratör"}
)


def in_words(scope: str, place: str, called: Callable[[str], str] = str) -> str:
    """What a role is held in: `alla avtal`, `avtal i Vaxholm`, `avtalet lokal`; `called` says an agreement's name."""
    if scope == "all":
        return "alla avtal"
    return f"avtal i {place}" if scope == "municipality" else f"avtalet {called(place)}"
