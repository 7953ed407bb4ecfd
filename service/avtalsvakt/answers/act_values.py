"""What a clause's pattern asks of a record, filled in with what is known: the occasion's id, the period, the parties.

In come a pattern and what is known of the duty, out come attributes; None for what only a person can say. The words of
patterns (`same`, `alternating`, `next`, `both`) mean here what they mean in evidence/selection.py.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt.answers.acts import Act, Filled, FromStep
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt_engine.dates.deadlines import add_months
from avtalsvakt_engine.evidence.fact_index import VERSIONED, day_of
from avtalsvakt_engine.evidence.matching import Match, Parties, static, texts
from avtalsvakt_engine.evidence.secrecy import provision
from avtalsvakt_engine.evidence.selection import PERIOD_NAMES
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import Movables
from avtalsvakt_rules.vocabulary import OCCASION

MEANT = {
    "meeting": ("meeting_held",),
    "decision": ("decision_made",),
    "notice": ("notice_sent", "demand_sent"),
    "version": (VERSIONED,),
}
"""What an attribute that holds an id is about, where its name says so."""


class Filling(Struct, frozen=True):
    """One duty whose act is filled in. `earlier`: the acts of earlier steps by number; `day` is the proposed one."""

    known: AgreementFacts
    verdict: Verdict
    clause: Clause
    day: date | None
    per: str | None
    earlier: Mapping[int, Act]

    @property
    def event(self) -> Fact | None:
        """The record of what gave rise to the duty; of a receipt that is presumed the record of what was sent."""
        trigger = self.verdict.trigger or ""
        return self.known.record(trigger) or self.known.record(trigger.rpartition(".")[2])

    def attributes(self, pattern: p.Pattern) -> Iterator[tuple[str, Filled | None]]:
        """Every attribute that the pattern speaks of, with its value or None."""
        for name, wanted in pattern.values:
            yield name, self._value(pattern.kind, name, wanted)

    def _value(self, kind: str, name: str, wanted: p.Value) -> Filled | None:
        if isinstance(wanted, p.OneOf):
            return wanted.texts[0]
        if isinstance(wanted, p.Same):
            return self._same(kind, name, wanted)
        if isinstance(wanted, p.Both):
            return self.known.instrument.parties or None
        if isinstance(wanted, p.Compare):
            return None if wanted.of or not wanted.at_least else str(wanted.bound + wanted.strict)
        if isinstance(wanted, p.Alternating):
            return self._other_than_last(kind, name)
        if isinstance(wanted, p.Next):
            return self._next_label()
        if isinstance(wanted, p.Length):
            return self._end(wanted)
        return self._referred(wanted)

    def _same(self, kind: str, name: str, wanted: p.Same) -> Filled | None:
        """The same as the occasion, the step before, the site or party, or the period."""
        if self.known.index.is_reference(kind, name):
            return self._reference(name)
        event = self.event
        if name in PERIOD_NAMES and event is None:
            return self.verdict.period.label if self.verdict.period else None
        if self.per is not None and wanted.attribute is None:
            return self.per
        if event is not None and provision(event):
            return None
        said = texts(event.attributes.get(wanted.attribute or name)) if event else ()
        if said or event is None:
            return said[0] if said else None
        return event.date.isoformat() if name.endswith("date") else None

    def _reference(self, name: str) -> Filled | None:
        """The id of the occasion, or of what the step before it did; a step still to be done gives its id later."""
        meant = MEANT.get(name)
        event = self.event
        if event is not None and (
            meant is None or event.kind in meant or _movable(event.kind, meant, self.known.vocabulary.movable)
        ):
            return event.id
        for number in sorted(self.earlier, reverse=True):
            if meant is None or self.earlier[number].kind in meant:
                return self.earlier[number].target or FromStep(number)
        return next((one.id for one in self._done_before() if meant is None or one.kind in meant), None)

    def _done_before(self) -> Iterator[Fact]:
        """What the step before it shows, whether or not it has taken effect."""
        leader = self.clause.when.follows if self.clause.when else None
        step = self.known.step(self.verdict, leader) if leader else None
        if step is not None:
            shown = (*step.facts, *(one.fact for one in step.not_counted if one.reason == "no_effect"))
            yield from (fact for one in shown if (fact := self.known.index.get(one)))

    def _other_than_last(self, kind: str, name: str) -> str | None:
        """The party, or the value, that it was not the last time."""
        every = (one for one in self.known.index.of_kind(kind) if not provision(one))
        last = [texts(one.attributes.get(name)) for one in every]
        said = next((one[0] for one in reversed(last) if one), None)
        actors = self.known.actors(self.known.source(self.verdict))
        party = actors.party_of(said) if said else None
        return next((one for one in self.known.instrument.parties if one != party), None)

    def _next_label(self) -> str | None:
        label = self.verdict.period.label if self.verdict.period else ""
        return str(int(label) + 1) if label.isdigit() else None

    def _end(self, wanted: p.Length) -> str | None:
        """The last day of so many months; from the proposed day."""
        return (add_months(self.day, wanted.months) - timedelta(days=1)).isoformat() if self.day else None

    def _referred(self, wanted: p.Value) -> Filled | None:
        """The last record that the attribute may refer to; the version of the period, or that which a step draws up."""
        if isinstance(wanted, p.Met):
            known = self.version(wanted)
            made = (number for number in sorted(self.earlier) if self.earlier[number].kind == VERSIONED)
            return known.trigger if known else next(map(FromStep, made), None)
        if isinstance(wanted, p.Refers):
            alike = [fact for fact in self.known.index.of_kind(wanted.pattern.kind) if _looks(wanted.pattern, fact)]
            return max(alike, key=day_of).id if alike else None
        return None

    def version(self, wanted: p.Met) -> Verdict | None:
        """The verdict on the clause that a version has to meet, for the last version of the duty's own period."""
        period = self.verdict.period
        found = [
            (day_of(event), one)
            for one in self.known.verdicts
            if (one.instrument, one.obligation) == (self.verdict.instrument, wanted.clause)
            and (event := self.known.index.get(one.trigger or ""))
            and (period is None or period.start <= day_of(event) <= period.end)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def occasion(self) -> tuple[str, str] | None:
        """The attribute that ties an act to its occasion where its pattern does not; None where nothing has to."""
        clause = self.clause
        tied = any(isinstance(value, p.Same) for one in clause.what for _, value in one.values)
        if self.event is None or tied or clause.attest or clause.when is None or clause.when.form != "event":
            return None
        return OCCASION, self.event.id


def _movable(kind: str, meant: tuple[str, ...], movable: Movables) -> bool:
    """Whether a record of an occasion stands for one that is to be held: the meeting whose plan gave rise to it."""
    return any(kind in one.kinds and one.held in meant for one in movable.values())


def _looks(pattern: p.Pattern, fact: Fact) -> bool:
    return static(pattern, fact, Parties(), {}) is Match.YES
