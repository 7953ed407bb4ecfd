"""Measures a year as so many full nights: its nights proved again one by one, and the year that comes foretold.

`python -m bench.years --agreements 8`. A full night is the first one, in which everything is judged and written.
"""

import argparse
import tempfile
from datetime import date, timedelta
from pathlib import Path

from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.forecasting import Forecast, forecast
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.replaying import Replay
from avtalsvakt_engine.runs.rerunning import replay_all
from avtalsvakt_engine.storage.conclusions.store import Store
from bench.measure import cost
from bench.registers import NOW, Pair, opened
from bench.workload import Workload, make

FIRST = date(2024, 12, 30)
NIGHTS = 365


def years(work: Workload) -> None:
    """Print both, as so many full nights."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Decider() as decider,
        opened(Path(folder), work, decider, create=True) as pair,
    ):
        for facts in work.by_year(FIRST):
            pair.add(facts)
        night = cost(lambda: pair.night(FIRST))
        nights = cost(lambda: _year(pair))
        replays: list[Replay] = []
        proved = cost(lambda: replays.extend(_proved(pair)))
        last = FIRST + timedelta(days=NIGHTS)
        found: list[Forecast] = []
        material = Material(work.rulebook, tuple(pair.ours.facts()), last, None)
        foretold = cost(lambda: found.append(forecast(material, last + timedelta(days=NIGHTS))))
    wrong = sum(bool(one.differences) for one in replays)
    print(f"hel natt                {night:.2f} s")
    print(f"{NIGHTS} nätter              {nights:.2f} s ({nights / night:.1f} × en hel natt)")
    print(f"årets nätter om igen    {proved:.2f} s ({proved / night:.1f} ×); {len(replays)} körningar, {wrong} andra")
    print(f"ett års prognos         {foretold:.2f} s ({foretold / night:.1f} ×); {len(found[0].late)} blir försenade")


def _year(pair: Pair) -> None:
    for number in range(1, NIGHTS + 1):
        day = FIRST + timedelta(days=number)
        pair.ours.append(pair.work.arrived(day, day - timedelta(days=1)), now=NOW, as_recorded=True)
        pair.night(day)


def _proved(pair: Pair) -> list[Replay]:
    connection = pair.ours.connection
    return list(replay_all(connection, Store(connection).runs(), pair.decider, pair.work.rulebook))


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreements", type=int, default=8)
    years(make(parser.parse_args().agreements))


if __name__ == "__main__":
    main()
