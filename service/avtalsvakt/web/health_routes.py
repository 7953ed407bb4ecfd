"""`/health` and `/ready`: whether the nights are done, and whether the register can be read, for whoever watches.

They may be asked by anybody, so they name what was looked at and how it is, and nothing of what was seen.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from avtalsvakt.answers.health import Health, read_health
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Rejected

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def health_routes(database: Path, clock: Callable[[], datetime]) -> list[Route]:
    """The two addresses over a register."""

    async def health(_: Request) -> JSONResponse:
        found = await run_in_threadpool(lambda: read_health(Settings(clock(), database)))
        return JSONResponse(_told(found), 200 if found.well else 503, HEADERS)

    async def ready(_: Request) -> JSONResponse:
        open_ = await run_in_threadpool(lambda: _readable(Settings(clock(), database)))
        return JSONResponse({"ready": open_}, 200 if open_ else 503, HEADERS)

    return [Route("/health", health), Route("/ready", ready)]


def _told(found: Health) -> dict[str, object]:
    return {"well": found.well, "checks": {one.name: one.level for one in found.checks}}


def _readable(settings: Settings) -> bool:
    try:
        with settings.register(read_only=True):
            return True
    except Rejected:
        return False
