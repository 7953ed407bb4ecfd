"""The API over HTTP (ASGI): whose token, how often, which operation; then an answer or a problem, each in JSON.

Without a token that holds every address answers the same 401, whether it is there or not.
"""

import json
import logging
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from avtalsvakt.api import texts
from avtalsvakt.api.asking import LINE, Answer, Ask, Object, Refused, refusal
from avtalsvakt.api.bodies import LARGEST, read_body
from avtalsvakt.api.operations import Operation, checked
from avtalsvakt.api.specification import KEY, specification
from avtalsvakt.api.table import OPERATIONS
from avtalsvakt.pages.desk import Desk
from avtalsvakt.pages.rates import Rates
from avtalsvakt.recording.api_tokens import token_of
from avtalsvakt.settings import Settings
from avtalsvakt.web.conditional import not_modified
from avtalsvakt_engine.storage.access.api_tokens import ApiToken
from avtalsvakt_rules.problems import Rejected

log = logging.getLogger("avtalsvakt.web")

FOLDER = "/api"
DOCUMENT = "/v1/openapi.json"
_TOKEN = re.compile(r"bearer +([A-Za-z0-9_-]{43})", re.IGNORECASE | re.ASCII)
EVER = datetime.fromtimestamp(0, UTC)
"""Answers have no date of their own: only tags are compared."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization",
}


@dataclass(slots=True)
class Api:
    """The application; `prefix` is the folder that a reverse proxy has the program under.

    `reading` and `writing` count by token, `failing` counts by address what comes without one.
    """

    desk: Desk
    prefix: str = ""
    reading: Rates = field(default_factory=lambda: Rates(50, 500))
    writing: Rates = field(default_factory=lambda: Rates(2, 40))
    failing: Rates = field(default_factory=lambda: Rates(5, 100))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        request = Request(scope, receive)
        headers = dict(HEADERS)
        try:
            response = await self._answered(request, headers)
        except Refused as refused:
            response = _problem(refused)
        except Rejected as rejected:
            response = _problem(_rejected(rejected))
        except Exception:
            log.exception("API:et kunde inte svara")
            response = _problem(Refused(500, texts.fault()))
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _answered(self, request: Request, headers: dict[str, str]) -> Response:
        settings = self.desk.settings(None)
        token = await run_in_threadpool(self._token, request, settings)
        self._counted(request, token, headers)
        method = "GET" if request.method == "HEAD" else request.method
        path = request.scope["path"].removeprefix(self.prefix).removeprefix(FOLDER)
        if path == DOCUMENT:
            _only(method, ("GET",))
            return _written(Answer(specification(self.prefix)), request)
        operation, names = _found(method, path)
        if operation.scope not in token.scopes:
            raise Refused(403, texts.no_scope(str(operation.scope)))
        query = checked(operation, request.query_params.multi_items())
        body: Mapping[str, object] = {}
        if operation.body:
            body = read_body(operation.body, await _received(request))
        ask = Ask(token, settings, names, query, body, _key(request, operation))
        return _written(await run_in_threadpool(operation.answer, ask), request)

    def _token(self, request: Request, settings: Settings) -> ApiToken:
        """Whose request it is. Raises Refused."""
        said = request.headers.getlist("authorization")
        given = _TOKEN.fullmatch(said[0].strip()) if len(said) == 1 else None
        token = token_of(settings, given[1]) if given else None
        if token is None:
            peer = request.client.host if request.client else ""
            _wait(self.failing, peer)
            raise Refused(401, texts.no_token(), headers={"WWW-Authenticate": "Bearer"})
        return token

    def _counted(self, request: Request, token: ApiToken, headers: dict[str, str]) -> None:
        """Count the request, and say how many are left. Raises Refused."""
        rates = self.writing if request.method == "POST" else self.reading
        headers["RateLimit-Limit"] = str(rates.burst)
        headers["RateLimit-Remaining"] = "0"
        _wait(rates, str(token.id))
        headers["RateLimit-Remaining"] = str(rates.left(str(token.id)))


def api(database: Path, clock: Callable[[], datetime], rules: tuple[Path, ...] = (), prefix: str = "") -> Api:
    """The API over the register in a file."""
    return Api(Desk(database, rules, clock), prefix)


def beside(api_: Api, pages: ASGIApp) -> ASGIApp:
    """What answers under `/api` with the API, and all else with the pages."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(api_.prefix) if scope["type"] == "http" else ""
        await (api_ if path == FOLDER or path.startswith(f"{FOLDER}/") else pages)(scope, receive, send)

    return answer


def _rejected(rejected: Rejected) -> Refused:
    """What is wrong with what was sent; else that it cannot be answered now, and the log has why.

    Where files lie and what other agreements are called is nobody's business.
    """
    if all(one.where.startswith(LINE) for one in rejected.problems):
        return Refused(422, *rejected.problems[:50])
    log.error("API:et kunde inte svara: %s", rejected)
    return Refused(503, texts.not_now(), headers={"Retry-After": "5"})


def _found(method: str, path: str) -> tuple[Operation, Mapping[str, str]]:
    """The operation at an address. Raises Refused."""
    there = [(one, names) for one in OPERATIONS if (names := one.matched(path)) is not None]
    if not there:
        raise Refused(404, texts.no_address())
    _only(method, tuple(one.method for one, _ in there))
    return next((one, names) for one, names in there if one.method == method)


def _only(method: str, known: tuple[str, ...]) -> None:
    if method not in known:
        told = sorted({*known, *(("HEAD",) if "GET" in known else ())})
        raise Refused(405, texts.no_method(method), headers={"Allow": ", ".join(told)})


def _wait(rates: Rates, who: str) -> None:
    if (seconds := math.ceil(rates.wait(who, time.monotonic()))) > 0:
        raise Refused(429, texts.too_often(seconds), headers={"Retry-After": str(seconds)})


def _key(request: Request, operation: Operation) -> str | None:
    said = request.headers.getlist("idempotency-key")
    if not said or operation.method != "POST":
        return None
    if len(said) > 1 or not re.fullmatch(KEY, said[0]):
        why = "den ska stå en gång och ha 1–200 tecken ur ASCII, utan mellanrum"
        raise Refused(400, texts.wrong("nyckeln kan inte användas", "Idempotency-Key", why))
    return said[0]


async def _received(request: Request) -> bytes:
    """The body. Raises Refused where there is more than is received, it breaks off, or is said to be no JSON."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(400, texts.wrong("innehållet går inte att läsa", "Content-Type", "det ska vara application/json"))
    found = b""
    try:
        async for part in request.stream():
            found += part
            if len(found) > LARGEST:
                raise Refused(413, texts.too_large(LARGEST))  # the rest is let go by, so that the answer is heard
    except ClientDisconnect:  # nobody is there to be answered; it is no fault of the program's
        raise Refused(400, texts.wrong("innehållet är avklippt", "innehållet", "förbindelsen bröts")) from None
    return found


def _written(answer: Answer, request: Request) -> Response:
    """The answer with its tag; nothing but the tag where the sender has it."""
    content = _json(answer.value)
    if request.method == "POST":
        return Response(content, answer.status, media_type="application/json")
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    asked = ", ".join(request.headers.getlist("if-none-match")) or None
    if not_modified(tag, EVER, asked, None):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, answer.status, {"ETag": tag}, "application/json")


def _problem(refused: Refused) -> Response:
    return Response(_json(refusal(refused)), refused.status, dict(refused.headers), "application/problem+json")


def _json(value: Object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
