"""What stands before every page: who may come in, how much and how often they may send, and the headers of each answer.

An ASGI layer. It hands on who asks (`scope["asker"]`); it refuses in the pages' own form.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from avtalsvakt.pages.door import Asking, Door
from avtalsvakt.pages.rates import Rates
from avtalsvakt.pages.seals import COOKIE, new_session, session_of
from avtalsvakt_rules.problems import Problem, Rejected

log = logging.getLogger("avtalsvakt.web")

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""What every page carries; style sheets say themselves how long they may be kept."""
LARGEST, LARGEST_FILE = 256 * 1024, 8 * 1024 * 1024
"""Bytes in a form, and in a form with a file."""
WRITING = ("POST", "PUT", "PATCH", "DELETE")

Refuse = Callable[[Request, int, Problem], Response]


class TooLarge(Rejected):
    """More was sent than is received; the reading was stopped there."""


@dataclass(slots=True)
class Guard:
    """The layer around the pages. `refuse` makes an answer of a status and a problem; `files` lists where files go.

    `open` lists addresses that anybody may ask for; how often is then counted by address and page.
    `names` gives who is signed in by a browser's secret, where people sign in here. `base` is the program's address
    from outside, empty where it has none; `prefix` the folder that it has there.
    """

    app: ASGIApp
    door: Door
    refuse: Refuse
    base: str = ""
    prefix: str = ""
    files: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    names: Callable[[str], str | None] = lambda _: None
    reading: Rates = field(default_factory=lambda: Rates(50, 500))
    writing: Rates = field(default_factory=lambda: Rates(2, 40))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        scope["pages_prefix"] = self.prefix
        request = Request(scope)
        headers = {name.lower(): value for name, value in request.headers.items()}
        peer = scope["client"][0] if scope.get("client") else ""
        session = session_of(request.cookies.get(COOKIE))
        scope["session_secret"] = session or new_session()
        scope["new_session"] = session is None
        sealed = self._sealed(scope, send)
        name = await self._name(session)
        who = self.door.asker(Asking(peer, headers, scope.get("http_version", "1.1"), name))
        scope["asker"] = who if isinstance(who, str) else None
        if isinstance(who, Problem) and self.door.way is not None:
            self._sent_to_sign_in(scope)
        if isinstance(who, Problem) and scope["path"].removeprefix(self.prefix).startswith(self.open):
            who = f"{peer} {scope['path'][:80]}"
        refused = (403, who) if isinstance(who, Problem) else self._refused(scope, headers, who)
        if refused is not None:
            await self.refuse(request, *refused)(scope, receive, sealed)
            return
        await self.app(scope, self._bounded(scope, receive), sealed)

    async def _name(self, session: str | None) -> str | None:
        """Who is signed in on the browser, where people sign in here; nobody where the register cannot say."""
        if self.door.way is None or session is None:
            return None
        try:
            return await run_in_threadpool(self.names, session)
        except Rejected as rejected:
            log.error("inloggningen kunde inte läsas: %s", rejected)
            return None

    def _sent_to_sign_in(self, scope: Scope) -> None:
        """Turn a request of nobody's to the sign-in: a page is where it leads after it, a form is kept."""
        path = scope["path"].removeprefix(self.prefix)
        if path.startswith(self.open):
            return
        query = f"?{scope['query_string'].decode('latin-1')}" if scope.get("query_string") else ""
        before = scope["path"][: len(scope["path"]) - len(path)]
        if scope["method"] in WRITING:
            scope.update(kept_for=path, path=f"{before}/logga-in/kvar", raw_path=None)
        else:
            to = urlencode({"till": path + query}).encode()
            scope.update(path=f"{before}/logga-in", raw_path=None, query_string=to)

    def _refused(self, scope: Scope, headers: dict[str, str], who: str) -> tuple[int, Problem] | None:
        """What keeps a request from being answered, if anything: its size, how often, or where it comes from."""
        writes = scope["method"] in WRITING
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length[:20]) > self._most(scope):
            return 413, _too_large()
        if (self.writing if writes else self.reading).wait(who, time.monotonic()) > 0:
            return 429, _too_often()
        if writes and not _own(headers, urlsplit(self.base).netloc):
            return 403, _foreign()
        return None

    def _most(self, scope: Scope) -> int:
        return LARGEST_FILE if any(one in scope["path"] for one in self.files) else LARGEST

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """The same body, as long as it is not longer than it may be. Raises TooLarge."""
        most, got = self._most(scope), 0

        async def bounded() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                raise TooLarge([_too_large()])
            return message

        return bounded

    def _sealed(self, scope: Scope, send: Send) -> Send:
        """Answers with the headers, and with the cookie where a page needs it."""

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope.get("needs_session") and scope["new_session"]:
                    secure = "; Secure" if self.base.startswith("https:") else ""
                    headers.append(
                        "Set-Cookie", f"{COOKIE}={scope['session_secret']}; Path=/; HttpOnly; SameSite=Lax{secure}"
                    )
            await send(message)

        return sealed


def _own(headers: dict[str, str], outside: str) -> bool:
    """Whether a form comes from one of our own pages, as far as the browser tells."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    known = {headers.get("host", ""), headers.get("x-forwarded-host", ""), outside} - {""}
    try:
        return urlsplit(origin).netloc in known  # of an origin that is kept secret (`null`) nothing remains
    except ValueError:  # no address: half a bracket
        return False


def _too_large() -> Problem:
    why = f"ett formulär får vara högst {LARGEST // 1024} kB, en fil högst {LARGEST_FILE // (1024 * 1024)} MB"
    return Problem(
        "det som skickades är för stort", "formuläret", why, "dela upp det, eller korta texten, och försök igen"
    )


def _too_often() -> Problem:
    why = "det kom fler förfrågningar på kort tid än en människa gör"
    return Problem("det går inte så fort", "sidorna", why, "vänta en liten stund och försök igen")


def _foreign() -> Problem:
    why = "formuläret skickades från en annan webbplats"
    return Problem("det som skickades togs inte emot", "formuläret", why, "öppna sidan här och fyll i formuläret igen")
