"""What a stored run changed, and whether facts and time or only new rules changed it."""

from msgspec import Struct

from avtalsvakt.settings import Settings
from avtalsvakt_engine.rulesets import semantics_of
from avtalsvakt_engine.runs.verifying import runs_to_replay
from avtalsvakt_engine.storage.conclusions.changes import Change, changes_of
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.runs.unjudged_days import Unjudged, all_unjudged


class RunChanges(Struct, frozen=True):
    """One run with its changes. `by_rules`: it judged what the run before had judged, by other rules.

    `unjudged` are the days before it that no run judged, if any: what duties went through on them is in no change.
    """

    run: Run
    by_rules: bool
    first: bool
    changes: tuple[Change, ...]
    unjudged: Unjudged | None

    @property
    def semantics(self) -> int:
        """The number of the contract that it was judged by."""
        return semantics_of(self.run.rulesets)


def changes_of_run(settings: Settings, number: int | None) -> RunChanges | None:
    """The changes of a run, else of the last; None before the first. Raises Rejected for a run that is not there."""
    with settings.register(read_only=True) as register, answered(register.path):
        runs = runs_to_replay(register, () if number is None else (number,))
        if not runs:
            return None
        store = Store(register.connection)
        before = store.before(runs[0])
        changes = changes_of(register.connection, runs[0].id)
        unjudged = next((one for one in all_unjudged(store.runs()) if one.run == runs[0].id), None)
        return RunChanges(runs[0], runs[0].again(before), before is None, changes, unjudged)
