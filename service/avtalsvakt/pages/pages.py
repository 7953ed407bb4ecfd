"""All pages put together: addresses, and the guard before them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from avtalsvakt.pages import plain_pages
from avtalsvakt.pages.addresses import ADDRESSES, SIGN_IN
from avtalsvakt.pages.answering import answering, fault, nowhere, problem_page
from avtalsvakt.pages.desk import Desk
from avtalsvakt.pages.door import Door
from avtalsvakt.pages.guard import Guard
from avtalsvakt.pages.seals import Sealer
from avtalsvakt.pages.signing import BACK, Provider, Signing
from avtalsvakt.pages.waiting import Waiting
from avtalsvakt.recording.sign_ins import signed_in

FILES = ("/inlasning", "/regler/prova")
"""Addresses that files are sent to."""
OPEN = ("/svar/", "/stil/", "/tillganglighet", "/om", "/logga-in", "/logga-ut", "/inbjudan/")
"""Addresses that need no sign-in: a link to answer by, which is a secret of its own, what it leads to, signing in."""


class Site(Struct, frozen=True):
    """How the pages are served: who is let in, the folder that a proxy has them under, their address from outside.

    `provider` signs people in where the door says so.
    """

    door: Door
    prefix: str = ""
    base: str = ""
    rules: tuple[Path, ...] = ()
    provider: Provider | None = None


def coordinators_pages(database: Path, clock: Callable[[], datetime], site: Site) -> Guard:
    """The application with the pages. The register is opened for each request."""
    routes = [
        Route(one.path, answering(one), methods=[one.method])
        for one in (*ADDRESSES, *(SIGN_IN if site.door.way else ()))
    ]
    routes.append(Route("/stil/{version}.css", plain_pages.style_sheet))
    if site.provider is not None:
        from avtalsvakt.pages.openid import OpenId  # dear to import

        at_provider = OpenId(site.provider)
        routes += [Route("/logga-in/openid", at_provider.start), Route(BACK, at_provider.back)]
    app = Starlette(routes=routes, exception_handlers={404: _nowhere, 405: _nowhere, 500: _fault})
    app.router.redirect_slashes = False
    desk = app.state.desk = Desk(database, site.rules, clock)
    app.state.signing = Signing(site.door.way)
    app.state.sealer = Sealer()
    app.state.base = site.base
    app.state.waiting = Waiting()
    names = partial(_signed_in, desk)
    return Guard(app, site.door, problem_page, site.base, site.prefix, FILES, OPEN, names)


def _signed_in(desk: Desk, secret: str) -> str | None:
    return signed_in(desk.settings(None), secret)


async def _nowhere(request: Request, _: Exception) -> Response:
    return problem_page(request, 404, nowhere())


async def _fault(request: Request, _: Exception) -> Response:
    return problem_page(request, 500, fault())
