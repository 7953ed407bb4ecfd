"""What every page does alike: a thread of its own for reading and judging, and Swedish pages for what goes wrong."""

import logging
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from avtalsvakt.pages.desk import NOWHERE, Desk
from avtalsvakt.pages.drawing import page
from avtalsvakt.recording.attest_answers import WHERE
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

log = logging.getLogger("avtalsvakt.web")

Answer = Callable[[Request, Settings], Response]
"""What makes a page: it may read and judge, for it runs in a thread of its own. Raises Rejected."""


def answering(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint of a page; what is refused becomes a page that says why."""

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            if request.method == "POST":
                await request.form(max_files=4, max_fields=2000)  # read here, where it can be waited for
            return await run_in_threadpool(lambda: answer(request, desk.settings(request.scope["asker"])))
        except Rejected as rejected:
            [first, *_] = rejected.problems
            return problem_page(request, 404 if first.where in (NOWHERE, WHERE) else 503, first)
        except Exception:
            log.exception("en sida kunde inte visas")
            return problem_page(request, 500, fault())

    return endpoint


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


def fault() -> Problem:
    """A fault in the program."""
    why = "programmet har ett fel, som står i loggen; inget halvfärdigt har sparats"
    return Problem("sidan kan inte visas", "programmet", why, "försök igen, och säg annars till den som sköter driften")
