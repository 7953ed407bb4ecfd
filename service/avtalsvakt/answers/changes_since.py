"""What changed, with the day on which each change was true and the day on which it became known.

In come settings and a day, out comes what runs stored. A first judging of everything is not a change.
"""

from datetime import date

from msgspec import Struct

from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.changes import DatedChange, changes_since
from avtalsvakt_engine.storage.store import Store
from avtalsvakt_engine.storage.store_problems import answered


class ChangesSince(Struct, frozen=True):
    """The changes that became known on or after a day, and how many duties the first run judged for the first time."""

    since: date
    changes: tuple[DatedChange, ...]
    first_judged: int


def read_changes(settings: Settings, since: date, agreement: str | None = None) -> ChangesSince:
    """The changes since a day, of one agreement if given. Raises Rejected where the register cannot be read."""
    with settings.register(read_only=True) as register, answered(register.path):
        first = min((run.id for run in Store(register.connection).runs()), default=0)
        every = [one for one in changes_since(register.connection, since)
                 if agreement in (None, one.change.agreement)]  # fmt: skip
    told = tuple(one for one in every if one.run != first)
    return ChangesSince(since, told, len(every) - len(told))
