"""What every page does alike: who may, a thread for reading and judging, Swedish pages for what goes wrong."""

import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from avtalsvakt.pages.desk import NOWHERE, Desk
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.guard import TooLarge
from avtalsvakt.pages.texts import text
from avtalsvakt.recording.accounts import WHERE as INVITATION
from avtalsvakt.recording.attest_answers import WHERE
from avtalsvakt.rights import Forbidden, Rights, forbid
from avtalsvakt.settings import Settings
from avtalsvakt.words.role_words import ROLE_WORDS
from avtalsvakt_rules.problems import Problem, Rejected

log = logging.getLogger("avtalsvakt.web")

Answer = Callable[[Request, Settings], Response]
"""What makes a page: it may read and judge, for it runs in a thread of its own. Raises Rejected."""


UTF_8 = b"utf-8"


class Garbled(Rejected):
    """What was sent is no form of ours: it breaks off, is in another encoding, or has more than any page asks for."""


class Needing(Protocol):
    """What is known of an address: what answers it, what it is about, and the roles of which one is needed."""

    @property
    def answer(self) -> Answer: ...  # noqa: D102
    @property
    def about(self) -> str: ...  # noqa: D102
    @property
    def roles(self) -> tuple[str, ...]: ...  # noqa: D102


def answering(address: Needing) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint of a page; what is refused becomes a page that says why."""

    async def endpoint(request: Request) -> Response:
        try:
            if request.method == "POST":
                await _read_form(request)
            return await run_in_threadpool(_answered, address, request)
        except TooLarge as stopped:
            return problem_page(request, 413, *stopped.problems)
        except Garbled as garbled:
            return problem_page(request, 400, *garbled.problems)
        except Rejected as rejected:
            return _refused(request, rejected)
        except Exception:
            log.exception("en sida kunde inte visas")
            return problem_page(request, 500, fault())

    return endpoint


async def _read_form(request: Request) -> None:
    """Read a form, where it can be waited for; the request keeps it. Raises TooLarge, Garbled."""
    _, told = parse_options_header(request.headers.get("content-type"))
    if told.get(b"charset", UTF_8).lower() != UTF_8:  # no browser says so, and its reader would decode by any codec
        raise Garbled([_garbled()])
    try:
        await request.form(max_files=4, max_fields=2000)
    except (HTTPException, ClientDisconnect):
        raise Garbled([_garbled()]) from None


def _answered(address: Needing, request: Request) -> Response:
    """The page, for one who may see it. Raises Rejected."""
    desk: Desk = request.app.state.desk
    if address.about == "open":
        return address.answer(request, desk.settings(request.scope["asker"]))
    settings = desk.seen_by(request.scope["asker"])
    request.scope["rights"] = settings.rights
    _let_in(address, settings.rights, request.path_params.get("agreement"))
    return address.answer(request, settings)


def _let_in(address: Needing, rights: Rights, agreement: str | None) -> None:
    """Raise Forbidden for one without the role. An agreement that is not seen is left to the page: it has none such."""
    if not rights.given:
        raise forbid(text("access.none"), text("access.none.needed"))
    needed = " eller ".join(ROLE_WORDS[one] for one in address.roles)
    if address.about == "all" and not any(map(rights.may_everywhere, address.roles)):
        raise forbid(text("access.lacking"), f"{needed} {text('access.in_all')}")
    if (
        agreement is not None
        and rights.sees(agreement)
        and not any(rights.may(one, agreement) for one in address.roles)
    ):
        raise forbid(text("access.lacking"), f"{needed} {text('access.here')}")
    if not rights.may_somewhere(address.roles) and (agreement is None or rights.sees(agreement)):
        raise forbid(text("access.lacking"), needed)


def _refused(request: Request, rejected: Rejected) -> Response:
    """The page for what is refused. Why something cannot be shown now may be about others, so not all are told."""
    [first, *_] = rejected.problems
    status = 403 if isinstance(rejected, Forbidden) else 404 if first.where in (NOWHERE, WHERE, INVITATION) else 503
    rights: Rights | None = request.scope.get("rights")
    if status == 503 and rights is not None and not rights.sees_all:
        log.error("en sida kunde inte visas: %s", rejected)
        first = not_now()
    return problem_page(request, status, first)


def problem_page(request: Request, status: int, problem: Problem) -> Response:
    """The page that says what is wrong, where, why, and what to do."""
    answer = page(request, "problem.html", {"problem": problem}, status=status)
    if status == 429:
        answer.headers["Retry-After"] = "5"
    return answer


def nowhere() -> Problem:
    """That an address leads nowhere."""
    why = "det finns ingen sida med den adressen"
    return Problem("sidan finns inte", NOWHERE, why, "kontrollera adressen, eller gå till Min vecka")


def not_now() -> Problem:
    """That a page cannot be shown now, for reasons that are not told."""
    why = "registret går inte att läsa, eller är inte bedömt; loggen säger vilket"
    return Problem(
        "sidan kan inte visas just nu", "programmet", why, "försök igen, eller säg till den som sköter driften"
    )


def _garbled() -> Problem:
    why = "det är avklippt, i en annan teckenkod än UTF-8, eller har fler fält eller filer än någon sida frågar efter"
    return Problem("formuläret gick inte att läsa", "formuläret", why, "öppna sidan på nytt, fyll i och skicka igen")


def fault() -> Problem:
    """A fault in the program."""
    why = "programmet har ett fel, som står i loggen; inget halvfärdigt har sparats"
    return Problem("sidan kan inte visas", "programmet", why, "försök igen, och säg annars till den som sköter driften")
