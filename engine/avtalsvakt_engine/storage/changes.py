"""What one run changed, as it was stored."""

from dataclasses import dataclass
from sqlite3 import Connection

from avtalsvakt_engine.storage.verdict_rows import WITHDRAWN, Said

_CHANGES = """
SELECT agreement, clause, occasion, (
    SELECT status FROM verdict_history AS earlier
    WHERE earlier.agreement = every.agreement AND earlier.clause = every.clause AND earlier.occasion = every.occasion
    AND earlier.id < every.id ORDER BY earlier.id DESC LIMIT 1
), status, reason FROM (SELECT * FROM verdicts UNION ALL SELECT * FROM verdict_history) AS every
WHERE id > (SELECT coalesce(max(last), 0) FROM roots WHERE run < ?1) AND id <= (SELECT last FROM roots WHERE run = ?1)
ORDER BY id
"""


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
    said = Said(connection)
    rows = connection.execute(_CHANGES, (run,))
    return tuple(
        Change(said.duty((agreement, clause, occasion)), said.agreement(agreement),
               None if was == WITHDRAWN else was, status, reason)
        for agreement, clause, occasion, was, status, reason in rows
    )  # fmt: skip
