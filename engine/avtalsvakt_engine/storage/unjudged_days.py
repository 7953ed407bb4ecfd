"""The days that no run judged, after an outage: each run judges its own day, and stores what changed up to it."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from avtalsvakt_engine.storage.stored_values import Run

DAY = timedelta(days=1)


class Unjudged(Struct, frozen=True):
    """Days that no run judged, the first and the last of them, and the run that came after them."""

    run: int
    first: date
    last: date


def days_unjudged(run: Run, before: Run) -> Unjudged | None:
    """The days between two runs that nobody judged, where both knew all that had been recorded; None where none are."""
    if run.known_at is not None or before.known_at is not None or before.as_of + DAY >= run.as_of:
        return None
    return Unjudged(run.id, before.as_of + DAY, run.as_of - DAY)


def all_unjudged(runs: Sequence[Run]) -> tuple[Unjudged, ...]:
    """All such days, by runs in the order in which they were made."""
    return tuple(found for before, run in pairwise(runs) if (found := days_unjudged(run, before)) is not None)
