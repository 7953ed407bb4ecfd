"""The application that a web server runs (ASGI): calendar feeds under secret addresses, and the pages beside them.

Whoever does not have an address learns nothing: unknown and revoked ones give the same answer, byte for byte.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from avtalsvakt.subscribing.feed_addresses import FOLDER
from avtalsvakt.web.addresses import DUTY, FORMER_DUTY
from avtalsvakt.web.conditional import accepts_gzip, not_modified
from avtalsvakt.web.feed_source import FeedSource
from avtalsvakt.web.health_routes import health_routes
from avtalsvakt.web.masking import mask_logs
from avtalsvakt.web.quieting import quiet_logs
from avtalsvakt_engine.storage.subscriptions_store import Subscription
from avtalsvakt_rules.problems import Rejected

log = logging.getLogger("avtalsvakt.web")

WRITE_EVERY = 30.0
"""Seconds between the times that `last fetched` is written."""
SILENT = {"X-Robots-Tag": "noindex"}
CALENDAR = "text/calendar; charset=utf-8"


def application(
    database: Path,
    clock: Callable[[], datetime],
    *,
    prefix: str = "",
    write_every: float = WRITE_EVERY,
    pages: ASGIApp | None = None,
) -> Starlette:
    """The application over the register in a file.

    `clock` gives this moment. `prefix` is the folder that a reverse proxy has it under (`/avtalsvakt`); it may take the
    folder away or leave it. The file is opened when the server starts, which raises Rejected where it cannot be.
    `pages` answers whatever is not a calendar; without it nothing is there.
    """
    mask_logs()
    quiet_logs()
    holder: list[FeedSource] = []
    feed, duty = _Feed(holder, clock), _Duty(holder, clock)
    routes: list[BaseRoute] = [
        Route(f"/{FOLDER}/{{token}}.ics", feed),
        *(Route(f"/{FOLDER}/{{token}}/{name}/{{duty:path}}.ics", duty) for name in (DUTY, FORMER_DUTY)),
        *health_routes(database, clock),
    ]
    if pages is not None:
        routes += [Mount(f"/{FOLDER}", app=_nothing_there), Mount("", app=pages)]
    placed = [Mount(prefix, app=Router(routes, redirect_slashes=False)), *routes] if prefix else routes
    serving = _open_while_serving(database, holder, write_every)
    app = Starlette(routes=placed, lifespan=serving, exception_handlers={404: _not_found})
    app.router.redirect_slashes = False
    if pages is not None:
        app.router.default = _unmatched(pages)
    return app


def _open_while_serving(
    database: Path, holder: list[FeedSource], write_every: float
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """The register as the feeds' source, put into `holder` while the server runs."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        source = FeedSource(database)
        holder[:] = [source]
        writing = asyncio.create_task(_write_now_and_then(source, write_every))
        try:
            yield
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
            await source.close()

    return lifespan


def _unmatched(pages: ASGIApp) -> ASGIApp:
    """Addresses that no pattern takes, since they hold the end of a line, are the pages' as well."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        whose = _nothing_there if f"/{FOLDER}/" in scope["path"] else pages
        await whose(scope, receive, send)

    return answer


async def _write_now_and_then(source: FeedSource, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        await source.write_fetches()


async def _not_found(_: Request, __: Exception) -> Response:
    return not_found()


async def _nothing_there(scope: Scope, receive: Receive, send: Send) -> None:
    await not_found()(scope, receive, send)


def not_found() -> Response:
    """The one answer to whatever is not there, or is there no more."""
    headers = SILENT | {"Cache-Control": "no-store"}
    return Response("Adressen finns inte.\n", 404, headers, "text/plain")


class _Secret(ABC):
    """Answers under a secret address: the method first, then whether the secret is good."""

    def __init__(self, holder: list[FeedSource], clock: Callable[[], datetime]) -> None:
        self.holder, self.clock = holder, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._response(scope)
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _response(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return Response(status_code=405, headers=SILENT | {"Allow": "GET, HEAD"})
        source = self.holder[0]
        try:
            subscription = source.subscription(scope["path_params"]["token"])
            if subscription is None:
                return not_found()
            return await self.answer(source, subscription, scope)
        except Rejected as rejected:
            # Programs keep what they have and come back.
            log.error("kalender kunde inte läsas: %s", rejected)
            return Response(status_code=503, headers=SILENT | {"Retry-After": "300"})

    @abstractmethod
    async def answer(self, source: FeedSource, subscription: Subscription, scope: Scope) -> Response:
        """The answer to one who may read."""


class _Feed(_Secret):
    """A subscribed feed."""

    async def answer(self, source: FeedSource, subscription: Subscription, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        now = self.clock()
        held = await source.feed(subscription, now)
        source.note_fetch(subscription, now)
        if not_modified(held.etag, held.changed, _tags(headers), headers.get("if-modified-since")):
            return Response(status_code=304, headers=held.headers)
        if accepts_gzip(headers.get("accept-encoding")):
            packed = {**held.headers, "Content-Encoding": "gzip"}
            return Response(held.compressed, headers=packed, media_type=CALENDAR)
        return Response(held.content, headers=held.headers, media_type=CALENDAR)


class _Duty(_Secret):
    """A single duty as a file to keep, with the identities that its events have in the feed."""

    async def answer(self, source: FeedSource, subscription: Subscription, scope: Scope) -> Response:
        one = await source.duty(subscription, scope["path_params"]["duty"])
        if one is None:
            return not_found()
        named = SILENT | {
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="skyldighet.ics"',
        }
        return Response(one.content, headers=named, media_type=CALENDAR)


def _tags(headers: Headers) -> str | None:
    """All tags that the client has, though they may be spread over several headers."""
    found = headers.getlist("if-none-match")
    return ", ".join(found) if found else None
