"""The days that no run judged, after an outage: each run judges its own day, and stores what changed up to it.

A run that knew only what had been recorded some day does not count, and where somebody went back to an earlier day,
what was judged before that still is. In come runs in the order in which they were made.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt_engine.storage.runs.values import Run

DAY = timedelta(days=1)


class Unjudged(Struct, frozen=True):
    """Days that no run judged, the first and the last of them, and the run that came after them."""

    run: int
    first: date
    last: date


def runs_before(runs: Sequence[Run]) -> Mapping[int, Run]:
    """By run that knew all that had been recorded: of such runs before it, the one for the latest day up to its own."""
    found: dict[int, Run] = {}
    known: list[Run] = []
    for run in runs:
        if run.known_at is None:
            place = bisect_right(known, run.as_of, key=lambda one: one.as_of)
            if place:
                found[run.id] = known[place - 1]
            known.insert(place, run)
    return found


def days_unjudged(run: Run, before: Run) -> Unjudged | None:
    """The days between a run and the one in `runs_before`; None where there are none."""
    first, last = before.as_of + DAY, run.as_of - DAY
    return Unjudged(run.id, first, last) if first <= last else None


def all_unjudged(runs: Sequence[Run]) -> tuple[Unjudged, ...]:
    """All such days, by runs in the order in which they were made."""
    before = runs_before(runs)
    found = (days_unjudged(run, before[run.id]) for run in runs if run.id in before)
    return tuple(one for one in found if one is not None)
