"""How far one machine carries: a first night judged here, and by one, two … worker processes (docs/performance.md).

`python -m bench.many --agreements 60 300 --workers 1 2`. Time on the wall and processor time of all processes, as
ratios to judging here within the same round. What the process that reads and writes takes itself says how many workers
it can keep busy. The registers must be the same to the last byte, or it ends with 1.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.spreading.mapper import IN_PROCESS, Mapper
from avtalsvakt_engine.spreading.processes import Processes
from avtalsvakt_engine.spreading.spread import Spread
from avtalsvakt_engine.storage.database.register import open_register
from bench.registers import NOW
from bench.workload import FIRST_NIGHT, Workload, make

Took = tuple[float, float, float]
"""Seconds on the wall, of processors in all, and of them in the process that reads and writes."""


def fill(path: Path, work: Workload) -> int:
    """A register with the facts and no run; how many facts there are."""
    with open_register(path, create=True) as register:
        for facts in work.by_year(FIRST_NIGHT):
            register.append(facts, now=NOW, as_recorded=True)
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return register.count()


def night(empty: Path, work: Workload, workers: int) -> tuple[Took, list[str]]:
    """The first night on a copy, by so many workers (0: here), and all that the register then holds."""
    path = empty.with_name(f"night-{workers}.db")
    shutil.copyfile(empty, path)
    with ExitStack() as stack:
        decider = stack.enter_context(Decider())
        register = stack.enter_context(open_register(path))
        begun, used, own = time.perf_counter(), _processors(), time.process_time()
        mapper: Mapper = IN_PROCESS
        with ExitStack() as pool:
            if workers:
                mapper = Spread(pool.enter_context(Processes(workers)))
            run(register, work.rulebook, decider, FIRST_NIGHT, None, NOW.isoformat(), mapper=mapper)
        decider.close()  # its own process is counted when it has ended
        took = time.perf_counter() - begun, _processors() - used, time.process_time() - own
        if mapper.told is not None and not mapper.told.as_asked:
            print(mapper.told, file=sys.stderr)
    with closing(sqlite3.connect(path)) as connection:
        rows = list(connection.iterdump())
    path.unlink()
    return took, rows


def _processors() -> float:
    return sum(os.times()[:4])


def measure(agreements: int, workers: Sequence[int], rounds: int) -> bool:
    """Print the ratios for one size; whether all registers were the same."""
    work = make(agreements)
    with tempfile.TemporaryDirectory() as name:
        empty = Path(name) / "empty.db"
        facts = fill(empty, work)
        print(f"{agreements} avtal, {facts} fakta, {os.cpu_count()} kärnor; första natten, {rounds} varv", flush=True)
        found: dict[int, list[Took]] = {}
        for _ in range(rounds):
            here, expected = night(empty, work, 0)
            print(f"  här: {here[0]:.1f} s på väggklockan", flush=True)
            for number in workers:
                took, rows = night(empty, work, number)
                if rows != expected:
                    print(f"{number} arbetare: registret är ett annat", file=sys.stderr)
                    return False
                found.setdefault(number, []).append((took[0] / here[0], took[1] / here[1], took[2] / here[1]))
    for number, ratios in found.items():
        wall, processor, own = (statistics.median(one) for one in zip(*ratios, strict=True))
        told = f"{wall:.2f} på väggklockan, {processor:.2f} processortid, {own:.2f} i den som läser och skriver"
        print(f"  {number} arbetare ÷ här: {told}", flush=True)
    return True


def main() -> int:
    """Measure what the arguments say; 1 where registers differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreements", type=int, nargs="+", default=[60, 300])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    return 0 if all(measure(one, asked.workers, asked.rounds) for one in asked.agreements) else 1


if __name__ == "__main__":
    sys.exit(main())
