"""What runs changed, as it was stored: of one run, of one duty, or since a day."""

from collections.abc import Iterable
from datetime import date
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.storage.conclusions.stored_verdicts import StoredVerdicts
from avtalsvakt_engine.storage.conclusions.verdict_rows import WITHDRAWN, Said

_CHANGES = """
SELECT agreement, clause, occasion, (
    SELECT status FROM verdict_history AS earlier
    WHERE earlier.agreement = every.agreement AND earlier.clause = every.clause AND earlier.occasion = every.occasion
    AND earlier.id < every.id ORDER BY earlier.id DESC LIMIT 1
), status, reason, since, started, run, as_of
FROM (SELECT * FROM verdicts UNION ALL SELECT * FROM verdict_history) AS every
JOIN (SELECT id AS known_in, started, as_of FROM runs) ON known_in = run
"""
_IN_RUN = (
    "id > (SELECT coalesce(max(last), 0) FROM roots WHERE run < ?1) AND id <= (SELECT last FROM roots WHERE run = ?1)"
)
_OF_RUN = f"{_CHANGES} WHERE {_IN_RUN} ORDER BY id"
_OF_DUTY = f"{_CHANGES} WHERE agreement = ? AND clause = ? AND occasion = ? ORDER BY id"
_SINCE = f"{_CHANGES} WHERE substr(started, 1, 10) >= ? ORDER BY id"


class Change(Struct, frozen=True):
    """A duty's verdict before and after a run: `was` is None where there was none, `status` may be `withdrawn`."""

    duty: str
    agreement: str
    was: str | None
    status: str
    reason: str | None


class DatedChange(Struct, frozen=True):
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
    return tuple(one.change for one in _dated(connection, connection.execute(_OF_RUN, (run,))))


def changes_of_duty(connection: Connection, duty: str) -> tuple[DatedChange, ...]:
    """Everything that runs have said of a duty, oldest first."""
    keys = StoredVerdicts(connection).keys(duty)
    found = [one for key in keys for one in _dated(connection, connection.execute(_OF_DUTY, key))]
    return tuple(sorted(found, key=lambda one: one.run))


def changes_since(connection: Connection, day: date) -> tuple[DatedChange, ...]:
    """Every verdict that runs on or after a day changed, in the order in which it became known."""
    return tuple(_dated(connection, connection.execute(_SINCE, (day.isoformat(),))))


def _dated(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> Iterable[DatedChange]:
    said = Said(connection)
    for agreement, clause, occasion, was, status, reason, since, started, run, as_of in rows:
        before = None if was == WITHDRAWN else was
        key = said.duty((agreement, clause, occasion))
        change = Change(key, said.agreement(agreement), before, status, reason)
        true_on = date.fromisoformat(since)
        yield DatedChange(change, None if true_on == date.min else true_on, started, run, date.fromisoformat(as_of))
