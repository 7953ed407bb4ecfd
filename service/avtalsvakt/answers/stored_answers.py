"""What the last run concluded, cut by agreement, body or bearer. Reads the database and nothing else: it is quick."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from avtalsvakt.settings import Settings
from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_engine.storage.agreements_without_rules import noted_as_lacking
from avtalsvakt_engine.storage.store import Run, Store, Violation
from avtalsvakt_engine.storage.store_problems import answered
from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict
from avtalsvakt_rules.problems import Problem, Rejected

COMING = ("pending", "at_risk")


@dataclass(frozen=True, slots=True)
class Cut:
    """Whose duties are asked for; None: everybody's."""

    agreement: str | None = None
    body: str | None = None
    bearer: str | None = None

    def keeps(self, verdict: Verdict) -> bool:
        """Whether a verdict belongs to what is asked for."""
        return (
            self.agreement in (None, verdict.agreement)
            and self.body in (None, verdict.body)
            and self.bearer in (None, verdict.bearer)
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """The last run, and what it left behind of what was asked for."""

    cut: Cut
    run: Run
    verdicts: list[Verdict]
    states: list[InstrumentState]
    findings: list[Finding]
    violations: list[Violation]
    unjudged: int

    @property
    def without_rules(self) -> tuple[str, ...]:
        """Agreements that the last run had no rules for and left as they were."""
        return noted_as_lacking(self.findings)


def read_stored(settings: Settings, cut: Cut, statuses: tuple[str, ...] = ()) -> Stored:
    """Stored verdicts (of some statuses, if given) with what surrounds them.

    Raises Rejected where there has been no run, and for an agreement, body or bearer that no stored duty has.
    """
    with settings.register(read_only=True) as register, answered(register.path):
        store = Store(register.connection)
        run = store.last_run()
        if run is None:
            remedy = "kör 'avtalsvakt run' först"
            raise Rejected([Problem("det finns inga resultat", register.path, "ingen körning är gjord", remedy)])
        states = store.states()
        _check(cut, store, states)
        verdicts = [one for one in store.verdicts(cut.agreement, statuses) if cut.keeps(one)]
        unjudged = store.counts()["not_evaluated"]
        violations = store.violations(cut.agreement)
        return Stored(cut, run, verdicts, states, store.findings(), violations, unjudged)


def overdue(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """What is overdue, the longest first."""
    return sorted(verdicts, key=lambda one: (overdue_since(one), one.duty))


def overdue_since(verdict: Verdict) -> date:
    """The first day on which it was overdue: the day after the due date, else the day it became true."""
    return verdict.due + timedelta(days=1) if verdict.due else verdict.since


def upcoming(verdicts: Iterable[Verdict], today: date, days: int) -> list[Verdict]:
    """What is open and due within so many days of today, the nearest first; then what is open without a date."""
    last = today + timedelta(days=days)
    found = [one for one in verdicts if one.due is None or one.due <= last]
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.duty))


def beyond(verdicts: Iterable[Verdict], today: date, days: int) -> list[Verdict]:
    """What is open and due on the first such day after those; nothing where there is none."""
    last = today + timedelta(days=days)
    later = [(one.due, one) for one in verdicts if one.due is not None and one.due > last]
    first = min((due for due, _ in later), default=None)
    return [one for due, one in later if due == first]


def _check(cut: Cut, store: Store, states: list[InstrumentState]) -> None:
    """Raise Rejected for a name that nothing stored has; the names are only gathered where one is asked for."""
    problems = []
    if cut.agreement is not None and cut.agreement not in (known := {one.agreement for one in states}):
        problems.append(_unknown("avtalet", cut.agreement, "--agreement", known))
    asked: tuple[tuple[str, str | None, str, Callable[[Verdict], str | None]], ...] = (
        ("organet", cut.body, "--body", lambda one: one.body),
        ("ansvarig", cut.bearer, "--bearer", lambda one: one.bearer),
    )
    for what, name, option, of in asked:
        if name is not None:
            names = {found for one in store.verdicts() if (found := of(one))}
            if name not in names:
                problems.append(_unknown(what, name, option, names))
    if problems:
        raise Rejected(problems)


def _unknown(what: str, name: str, option: str, known: Iterable[str]) -> Problem:
    why = "ingen skyldighet i den senaste körningen har det"
    return Problem(f"{what} '{name}' finns inte", option, why, closest(name, known))
