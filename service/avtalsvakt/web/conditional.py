"""The parts of HTTP that save traffic, as pure functions: conditional requests and compression (RFC 9110)."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?"[^"]*"')


def http_date(moment: datetime) -> str:
    """The moment as headers write it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def not_modified(etag: str, changed: datetime, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether what the client has is what it would get.

    A comparison of tags decides alone where there is one; a date only where there is not. What cannot be read is as if
    it were not there.
    """
    if if_none_match is not None:
        return if_none_match.strip() == "*" or _opaque(etag) in map(_opaque, _TAG.findall(if_none_match))
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except (ValueError, TypeError, LookupError, OverflowError, AttributeError):  # the library raises what it meets
        return False
    return changed <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _opaque(tag: str) -> str:
    """The tag without the mark of weakness: for this comparison weak and strong are equals."""
    return tag.removeprefix("W/")


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Whether the client asks for gzip: by name, or by a star that names it no less."""
    weights = {}
    for part in (accept_encoding or "").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = _weight(parameters)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(parameters: list[str]) -> float:
    """The q of a coding, 1 where none is given; what cannot be read is a refusal."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
