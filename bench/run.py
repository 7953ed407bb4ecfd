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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts = prepare(folder, work, FIRST_NIGHT)
        print(f"{agreements} avtal, {facts} fakta. Processortid; i parentes gånger vad referensen och golvet tar.")
        full_nights(folder, agreements, rounds, found)
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
