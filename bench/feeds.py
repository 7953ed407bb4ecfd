"""Measures the feeds: `python -m bench.feeds [--agreements 300] [--subscribers 1000] [--requests 6000] [--rounds 3]`.

Two questions. How long from one fact among many agreements to its calendars? And what does the feed server manage: a
thousand subscribers at once, most of them with nothing new, and requests per second for 200 and 304 beside a plain
Starlette response of the same size, on the same server in the same run. Rounds are interleaved; medians are printed.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from avtalsvakt.subscribing.calendar_feeds import catalogue_of, published
from avtalsvakt.subscribing.calendar_publishing import publish_files
from avtalsvakt.subscribing.calendar_refresh import refresh
from avtalsvakt.subscribing.subscriptions import subscribe
from avtalsvakt_calendars.publishing.feeds import Feed
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.database.register import Register, open_register
from bench.workload import AS_OF, Workload, make

NOW = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 3, 15, tzinfo=UTC)
NIGHTS, FACTS = 3, 7
UNCHANGED = 0.95
CONNECTIONS = 32


# One fact among many agreements.


def one_fact(register: Register, work: Workload, decider: Decider, folder: Path) -> None:
    """Prints the time from a fact to its files, part by part."""
    run(register, work.rulebook, decider, AS_OF, None, NOW.isoformat())
    began = time.perf_counter()
    refresh(register, work.rulebook, NOW)
    first = time.perf_counter() - began
    began = time.perf_counter()
    files = publish_files(register, folder)
    print(
        f"alla kalendrar första gången: {first:.2f} s, {len(files.written)} filer {time.perf_counter() - began:.2f} s"
    )
    quiet_nights(register, work, decider, folder)
    last = NOW + timedelta(days=NIGHTS)
    parts: dict[str, list[float]] = {"bedömning": [], "kalendrar": [], "filer": []}
    written = 0
    for number in range(FACTS):
        moment = last + timedelta(minutes=number + 1)
        register.append([_meeting(work.agreements[number * 37 % len(work.agreements)], number)], now=moment)
        times = [time.perf_counter()]
        run(register, work.rulebook, decider, last.date(), None, moment.isoformat())
        times.append(time.perf_counter())
        refreshed = refresh(register, work.rulebook, moment)
        times.append(time.perf_counter())
        written = len(publish_files(register, folder, touched=refreshed.changed).written)
        times.append(time.perf_counter())
        for name, before, after in zip(parts, times, times[1:], strict=False):
            parts[name].append(after - before)
    medians = {name: 1000 * statistics.median(taken) for name, taken in parts.items()}
    told = ", ".join(f"{name} {taken:.0f} ms" for name, taken in medians.items())
    print(
        f"ett nytt faktum bland {len(work.agreements)} avtal: {sum(medians.values()):.0f} ms ({told}; {written} filer)"
    )


def quiet_nights(register: Register, work: Workload, decider: Decider, folder: Path) -> None:
    """Prints the time that calendars take in nights when nothing was recorded."""
    quiet = []
    for number in range(1, NIGHTS + 1):
        moment = NOW + timedelta(days=number)
        run(register, work.rulebook, decider, moment.date(), None, moment.isoformat())
        began = time.perf_counter()
        refreshed = refresh(register, work.rulebook, moment)
        publish_files(register, folder, touched=refreshed.changed)
        quiet.append(time.perf_counter() - began)
        print(f"  {moment:%Y-%m-%d}: {refreshed.looked_at} avtal sedda, {len(refreshed.changed)} kalendrar ändrade")
    print(f"en natt utan nya fakta: {1000 * statistics.median(quiet):.0f} ms för kalendrarna")


def _meeting(agreement: str, number: int) -> Fact:
    """A planned meeting: it changes no verdict, and the calendars of one agreement."""
    return Fact(
        f"bench-{number}",
        "meeting_scheduled",
        agreement,
        AS_OF + timedelta(days=40 + number),
        NOW.isoformat(),
        attributes={"body": "local_steering_group", "time": "13:00-15:00"},
        recorder="samordnare",
    )


# The server, and a client as lean as can be.


def serve_feeds(database: str, prepared: Connection) -> None:
    """In a process of its own: the feed server."""
    from avtalsvakt.web.application import application

    _serve(application(Path(database), lambda: NOW), prepared)


def serve_plain(size: int, prepared: Connection) -> None:
    """In a process of its own: a plain response of so many bytes."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    body = b"x" * size

    async def plain(_: Request) -> Response:
        return Response(body, media_type="text/calendar")

    _serve(Starlette(routes=[Route("/plain", plain)]), prepared)


def _serve(app: Callable[..., object], prepared: Connection) -> None:
    import socket

    import uvicorn

    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.bind(("127.0.0.1", 0))
    prepared.send(bound.getsockname()[1])
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", server_header=False, backlog=2048)
    uvicorn.Server(config).run(sockets=[bound])


