"""The night's work, once: judge what may have changed, bring the calendars up to date, write their files.

In come settings, the days and where to publish; out comes what it came to. Raises Rejected for bad rules or a bad
register; then nothing is stored. Interrupted, the run is rolled back whole.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from avtalsvakt.attestations import TO_ATTEST, Listed, asked_now, together
from avtalsvakt.calendar_feeds import catalogue_of
from avtalsvakt.calendar_publishing import Files, publish_files
from avtalsvakt.calendar_refresh import refresh
from avtalsvakt.screen import by_day
from avtalsvakt.settings import Settings
from avtalsvakt_calendars.feeds import Feed
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.run import RunReport, run
from avtalsvakt_engine.storage.store import Run, Store
from avtalsvakt_engine.storage.store_problems import answered

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.register import Register
    from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict

Progress = Callable[[int, int], None]
OPEN = ("pending", "at_risk")
NEXT = 5


@dataclass(frozen=True, slots=True)
class Night:
    """What a night came to, and what a person wants to see of the register as it then stands."""

    started: str
    report: RunReport
    before: Run | None
    states: "list[InstrumentState]"
    counts: "dict[str, dict[str, int]]"
    deadlines: "list[Listed]"
    unjudged: "list[Verdict]"
    findings: "list[Finding]"
    files: Files | None

    @property
    def complete(self) -> bool:
        """Whether everything was judged, and a full run came to the same as the nights before it."""
        return not (self.unjudged or self.report.differed)


def work(
    settings: Settings,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
    publish: Path | None = None,
    full: bool = False,
    progress: Progress | None = None,
) -> Night:
    """Do the night's work. `progress(done, of)` is called for each agreement; what it raises stops the run."""
    rulebook = settings.rulebook()
    started = settings.now.isoformat(timespec="seconds")
    with settings.register() as register, answered(register.path), Decider() as decider:
        before = Store(register.connection).last_run()
        report = run(
            register, rulebook, decider, as_of or settings.today, known_at, started, full=full, progress=progress
        )
        refresh(register, rulebook, settings.now)
        files = _publish(register, publish) if publish else None
        return _seen(register, started, report, before, files)


def _publish(register: "Register", folder: Path) -> Files:
    """One file for each agreement. Which of them changed is found by comparing bytes."""
    catalogue = catalogue_of(register)
    return publish_files(register, folder, feeds=[Feed("agreement", name) for name in sorted(catalogue.agreements)])


def _counts(store: Store, asked: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """How many duties have each status, by agreement; questions to be answered apart from what else is waiting."""
    found = store.counts_by_agreement()
    for agreement, number in asked.items():
        own = found[agreement]
        own |= {"pending": own["pending"] - number, TO_ATTEST: number}
    return found


def _seen(register: "Register", started: str, report: RunReport, before: Run | None, files: Files | None) -> Night:
    store = Store(register.connection)
    waiting = store.verdicts(statuses=OPEN)
    coming = by_day(one for one in waiting if one.due and one.due >= report.as_of)
    return Night(
        started,
        report,
        before,
        store.states(),
        _counts(store, Counter(one.agreement for one in waiting if asked_now(one, report.as_of))),
        together(coming)[:NEXT],
        store.verdicts(statuses=("not_evaluated",)),
        store.findings(),
        files,
    )
