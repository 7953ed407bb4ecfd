"""Links for a function to answer by, as the coordinator sees them: made, what came of them, revoked."""

from collections.abc import Mapping
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from avtalsvakt.answers.attestations import asked_now
from avtalsvakt.pages.days import day_typed
from avtalsvakt.pages.desk import Look, look
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.places import outside
from avtalsvakt.pages.record_pages import given_in, sealed, unsealed
from avtalsvakt.recording.attest_links import NewLink, link_stories, make_link, revoke_link
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

FUNCTION, UNTIL = "funktion", "till"


def links(request: Request, settings: Settings) -> Response:
    """The links of an agreement, and a form to make one."""
    seen = look(settings, request.path_params["agreement"])
    return _shown(request, seen, {FUNCTION: request.query_params.get(FUNCTION, "")})


def made_or_revoked(request: Request, settings: Settings) -> Response:
    """A link made, which is shown this once; or one revoked."""
    agreement, given = request.path_params["agreement"], given_in(request)
    seen = look(settings, agreement)
    if not sealed(request, given):
        return _shown(request, seen, given, problem=unsealed(), status=403)
    try:
        if given.get("steg") == "aterkalla":
            number = given.get("nummer", "")
            revoke_link(settings, int(number[:9]) if number.isascii() and number.isdigit() else 0, agreement)
            return RedirectResponse(f"{request.scope['pages_prefix']}/avtal/{agreement}/lankar", 303)
        until = _until(given, settings)
        new = make_link(settings, agreement, given.get(FUNCTION, ""), until)
    except Rejected as refused:
        return _shown(request, seen, given, problem=refused.problems[0], status=422)
    return _shown(request, seen, {}, new=new)


def _until(given: Mapping[str, str], settings: Settings) -> date | None:
    typed = given.get(UNTIL, "").strip()
    return day_typed(typed, settings, UNTIL) if typed else None


def _shown(
    request: Request, seen: Look, given: Mapping[str, str], *, new: NewLink | None = None,
    problem: Problem | None = None, status: int = 200,
) -> Response:  # fmt: skip
    agreement, today = request.path_params["agreement"], seen.settings.today
    asked = [one for one in seen.stored.verdicts if asked_now(one, seen.stored.run.as_of)]
    functions = sorted({one.attest for one in asked if one.attest})
    stories = link_stories(seen.settings, agreement)
    titles = {one.duty: seen.names.duty(one) for one in seen.stored.verdicts}
    values = {
        "agreement": agreement,
        "functions": [(name, sum(one.attest == name for one in asked)) for name in functions],
        "given": given,
        "problem": problem,
        "where": UNTIL if problem and problem.where in (UNTIL, "--until") else FUNCTION,
        "address": new.address(outside(request)) if new else "",
        "new": new.link if new else None,
        "open": [one for one in reversed(stories) if one.link.holds(today)],
        "past": [one for one in reversed(stories) if not one.link.holds(today)],
        "titles": titles,
        "names": seen.names,
    }
    return page(request, "links.html", values, here="agreements", today=today, status=status)
