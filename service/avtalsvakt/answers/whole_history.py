"""The history of a duty: what runs said of it, and what it was on days between them that no run judged.

In come settings and a duty, out comes what is stored, with what has to be worked out: after an outage one run judges up
to its own day, and what a duty went through before that follows from the same rules and facts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.duty_lookup import find_duty
from avtalsvakt.settings import Settings
from avtalsvakt_engine.storage.conclusions.changes import Change, DatedChange, changes_of_duty
from avtalsvakt_engine.storage.conclusions.store import Run, Store, Violation
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.runs.unjudged_days import days_unjudged, runs_before


class DutyHistory(Struct, frozen=True):
    """Everything that a duty has been, oldest first, and its violation if there ever was one.

    `untold` are the runs before which there are days that cannot be worked out any more: their rules are not kept, or
    the program judged in another way.
    """

    duty: str
    changes: tuple[DatedChange, ...]
    violation: Violation | None
    untold: tuple[int, ...] = ()


def read_history(settings: Settings, wanted: str) -> DutyHistory:
    """The history of the duty that is meant, also of one that is no more. Raises Rejected where none or several fit."""
    with settings.register(read_only=True) as register, answered(register.path):
        store = Store(register.connection)
        exact = changes_of_duty(register.connection, wanted)
        duty = wanted if exact else find_duty(wanted, store.duties())
        stored = exact or changes_of_duty(register.connection, duty)
        runs = {one.id: one for one in store.runs()}
        gaps = _gaps(stored, runs)
        between = _Between(register) if gaps else None
        told = [(one, between.before(one, *gaps[one.run]) if between and one.run in gaps else []) for one in stored]
        return DutyHistory(duty, tuple(_joined(told)), store.violation(duty), tuple(between.untold) if between else ())


def _gaps(stored: Sequence[DatedChange], runs: Mapping[int, Run]) -> dict[int, tuple[Run, Run]]:
    """The runs that changed the duty after days that nobody had judged, each with the run that those days follow."""
    before = runs_before([runs[number] for number in sorted(runs)])
    pairs = {one.run: (runs[one.run], before[one.run]) for one in stored if one.run in before}
    return {number: pair for number, pair in pairs.items() if days_unjudged(*pair)}


class _Between:
    """Works out what a duty was between two runs."""

    def __init__(self, register: Register) -> None:
        """Nothing is worked out yet."""
        self.register = register
        self.untold: list[int] = []

    def before(self, change: DatedChange, run: Run, earlier: Run) -> list[DatedChange]:
        """What the duty was on the days before a run; those that it already was before them are not left out."""
        from avtalsvakt_engine.inference.deciding import Decider, NotEvaluated
        from avtalsvakt_engine.rulesets import digest
        from avtalsvakt_engine.runs.passing import passed_between
        from avtalsvakt_engine.storage.runs.kept_rules import kept_rulebook

        rulebook = kept_rulebook(self.register.connection, run.rulebook)
        agreement = change.change.agreement
        if rulebook is None or run.rulesets != digest() or agreement not in rulebook.instruments:
            self.untold.append(run.id)
            return []
        try:
            with Decider(table="first") as decider:
                asked = change.change.duty, agreement
                found = list(passed_between(self.register, rulebook, run, earlier, asked, decider))
        except NotEvaluated:
            self.untold.append(run.id)
            return []
        return [
            DatedChange(
                Change(change.change.duty, agreement, None, one.verdict.status, one.verdict.reason),
                None if one.true_on == date.min else one.true_on,
                change.known,
                run.id,
                run.as_of,
            )
            for one in found
        ]


def _joined(told: Sequence[tuple[DatedChange, Sequence[DatedChange]]]) -> Iterator[DatedChange]:
    """All of them in order, each with what was before it; what goes on as it was is told once."""
    for stored, between in told:
        was = stored.change.was
        for place, one in enumerate(between):
            last = place == len(between) - 1
            if one.change.status != was and not (last and one.change.status == stored.change.status):
                yield replace(one, change=replace(one.change, was=was))
                was = one.change.status
        yield replace(stored, change=replace(stored.change, was=was))
