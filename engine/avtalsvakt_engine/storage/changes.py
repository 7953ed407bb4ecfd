"""What one run changed, as it was stored."""

from dataclasses import dataclass
from sqlite3 import Connection

_CHANGES = "SELECT duty, agreement, was, status, reason FROM changes WHERE run = ? ORDER BY rowid"


@dataclass(frozen=True, slots=True)
class Change:
    """A duty's verdict before and after a run: `was` is None where there was none, `status` may be `withdrawn`."""

    duty: str
    agreement: str
    was: str | None
    status: str
    reason: str | None


def changes_of(connection: Connection, run: int) -> tuple[Change, ...]:
    """Every verdict that a run changed, in the order in which they were written."""
    return tuple(Change(*row) for row in connection.execute(_CHANGES, (run,)))
