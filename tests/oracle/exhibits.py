"""What can be shown: acts that look right, have effect and belong to an occasion."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from tests.oracle.appointments import Sitting, sittings
from tests.oracle.context import Duty
from tests.oracle.life import Life, paper_of
from tests.oracle.register import NAMES_ITS_DAY, NO, REFERENCES, UNKNOWN, YES, Act, looks_like
from tests.oracle.world import World

from avtalsvakt_rules import patterns as p
from avtalsvakt_rules.language import Clause, Instrument


def _of_meeting(act: Act, day: str | None) -> tuple[str | None, ...]:
    """What tells one meeting from another."""
    return act.fact.text("body"), act.fact.text("site"), day


class Exhibits:
    """One agreement under the clauses of one instrument: its own, or an umbrella's on the local level."""

    def __init__(self, world: World, agreement: Instrument, source: Instrument, life: Life) -> None:
        self.world, self.agreement, self.source, self.life = world, agreement, source, life
        self.as_of = world.as_of
        own = agreement.instrument == source.instrument
        self.clauses = {
            name: one for name, one in source.clauses.items()
            if one.judged and one.when and (one.per in ("local_agreement", "municipality")) is not own
        }  # fmt: skip
        self.prefix = agreement.instrument if own else f"{agreement.instrument}.{source.instrument}"

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
        return self.world.rulebook.reading(self.source, code, self.source.clauses[name])

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
            paper = paper_of(act, self.agreement.parties, self.world.rulebook.reading(self.source, "BLANKFORM"))
            begun = str(change.get("from") or act.fact.date.isoformat()) <= day.isoformat()
            if begun and not (act.fact.kind == "amendment_signed" and paper == "void"):
                number = int(str(change["at_least"]))
        return number

    def look(self, name: str, patterns: Sequence[p.Pattern], act: Act) -> int:
        """Whether an act looks like one of the patterns."""
        initiated = self.reading(name, "SAMRAD") == "initiated"
        return max(looks_like(one, act, self.agreement.parties, initiated) for one in patterns)

    def valid_acts(self, name: str, patterns: Sequence[p.Pattern], *, valid: bool = True) -> list[Act]:
        """Acts that look like the patterns, are no plans and have effect, on the day they took effect."""
        out = []
        for act in self.acts:
            if act.planned or self.look(name, patterns, act) == NO:
                continue
            changed = (
                "REVIDERA" in self.source.clauses[name].readings.codes and self.reading(name, "REVIDERA") == "change"
            )
            if changed and act.fact.text("outcome") == "oförändrad":
                continue
            day = self.effect_day(act)
            if day is not None:
                days = [self._since_met(one, act, day) for one in patterns if self.look(name, [one], act) != NO]
                day = min((found for found in days if found), default=None)
                if day is None:
                    continue
            if (day is not None) is valid:
                out.append(Act(act.fact, day or act.day, records=act.records, own=act.own))
        if {one.kind for one in patterns} >= {"meeting_held", "meeting_convened"}:
            took_place = [_of_meeting(act, str(act.fact.date)) for act in out if act.fact.kind == "meeting_held"]
            out = [
                act for act in out
                if act.fact.kind == "meeting_held" or _of_meeting(act, act.fact.text("meeting_date")) not in took_place
            ]  # fmt: skip
        return sorted(out, key=lambda act: (act.day, act.fact.arrival, act.id))

    def _since_met(self, pattern: p.Pattern, act: Act, day: date) -> date | None:
        """The day from which an act counts, given what it refers to: it must look right, or have met a clause."""
        for name, value in pattern.values:
            if not isinstance(value, p.Refers | p.Met):
                continue
            annexed = act.fact.kind.startswith("annex_") and name in ("annex", "version")
            ids = self._version_annexed(act) if annexed else frozenset(act.words(name))
            meant = [one for one in self.acts if ids & (one.records | {one.id})]
            if isinstance(value, p.Refers):
                if not any(looks_like(value.pattern, one, ()) == YES for one in meant):
                    return None
                continue
            clause = self.source.clauses[value.clause]
            met = [
                one.day for version in meant for one in self.valid_acts(value.clause, clause.what)
                if self.look(value.clause, clause.what, one) == YES
                and any(self._refers(how, one, version.records | {version.id}, version) == YES for how in clause.what)
            ]  # fmt: skip
            if not met:
                return None
            day = max(day, min(met))
        return day

    def effect_day(self, act: Act) -> date | None:
        """The day on which an act has all the form and competence that it needs; None if it never got it."""
        if act.fact.kind == "extension_agreed" and act.id not in {term.fact for term in self.life.terms}:
            return None
        day = act.day
        for clause in self.clauses.values():  # of this level: an umbrella's own conditions are not the local ones'
            if "valid_if" not in clause.norm or clause.when is None:
                continue
            step = self.source.clauses[clause.when.follows] if clause.when.follows else None
            about = step.what if step else clause.when.events
            if step and not self._serves(step, act):
                continue
            if not any(looks_like(one, act, self.agreement.parties) for one in about):
                continue
            if clause.what[0].kind == p.ITSELF:
                itself = p.Pattern(act.fact.kind, clause.what[0].values)
                if looks_like(itself, act, self.agreement.parties) != YES:
                    return None
                continue
            forms = [
                one.day for one in self.acts for pattern in clause.what
                if not one.planned and looks_like(pattern, one, self.agreement.parties) == YES
                and self._refers(pattern, one, act.records | {act.id}, act) == YES
            ]  # fmt: skip
            if not forms:
                return None
            day = max(day, min(forms))
        return day

    def _refers(self, pattern: p.Pattern, act: Act, about: frozenset[str], event: Act | None) -> int:
        answers = [YES]
        for name, value in pattern.values:
            if not isinstance(value, p.Same):
                continue
            if (act.fact.kind, name) in REFERENCES:
                answers.append(YES if about & set(act.words(name)) else NO)
            elif act.fact.kind.startswith("annex_") and name == "version":
                answers.append(YES if about & self._version_annexed(act) else NO)
            elif name == "annex" and event is not None:
                answers.append(YES if act.fact.text("annex") in event.words(value.attribute or name) else NO)
            elif (act.fact.kind, name) in NAMES_ITS_DAY and event is not None:
                said = {date.fromisoformat(word) for word in act.words(name)}
                days = {event.day, *event.fact.was}
                answers.append(UNKNOWN if not said else YES if said & days else NO)
            elif event is not None:
                mine, theirs = set(act.words(name)), set(event.words(value.attribute or name))
                answers.append(UNKNOWN if not mine or not theirs else YES if mine & theirs else NO)
        return min(answers)

    def _serves(self, step: Clause, act: Act) -> bool:
        """Whether an act that could be a step's is one: what it refers to is an event of that step."""
        names = {
            name for one in step.what if one.kind == act.fact.kind
            for name, value in one.values if isinstance(value, p.Same)
        }  # fmt: skip
        if not names or step.when is None or not step.when.events:
            return True
        meant = {word for name in names for word in act.words(name)} | (
            self._version_annexed(act) if act.fact.kind.startswith("annex_") else frozenset()
        )
        events = [one for one in self.acts if meant & (one.records | {one.id})]
        return any(
            looks_like(pattern, one, self.agreement.parties) == YES for one in events for pattern in step.when.events
        )

    def _version_annexed(self, act: Act) -> frozenset[str]:
        """The version that was annexed: the one that is named, else the latest of the document by that day."""
        document, named = act.fact.text("annex"), act.words("version")
        versions = [
            one for one in self.acts
            if one.fact.kind == "document_revised" and one.fact.text("document") == document
            and (named[0] in (*one.words("version"), one.id) if named else one.day <= act.own)
        ]  # fmt: skip
        return frozenset({versions[-1].id}) if versions else frozenset()

    def fit(self, duty: Duty, act: Act) -> int:
        """Whether an act is evidence of this duty: of its occasion, its site, its coming period."""
        best = NO
        for pattern in duty.clause.what:
            answers = [self.look(duty.name, [pattern], act)]
            if duty.site is None:
                answers.append(self._refers(pattern, act, duty.about, duty.event))
            else:  # evidence names the same site, whether or not the pattern says so
                answers.append({None: UNKNOWN, duty.site: YES}.get(act.fact.text("site"), NO))
            for name, value in pattern.values:
                if isinstance(value, p.Next):
                    answers.append(YES if act.fact.text(name) == duty.next_label else NO)
            best = max(best, min(answers))
        return best
