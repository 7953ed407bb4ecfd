"""One full night in a process of its own, so that every combination is decided anew and its memory is its own.

`python -m bench.alone ours|plain REGISTER AGREEMENTS`: judges what is recorded, writes everything, and prints seconds
of processor time, megabytes and the number of duties.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.storage.database.register import open_register
from bench.measure import cost, peak
from bench.reference_night import Nights, open_alike
from bench.registers import NOW
from bench.workload import FIRST_NIGHT, Workload, make

PRAGMAS = {"page_size": "4096", "journal_mode": "wal", "synchronous": "2", "cache_size": "-2000"}


class Alone(NamedTuple):
    """What a night alone took."""

    seconds: float
    megabytes: int
    duties: int


def alone(who: str, path: Path, agreements: int) -> Alone:
    """A full night of the program (`ours`) or of the reference (`plain`) on a register without a run."""
    command = [sys.executable, "-m", "bench.alone", who, str(path), str(agreements)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Alone(*json.loads(told))


def _ours(path: Path, work: Workload) -> int:
    with open_register(path) as register, Decider() as decider:
        return run(register, work.rulebook, decider, FIRST_NIGHT, None, NOW.isoformat()).judged


def _plain(path: Path, work: Workload) -> int:
    nights = Nights(open_alike(path, PRAGMAS), work.texts)
    nights.full(FIRST_NIGHT)
    nights.connection.close()
    return nights.judged


def main() -> None:
    """Judge, and print what it took."""
    who, path, agreements = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    work = make(agreements)
    duties: list[int] = []
    seconds = cost(lambda: duties.append((_ours if who == "ours" else _plain)(path, work)))
    print(json.dumps([seconds, peak(), duties[0]]))


if __name__ == "__main__":
    main()
