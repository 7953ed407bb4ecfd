"""Measures the pages: `python -m bench.pages [--readers 100] [--each 5] [--few 6] [--many 300] [--rounds 3]`.

Two questions. How does the slowest twentieth of so many readers at once fare, beside as many of a plain Starlette page
of the same size in the same run? And what does a page cost with many agreements in the register, beside
the same page with few? Rounds are interleaved; medians are printed. The first answer after a change is told by itself:
it reads the register and works out what the others are given.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.database.register import open_register
from bench.feeds import Wanted, _serve, answered, serve_plain, server
from bench.workload import AS_OF, make

NOW = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 8, tzinfo=UTC)
AGREEMENT = "avtal-00001"


def register(folder: Path, agreements: int) -> Path:
    """A judged register of so many agreements and ten years of facts."""
    path, work = folder / f"{agreements}.db", make(agreements)
    with open_register(path, create=True) as one, Decider() as decider:
        for facts in work.by_year(AS_OF):
            one.append(facts, now=NOW, as_recorded=True)
        run(one, work.rulebook, decider, AS_OF, None, NOW.isoformat())
    return path


def serve_pages(what: tuple[str, int], prepared: Connection) -> None:
    """In a process of its own: the pages, by the workload's rules, which lie in no file."""
    from avtalsvakt.pages.door import Door
    from avtalsvakt.pages.pages import Site, coordinators_pages
    from avtalsvakt.pages.rates import Rates
    from avtalsvakt.settings import RulesInUse, Settings
    from avtalsvakt.web.application import application

    rules = RulesInUse(make(what[1]).rulebook)
    Settings.rules_in_use = lambda _: rules  # type: ignore[assignment,method-assign]
    pages = coordinators_pages(Path(what[0]), lambda: NOW, Site(Door("samordnare")))
    pages.reading = Rates(1e6, 10**6)
    _serve(application(Path(what[0]), lambda: NOW, pages=pages), prepared)


async def crowd(port: int, path: str, readers: int, each: int) -> list[float]:
    """Seconds that each answer took, with so many readers at once that each ask so often, one after the other."""
    wanted, taken = Wanted.of(path), list[float]()

    async def reader_() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        for _ in range(each):
            began = time.perf_counter()
            writer.write(wanted.content)
            status, _body = await answered(reader)
            if status != 200:
                raise RuntimeError(f"{path}: {status}")
            taken.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(reader_() for _ in range(readers)))
    return sorted(taken)


def p95(taken: list[float]) -> float:
    """What nineteen of twenty were within."""
    return taken[int(len(taken) * 0.95)]


@contextmanager
def all_servers(folder: Path, few: int, many: int) -> Iterator[dict[int, int]]:
    """The pages over each register; ports by the number of agreements."""
    with ExitStack() as stack:
        yield {number: stack.enter_context(server(serve_pages, (str(register(folder, number)), number)))
               for number in (few, many)}  # fmt: skip


def first(ports: dict[int, int], paths: list[str]) -> int:
    """Prints what the first answers take; the size of the largest page."""
    size = 0
    for number, port in ports.items():
        for path in paths:
            began = time.perf_counter()
            status, body = asyncio.run(_once(port, path))
            size = max(size, len(body))
            print(f"{number:4} avtal, {path}: första svaret {time.perf_counter() - began:.2f} s, "
                  f"{len(body) / 1000:.0f} kB ({status})")  # fmt: skip
    return size


def ready(port: int) -> None:
    """Wait until a server listens: it tells its port before that."""
    for _ in range(100):
        with suppress(OSError):
            asyncio.run(_once(port, "/plain"))
            return
        time.sleep(0.1)


async def _once(port: int, path: str) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    writer.write(Wanted.of(path).content)
    found = await answered(reader)
    writer.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    for name, usual in (("readers", 100), ("each", 5), ("few", 6), ("many", 300), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, all_servers(Path(folder), asked.few, asked.many) as ports:
        paths = ["/", f"/avtal/{AGREEMENT}", "/registreringar"]
        size = first(ports, paths)
        with server(serve_plain, size) as plain:
            ready(plain)
            tries: dict[str, Callable[[], list[float]]] = {
                "ren Starlette": partial(lambda: asyncio.run(crowd(plain, "/plain", asked.readers, asked.each)))
            }
            for number, port in ports.items():
                for path in paths:
                    tries[f"{number} avtal, {path}"] = partial(_crowd, port, path, asked.readers, asked.each)
                    tries[f"{number} avtal, {path}, en läsare"] = partial(_crowd, port, path, 1, 20)
            found: dict[str, list[float]] = {name: [] for name in tries}
            for _ in range(asked.rounds):
                for name, ask in tries.items():
                    found[name].append(p95(ask()))
    floor = statistics.median(found["ren Starlette"])
    for name, times in found.items():
        middle = statistics.median(times)
        print(f"{name:45} p95 {1000 * middle:8.1f} ms, {middle / floor:6.1f} gånger ren Starlette")


def _crowd(port: int, path: str, readers: int, each: int) -> list[float]:
    return asyncio.run(crowd(port, path, readers, each))


if __name__ == "__main__":
    main()
