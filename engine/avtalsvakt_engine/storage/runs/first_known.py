"""When something could first be known: which run had seen what it takes."""

import json
from collections.abc import Collection
from datetime import date
from sqlite3 import Connection

_FIRST = """
SELECT min(as_of) FROM runs
WHERE known_at IS NULL AND as_of >= ?
AND head >= (SELECT coalesce(max(arrival), 0) FROM facts WHERE id IN (SELECT value FROM json_each(?)))
"""


def first_known(connection: Connection, day: date, facts: Collection[str]) -> date | None:
    """The day of the first run for that day or a later one which had seen those facts; None where there is none."""
    (found,) = connection.execute(_FIRST, (day.isoformat(), json.dumps(sorted(facts)))).fetchone()
    return date.fromisoformat(found) if found else None
