"""The night's work, once: judge what may have changed, bring the calendars up to date, write their files.

In come settings, the days and where to publish; out comes what it came to. Raises Rejected for bad rules or a bad
register; then nothing is stored. Interrupted, the run is rolled back whole. What goes wrong with the calendars once the
run is stored is told in what comes out: the two are done one after the other. A run for another day than the one whose
turn it is (storing.py) is judged and shown, and neither stored nor published.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.attestations import Listed, asked_now, together
from avtalsvakt.answers.order import by_day
from avtalsvakt.nightly.judging_place import judging_place
from avtalsvakt.nightly.kept_heads import keep_heads
from avtalsvakt.nightly.storing import check_withdrawn, why_not_stored
from avtalsvakt.settings import RulesInUse, Settings
from avtalsvakt.subscribing.calendar_feeds import catalogue_of
from avtalsvakt.subscribing.calendar_publishing import Files, publish_files
from avtalsvakt.subscribing.calendar_refresh import refresh
from avtalsvakt.words.status_words import TO_ATTEST
from avtalsvakt_calendars.publishing.feeds import Feed
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.report import RunReport
from avtalsvakt_engine.runs.run import run
from avtalsvakt_engine.spreading.mapper import HowJudged
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.storage.runs.rule_folders import remember_rule_folders
from avtalsvakt_rules.problems import Problem

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.database.register import Register
    from avtalsvakt_engine.verdicts import Finding, InstrumentState, Verdict

Progress = Callable[[int, int], None]
OPEN = ("pending", "at_risk")
NEXT = 5


class Night(Struct, frozen=True):
    """What a night came to, and what a person wants to see of the register as it then stands."""

    started: str
    report: RunReport
    before: Run | None
    states: "list[InstrumentState]"
    counts: "dict[str, dict[str, int]]"
    deadlines: "list[Listed]"
    unjudged: "list[Verdict]"
    findings: "list[Finding]"
    facts: int = 0
    files: Files | None = None
    rule_problems: tuple[Problem, ...] = ()
    remembered: tuple[Path, ...] = ()
    not_stored: Problem | None = None
    by_table: str | None = None
    elsewhere: HowJudged | None = None
    heads_unkept: tuple[Problem, ...] = ()
    unpublished: Exception | None = None

    @property
    def complete(self) -> bool:
        """Whether all was judged and done, and a full run came to the same as the nights before it."""
        undone = self.unpublished or self.heads_unkept
        return not (self.unjudged or self.report.differed or self.report.without_rules or undone)


def work(  # noqa: PLR0913 - what a night depends on, all of it
    settings: Settings,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
    publish: Path | None = None,
    full: bool = False,
    store_anyway: bool = False,
    withdraw: Collection[str] = (),
    progress: Progress | None = None,
    heads: Path | None = None,
) -> Night:
    """Do the night's work. `progress(done, of)` is called for each agreement; what it raises stops the run.

    `heads`: a file elsewhere that signed heads are kept in, else the settings'.
    `store_anyway`: whatever day it is for. `withdraw`: agreements without rules that are not to be watched any more.
    """
    rules, day = settings.rules_in_use(), as_of or settings.today
    started = settings.now.isoformat(timespec="seconds")
    with settings.register() as register, answered(register.path), Decider() as decider:
        check_withdrawn(withdraw, rules.rulebook, register)
        before = Store(register.connection).last_run()
        barred = None if store_anyway else why_not_stored(before, day, known_at, settings.today)
        with register.rehearsal() if barred else register.transaction():
            with judging_place(settings) as mapper:
                report = run(
                    register, rules.rulebook, decider, day, known_at, started, full=full, withdraw=withdraw,
                    progress=progress, signer=None if barred else settings.signer(), mapper=mapper,
                )  # fmt: skip
                told = mapper.told
            by_table = decider.by_table or (told.by_table if told else None)
            if barred:
                seen = _seen(register, started, report, before, rules)
                return replace(seen, not_stored=barred, by_table=by_table, elsewhere=told)
            remembered = _remember(register, settings)
        files, failure = _calendars(register, settings, rules, publish)
        night = _seen(register, started, report, before, rules)
        kept = heads or settings.heads_file()
        night = replace(night, heads_unkept=keep_heads(register, kept) if kept else (), elsewhere=told)
    return replace(night, files=files, unpublished=failure, remembered=remembered, by_table=by_table)


def is_a_look(settings: Settings, as_of: date | None, known_at: date | None, *, store_anyway: bool) -> bool:
    """Whether a run for a day, or the knowledge of a day, that was asked for would only be shown. Raises Rejected."""
    if store_anyway or (as_of is None and known_at is None):
        return False
    with settings.register(read_only=True) as register, answered(register.path):
        last = Store(register.connection).last_run()
    return why_not_stored(last, as_of or settings.today, known_at, settings.today) is not None


def publish_again(settings: Settings, folder: Path | None) -> Files | None:
    """Only what follows a run that is stored: the calendars, and their files. Raises what goes wrong."""
    with settings.register() as register, answered(register.path):
        refresh(register, settings.rulebook(), settings.now)
        return _publish(register, folder) if folder else None


def _calendars(
    register: "Register", settings: Settings, rules: RulesInUse, folder: Path | None
) -> tuple[Files | None, Exception | None]:
    """The calendars after a run that is stored; what goes wrong does not undo it, and is handed on."""
    try:
        refresh(register, rules.rulebook, settings.now)
        return (_publish(register, folder) if folder else None), None
    except Exception as error:  # noqa: BLE001 - told by whoever called, beside what was done
        return None, error


def _remember(register: "Register", settings: Settings) -> tuple[Path, ...]:
    """Keep where further rules were read from, if that was told; the places where they are others than before."""
    places = tuple(path.absolute() for path in settings.rules)
    return places if places and remember_rule_folders(register.connection, places) else ()


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


def _seen(register: "Register", started: str, report: RunReport, before: Run | None, rules: RulesInUse) -> Night:
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
        register.head().arrival,
        rule_problems=rules.problems,
    )
