"""What one request of the API asks, and what it is answered, as values."""

import secrets
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.access.api_tokens import ApiToken
from avtalsvakt_rules.problems import Problem

Object = dict[str, object]
LINE = "facts["
"""What the address of a line that was sent begins with."""


class Ask(Struct, frozen=True):
    """A request that is let in: whose, with what in its address, in its query (checked), in its body, and its key."""

    token: ApiToken
    settings: Settings
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] = field(default_factory=dict)
    key: str | None = None
    nonce: str = field(default_factory=lambda: secrets.token_hex(12))


class Answer(Struct, frozen=True):
    """What is sent back."""

    value: Object
    status: int = 200


class Refused(Exception):  # noqa: N818 - what happened
    """A request that is not carried out: the status, what is wrong, and headers that say more."""

    def __init__(self, status: int, *problems: Problem, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        """Keep them."""
        super().__init__(status)
        self.status, self.problems, self.headers = status, problems, headers


def problem_object(problem: Problem) -> Object:
    """A problem in its four parts."""
    return {"what": problem.what, "where": problem.where, "why": problem.why, "remedy": problem.remedy}


def refusal(refused: Refused) -> Object:
    """What is wrong as `application/problem+json` (RFC 9457): the first problem, and all of them."""
    first = refused.problems[0]
    told: Object = {"type": "about:blank", "title": first.what, "status": refused.status, "detail": first.why}
    return {**told, **problem_object(first), "problems": [problem_object(one) for one in refused.problems]}
