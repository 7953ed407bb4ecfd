"""Measures growth and memory: a full night alone, for growing sizes, with the reference's beside it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.alone import alone
from bench.measure import Findings
from bench.registers import OURS, PLAIN, prepare
from bench.workload import FIRST_NIGHT, make


def growth(sizes: Sequence[int], found: Findings) -> None:
    """Prints the time per agreement and the memory of each size; the largest is kept."""
    base = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            facts = prepare(folder, make(size), FIRST_NIGHT)
            ours, plain = alone("ours", folder / OURS, size), alone("plain", folder / PLAIN, size)
        base = base or ours.seconds / size
        ratio = ours.seconds / size / base
        said = (
            f"{facts} fakta, {ours.seconds:.1f} s, {1e3 * ours.seconds / size:.0f} ms/avtal ({ratio:.2f} × minsta),"
            f" {ours.megabytes} MB; referens {plain.seconds:.2f} s ({ours.seconds / plain.seconds:.1f} ×),"
            f" {plain.megabytes} MB"
        )
        found.note(f"{size} avtal", said, f"{ours.megabytes} MB · {ratio:.2f}")
