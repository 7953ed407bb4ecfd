"""The rulebook and what the register shows of every agreement, on one day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from msgspec import structs
from tests.oracle.calendar_days import ONE, date_meant
from tests.oracle.life import OPEN, Life, Term, life_of
from tests.oracle.notice import Notice, after_notices, days_named_by
from tests.oracle.people import People, people_of
from tests.oracle.register import YES, Act, acts_of, last_possible_day, looks_like
from tests.oracle.wording import Reader, Word, words_asked_for

from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook

Option = tuple[Act, Clause]
"""An act by which a right to a longer term was used, and the clause that gives the right."""


class Lasting:
    """What a rulebook and a register are, whatever the day: worked out when it is asked for, and once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.acts: dict[str, list[Act]] = {}
        self._people: dict[tuple[str, str | None], People] = {}

    @cached_property
    def asked_for(self) -> frozenset[Word]:
        """The words that some rule asks for."""
        return words_asked_for(self.rulebook.instruments.values())

    def people(self, agreement: Instrument, text: Instrument | None = None) -> People:
        """Those of an agreement, and of a text that binds it."""
        key = (agreement.instrument, text.instrument if text else None)
        if key not in self._people:
            self._people[key] = people_of(agreement, [text] if text else [])
        return self._people[key]


class World:
    """The rulebook and what the register shows, on one day."""

    def __init__(
        self,
        rulebook: Rulebook,
        facts: Sequence[Fact],
        as_of: date,
        notices: "Callable[[World, Instrument], list[Notice]]",
        options: "Callable[[World, Instrument], list[Option]]",
        untouched: Mapping[str, Sequence[Option]] = MappingProxyType({}),
        lasting: Lasting | None = None,
    ) -> None:
        """`notices` and `options` find the rights that were used to end and to lengthen an instrument.

        Of those in `untouched` nothing is asked but the options given there.
        """
        self.rulebook, self.facts, self.as_of = rulebook, facts, as_of
        self.notices, self.options, self.untouched = notices, options, untouched
        self.lasting = lasting or Lasting(rulebook)
        self._lives: dict[str, Life] = {}
        self._umbrellas: dict[str, list[tuple[Instrument, Life]]] = {}

    def on(self, day: date, *names: str, options: Sequence[Option] = ()) -> "World":
        """The same register on another day, instruments touched by no rights but these."""
        untouched = {**self.untouched, **dict.fromkeys(names, options)}
        return World(self.rulebook, self.facts, day, self.notices, self.options, untouched, self.lasting)

    def acts(self, agreement: Instrument) -> list[Act]:
        """The acts of an agreement, receipts that are presumed included."""
        known = self.lasting.acts
        if agreement.instrument not in known:
            known[agreement.instrument] = self._acts(agreement)
        return known[agreement.instrument]

    def _acts(self, agreement: Instrument) -> list[Act]:
        mine = [_named(fact, agreement) for fact in self._heard(agreement)]
        presumed = [one for clause in agreement.clauses.items() for one in self._presumed(agreement, *clause, mine)]
        known = [(one.kind, *pair) for one in presumed for pair in one.attributes.items()]
        mine = [
            one for one in mine if not any((one.kind, *pair) in known for pair in one.attributes.items())
        ] + presumed
        reading = self.rulebook.reading
        merge, accept = reading(agreement, "DUBBLETT") == "body_day", reading(agreement, "FRAMTID") == "accept"
        return acts_of(mine, merge=merge, accept_plans=accept)

    def _heard(self, agreement: Instrument) -> list[Fact]:
        """Its own facts and, for a municipality, acts under the agreements that name it themselves."""
        whole = ("local", "superior")
        others = self.rulebook.instruments.values() if agreement.level == "municipality" else ()
        named = {one.instrument for one in others if one.level in whole and one.municipality == agreement.municipality}
        before = agreement.continues
        while before and before not in named:
            named.add(before)
            before = self.rulebook.instruments[before].continues
        lives = ("agreement_term", "extension_agreed", "agreement_terminated")
        private = (*lives, "amendment_signed", "waiver", "attestation")
        return [
            one for one in self.facts
            if one.agreement == agreement.instrument or (one.agreement in named and one.kind not in private)
        ]  # fmt: skip

    def _presumed(self, agreement: Instrument, name: str, clause: Clause, mine: Sequence[Fact]) -> Iterable[Fact]:
        if "deemed" not in clause.norm or clause.when is None or clause.when.due is None:
            return
        [(attribute, _)] = [pair for pair in clause.what[0].values if isinstance(pair[1], p.Same)]
        says = {name: value.texts[0] for name, value in clause.what[0].values if isinstance(value, p.OneOf)}
        accept, reader = (
            self.rulebook.reading(agreement, "FRAMTID", clause) == "accept",
            Reader(self.lasting.people(agreement)),
        )
        happened = [one for one in mine if accept or date.fromisoformat(one.recorded[:10]) >= one.date]
        for sent in happened:
            if YES not in [looks_like(one, Act(sent, sent.date), reader) for one in clause.when.events]:
                continue
            vardag = in_country(agreement, "VARDAG", self.rulebook.reading(agreement, "VARDAG", clause))
            day = last_possible_day(sent)
            due = date_meant(clause.when.due, {"event": day, **days_named_by(Act(sent, day))}, "clip", vardag) or day
            if not all(_had_happened(one, happened, sent, due, reader) for one in clause.given) or any(
                _had_happened(one, happened, sent, due, reader) for one in clause.unless
            ):
                continue
            if not (clause.valid.from_ or date.min) <= day <= (clause.valid.to or OPEN):
                continue
            kind = clause.what[0].kind
            earlier = [
                one for one in happened if one.kind == kind and one.text(attribute) == sent.id and one.date < due
            ]
            if not earlier or self.rulebook.reading(agreement, "SENAST3", clause) == "fixed":
                yield Fact(
                    f"presumerad.{name}.{sent.id}", kind, agreement.instrument, due, "9999-12-31",
                    sent.arrival, attributes={**says, attribute: sent.id},
                )  # fmt: skip

    def life(self, name: str) -> Life:
        """The terms of an instrument."""
        if name not in self._lives:
            self._lives[name] = self._life(name)
        return self._lives[name]

    def _life(self, name: str) -> Life:
        instrument = self.rulebook.instruments[name]

        def reading(code: str, clause: Clause | None) -> str:
            return in_country(instrument, code, self.rulebook.reading(instrument, code, clause))

        def in_force(other: str, day: date) -> bool:
            names = [one.instrument for one in self.superiors(instrument)] if other == "superior" else [other]
            return any(self.life(one).in_force(day) for one in names)

        reader = Reader(self.lasting.people(instrument), self.lasting.asked_for)
        apart = name in self.untouched
        used = self.untouched[name] if apart else self.options(self, instrument)
        life = life_of(instrument, self.acts(instrument), self.as_of, reading, in_force, reader, used)
        if not apart:
            agreed = {act.id: act.day for act in self.acts(instrument) if act.fact.kind == "extension_agreed"}
            life = after_notices(life, self.notices(self, instrument), lambda fact: agreed.get(fact, date.min))
        successor = self.rulebook.successor(instrument)
        renewed = any(one.renews_its_term for one in instrument.clauses.values())
        if successor and (life.terms[-1].meant == OPEN or renewed):
            start = self.life(successor.instrument).first
            begun = [one for one in life.terms if one.first < start or not one.renewed]
            life = replace(life, terms=tuple(begun))
            last = life.terms[-1]
            if last.first < start <= last.last:
                ended = replace(last, last=start - ONE)
                life = Life((*life.terms[:-1], ended), "superseded")
        return self._without_superior(instrument, life)

    def _without_superior(self, instrument: Instrument, life: Life) -> Life:
        """Where the condition is read of the whole agreement, it lasts no longer than some superior one does."""
        asks = [one for one in instrument.clauses.values() if "KONDREV" in one.readings.codes]
        if "term" not in [self.rulebook.reading(instrument, "KONDREV", one) for one in asks]:
            return life
        lives = [self.life(one.instrument) for one in self.superiors(instrument)]
        day = life.first
        if not any(one.in_force(day) for one in lives):
            return life
        while day < life.last and any(one.in_force(day) for one in lives):
            ends = [term.last for one in lives for term in one.terms if term.first <= day <= term.last]
            day = max(ends) + ONE if max(ends) < OPEN else OPEN
        if day > life.last or any(one.in_force(day) for one in lives):
            return life
        kept = [term for term in life.terms if term.first < day]
        return Life((*kept[:-1], replace(kept[-1], last=min(kept[-1].last, day - ONE))))

    def superiors(self, instrument: Instrument) -> list[Instrument]:
        """The umbrellas that can count."""
        chain = list(self.rulebook.chain(instrument))
        one = instrument.level != "municipality" and self.rulebook.reading(instrument, "SUCC") == "fixed"
        return chain[:1] if one else chain

    def umbrellas(self, agreement: Instrument) -> list[tuple[Instrument, Life]]:
        """The umbrellas with the terms during which both they and the agreement are in force."""
        name = agreement.instrument
        if name not in self._umbrellas:
            self._umbrellas[name] = list(self._over(agreement))
        return self._umbrellas[name]

    def _over(self, agreement: Instrument) -> Iterable[tuple[Instrument, Life]]:
        mine, free = self.life(agreement.instrument), date.min
        for superior in self.superiors(agreement):
            theirs = self.life(superior.instrument)
            both = [
                (max(a.first, b.first, free), min(a.last, b.last), min(a.meant, b.meant), a.fact)
                for a in mine.terms for b in theirs.terms
            ]  # fmt: skip
            real = [one for one in both if one[0] <= one[1]]
            free = max(free, theirs.last + ONE) if theirs.last < OPEN else OPEN  # under one umbrella at a time
            if real:
                yield superior, Life(tuple(Term(number, *one) for number, one in enumerate(real, 1)))


def in_country(instrument: Instrument, code: str, choice: str) -> str:
    """The choice of a reading; of what a working day is, that of the country whose holidays the text follows."""
    return f"{instrument.calendar}/{choice}" if code == "VARDAG" and instrument.calendar else choice


def _named(fact: Fact, agreement: Instrument) -> Fact:
    """The fact with its annex by name: number and name are the same annex."""
    annex = fact.text("annex") or ""
    if annex not in agreement.annexes:
        return fact
    return structs.replace(fact, attributes={**fact.attributes, "annex": agreement.annexes[annex]})


def _had_happened(condition: Condition, facts: Sequence[Fact], sent: Fact, due: date, reader: Reader) -> bool:
    """Whether an act that a presumption hangs on had happened by the day on which it is presumed."""
    pattern = condition.pattern
    if pattern is None:
        return True
    about = [name for name, value in pattern.values if isinstance(value, p.Same)]
    acts = [Act(one, one.date) for one in facts if last_possible_day(one) <= due]
    return any(
        looks_like(pattern, act, reader) == YES and all(sent.id in act.words(name) for name in about) for act in acts
    )
