"""What changed, with the day on which each change was true and the day on which it became known.

In come settings and a day, out comes what runs stored. A first judging of everything is not a change.
"""

from datetime import date

from msgspec import Struct

from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.conclusions.changes import DatedChange, changes_since
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.runs.unjudged_days import Unjudged, all_unjudged


class ChangesSince(Struct, frozen=True):
    """The changes that became known on or after a day, and how many duties the first run judged for the first time.

    `unjudged` are days that no run judged, before runs since then: what duties went through on them is in no change.
    """

    since: date
    changes: tuple[DatedChange, ...]
    first_judged: int
    unjudged: tuple[Unjudged, ...] = ()


def read_changes(settings: Settings, since: date, agreement: str | None = None) -> ChangesSince:
    """The changes since a day, of one agreement if given. Raises Rejected where the register cannot be read."""
    with settings.register(read_only=True) as register, answered(register.path):
        runs = Store(register.connection).runs()
        first = runs[0].id if runs else 0
        every = [one for one in changes_since(register.connection, since)
                 if agreement in (None, one.change.agreement)]  # fmt: skip
    told = tuple(one for one in every if one.run != first)
    began = {run.id for run in runs if run.started[:10] >= since.isoformat()}
    unjudged = tuple(one for one in all_unjudged(runs) if one.run in began)
    return ChangesSince(since, told, len(every) - len(told), unjudged)
