"""What registrations changed, read from what is stored: the first run that saw them has said it."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from avtalsvakt.answers.secrecy import as_told, marks_in
from avtalsvakt.answers.visible_facts import seen_in
from avtalsvakt.rights import NOTHING
from avtalsvakt.settings import Settings
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.runs.report import Difference
from avtalsvakt_engine.storage.conclusions.changes import Change, changes_of
from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import Verdict


class RecordedChanges(Struct, frozen=True):
    """Facts as they were recorded, and the verdicts that they changed; None where no run has seen them yet."""

    facts: tuple[Fact, ...]
    changes: tuple[Change, ...] | None

    @property
    def turned(self) -> tuple[Change, ...]:
        """The changes that a person would call so: another status, or a duty that was not there."""
        return tuple(one for one in self.changes or () if one.was != one.status)


def turned(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """The differences that a person would call so: another status, number on the way there, or last day."""
    return tuple(one for one in differences if _told(one.was) != _told(one.becomes))


def _told(verdict: Verdict | None) -> tuple[object, ...] | None:
    if verdict is None:
        return None
    return verdict.status, min(verdict.counted, verdict.required), verdict.due


def recorded_changes(settings: Settings, ids: Sequence[str]) -> RecordedChanges:
    """The registrations with these ids, as far as they are seen, and what changed with them. Raises Rejected."""
    with settings.register(read_only=True) as register, answered(register.path):
        sees = seen_in(register, settings.rights)
        seen_ = [fact for one in ids if (fact := register.fact(one)) is not None and sees(fact)]
        facts = tuple(as_told(seen_, marks_in(register, seen_), NOTHING))
        last = max((fact.arrival for fact in facts), default=0)
        run = next((one for one in Store(register.connection).runs() if one.head >= last), None)
        changes = changes_of(register.connection, run.id) if run and facts else None
        seen = None if changes is None else tuple(one for one in changes if settings.rights.sees(one.agreement))
        return RecordedChanges(facts, seen)
