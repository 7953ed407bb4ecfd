"""Measures the program against a plain one: `make bench`, or `python -m bench.run --agreements 30 --rounds 3`.

Figures are ratios within one run, because machines differ: processor time of the program divided by that of the
reference (bench/reference.py), which judges the same facts by plain Python and has to come to the same rows, and by the
floor of what SQLite takes to read and write them. Rounds are interleaved; medians are printed. Where a row differs the
bench says which and ends with 1.
"""

import argparse
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from avtalsvakt_engine.inference.deciding import Decider
from bench.checking import RowsDiffer
from bench.growth import growth
from bench.measure import Findings
from bench.nights import first_night, full_nights, unchanged
from bench.real_rules import real_rules
from bench.registers import opened, prepare
from bench.small_nights import incremental, one_fact
from bench.starting import starting
from bench.workload import FIRST_NIGHT, make

SIZES = (30, 300, 3000, 30000)


def measure(agreements: int, rounds: int, found: Findings) -> None:
    """The nights of one size. Raises RowsDiffer."""
    work = make(agreements)
<<<<<<< HEAD
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts = prepare(folder, work, FIRST_NIGHT)
        print(f"{agreements} avtal, {facts} fakta. Processortid; i parentes gånger vad referensen och golvet tar.")
        full_nights(folder, agreements, rounds, found)
=======
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
>>>>>>> main
        with Decider() as decider:
            with opened(folder, work, decider) as pair:
                first_night(pair)
                unchanged(pair, rounds, found)
            incremental(folder, work, rounds, found)
            with opened(folder / "nights", work, decider) as pair:
                one_fact(pair, folder, found)


def main() -> int:
    """Measure what the arguments say; 1 where rows differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreements", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, default=300, help="largest size of the growth table; 0 for none")
    parser.add_argument("--copies", type=int, default=3, help="copies of the rules that come with the program; 0: none")
    asked = parser.parse_args()
    found = Findings()
    try:
        measure(asked.agreements, asked.rounds, found)
        if asked.copies:
            real_rules(asked.copies, found)
    except RowsDiffer as problem:
        print(problem, file=sys.stderr)
        return 1
    starting(2 * asked.rounds + 1, found)
    growth([size for size in SIZES if size <= asked.growth], found)
    print(f"\nRad till docs/performance.md:\n{found.row(version('avtalsvakt'))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
