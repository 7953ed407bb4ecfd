"""What proposals are filled in from: one agreement's rules, verdicts and visible facts, indexed as the engine does.

In come a rulebook, an agreement and its facts, out comes a value that is asked for clauses, events and bearers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.settings import Settings
from avtalsvakt_calendars.reminding.meetings import Meeting, planned_meetings
from avtalsvakt_engine.dates.rough_dates import last_day
from avtalsvakt_engine.evidence.appointments import moved_days
from avtalsvakt_engine.evidence.fact_index import FactIndex
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.interpreting.actors import Actors, actors_of
from avtalsvakt_rules.language.instrument import AGREED, Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Vocabulary, load


class AgreementFacts(Struct, frozen=True, dict=True):
    """One agreement on a day: its rules, its visible facts, and its verdicts (all of them, or those stored).

    `found` are the verdicts, or what reads them when they are asked for: only a chain's steps need those of others.
    """

    rulebook: Rulebook
    instrument: Instrument
    as_of: date
    found: Sequence[Verdict] | Callable[[], Sequence[Verdict]]
    facts: Sequence[Fact]

    @cached_property
    def verdicts(self) -> Sequence[Verdict]:
        """The verdicts. Raises Rejected where they are read now and cannot be."""
        return self.found() if callable(self.found) else self.found

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary with what the agreement and the texts over it add."""
        wider = load()
        for one in (self.instrument, *self.rulebook.chain(self.instrument)):
            wider = wider.extended(kinds=one.facts, bodies=one.bodies)
        return wider

    @cached_property
    def index(self) -> FactIndex:
        """The facts, sorted and linked; meetings recorded twice are one."""
        merge = self.rulebook.reading(self.instrument, "DUBBLETT") == "body_day"
        return FactIndex(self.facts, self.vocabulary, self.instrument.annexes, merge=merge)

    @cached_property
    def _moved(self) -> Mapping[str, date]:
        return moved_days(self.index, self.as_of)

    def with_verdicts(self, verdicts: Iterable[Verdict]) -> "AgreementFacts":
        """The same with other verdicts; what was worked out from the facts is kept."""
        other = replace(self, found=tuple(verdicts))
        other.__dict__.update({name: one for name, one in self.__dict__.items() if name != "verdicts"})
        return other

    def record(self, fact_id: str) -> Fact | None:
        """The record with that id; of an occasion that has moved on the day on which it stands."""
        found = self.index.get(fact_id)
        day = self._moved.get(found.id) if found else None
        return replace(found, date=day) if found and day else found

    @cached_property
    def names(self) -> Names:
        """What the agreement's own file calls things."""
        return names_of(self.instrument)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings that are booked and still to come, by day."""
        found = planned_meetings(self.facts)
        return tuple(one for one in found if not one.held and one.cancelled_on is None and one.day >= self.as_of)

    @property
    def ended(self) -> bool:
        """Whether the last day that its file names is past, and no fact has lengthened it."""
        lengths = [self.instrument.term.to, *(one.to for one in self.instrument.extended)]
        last = max((last_day(one) for one in lengths if one is not None), default=date.max)
        return last < self.as_of and not self.index.of_kind(AGREED)

    def source(self, verdict: Verdict) -> Instrument:
        """The text that asks for a duty."""
        return self.rulebook.instruments[verdict.instrument]

    def clause(self, verdict: Verdict) -> Clause | None:
        """The clause of a duty; None where the rules have none of that name any more."""
        source = self.rulebook.instruments.get(verdict.instrument)
        return source.clauses.get(verdict.obligation) if source else None

    def actors(self, source: Instrument) -> Actors:
        """Who can act for whom under a text."""
        return actors_of(self.instrument, *(() if source is self.instrument else (source,)))

    def step(self, verdict: Verdict, name: str) -> Verdict | None:
        """The verdict on another clause of the same text for the same occasion or period."""
        key = suffix(verdict)
        return next(
            (
                one
                for one in self.verdicts
                if one.obligation == name and one.instrument == verdict.instrument and suffix(one) == key
            ),
            None,
        )


def suffix(verdict: Verdict) -> str:
    """What the key says after the obligation: the version, the occasion or the period."""
    return verdict.duty.partition(f".{verdict.obligation}.")[2]


def agreement_facts(
    rulebook: Rulebook, facts: Iterable[Fact], verdicts: Iterable[Verdict], agreement: str, as_of: date
) -> AgreementFacts:
    """One agreement from visible facts and verdicts of any; a municipality's facts are also those shared with it."""
    instrument = rulebook.instruments[agreement]
    sharing = {agreement, *rulebook.covering(instrument)}
    own = tuple(one for one in verdicts if one.agreement == agreement)
    return AgreementFacts(rulebook, instrument, as_of, own, tuple(one for one in facts if one.agreement in sharing))


def stored_facts(
    settings: Settings, rulebook: Rulebook, verdicts: Sequence[Verdict], as_of: date, *, complete: bool = False
) -> Mapping[str, AgreementFacts]:
    """The agreements of these verdicts that have rules, from the register: its facts and all their stored verdicts.

    `complete`: the verdicts given are all that are stored of these agreements, and are not read again. Raises Rejected
    where the register cannot be read.
    """
    names = [name for name in dict.fromkeys(one.agreement for one in verdicts) if name in rulebook.instruments]
    found: dict[str, AgreementFacts] = {}
    own: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        own[one.agreement].append(one)
    with settings.register(read_only=True) as register, answered(register.path):
        source = FactSource(register, None)
        for name in names:
            sharing = (name, *rulebook.covering(rulebook.instruments[name]))
            facts = tuple(fact for sharer in sharing for fact in source.facts(sharer))
            stored = own[name] if complete else partial(_stored, settings, name)
            found[name] = AgreementFacts(rulebook, rulebook.instruments[name], as_of, stored, facts)
    return found


def _stored(settings: Settings, agreement: str) -> Sequence[Verdict]:
    from avtalsvakt_engine.storage.conclusions.store import Store

    with settings.register(read_only=True) as register, answered(register.path):
        return Store(register.connection).verdicts(agreement)
