"""Signing in with an account of the program's own: in, out, and an invitation accepted.

An unknown name and a wrong password are answered alike, and take as long. A fresh secret is given at each sign-in.
"""

import time

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from avtalsvakt.pages.desk import NOWHERE
from avtalsvakt.pages.drawing import page
from avtalsvakt.pages.record_pages import given_in, local, sealed, unsealed
from avtalsvakt.pages.seals import FIELD, new_session
from avtalsvakt.pages.signing import Signing
from avtalsvakt.recording.accounts import WHERE, accept, account_of, invited
from avtalsvakt.recording.passwords import SHORTEST
from avtalsvakt.recording.sign_ins import ACCOUNT, begin, sign_out
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

NAME, PASSWORD, TO = "namn", "losenord", "till"


def form(request: Request, settings: Settings) -> Response:  # noqa: ARG001 - as all pages
    """The form, or what leads to the sign-in elsewhere."""
    _signing(request)
    return _shown(request, "", request.query_params.get(TO, "/"))


def sent(request: Request, settings: Settings) -> Response:
    """Signed in, and on to where one was going; or the form again."""
    signing, given = _signing(request, ACCOUNT), given_in(request)
    name, to = given.get(NAME, "").strip()[:200], given.get(TO, "/")
    if not sealed(request, given):
        return _shown(request, name, to, unsealed(), 403)
    if signing.too_often(name, request.client.host if request.client else "", time.monotonic()):
        return _shown(request, name, to, _too_often(), 429)
    found = account_of(settings, name, given.get(PASSWORD, ""))
    if found is None:
        return _shown(request, name, to, _wrong(), 403)
    signed(request, settings, found.name, ACCOUNT)
    return RedirectResponse(f"{request.scope['pages_prefix']}{local(to)}", 303)


def signed(request: Request, settings: Settings, name: str, way: str) -> None:
    """Sign a name in on this browser, by a secret that it has not had before."""
    sign_out(settings, str(request.scope["session_secret"]))
    begin(settings, fresh(request), name, way)


def fresh(request: Request) -> str:
    """A new secret for the browser, which the answer brings."""
    secret = new_session()
    request.scope.update(session_secret=secret, new_session=True, needs_session=True)
    return secret


def kept(request: Request, settings: Settings) -> Response:
    """What somebody sent who is not signed in any more: it is theirs to send again when they are."""
    _signing(request)
    given = {name: value for name, value in given_in(request).items() if name != FIELD}
    address = local(str(request.scope.get("kept_for", "/")))
    return page(request, "kept.html", {"kept": given, "address": address}, today=settings.today, status=403)


def out(request: Request, settings: Settings) -> Response:
    """Signed out."""
    if sealed(request, given_in(request)):
        sign_out(settings, str(request.scope["session_secret"]))
        fresh(request)
    return RedirectResponse(f"{request.scope['pages_prefix']}/logga-in", 303)


def invitation(request: Request, settings: Settings) -> Response:
    """The form to choose a password."""
    _signing(request, ACCOUNT)
    return _invited(request, settings)


def accepted(request: Request, settings: Settings) -> Response:
    """A password chosen, and signed in; or the form again."""
    _signing(request, ACCOUNT)
    given = given_in(request)
    if not sealed(request, given):
        return _invited(request, settings, unsealed(), 403)
    try:
        account = accept(settings, request.path_params["token"], given.get(PASSWORD, ""))
    except Rejected as refused:
        if refused.problems[0].where == WHERE:
            raise
        return _invited(request, settings, refused.problems[0], 422)
    signed(request, settings, account.name, ACCOUNT)
    return RedirectResponse(f"{request.scope['pages_prefix']}/", 303)


def _invited(request: Request, settings: Settings, problem: Problem | None = None, status: int = 200) -> Response:
    token = request.path_params["token"]
    values = {"account": invited(settings, token), "token": token, "problem": problem, "shortest": SHORTEST}
    return page(request, "invitation.html", values, today=settings.today, status=status)


def _shown(request: Request, name: str, to: str, problem: Problem | None = None, status: int = 200) -> Response:
    signing: Signing = request.app.state.signing
    values = {"way": signing.way, "name": name, "to": local(to), "problem": problem}
    answer = page(request, "sign_in.html", values, status=status)
    if status == 429:
        answer.headers["Retry-After"] = "30"
    return answer


def _signing(request: Request, way: str | None = None) -> Signing:
    """How people sign in here. Raises Rejected where they do it another way."""
    signing: Signing = request.app.state.signing
    if way not in (None, signing.way):
        why = "den som loggar in gör det på annat sätt här"
        raise Rejected([Problem("sidan finns inte", NOWHERE, why, "gå till Min vecka")])
    return signing


def _wrong() -> Problem:
    why = "namnet eller lösenordet är fel"
    return Problem("du är inte inloggad", "formuläret", why, "försök igen, eller be om en ny inbjudan")


def _too_often() -> Problem:
    why = "det har gjorts för många försök"
    return Problem("det går inte just nu", "formuläret", why, "vänta en halv minut och försök igen")
