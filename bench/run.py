"""Measures the pipeline: `make bench`, or `python -m bench.run --agreements 300 --rounds 3 --growth 3000`.

Figures are ratios within one run, because machines differ: a full night with durable-rules deciding against the same
night with a
plain-Python oracle deciding, an incremental night against a full one, peak memory, and growth. Rounds are
interleaved; medians
are printed.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.oracle.decisions import ANSWERS

from avtalsvakt_engine.inference.deciding import Conclusion, Decider
from avtalsvakt_engine.rulesets import QUESTIONS, Words
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.register import Register, open_register
from bench.workload import AS_OF, Workload, make

NOW = datetime(2026, 1, 1, 3, tzinfo=UTC)
NIGHTS = 5
START = AS_OF - timedelta(days=NIGHTS)


class OracleDecider(Decider):
    """Decides by plain Python, memoised in the same way, so that only the deciding differs."""

    def decide(self, question: str, words: Words) -> Conclusion:
        """The oracle's conclusion."""
        known = self._known.get((question, words))
        if known is None:
            asked: Mapping[str, str] = dict(zip(QUESTIONS[question].dimensions, words, strict=True))
            known = self._known[question, words] = Conclusion(ANSWERS[question](**asked), ("oracle",))
        return known


@contextmanager
def register_of(work: Workload, until: date) -> Iterator[Register]:
    """A register in a folder of its own with the workload's facts recorded until a day."""
    with tempfile.TemporaryDirectory() as folder, open_register(Path(folder) / "bench.db", create=True) as register:
        for agreement in work.agreements:
            facts = [fact for fact in work.facts(agreement) if fact.recorded_on <= until]
            register.append(facts, now=NOW, as_recorded=True)
        yield register


def night(
    register: Register, work: Workload, decider: Decider, day: date, *, full: bool = False
) -> tuple[float, int, int]:
    """Seconds, duties judged and verdicts changed."""
    began = time.perf_counter()
    report = run(register, work.rulebook, decider, day, None, NOW.isoformat(), full=full)
    return time.perf_counter() - began, report.judged, report.changed


def measure(agreements: int, rounds: int) -> None:
    """Prints the ratios for one size."""
    work = make(agreements)
    with register_of(work, START) as register:
        print(f"{agreements} avtal, {register.count()} fakta")
        with Decider() as durable, OracleDecider() as oracle:
            first, judged, _ = night(register, work, durable, START)
            print(f"första natten     {first:7.2f} s  ({judged} skyldigheter, allt skrivs)")
            times: dict[str, list[float]] = {"durable": [], "oracle": []}
            for _ in range(rounds):
                for name, decider in (("durable", durable), ("oracle", oracle)):
                    times[name].append(full_night(work, decider))
            durable_s, oracle_s = (statistics.median(times[name]) for name in ("durable", "oracle"))
            print(f"hel natt, durable {durable_s:7.2f} s")
            ratio = durable_s / oracle_s
            print(f"hel natt, orakel  {oracle_s:7.2f} s  kvot durable/orakel {ratio:.3f} (mål högst 1,2)")
            increments = [increment(register, work, durable, START + timedelta(days=one + 1)) for one in range(NIGHTS)]
            small = statistics.median(increments)
            print(f"ökande natt       {small:7.3f} s  andel av hel natt {small / durable_s:.3f} (mål högst 0,1)")
    print(f"minne, högst      {peak()} MB (mål under 300)")


def full_night(work: Workload, decider: Decider) -> float:
    """A full night from a fresh register: read, judge everything, write everything."""
    with register_of(work, START) as register:
        return night(register, work, decider, START)[0]


def increment(register: Register, work: Workload, decider: Decider, day: date) -> float:
    """Seconds for a night after the facts of one day arrived."""
    arrived = [fact for one in work.agreements for fact in work.facts(one) if fact.recorded_on == day]
    register.append(arrived, now=NOW, as_recorded=True)
    seconds, judged, changed = night(register, work, decider, day)
    print(f"  {day}: {len(arrived)} nya fakta, {judged} skyldigheter prövade, {changed} ändrade, {seconds:.3f} s")
    return seconds


def growth(sizes: list[int]) -> None:
    """Prints the time per agreement for growing sizes, each in a process of its own."""
    base = 0.0
    for size in sizes:
        command = [sys.executable, "-m", "bench.run", "--one", str(size)]
        seconds, megabytes = map(
            float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        )
        base = base or seconds / size
        each, ratio = 1000 * seconds / size, seconds / size / base
        print(f"{size:6} avtal {seconds:8.2f} s {each:7.2f} ms/avtal, kvot mot minsta {ratio:.2f}, {megabytes:.0f} MB")


def overdue() -> None:
    """Prints the time of `avtalsvakt overdue` from stored results, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "b.db"
        program = [sys.executable, "-m", "avtalsvakt", "--db", str(database)]
        fixtures = [str(path) for path in sorted((Path(__file__).parent.parent / "fixtures").glob("*.csv"))]
        for command in (["init"], ["import", "--by", "exempel", *fixtures], ["run"]):
            subprocess.run([*program, *command], check=True, capture_output=True)
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([*program, "overdue"], check=True, capture_output=True)
            times.append(time.perf_counter() - began)
        print(f"overdue           {statistics.median(times):7.3f} s (mål högst 0,5)")


def peak() -> int:
    """The largest this process has been, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreements", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, default=3000, help="largest size of the growth table; 0 for none")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        with Decider() as decider:
            print(full_night(make(asked.one), decider), peak())
        return
    measure(asked.agreements, asked.rounds)
    overdue()
    if asked.growth:
        growth([size for size in (30, 300, 3000, 30000) if size <= asked.growth])


if __name__ == "__main__":
    main()
