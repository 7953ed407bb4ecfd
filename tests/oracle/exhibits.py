"""What can be shown: acts that look right and have effect, on the day they took effect."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from tests.oracle.appointments import Sitting, sittings
from tests.oracle.life import Life, paper_of
from tests.oracle.occasions import Occasion, Occasions, version_annexed
from tests.oracle.register import NO, UNKNOWN, YES, Act, looks_like
from tests.oracle.wording import Reader
from tests.oracle.world import World, in_country

from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.instrument import Clause, Instrument


def _of_meeting(act: Act, day: str | None) -> tuple[str | None, ...]:
    """What tells one meeting from another."""
    return act.fact.text("body"), act.fact.text("site"), day


class Exhibits(Occasions):
    """One agreement under the clauses of one instrument: its own, or an umbrella's on the local level."""

    def __init__(self, world: World, agreement: Instrument, source: Instrument, life: Life) -> None:
        self.world, self.agreement, self.source, self.life = world, agreement, source, life
        self.as_of = world.as_of
        own = agreement.instrument == source.instrument
        self.people = world.lasting.people(agreement, None if own else source)
        self.asked_for = world.lasting.asked_for
        self.clauses = {
            name: one for name, one in source.clauses.items()
            if one.judged and one.when and (one.per in ("local_agreement", "municipality")) is not own
        }  # fmt: skip
        self.prefix = agreement.instrument if own else f"{agreement.instrument}.{source.instrument}"
        self._effects: dict[str, date | None] = {}
        self._undecided = 0
        self._valid: dict[tuple[str, tuple[p.Pattern, ...], bool], list[Act]] = {}
        self._unproven: set[str] = set()
        self._readers: dict[str, Reader] = {}

    @cached_property
    def acts(self) -> list[Act]:
        """The agreement's acts."""
        return self.world.acts(self.agreement)

    def appointed(self, kind: str) -> list[Sitting]:
        """The agreement's meetings or inspections, planned or held."""
        reading = self.world.rulebook.reading
        merge = reading(self.agreement, "DUBBLETT") == "body_day"
        accept = reading(self.agreement, "FRAMTID") == "accept"
        mine = [fact for fact in self.world.facts if fact.agreement == self.agreement.instrument]
        return sittings(kind, mine, merge=merge, accept=accept)

    def reading(self, name: str, code: str) -> str:
        """The choice of a reading for a clause."""
        choice = self.world.rulebook.reading(self.source, code, self.source.clauses[name])
        return in_country(self.source, code, choice)

    @property
    def plain(self) -> Reader:
        """Who takes every word as it stands."""
        return Reader(self.people)

    def required(self, name: str, day: date) -> int:
        """The clause's number, or what a valid amendment or a decision changed it to by that day."""
        number = self.source.clauses[name].at_least
        acts = list(self.acts)
        if self.source is not self.agreement:
            acts += self.world.acts(self.source)
        for act in sorted(acts, key=lambda one: (one.day, one.fact.arrival)):
            change = act.fact.attributes.get("changes")
            if act.planned or act.day > self.as_of or not isinstance(change, dict) or change["obligation"] != name:
                continue
            paper = paper_of(act, self.people, self.world.rulebook.reading(self.source, "BLANKFORM"))
            begun = str(change.get("from") or act.fact.date.isoformat()) <= day.isoformat()
            if begun and not (act.fact.kind == "amendment_signed" and paper == "void"):
                number = int(str(change["at_least"]))
        return number

    def look(self, name: str, patterns: Sequence[p.Pattern], act: Act) -> int:
        """Whether an act looks like one of the patterns."""
        reader = self._reader(name)
        return max(looks_like(one, act, reader) for one in patterns)

    def _reader(self, name: str) -> Reader:
        """Who reads acts for a clause."""
        if name not in self._readers:
            initiated = self.reading(name, "SAMRAD") == "initiated"
            self._readers[name] = Reader(self.people, self.asked_for, initiated)
        return self._readers[name]

    def valid_acts(self, name: str, patterns: Sequence[p.Pattern], *, valid: bool = True) -> list[Act]:
        """Acts that look like the patterns, are no plans and have effect, on the day they took effect."""
        key = (name, tuple(patterns), valid)
        found = self._valid.get(key)
        if found is None:
            found = self._valid_acts(name, patterns, valid=valid)
            if not self._undecided:  # while an effect is being worked out, it is taken to be there
                self._valid[key] = found
        return found

    def _valid_acts(self, name: str, patterns: Sequence[p.Pattern], *, valid: bool) -> list[Act]:
        changed = "REVIDERA" in self.source.clauses[name].readings.codes and self.reading(name, "REVIDERA") == "change"
        out = []
        for act in self.acts:
            if act.planned or self.look(name, patterns, act) == NO:
                continue
            if changed and act.fact.text("outcome") == "oförändrad":
                continue
            day = self.effect_day(act)
            if day is None:
                out += [] if valid else [act]
                continue
            seen = [self._seen(name, one, act, day) for one in patterns]
            known = [one for one in seen if one is not None]
            if known and valid:
                out.append(min(known, key=lambda one: (one.asks, one.day)))
        if {one.kind for one in patterns} >= {"meeting_held", "meeting_convened"}:
            took_place = [_of_meeting(act, str(act.fact.date)) for act in out if act.fact.kind == "meeting_held"]
            out = [
                act for act in out
                if act.fact.kind == "meeting_held" or _of_meeting(act, act.fact.text("meeting_date")) not in took_place
            ]  # fmt: skip
        return sorted(out, key=lambda act: (act.day, act.fact.arrival, act.id))

    def events_like(self, name: str, patterns: Sequence[p.Pattern]) -> list[Act]:
        """What may give rise to duties of a clause; where it demands a form of those acts, also those without it."""
        norm = self.source.clauses[name].norm
        if "valid_if" not in norm or not {"shall", "should", "shall_not"} & set(norm):
            return self.valid_acts(name, patterns)
        out = []
        for act in self.acts:
            seen = [] if act.planned else [self._seen(name, one, act, act.day) for one in patterns]
            known = [one for one in seen if one is not None]
            if known:
                out.append(replace(min(known, key=lambda one: one.asks), asks=self.look(name, patterns, act) != YES))
        return out

    def _seen(self, name: str, pattern: p.Pattern, act: Act, day: date) -> Act | None:
        """An act as a pattern shows it: what it refers to must look right too, or have met a clause; None if not."""
        answer = self.look(name, [pattern], act)
        if answer == NO:
            return None
        found = replace(act, day=day)
        for attribute, value in pattern.values:
            meant = self.referred_to(act, attribute) if isinstance(value, p.Refers | p.Met) else []
            if isinstance(value, p.Refers):
                reader = Reader(self.people, self.asked_for)
                best = max(((looks_like(value.pattern, one, reader), one.own) for one in meant), default=(NO, day))
                if best[0] == NO:
                    return None
                answer, found = min(answer, best[0]), replace(found, since=best[1])
            elif isinstance(value, p.Met):
                met = [self.first_met(value.clause, one) for one in meant[:1]]
                if not met or met[0] is None:
                    return None
                found = replace(found, day=max(found.day, met[0]), serves=meant[0])
        return replace(found, asks=answer == UNKNOWN or act.id in self._unproven)

    def referred_to(self, act: Act, attribute: str) -> list[Act]:
        """The acts that an attribute leads to; an annexing leads to the version that was annexed."""
        annexed = act.fact.kind.startswith("annex_") and attribute in ("annex", "version")
        ids = version_annexed(self.acts, act) if annexed else frozenset(act.words(attribute))
        return [one for one in self.acts if ids & (one.records | {one.id})]

    def first_met(self, name: str, about: Act) -> date | None:
        """The first day on which an act met a clause for an occasion or a version."""
        clause = self.source.clauses[name]
        occasion = Occasion(about, about.records | {about.id})
        days = [one.day for one in self.valid_acts(name, clause.what) if self.suits(name, clause, one, occasion) == YES]
        return min(days, default=None)

    def effect_day(self, act: Act) -> date | None:
        """The day on which an act has all the form and competence that it needs; None if it never got it."""
        if act.id not in self._effects:
            self._effects[act.id] = act.day  # one that needs itself needs nothing more
            self._undecided += 1
            self._effects[act.id] = self._effect_day(act)
            self._undecided -= 1
        return self._effects[act.id]

    def _effect_day(self, act: Act) -> date | None:
        if act.fact.kind == "extension_agreed" and act.id not in {term.fact for term in self.life.terms}:
            return None
        day = act.day
        for name, clause in self.clauses.items():  # of this level: an umbrella's own conditions are not the local ones'
            if "valid_if" not in clause.norm or not self._form_is_about(name, clause, act):
                continue
            if clause.what[0].kind == p.ITSELF:
                found = self._in_form(name, clause, act)
                if found == NO:
                    return None
                self._unproven |= {act.id} if found == UNKNOWN else set()
                continue
            since = self.first_met(name, act)
            if since is None:
                return None
            day = max(day, since)
        return day

    def _form_is_about(self, name: str, clause: Clause, act: Act) -> bool:
        """Whether a form or competence is asked for of an act, and is so on the conditions of the clause."""
        assert clause.when
        step = self.source.clauses[clause.when.follows] if clause.when.follows else None
        about = step.what if step else clause.when.events
        if not (clause.valid.from_ or date.min) <= act.own <= (clause.valid.to or date.max):
            return False
        if step and not self._serves(step, act):
            return False
        if not any(looks_like(one, act, self.plain) for one in about):
            return False
        given = all(self._had_happened(name, one, act) for one in clause.given)
        return given and not any(self._had_happened(name, one, act) for one in clause.unless)

    def _had_happened(self, name: str, condition: Condition, act: Act) -> bool:
        """Whether what a condition asks for had happened by the day of an act."""
        if condition.in_force:
            names = [condition.in_force]
            if condition.in_force == "superior":
                names = [one.instrument for one in self.world.superiors(self.agreement)]
            return any(self.world.life(one).in_force(act.own) for one in names)
        if condition.pattern is None:
            return True
        occasion = Occasion(act, act.records | {act.id})
        return any(
            not one.asks and one.day <= act.own and self.same_as(condition.pattern, one, occasion) == YES
            for one in self.valid_acts(name, [condition.pattern])
        )

    def _in_form(self, name: str, clause: Clause, act: Act) -> int:
        """Whether an act's own record has what it needs; who acted, if nobody said, was the right one.

        What it does not say it does not have; what it says in words that are not understood is not known.
        """
        actors = ("by", "from", "party", "organisation", "sent_by")
        free = [one for one in actors if not act.fact.attributes.get(one)]
        if self.reading(name, "BLANKFORM") == "flag" and not act.fact.attributes.get("form"):
            free.append("form")
        values = tuple(pair for pair in clause.what[0].values if pair[0] not in free)
        silent = any(not act.words(attribute) for attribute, _ in values)
        return NO if silent else looks_like(p.Pattern(act.fact.kind, values), act, Reader(self.people, self.asked_for))

    def _serves(self, step: Clause, act: Act) -> bool:
        """Whether an act that could be a step's is one: what it refers to is an event of that step."""
        names = {
            name for one in step.what if one.kind == act.fact.kind
            for name, value in one.values if isinstance(value, p.Same)
        }  # fmt: skip
        if not names or step.when is None or not step.when.events:
            return True
        events = [one for name in names for one in self.referred_to(act, name)]
        return any(looks_like(pattern, one, self.plain) == YES for one in events for pattern in step.when.events)