@contextmanager
def server(serve: Callable[..., None], what: object) -> Iterator[int]:
    """The server running; its port."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(what, there))
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join(10)


@dataclass(frozen=True)
class Wanted:
    """A request as bytes."""

    content: bytes

    @classmethod
    def of(cls, path: str, tag: str | None = None, *, close: bool = False) -> "Wanted":
        """A GET, with the tag of what one has."""
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"If-None-Match: {tag}"] if tag else []
        lines += ["Connection: close"] if close else []
        return cls("\r\n".join([*lines, "", ""]).encode())


async def answered(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = head.lower().partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0]
    return status, await reader.readexactly(int(length)) if length else b""


async def rate(port: int, wanted: Sequence[Wanted], status: int) -> float:
    """Requests per second over a few connections that stay open."""
    places = iter(wanted)

    async def one_after_the_other() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        for one in places:
            writer.write(one.content)
            found, _ = await answered(reader)
            if found != status:
                raise RuntimeError(f"{found} in place of {status}")
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(CONNECTIONS)))
    return len(wanted) / (time.perf_counter() - began)


async def all_at_once(port: int, wanted: Sequence[Wanted]) -> tuple[float, list[float], Counter[int]]:
    """Every request over a connection of its own, at once: seconds for all and for each, and how many of each kind."""
    statuses: Counter[int] = Counter()

    async def once(one: Wanted) -> float:
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        writer.write(one.content)
        status, _ = await answered(reader)
        statuses[status] += 1
        writer.close()
        return time.perf_counter() - began

    began = time.perf_counter()
    taken = await asyncio.gather(*map(once, wanted))
    return time.perf_counter() - began, sorted(taken), statuses


def subscriptions(register: Register, work: Workload, count: int) -> list[tuple[str, str]]:
    """Paths and tags of so many subscribers, each to one agreement, two, or a body within one."""
    catalogue = catalogue_of(register)
    made = []
    for number in range(count):
        name = work.agreements[number % len(work.agreements)]
        other = work.agreements[(number * 7 + 1) % len(work.agreements)]
        feeds = {
            0: [Feed("agreement", name)],
            1: [Feed("agreement", name), Feed("agreement", other)],
            2: [Feed("body", "local_steering_group", name)],
        }[number % 3]
        new = subscribe(register, "samordnare", list(dict.fromkeys(feeds)), NOW)
        made.append((f"/kalender/{new.token}.ics", published(register, feeds, catalogue).etag))
    return made


def load(port: int, made: Sequence[tuple[str, str]]) -> None:
    """Prints how a crowd of subscribers fares, the first time and when most have what there is."""
    new = [Wanted.of(path, close=True) for path, _ in made]
    mostly = [
        Wanted.of(path, tag if place % 100 < 100 * UNCHANGED else None, close=True)
        for place, (path, tag) in enumerate(made)
    ]
    for name, wanted in (("första gången", new), ("mest 304", mostly), ("mest 304 igen", mostly)):
        seconds, each, statuses = asyncio.run(all_at_once(port, wanted))
        told = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
        half, slowest = each[len(each) // 2], each[int(len(each) * 0.99)]
        print(
            f"{len(wanted)} prenumeranter på en gång, {name}: {seconds:.2f} s ({told};"
            f" hälften inom {1000 * half:.0f} ms, 99 % inom {1000 * slowest:.0f} ms)"
        )


def rates(port: int, plain_port: int, made: Sequence[tuple[str, str]], requests: int, rounds: int) -> None:
    """Prints requests per second, beside the plain response."""
    path, tag = made[0]
    kinds = {
        "ren Starlette": (plain_port, Wanted.of("/plain"), 200),
        "kalender 200": (port, Wanted.of(path), 200),
        "kalender 304": (port, Wanted.of(path, tag), 304),
    }
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, (where, wanted, status) in kinds.items():
            found[name].append(asyncio.run(rate(where, [wanted] * requests, status)))
    medians = {name: statistics.median(taken) for name, taken in found.items()}
    for name, median in medians.items():
        print(f"{name:14} {median:7.0f} anrop/s, kvot mot ren Starlette {median / medians['ren Starlette']:.2f}")


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreements", type=int, default=300)
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=6000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    work = make(asked.agreements)
    with tempfile.TemporaryDirectory() as folder, Decider() as decider:
        database = Path(folder) / "bench.db"
        with open_register(database, create=True) as register:
            for facts in work.by_year(AS_OF):
                register.append(facts, now=NOW, as_recorded=True)
            one_fact(register, work, decider, Path(folder) / "ut")
            made = subscriptions(register, work, asked.subscribers)
            size = len(published(register, [Feed("agreement", work.agreements[0])], catalogue_of(register)).content)
        with server(serve_feeds, str(database)) as port, server(serve_plain, size) as plain_port:
            load(port, made)
            print(f"en kalender av {size / 1000:.0f} kB:")
            rates(port, plain_port, made, asked.requests, asked.rounds)


if __name__ == "__main__":
    main()
