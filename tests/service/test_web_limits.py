"""The web server is not starved: not by connections that say nothing, nor by requests without end or a full log."""

import asyncio
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from avtalsvakt.web.conditional import accepts_gzip, not_modified
from avtalsvakt.web.connections import bounded
from avtalsvakt.web.masking import MaskSecrets
from avtalsvakt.web.quieting import ENOUGH, WINDOW, Seldom

CHANGED = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
ASKED = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body, and answers."""
    while scope["type"] == "http" and (await receive()).get("more_body"):
        pass
    await PlainTextResponse("hej")(scope, receive, send)


@contextmanager
def serving(most: int, headers: float = 60.0, body: float = 60.0, app: ASGIApp = app) -> Iterator[tuple[str, int]]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen(64)
        config = uvicorn.Config(app, http=bounded(most, headers, body), lifespan="off", ws="none", log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])))
        thread.start()
        try:
            yield bound.getsockname()
        finally:
            server.should_exit = True
            thread.join()


def ask(address: tuple[str, int], data: bytes = ASKED) -> bytes:
    with socket.create_connection(address, timeout=30) as one:
        one.sendall(data)
        return answer(one)


def answer(one: socket.socket) -> bytes:
    """What comes, until the whole of it has come."""
    found = b""
    while not found.endswith(b"hej") and (more := one.recv(65_536)):
        found += more
    return found


async def hasty(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers without reading."""
    await PlainTextResponse("hej")(scope, receive, send)


def closed(one: socket.socket) -> bool:
    """Whether the server closes the connection; waits until it does."""
    try:
        return one.recv(1) == b""
    except ConnectionResetError:
        return True


def test_connections_that_say_nothing_give_way_to_those_that_ask() -> None:
    with serving(most=20) as address, ExitStack() as held:
        silent = [held.enter_context(socket.create_connection(address, timeout=30)) for _ in range(60)]
        for one in silent[:30]:
            one.sendall(b"GET / HTTP/1.1\r\n")
        assert all(ask(address).startswith(b"HTTP/1.1 200") for _ in range(20))
        assert all(closed(one) for one in silent[:40])  # the oldest first


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: a\r\n", ASKED + b"GET"])
def test_headers_that_do_not_come_are_not_waited_for(begun: bytes) -> None:
    with serving(20, headers=0.2) as address, socket.create_connection(address, timeout=30) as one:
        one.sendall(begun)
        if begun.startswith(ASKED):
            assert answer(one).startswith(b"HTTP/1.1 200")
        assert closed(one)


def test_a_drop_now_and_then_buys_no_time() -> None:
    with serving(20, headers=0.5) as address, socket.create_connection(address, timeout=30) as one:
        one.settimeout(0.05)
        assert any(dropped(one) for _ in range(600))


def dropped(one: socket.socket) -> bool:
    """Send one letter more; whether the server has gone."""
    try:
        one.sendall(b"x")
        return one.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    with serving(20, body=0.2) as address, socket.create_connection(address, timeout=30) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
        assert closed(one)


def test_what_is_answered_may_go_on_on_the_same_connection() -> None:
    with serving(1) as address, socket.create_connection(address, timeout=30) as one:
        for _ in range(5):
            one.sendall(ASKED)
            assert answer(one).startswith(b"HTTP/1.1 200")


HOSTILE = (
    "", " ", ",", "0", "\x00", "22 Nov", "+" * 900, "Sun, 99 Nov 2026 02:15:00 GMT", "Sun, 22 Nov 99999 02:15:00 GMT",
    "Sun, 22 Nov 2026 02:15:00 +99999999", "Sun, 22 Nov 0000 02:15:00 GMT", "Sun, 22 Nov 2026 99:99:99 GMT",
    "Sun, 01 Jan 0001 00:00:00 +2359",
)  # fmt: skip


@pytest.mark.parametrize("since", HOSTILE)
def test_a_date_that_cannot_be_read_is_as_if_it_were_not_there(since: str) -> None:
    assert not not_modified('W/"a"', CHANGED, None, since)


_PIECES = (
    "Sun, ",
    "22 ",
    "Nov ",
    "Jan",
    "2026 ",
    "0001 ",
    "9999 ",
    "02:15:00 ",
    "GMT",
    "+2359",
    "-9999",
    "x",
    " ",
    ":",
    "-",
    "é",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join), st.text(max_size=20))
def test_no_header_of_a_condition_or_a_coding_raises(since: str, coding: str) -> None:
    assert not_modified('W/"a"', CHANGED, None, since) in (True, False)
    assert accepts_gzip(coding) in (True, False)


def test_a_complaint_that_repeats_itself_is_counted() -> None:
    moment = [0.0]
    seldom = Seldom(lambda: moment[0])

    def written(name: str = "uvicorn.error", message: str = "Invalid %s") -> logging.LogRecord | None:
        record = logging.LogRecord(name, logging.WARNING, "x", 1, message, ("request",), None)
        return record if seldom.filter(record) else None

    assert sum(written() is not None for _ in range(1_000)) == ENOUGH
    assert written(message="Another") is not None
    moment[0] = WINDOW
    later = written()
    assert later is not None
    assert later.getMessage() == f"Invalid request (och {1_000 - ENOUGH} likadana som inte skrevs)"


def test_the_trace_of_an_error_holds_no_secret() -> None:
    secret = "A" * 43
    try:
        raise KeyError(f"/kalender/{secret}.ics")
    except KeyError as error:
        record = logging.LogRecord(
            "uvicorn.error", logging.ERROR, "x", 1, "%s", (error,), (KeyError, error, error.__traceback__)
        )
    MaskSecrets().filter(record)
    assert secret not in logging.Formatter().format(record)
    assert "KeyError" in logging.Formatter().format(record)


CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("pieces", [(CHUNKED + b"zz\r\n",), (CHUNKED, b"zz\r\n"), (CHUNKED + b"1\r\na\r\n", b"zz\r\n")])
@pytest.mark.parametrize("served", [app, hasty])
def test_a_body_that_is_no_http_leaves_no_fault_in_the_log(
    pieces: tuple[bytes, ...], served: ASGIApp, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether the answer has begun when it comes or not, and whether it is waited for."""
    with serving(most=20, app=served) as address:
        with socket.create_connection(address, timeout=30) as one:
            for piece in pieces:
                one.sendall(piece)
                threading.Event().wait(0.05)
            assert answer(one).startswith((b"HTTP/1.1 400", b"HTTP/1.1 200"))
            assert closed(one)
        assert ask(address).startswith(b"HTTP/1.1 200")
    assert [one.getMessage() for one in caplog.records if one.levelno > logging.WARNING] == []
