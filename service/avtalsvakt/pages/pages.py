"""All pages put together: addresses, and the guard before them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from avtalsvakt.pages import (
    agreement_pages,
    answer_pages,
    duty_pages,
    fact_pages,
    import_pages,
    link_pages,
    plain_pages,
    record_pages,
    report_pages,
    rule_pages,
    sandbox_pages,
    start_page,
    subscription_pages,
)
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
    routes = [
        Route("/", answering(start_page.start)),
        Route("/registrera", answering(record_pages.overview)),
        Route("/registrera", answering(record_pages.sent), methods=["POST"]),
        Route("/registrera/{agreement}/{kind}", answering(record_pages.of_kind)),
        Route("/skyldighet/{duty:path}/gor", answering(record_pages.of_duty)),
        Route("/skyldighet/{duty:path}/kalender.ics", answering(duty_pages.calendar_file)),
        Route("/skyldighet/{duty:path}", answering(duty_pages.duty)),
        Route("/avtal", answering(agreement_pages.agreements)),
        Route("/avtal/{agreement}", answering(agreement_pages.agreement)),
        Route("/avtal/{agreement}/overlamning", answering(report_pages.handover)),
        Route("/avtal/{agreement}/prenumerationer", answering(subscription_pages.subscriptions)),
        Route(
            "/avtal/{agreement}/prenumerationer",
            answering(subscription_pages.subscribed_or_revoked),
            methods=["POST"],
        ),
        Route("/inlasning", answering(import_pages.form)),
        Route("/inlasning", answering(import_pages.sent), methods=["POST"]),
        Route("/klausuler", answering(rule_pages.clauses)),
        Route("/lasningar", answering(rule_pages.readings)),
        Route("/regler/prova", answering(sandbox_pages.sandbox)),
        Route("/regler/prova", answering(sandbox_pages.tried), methods=["POST"]),
        Route("/rapport", answering(report_pages.report)),
        Route("/avtal/{agreement}/lankar", answering(link_pages.links)),
        Route("/avtal/{agreement}/lankar", answering(link_pages.made_or_revoked), methods=["POST"]),
        Route("/svar/{token}", answering(answer_pages.answers)),
        Route("/svar/{token}", answering(answer_pages.answered), methods=["POST"]),
        Route("/registreringar", answering(fact_pages.facts)),
        Route("/registrering/{id}", answering(fact_pages.fact)),
        Route("/registrering/{id}/ratta", answering(fact_pages.correct)),
        Route("/registrering/{id}/aterkalla", answering(fact_pages.retract)),
        Route("/fragor/{agreement}", answering(record_pages.of_function)),
        Route("/mote/{fact}/{outcome}", answering(record_pages.of_meeting)),
        Route("/sparat/{ids}", answering(record_pages.saved)),
        Route("/tillganglighet", answering(plain_pages.accessibility)),
        Route("/om", answering(plain_pages.about)),
        Route("/stil/{version}.css", plain_pages.style_sheet),
    ]
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
