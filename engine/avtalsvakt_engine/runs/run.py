"""A run: judges what may have changed since the last one, stores what differs, raises and cures violations.

A night judges a cell again if its day has come, if a fact that it watches arrived, or if its instrument's timeline
changed; anything else is as it was. A full run judges everything and must come to the same: where it does not, the
report says so. After a change of rules or of the contract the last run is first made again with them, as a run of its
own: what differs there is due to the rules alone, and what differs afterwards to facts and time.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from avtalsvakt_engine.assessing.assessment import World, unjudged
from avtalsvakt_engine.assessing.pieces import Judge, Judged, JudgedCell, Piece, Unjudged, Waiting, possible_cells
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider, NotEvaluated
from avtalsvakt_engine.rulesets import digest
from avtalsvakt_engine.runs.pending import Pending, Work
from avtalsvakt_engine.runs.report import SHOWN, Difference, RunReport
from avtalsvakt_engine.runs.violations import Violations
from avtalsvakt_engine.spreading.mapper import IN_PROCESS, Mapper
from avtalsvakt_engine.storage.conclusions.store import Row, Run, Store
from avtalsvakt_engine.storage.database.agreements_without_rules import note_lacking, without_rules
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.database.register import Head, Register
from avtalsvakt_engine.storage.proof.seals import seal
from avtalsvakt_engine.storage.proof.signed_heads import sign_head
from avtalsvakt_engine.storage.proof.signing import Signer
from avtalsvakt_engine.storage.runs.kept_rules import keep_rules
from avtalsvakt_engine.sweeping import swept_seldom
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.rulebook import Rulebook

WHOLE = "samtliga"  # the cell of an agreement that could not be judged at all

Progress = Callable[[int, int], None]


def run(  # noqa: PLR0913 - what a run depends on, all of it
    register: Register,
    rulebook: Rulebook,
    decider: Decider,
    as_of: date,
    known_at: date | None,
    started: str,
    *,
    full: bool = False,
    withdraw: Collection[str] = (),
    tell: Collection[str] = (),
    progress: Progress | None = None,
    signer: Signer | None = None,
    mapper: Mapper = IN_PROCESS,
) -> RunReport:
    """Judge and store in one transaction; interrupted, nothing is stored. `signer` signs what each run ends with.

    `started` is the moment of the run (ISO 8601). `progress(done, of)` is called for each agreement that was judged,
    before it is stored. An agreement whose rules are missing is left as it was and named in the report, unless it is to
    be withdrawn (`withdraw`). The report holds every difference in the agreements of `tell`. `mapper` says where the
    judging is done; what is stored is the same.
    """
    with swept_seldom(), register.transaction():
        by_rules = None
        last = Store(register.connection).last_run()
        if last is not None and rules_changed(last, rulebook) and _later(last, as_of, known_at):
            again = _Run(register, rulebook, decider, last.as_of, None, started, full=True, again=last)
            again.signer, again.mapper = signer, mapper
            by_rules = again.carry_out(progress, ())
        one = _Run(register, rulebook, decider, as_of, known_at, started, full=full)
        one.tell, one.signer, one.mapper = frozenset(tell), signer, mapper
        report = one.carry_out(progress, withdraw)
        report.by_rules = by_rules
        report.touched |= by_rules.touched if by_rules else set()
        return report


def rules_changed(last: Run, rulebook: Rulebook) -> bool:
    """Whether a run judged by other rules than these, or by another contract."""
    return (last.rulebook, last.rulesets) != (rulebook.digest, digest())


def _later(last: Run, as_of: date, known_at: date | None) -> bool:
    """Whether a run goes on from the last one: a later day or the same, everything known."""
    return last.as_of <= as_of and last.known_at is None and known_at is None


class _Run:
    """One run in progress."""

    def __init__(  # noqa: PLR0913 - what a run depends on, all of it
        self,
        register: Register,
        rulebook: Rulebook,
        decider: Decider,
        as_of: date,
        known_at: date | None,
        started: str,
        *,
        full: bool,
        again: Run | None = None,
    ) -> None:
        """`again`: the run to make again, with the facts that it had seen."""
        self.rulebook, self.decider, self.as_of, self.again = rulebook, decider, as_of, again
        self.store = Store(register.connection)
        self.source = FactSource(register, known_at, again.head if again else None)
        self.last = self.store.last_run()
        self.asked_full = full
        self.full = full or not self._continues(self.last, known_at)
        head = Head(again.head_hash, again.head) if again else register.head()
        scope = "full" if self.full else "incremental"
        begun = Run(0, started, as_of, known_at, rulebook.digest, digest(), head.arrival, head.hash, scope, 0, 0, 0)
        number = self.store.begin(begun)
        self.violations = Violations(self.store, decider, number, as_of, by_rules=again is not None)
        self.report = RunReport(number, as_of, known_at, self.full, first=self.last is None)
        self.world = World(rulebook, self.source.facts, decider, as_of)
        self.expected: Work = {}
        self.tell: frozenset[str] = frozenset()
        self.signer: Signer | None = None
        self.mapper: Mapper = IN_PROCESS
        self.rows: dict[tuple[str, str], dict[str, Row]] = {}

    def _continues(self, last: Run | None, known_at: date | None) -> bool:
        """Whether what is stored can be built upon: same rules, a later day, everything known."""
        return last is not None and not rules_changed(last, self.rulebook) and _later(last, self.as_of, known_at)

    def carry_out(self, progress: Progress | None, withdraw: Collection[str]) -> RunReport:
        if self.last is not None and self._continues(self.last, self.report.known_at):
            pending = Pending(self.rulebook, self.store, self.source, self.world, self.as_of)
            self.expected = pending.since(self.last)
        known = {one.agreement for one in self.store.states()}
        every = [one for one in self.rulebook.instruments if one in known or not self.again]
        work = dict.fromkeys(every, None) if self.full else self.expected
        self._judge_and_keep(work, progress)
        self._forget(withdraw)
        report = self.report
        report.without_rules = without_rules(self.source.register, self.rulebook.instruments)
        note_lacking(self.store, report.without_rules)
        report.counts = self.store.counts()
        keep_rules(self.store.connection, self.rulebook)
        self.store.finish(report.id, report.judged, report.changed, len(report.not_evaluated))
        seal(self.store.connection, report.id)
        if self.signer is not None:
            sign_head(self.store.connection, report.id, self.signer)
        return report

    def _judge_and_keep(self, work: Work, progress: Progress | None) -> None:
        """Judge the work, wherever that is done, and keep what it comes to: here, by name of agreement."""
        pieces = (self._piece(agreement, work[agreement]) for agreement in sorted(work))
        for place, found in enumerate(self.mapper.map(Judge(self.world), pieces, len(work))):
            if progress:
                progress(place, len(work))
            if isinstance(found, Unjudged):
                self._unjudged(found.agreement, found.cause)
            else:
                self._agreement(found, whole=work[found.agreement] is None)
            self.world.forget(found.agreement)

    def _piece(self, agreement: str, wanted: Mapping[str, Sequence[Fact]] | None) -> Piece:
        if wanted is None:
            return Piece(agreement)
        cells = {name: cell for name, cell in possible_cells(self.rulebook, agreement) if name in wanted}
        return Piece(
            agreement,
            {name: self._waiting(agreement, name, one.clauses, wanted[name]) for name, one in cells.items()},
        )

    def _agreement(self, found: Judged, *, whole: bool) -> None:
        agreement = found.agreement
        if self.store.put_state(found.state, found.terms):
            self.report.touched.add(agreement)
        self.store.put_findings(agreement, [*self.source.findings(agreement), *found.findings])
        clauses = {name: cell.clauses for name, cell in possible_cells(self.rulebook, agreement)}
        for cell in found.cells:
            self._cell(agreement, cell, clauses[cell.name])
        there = self.store.cells(agreement)
        self._withdraw_cells(agreement, there - {*found.existing, WHOLE} if whole else {WHOLE} & there)

    def _cell(self, agreement: str, cell: JudgedCell, clauses: Sequence[str]) -> None:
        """Store what differs in a cell from what is stored, and how long it stays so."""
        name, verdicts, until = cell.name, cell.verdicts, cell.until
        read = self.rows.pop((agreement, name), None)  # when the piece was made, and nothing of it is stored since
        stored = self.store.rows(agreement, name, clauses) if read is None else read
        if any(one.status == "not_evaluated" for one in verdicts):
            until = self._retry
        self.report.judged += len(verdicts)
        changed, renewed = self.store.differing(stored, verdicts)
        gone = sorted(stored.keys() - {one.duty for one in verdicts} - set(cell.kept))
        self._self_check(agreement, name, changed, gone)
        self.store.put(self.report.id, name, {one.duty: one for one in changed}.values())
        for row, one in renewed:
            self.store.renew(self.report.id, row, one.since, one.until)
        for verdict in changed:
            self._changed(verdict, stored.get(verdict.duty))
        self._withdraw(agreement, {duty: stored[duty] for duty in gone})
        self.store.put_cell(agreement, name, until)

    def _waiting(self, agreement: str, name: str, clauses: Sequence[str], arrived: Sequence[Fact]) -> Waiting:
        """A cell with what is stored of it and has not run out; what could not be judged does not stand."""
        stored = self.rows[agreement, name] = self.store.rows(agreement, name, clauses)
        today = self.as_of.isoformat()
        until = {
            duty: date.fromisoformat(row.until) if row.until else None
            for duty, row in stored.items()
            if row.status != "not_evaluated" and (row.until is None or row.until >= today)
        }
        day = self.last.as_of if self.last else date.min
        return Waiting(tuple(arrived), until, lambda duty: self.store.read([stored[duty]])[0], day)

    @property
    def _retry(self) -> date:
        """What could not be judged was not true even today: the next run tries again, the same night or later."""
        return self.as_of - timedelta(days=1)

    def _self_check(self, agreement: str, name: str, changed: list[Verdict], gone: list[str]) -> None:
        """In a full run asked for: what an incremental one would have left alone must not differ."""
        expected = self.expected.get(agreement, {})
        comparable = self.asked_full and self._continues(self.last, self.report.known_at)
        if comparable and expected is not None and name not in expected:
            self.report.differed += [one.duty for one in changed] + gone

    def _changed(self, verdict: Verdict, row: Row | None) -> None:
        report, was = self.report, row.status if row else None
        report.changed += 1
        report.touched.add(verdict.agreement)
        report.moves[was, verdict.status] += 1
        if verdict.agreement in self.tell:
            before = self.store.read([row])[0] if row else None
            report.differences.append(Difference(before, verdict))
        if was != verdict.status:
            named = report.became.setdefault(verdict.status, [])
            if len(named) < SHOWN:
                named.append(verdict)
        if verdict.status == "not_evaluated":
            report.not_evaluated.append(verdict)
        self._violation(verdict, verdict.status)

    def _violation(self, verdict: Verdict, status: str) -> None:
        try:
            life = self.violations.follow(verdict, status)
        except NotEvaluated as failure:
            self.report.not_evaluated.append(replace(verdict, status="not_evaluated", reason=failure.cause))
            return
        if life:
            self.report.violations[life] += 1

    def _withdraw_cells(self, agreement: str, cells: set[str]) -> None:
        for name in sorted(cells):
            self._withdraw(agreement, self.store.rows(agreement, name))
            self.store.drop_cell(agreement, name)

    def _why_withdrawn(self, verdict: Verdict) -> str:
        """Its event is no more, its meeting was moved into another or away, or the terms or the rules changed."""
        if self.again:
            return "rules_changed"
        if verdict.agreement not in self.rulebook.instruments:
            return "term_changed"
        if verdict.trigger and self.world.index(verdict.agreement).get(verdict.trigger) is None:
            return "trigger_withdrawn"
        source = self.rulebook.instruments.get(verdict.instrument)
        clause = source.clauses.get(verdict.obligation) if source else None
        events = clause.when.events if clause and clause.when else ()
        picked = clause is not None and clause.when is not None and (clause.when.first or clause.when.becomes)
        return (
            "occasion_changed"
            if picked or any(one.kind in source.movable for one in events if source)
            else "term_changed"
        )

    def _withdraw(self, agreement: str, rows: dict[str, Row]) -> None:
        """Duties that are no more: withdrawn with the reason, never silently dropped."""
        for verdict, row in zip(self.store.read(rows.values()), rows.values(), strict=True):
            reason = self._why_withdrawn(verdict)
            self.report.changed += 1
            self.report.touched.add(agreement)
            self.report.moves[row.status, "withdrawn"] += 1
            self.report.withdrawn.append(verdict.duty)
            if agreement in self.tell:
                self.report.differences.append(Difference(verdict, None))
            self.store.withdraw(self.report.id, row, self.as_of, reason)
            self._violation(verdict, "withdrawn")

    def _unjudged(self, agreement: str, cause: str) -> None:
        """The agreement's terms could not be judged: none of its verdicts can be trusted until it can."""
        for name in sorted(self.store.cells(agreement)):
            rows = self.store.rows(agreement, name)
            found = self.store.read(rows.values())
            verdicts = [replace(one, status="not_evaluated", reason=cause) for one in found]
            self.store.put(self.report.id, name, verdicts)
            for verdict in verdicts:
                self._changed(verdict, rows[verdict.duty])
            self.store.put_cell(agreement, name, self._retry)
        verdict = unjudged(self.rulebook.instruments[agreement], cause)
        row = self.store.rows(agreement, WHOLE).get(verdict.duty)
        self.store.put(self.report.id, WHOLE, [verdict])
        self._changed(verdict, row)
        self.store.put_cell(agreement, WHOLE, self._retry)

    def _forget(self, withdraw: Collection[str]) -> None:
        """Agreements that nobody is to watch any more, once their rule files are gone."""
        for agreement in sorted(set(withdraw) - set(self.rulebook.instruments)):
            self._withdraw_cells(agreement, self.store.cells(agreement))
            self.store.drop_state(agreement)
            self.store.put_findings(agreement, ())
