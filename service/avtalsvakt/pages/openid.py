"""Signing in with OpenID Connect (Authlib): to the provider and back, with a name out of what it says.

The provider's answer is held to its issuer, to us, to the browser that asked (state, nonce) and to the question (PKCE).
Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7.
"""

import logging
from collections import OrderedDict
from typing import Any

from authlib.integrations.starlette_client import OAuth
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from avtalsvakt.pages.answering import problem_page
from avtalsvakt.pages.desk import Desk
from avtalsvakt.pages.door import readable
from avtalsvakt.pages.places import outside
from avtalsvakt.pages.record_pages import local
from avtalsvakt.pages.sign_in_pages import TO, signed
from avtalsvakt.pages.signing import BACK, Provider
from avtalsvakt.recording.sign_ins import OPENID
from avtalsvakt_rules.problems import Problem, Rejected

log = logging.getLogger("avtalsvakt.web")

FLOWS = 500
"""Sign-ins that may be under way at once; the oldest have to begin again."""


class OpenId:
    """The two addresses of a sign-in at a provider."""

    def __init__(self, one: Provider) -> None:
        """Nothing is asked of the provider before somebody signs in."""
        self.provider = one
        self._flows: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._client = OAuth().register(
            "openid",
            client_id=one.client,
            client_secret=one.secret,
            server_metadata_url=f"{one.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
        )

    async def start(self, request: Request) -> Response:
        """On to the provider."""
        secret = str(request.scope["session_secret"])
        request.scope["needs_session"] = True
        flow = self._flows.setdefault(secret, {})
        flow[TO] = local(request.query_params.get(TO, "/"))
        while len(self._flows) > FLOWS:
            self._flows.popitem(last=False)
        request.scope["session"] = flow
        try:
            answer: Response = await self._client.authorize_redirect(request, outside(request) + BACK)
        except Exception as error:  # noqa: BLE001 - what a provider says may be anything
            return _failed(request, error, 503)
        return answer

    async def back(self, request: Request) -> Response:
        """Back from the provider: signed in, and on to where one was going."""
        flow = self._flows.pop(str(request.scope["session_secret"]), None)
        request.scope["session"] = flow or {}
        one = self.provider
        held = {"iss": {"essential": True, "values": [one.issuer]}, "aud": {"essential": True, "values": [one.client]}}
        try:
            if flow is None:
                raise ValueError("no sign-in is under way in this browser")
            told = await self._client.authorize_access_token(request, claims_options=held)
            name = readable(str(told["userinfo"][one.claim]))
            if isinstance(name, Problem):
                raise ValueError(name.why)
        except Exception as error:  # noqa: BLE001 - what a provider says may be anything
            return _failed(request, error, 403)
        desk: Desk = request.app.state.desk
        try:
            await run_in_threadpool(signed, request, desk.settings(None), name, OPENID)
        except Rejected as refused:
            return _failed(request, refused, 503)
        return RedirectResponse(f"{request.scope['pages_prefix']}{flow[TO]}", 303)


def _failed(request: Request, error: Exception, status: int) -> Response:
    """That somebody was not signed in; why stands in the log."""
    log.warning("inloggningen gick inte: %s: %s", type(error).__name__, str(error)[:200])
    why = "inloggningstjänsten svarade inte som den ska, eller så tog det för lång tid; loggen säger mer"
    return problem_page(
        request, status, Problem("du är inte inloggad", "inloggningen", why, "gå till Min vecka och försök igen")
    )
