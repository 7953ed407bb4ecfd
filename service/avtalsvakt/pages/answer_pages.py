"""The page behind a link: one function's questions, answered without a sign-in.

The secret in the address is all that lets somebody in; there is no cookie. A form sent twice counts once.
"""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.record_pages import given_in
from avtalsvakt.pages.seals import KEY, key_of, new_key
from avtalsvakt.recording.attest_answers import LONGEST, Asked, Round, give, open_round
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

DONE = "sparat"


def answers(request: Request, settings: Settings) -> Response:
    """The questions, with what has been answered."""
    return _shown(request, settings, open_round(settings, request.path_params["token"]))


def answered(request: Request, settings: Settings) -> Response:
    """The answers that were sent, saved at once; or the page again with what is wrong."""
    token = request.path_params["token"]
    found, sent = open_round(settings, token), given_in(request)
    given = {one.stated["duty"]: said for one in found.asked if any(said := _said(one, sent))}
    if not given:
        return _shown(request, settings, found, sent, [_nothing()])
    try:
        give(settings, found, given, key_of(sent.get(KEY, "")))
    except Rejected as refused:
        return _shown(request, settings, found, sent, refused.problems)
    return RedirectResponse(f"{request.scope['pages_prefix']}/svar/{token}?{DONE}={len(given)}", 303)


def _said(one: Asked, sent: Mapping[str, str]) -> tuple[str, str]:
    comment = " ".join(sent.get(f"k{one.number}", "").split())
    return sent.get(f"s{one.number}", ""), comment


def _shown(
    request: Request, settings: Settings, found: Round, sent: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> Response:  # fmt: skip
    """The page; `sent` is what was typed, else what has been answered before is filled in."""
    wrong: dict[str, Problem] = {}
    for one in problems:
        wrong.setdefault(one.where.removeprefix("fråga "), one)
    rows = [(one, *_filled(one, sent), wrong.get(f"{one.number}") or wrong.get(f"{one.number} (kommentar)"))
            for one in found.asked]  # fmt: skip
    values = {
        "round": found,
        "rows": rows,
        "problems": problems,
        "key": key_of(sent.get(KEY, "")) if sent else new_key(),
        "token": request.path_params["token"],
        "saved": DONE in request.query_params and sent is None,
        "left": sum(one.given is None for one in found.asked),
        "longest": LONGEST,
    }
    return page(request, "answer.html", values, today=settings.today, status=422 if problems else 200)


def _filled(one: Asked, sent: Mapping[str, str] | None) -> tuple[str, str]:
    if sent is not None:
        return sent.get(f"s{one.number}", ""), sent.get(f"k{one.number}", "")
    return (one.given.answer, one.given.comment) if one.given else ("", "")


def _nothing() -> Problem:
    why = "ingen fråga har något svar"
    return Problem("inget är besvarat", "formuläret", why, "svara på en fråga eller flera; resten kan vänta")
