"""What runs changed, as it was stored: of one run, of one duty, or since a day."""

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection

_CHANGES = "SELECT duty, agreement, was, status, reason FROM changes WHERE run = ? ORDER BY rowid"
_DATED = (
    "SELECT c.duty, c.agreement, c.was, c.status, c.reason, c.since, r.started, c.run, r.as_of"
    " FROM changes c JOIN runs r ON r.id = c.run"
)
_OF_DUTY = f"{_DATED} WHERE c.duty = ? ORDER BY c.run, c.rowid"
_SINCE = f"{_DATED} WHERE substr(r.started, 1, 10) >= ? ORDER BY c.run, c.rowid"


@dataclass(frozen=True, slots=True)
class Change:
    """A duty's verdict before and after a run: `was` is None where there was none, `status` may be `withdrawn`."""

    duty: str
    agreement: str
    was: str | None
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change with the day on which it was true (None: as long as there has been a duty) and when it became known.

    `known` is the moment the run `run` started, `as_of` the day it judged.
    """

    change: Change
    true_on: date | None
    known: str
    run: int
    as_of: date


def changes_of(connection: Connection, run: int) -> tuple[Change, ...]:
    """Every verdict that a run changed, in the order in which they were written."""
    return tuple(Change(*row) for row in connection.execute(_CHANGES, (run,)))


def changes_of_duty(connection: Connection, duty: str) -> tuple[DatedChange, ...]:
    """Everything that runs have said of a duty, oldest first."""
    return tuple(_dated(row) for row in connection.execute(_OF_DUTY, (duty,)))


def changes_since(connection: Connection, day: date) -> tuple[DatedChange, ...]:
    """Every verdict that runs on or after a day changed, in the order in which it became known."""
    return tuple(_dated(row) for row in connection.execute(_SINCE, (day.isoformat(),)))


def _dated(row: tuple[str, str, str | None, str, str | None, str, str, int, str]) -> DatedChange:
    since = date.fromisoformat(row[5])
    true_on = None if since == date.min else since
    return DatedChange(Change(*row[:5]), true_on, row[6], row[7], date.fromisoformat(row[8]))
