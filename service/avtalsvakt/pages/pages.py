"""All pages put together: addresses, and the guard before them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from avtalsvakt.pages import plain_pages
from avtalsvakt.pages.addresses import ADDRESSES
from avtalsvakt.pages.answering import answering, fault, nowhere, problem_page
from avtalsvakt.pages.desk import Desk
from avtalsvakt.pages.door import Door
from avtalsvakt.pages.guard import Guard
from avtalsvakt.pages.seals import Sealer
from avtalsvakt.pages.waiting import Waiting

FILES = ("/inlasning", "/regler/prova")
"""Addresses that files are sent to."""
OPEN = ("/svar/", "/stil/", "/tillganglighet", "/om")
"""Addresses that need no sign-in: a link to answer by, which is a secret of its own, and what its page leads to."""


@dataclass(frozen=True, slots=True)
class Site:
    """How the pages are served: who is let in, the folder that a proxy has them under, their address from outside."""

    door: Door
    prefix: str = ""
    base: str = ""
    rules: tuple[Path, ...] = ()


def coordinators_pages(database: Path, clock: Callable[[], datetime], site: Site) -> Guard:
    """The application with the pages. The register is opened for each request."""
    routes = [Route(one.path, answering(one), methods=[one.method]) for one in ADDRESSES]
    routes.append(Route("/stil/{version}.css", plain_pages.style_sheet))
    app = Starlette(routes=routes, exception_handlers={404: _nowhere, 405: _nowhere, 500: _fault})
    app.router.redirect_slashes = False
    app.state.desk = Desk(database, site.rules, clock)
    app.state.sealer = Sealer()
    app.state.base = site.base
    app.state.waiting = Waiting()
    return Guard(app, site.door, problem_page, site.base, site.prefix, FILES, OPEN)


async def _nowhere(request: Request, _: Exception) -> Response:
    return problem_page(request, 404, nowhere())


async def _fault(request: Request, _: Exception) -> Response:
    return problem_page(request, 500, fault())
