"""What is stored of runs, as plain values: a run, the life of a violation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.storage.integrity.database_errors import legible


class Run(Struct, frozen=True):
    """One run as stored. `head` is the arrival number of the last fact it saw, `head_hash` the chain's value there."""

    id: int
    started: str
    as_of: date
    known_at: date | None
    rulebook: str
    rulesets: str
    head: int
    head_hash: str
    scope: str
    judged: int
    changed: int
    not_evaluated: int

    def again(self, before: "Run | None") -> bool:
        """Whether it judged the same facts and day as the run before it, by other rules: what differs is theirs."""
        return (
            before is not None
            and (self.as_of, self.head, self.known_at) == (before.as_of, before.head, before.known_at)
            and (self.rulebook, self.rulesets) != (before.rulebook, before.rulesets)
        )


class Violation(Struct, frozen=True):
    """The life of one violation: raised on the day it became true, known on the day of the run that first saw it."""

    duty: str
    agreement: str
    life: str
    raised_on: date
    known_on: date
    changed_on: date


@legible
def read_run(row: Sequence[Any]) -> Run:
    """A row of `runs`."""
    known_at = date.fromisoformat(row[3]) if row[3] else None
    return Run(row[0], row[1], date.fromisoformat(row[2]), known_at, *row[4:])


@legible
def read_violation(row: Sequence[str]) -> Violation:
    """Duty, agreement, life and three days, as stored."""
    duty, agreement, life, *days = row
    return Violation(duty, agreement, life, *map(date.fromisoformat, days))
