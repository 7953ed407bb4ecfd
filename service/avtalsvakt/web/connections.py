"""Connections to the web server, bounded in number and in time: one that says nothing does not keep others out.

In come the limits, out comes the protocol that the server speaks on each connection. Ten seconds for the headers of a
request, half a minute for its body, five minutes for the whole answer to be fetched; then the connection is closed.
Where there are as many as there may be, the one that has been waited for the longest gives way to the next.
"""

import asyncio
import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from avtalsvakt_rules.machine import descriptors

log = logging.getLogger("avtalsvakt.web")

HEADERS_WITHIN, BODY_WITHIN, ANSWER_WITHIN = 10.0, 30.0, 300.0
"""Seconds."""
MOST = 200
"""Connections at a time."""
_KEPT = 100  # file descriptors for the register, calendars and everything else
_TOLD_EVERY = 60.0  # seconds between lines in the log about connections that gave way


class Crowd:
    """The connections of a server that wait for a request, the one that has waited the longest first."""

    def __init__(self, most: int) -> None:
        """At most so many connections, those that are answered included."""
        self.most = most
        self.waiting: dict[Any, None] = {}
        self.open = 0
        self._told = -_TOLD_EVERY

    def make_room(self, now: float) -> bool:
        """Whether one more fits, after one that waits was closed if need be; told once a minute."""
        if self.open < self.most:
            return True
        if now - self._told >= _TOLD_EVERY:
            self._told = now
            log.warning("fler än %d anslutningar på en gång; den som dröjt längst stängs", self.most)
        oldest = next(iter(self.waiting), None)
        if oldest is None:
            return False
        oldest.let_go()
        return True


class Bounded(H11Protocol):
    """A connection with a deadline for what is waited for."""

    crowd = Crowd(MOST)
    patience: Mapping[object, float] = MappingProxyType({h11.IDLE: HEADERS_WITHIN, h11.SEND_BODY: BODY_WITHIN})
    answer = ANSWER_WITHIN

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait, or close at once where there are too many."""
        self.deadline: asyncio.TimerHandle | None = None
        self.awaited: object = None
        self.counted = self.crowd.make_room(self.loop.time())
        super().connection_made(transport)
        if self.counted:
            self.crowd.open += 1
            self._wait()
        else:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        super().data_received(data)
        self._wait()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no more."""
        self._leave()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say that what came is no HTTP, unless an answer has begun; who answers learns that nobody waits for it."""
        cycle: RequestResponseCycle | None = self.cycle  # none before the first request
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.close()

    def let_go(self) -> None:
        """Close the connection, and count it no more."""
        self._leave()
        self.transport.abort()

    def _leave(self) -> None:
        if self.counted:
            self.counted = False
            self.crowd.open -= 1
            self.crowd.waiting.pop(self, None)
        if self.deadline is not None:
            self.deadline.cancel()

    def _wait(self) -> None:
        """Set the time for what comes next; more of the same does not set it anew."""
        state = self.conn.their_state
        if not self.counted or state is self.awaited:
            return
        self.awaited = state
        if self.deadline is not None:
            self.deadline.cancel()
        self.deadline = self.loop.call_later(self.patience.get(state, self.answer), self.let_go)
        self.crowd.waiting.pop(self, None)
        if state in self.patience:
            self.crowd.waiting[self] = None


def bounded(most: int = MOST, headers: float = HEADERS_WITHIN, body: float = BODY_WITHIN) -> type[asyncio.Protocol]:
    """The protocol of one server: at most so many connections, so many seconds for headers and body."""

    class Limited(Bounded):
        crowd = Crowd(min(most, _descriptors()))
        patience = MappingProxyType({h11.IDLE: headers, h11.SEND_BODY: body})

    return Limited


def _descriptors() -> int:
    """How many connections the system lets the program have."""
    most = descriptors()
    return MOST if most is None else max(8, most - _KEPT)
