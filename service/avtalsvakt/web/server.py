"""The web server beside the nightly schedule: in a thread of its own, on a socket that was there before it."""

import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from avtalsvakt.web.application import application
from avtalsvakt.web.connections import bounded
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_rules.problems import Problem, Rejected

STOP_WITHIN = 5
"""Seconds that answers under way are given when the server stops."""
_BACKLOG = 2048


def listening(text: str, where: str = "--listen") -> tuple[str, int]:
    """Host and port of `HOST:PORT` (`[::1]:8080` for IPv6). Raises Rejected."""
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not (port.isascii() and port.isdigit() and len(port) < 6) or int(port) > 65_535:
        why = "där ska stå värd och port"
        raise Rejected([Problem(f"'{text}' går inte att lyssna på", where, why, "skriv t.ex. 127.0.0.1:8080")])
    return host, int(port)


class WebServer:
    """Serves from `start` to `stop`; or use it as a context manager. Signals are the business of whoever starts it."""

    def __init__(
        self,
        database: Path,
        clock: Callable[[], datetime],
        host: str,
        port: int,
        *,
        prefix: str = "",
        pages: ASGIApp | None = None,
    ) -> None:
        """Bring the register up to date and take the address, port 0 for any free one.

        Raises Rejected where either fails.
        """
        open_register(database).close()
        self._socket = _bound(host, port)
        app = application(database, clock, prefix=prefix, pages=pages)
        config = uvicorn.Config(
            app,
            http=bounded(),
            lifespan="on",
            ws="none",
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=STOP_WITHIN,
            backlog=_BACKLOG,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="webb", daemon=True)
        self._settled = threading.Event()

    @property
    def address(self) -> str:
        """Where it listens, `http://127.0.0.1:8080`."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def start(self) -> None:
        """Begin to serve; it answers when this returns. Raises Rejected if it does not come up."""
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._settled.wait(0.01)
        if not self._server.started:
            why = "den avslutades när den startade; loggen säger varför"
            remedy = "rätta felet och starta om"
            raise Rejected([Problem("webbservern startade inte", self.address, why, remedy)])

    def stop(self) -> None:
        """Take no more requests, let those under way finish, write what was noted, and close."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN + 5)
        self._socket.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._settled.set()


def _bound(host: str, port: int) -> socket.socket:
    """A socket on the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, answers leave at once: asyncio turns off delaying only where it sees that it is TCP.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        why = f"operativsystemet svarar: {error.strerror or error}"
        remedy = "välj en annan adress med --listen, eller stoppa det som använder den"
        raise Rejected([Problem(f"{host}:{port} går inte att lyssna på", "--listen", why, remedy)]) from error
    return bound
