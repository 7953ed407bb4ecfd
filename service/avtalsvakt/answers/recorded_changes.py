"""What registrations changed, read from what is stored: the first run that saw them has said it."""

from collections.abc import Sequence
from dataclasses import dataclass

from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.changes import Change, changes_of
from avtalsvakt_engine.storage.store import Store
from avtalsvakt_engine.storage.store_problems import answered


@dataclass(frozen=True, slots=True)
class RecordedChanges:
    """Facts as they were recorded, and the verdicts that they changed; None where no run has seen them yet."""

    facts: tuple[Fact, ...]
    changes: tuple[Change, ...] | None


def recorded_changes(settings: Settings, ids: Sequence[str]) -> RecordedChanges:
    """The registrations with these ids, as far as they are there, and what changed with them. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        facts = tuple(fact for one in ids if (fact := register.fact(one)) is not None)
        last = max((fact.arrival for fact in facts), default=0)
        run = next((one for one in Store(register.connection).runs() if one.head >= last), None)
        return RecordedChanges(facts, changes_of(register.connection, run.id) if run and facts else None)
