"""Asks one server by its API (docs/api.md): a token with every request, bounded answers, refusals as Problems.

In come addresses and values, out comes what the server answered. The token is never part of a message.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlsplit

import httpx
from msgspec import Struct

from avtalsvakt_rules.problems import Problem, Rejected

SERVER, TOKEN, TOKEN_FILE = "AVTALSVAKT_SERVER", "AVTALSVAKT_TOKEN", "AVTALSVAKT_TOKEN_FILE"
OPTION = "--server"
SECONDS, LARGEST, AT_ONCE = 30.0, 8_000_000, 200
_HERE = ("127.0.0.1", "::1", "localhost")


class Server(Struct, frozen=True):
    """Where a server is, without the folder of the API, and the token to ask it by."""

    address: str
    token: str


def server_of(address: str, environment: Mapping[str, str]) -> Server:
    """The server at an address, with the token that the environment names. Raises Rejected."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        why, remedy = "där ska stå adressen till sidorna", "skriv t.ex. https://avtalsvakt.kommunen.se"
        raise Rejected([Problem(f"'{address[:100]}' är ingen adress till en server", OPTION, why, remedy)])
    if parts.scheme == "http" and parts.hostname not in _HERE:
        why = "nyckeln skulle gå i klartext över nätet"
        raise Rejected([Problem("adressen är inte krypterad", OPTION, why, "skriv https://")])
    return Server(address.rstrip("/"), _token(environment))


def _token(environment: Mapping[str, str]) -> str:
    token, file = environment.get(TOKEN, "").strip(), environment.get(TOKEN_FILE, "")
    if not token and file:
        try:
            token = Path(file).read_text(encoding="ascii").strip()
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or "filen är inte text"
            raise Rejected([Problem("nyckeln kan inte läsas", TOKEN_FILE, why, "ange en fil med nyckeln i")]) from error
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        why = "servern svarar bara den som har en nyckel"
        remedy = f"lägg nyckeln i miljövariabeln {TOKEN}, eller i en fil som {TOKEN_FILE} anger"
        raise Rejected([Problem("det finns ingen nyckel till servern", TOKEN, why, remedy)])
    return token


class Client:
    """A connection to a server; a context manager."""

    def __init__(self, server: Server) -> None:
        """Nothing is sent yet."""
        self.server = server
        headers = {"Authorization": f"Bearer {server.token}", "Accept": "application/json"}
        self._http = httpx.Client(headers=headers, timeout=SECONDS, follow_redirects=False)

    def get(self, path: str, **asked: object) -> dict[str, Any]:
        """What the server answers at an address under the API. Raises Rejected."""
        return self._send("GET", path, params={name: str(value) for name, value in asked.items() if value is not None})

    def post(self, path: str, body: object, **asked: object) -> dict[str, Any]:
        """What the server answers to what is sent. Raises Rejected."""
        said = {name: str(value).lower() for name, value in asked.items() if value is not None}
        return self._send("POST", path, params=said, json=body)

    def every(self, path: str, name: str, **asked: object) -> Iterator[dict[str, Any]]:
        """All of a list, part by part. Raises Rejected."""
        cursor: object = None
        while True:
            found = self.get(path, limit=AT_ONCE, cursor=cursor, **asked)
            yield from found[name]
            if (cursor := found.get("next")) is None:
                return

    def _send(self, method: str, path: str, **how: Any) -> dict[str, Any]:
        address = f"{self.server.address}/api/v1/{quote(path)}"
        try:
            with self._http.stream(method, address, **how) as answer:
                content = bytearray()
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > LARGEST:
                        raise Rejected([self._wrong("svaret är för stort", "det är mer än kommandot läser")])
        except httpx.TimeoutException as error:
            raise Rejected([self._wrong("servern svarar inte", f"inget kom inom {SECONDS:.0f} sekunder")]) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Rejected([self._wrong("servern kan inte nås", str(error)[:200] or "förbindelsen bröts")]) from error
        return self._told(answer, bytes(content))

    def _told(self, answer: httpx.Response, content: bytes) -> dict[str, Any]:
        """The answer as an object. Raises Rejected with what the server refused."""
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Rejected([self._wrong("svaret går inte att tyda", f"servern svarade {answer.status_code}")])
        if answer.is_success:
            return found
        listed = found.get("problems")
        problems = [one for one in (listed if isinstance(listed, list) else [found]) if isinstance(one, dict)]
        raise Rejected([problem_of(one, f"servern svarade {answer.status_code}") for one in (problems or [found])[:20]])

    def _wrong(self, what: str, why: str) -> Problem:
        remedy = "kontrollera adressen och att servern är igång, och försök igen"
        return Problem(what, self.server.address, why, remedy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._http.close()


def problem_of(told: Mapping[str, object], otherwise: str) -> Problem:
    """A problem of the server's, in its own four parts; `otherwise` where it does not say what is wrong."""
    what, where, why, remedy = (str(told.get(name) or "")[:500] for name in ("what", "where", "why", "remedy"))
    return Problem(what or otherwise, where or "servern", why or "den säger inget mer", remedy or "försök igen")
