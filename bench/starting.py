"""Measures what a person waits for: `overdue` and `why` from stored results, start-up included."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.measure import Findings, cost, interleaved

FIXTURES = Path(__file__).parent.parent / "fixtures"
DUTY = "ostermalm-2020.styrgrupp-moten.2025"


def starting(rounds: int, found: Findings) -> None:
    """Prints each command as so many times an empty Python."""
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, "-m", "avtalsvakt", "--db", str(Path(folder) / "b.db")]
        files = [str(path) for path in sorted(FIXTURES.glob("*.csv"))]
        for command in (["init"], ["import", "--by", "exempel", *files], ["run"]):
            _ended([*program, *command])
        jobs = {
            "tom": [sys.executable, "-c", "pass"],
            "overdue": [*program, "overdue"],
            "why": [*program, "why", DUTY],
        }
        taken = interleaved(rounds, {name: _job(command) for name, command in jobs.items()})
    for name in ("overdue", "why"):
        found.tell(name, taken[name], {"python -c pass": taken["tom"]})


def _job(command: list[str]) -> Callable[[], float]:
    return lambda: cost(lambda: _ended(command))


def _ended(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
