"""Measures incremental nights, and one fact at a time from its recording to stored verdicts."""

import statistics
import time
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.verdicts import Verdict
from bench.alone import PRAGMAS
from bench.floors import commits
from bench.measure import Findings, cost
from bench.nights import others
from bench.registers import OURS, PLAIN, Pair, opened
from bench.workload import FIRST_NIGHT, Workload
from bench.workload_records import moment

NIGHTS = 5
FACTS = 7
LAST = FIRST_NIGHT + timedelta(days=NIGHTS)


class Night(NamedTuple):
    """One night of both: seconds, duties judged, and how many changed or came to their day."""

    ours: float
    plain: float
    judged: int
    needed: int


def incremental(folder: Path, work: Workload, rounds: int, found: Findings) -> None:
    """The nights after the first one, with what arrived each day; their rows have to be equal in the end."""
    kinds: dict[bool, list[Night]] = defaultdict(list)
    copies = folder / "nights"
    copies.mkdir()
    with Decider() as decider:
        for _ in range(rounds):
            for name in (OURS, PLAIN):
                (copies / name).write_bytes((folder / name).read_bytes())
            with opened(copies, work, decider) as pair:
                for number in range(1, NIGHTS + 1):
                    day = FIRST_NIGHT + timedelta(days=number)
                    kinds[day.day == 1].append(_night(pair, day))
                pair.demand_equal(f"efter {NIGHTS} nätter")
    _told("vanlig natt", kinds[False], found)
    _told("första i månaden", kinds[True], found)


def _told(name: str, nights: list[Night], found: Findings) -> None:
    ours, plain, judged, needed = (statistics.median(part) for part in zip(*nights, strict=True))
    share = f"{judged / max(needed, 1):.1f}"
    more = f"{judged:.0f} skyldigheter bedömda för {needed:.0f} som ändrades eller vars dag kom ({share} ×)"
    found.tell(name, ours, {"referens": plain}, more=more)
    found.ratios[name] += f" · {share}"


def _night(pair: Pair, day: date) -> Night:
    before = _stored(pair)
    pair.add(pair.work.arrived(day, day - timedelta(days=1)))
    judged: list[int] = []
    ours = cost(lambda: judged.append(pair.night(day).judged))
    plain = cost(lambda: pair.plain.incremental(day))
    return Night(ours, plain, judged[0], len(_needed(before, _stored(pair), day)))


def _stored(pair: Pair) -> dict[str, Verdict]:
    return {one.duty: one for one in Store(pair.ours.connection).verdicts()}


def _needed(before: dict[str, Verdict], after: dict[str, Verdict], day: date) -> set[str]:
    """The duties that had to be judged: what differs, and what had come to its day."""
    come = {duty for duty, one in before.items() if one.until is not None and one.until < day}
    return come | {duty for duty in before.keys() | after.keys() if before.get(duty) != after.get(duty)}


def one_fact(pair: Pair, folder: Path, found: Findings) -> None:
    """From one fact to stored verdicts, with the reference's and a bare commit beside it."""
    taken: dict[str, list[float]] = defaultdict(list)
    wall = []
    bare = commits(folder / "commits.db", PRAGMAS)
    for number in range(FACTS):
        fact = _meeting(pair.work.agreements[number * 7 % len(pair.work.agreements)], number)
        began = time.perf_counter()
        taken["ours"].append(cost(lambda fact=fact: _recorded(pair, fact)))  # type: ignore[misc]
        wall.append(time.perf_counter() - began)
        taken["plain"].append(cost(lambda fact=fact: _recorded_plainly(pair, fact)))  # type: ignore[misc]
        taken["floor"].append(bare())
    pair.demand_equal("efter ett faktum i taget")
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    found.tell(
        "ett faktum", medians["ours"], others(medians), more=f"{1e3 * statistics.median(wall):.0f} ms på klockan"
    )


def _meeting(agreement: str, number: int) -> Fact:
    """A meeting that was held, which changes a count and comes before the next one."""
    said = {"body": "local_steering_group", "chair": "stadsdelsdirektör"}
    name = f"bench-{number}"
    return Fact(name, "meeting_held", agreement, LAST, moment(LAST), attributes=said, recorder="samordnare")


def _recorded(pair: Pair, fact: Fact) -> None:
    pair.ours.append([fact], now=datetime(LAST.year, LAST.month, LAST.day, 18, tzinfo=UTC), as_recorded=True)
    pair.night(LAST)


def _recorded_plainly(pair: Pair, fact: Fact) -> None:
    pair.plain.add_next(fact)
    pair.plain.incremental(LAST)
