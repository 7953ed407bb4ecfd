"""What has to happen before a clause asks for anything: the occasion, the step before, what it is given on. Invented.

In comes a clause of an agreement, out comes a course begun so that the clause has a duty, and that duty as the engine
finds it. Raises CannotInvent where no course does.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.authoring.invented_facts import About, CannotInvent, Inventor, Line
from avtalsvakt_engine.dates.deadlines import add_months
from avtalsvakt_engine.evidence.selection import PERIOD_NAMES
from avtalsvakt_engine.intake.fact_hours import HOURS
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.interpreting.actors import ACTING, BEARERS, EACH, OTHER, Actors, actors_of
from avtalsvakt_rules.language.days import limits
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import ITSELF, Pattern, Same
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.texts.slugs import slug
from avtalsvakt_rules.vocabulary import Vocabulary

DAY = timedelta(days=1)
SITE, SOMETHING = "Torget", "exempel"
SOON, LATER, MONTHS_TRIED = 60, 21, 13
"""So many days into the term something first happens, and for so many months it is tried until a duty follows."""
NOON = "12:00"
RENEWALS_TRIED = 5
"""So many times a last day is let be moved; that of an agreement which goes on for ever is never reached."""

Judge = Callable[[Sequence[Line], date, str], Mapping[str, Verdict]]
"""The duties of a clause that these records lead to on a day, by key."""


class Setting(Struct, frozen=True):
    """A course in which a clause has a duty: the records so far, the day they are seen, what acts are about."""

    inventor: Inventor
    day: date
    duty: Verdict
    about: About


class Stage(Struct, frozen=True):
    """Where courses are set: a text, the agreement that it binds (itself, or one below), how a course is judged."""

    text: Instrument
    instrument: Instrument
    vocabulary: Vocabulary
    judge: Judge

    @property
    def actors(self) -> Actors:
        """Who acts for whom in the agreement."""
        return actors_of(self.instrument, *([] if self.text is self.instrument else [self.text]))

    def clause(self, name: str) -> Clause:
        """A clause of the text."""
        return self.text.clauses[name]

    def setting(self, name: str) -> Setting:
        """The first course that gives the clause a duty; what happens in it happens later and later until one does."""
        first = self._begins(self.clause(name))
        for month in range(MONTHS_TRIED):
            inventor = Inventor(self.instrument, self.vocabulary)
            day, about = self._begun(inventor, name, add_months(first, month), frozenset())
            if duty := self._duty(inventor, name, day, about):
                duty = self._settled(inventor, name, duty)
                return Setting(inventor, day, duty, _with_period(about, duty, self.judge(inventor.lines, day, name)))
            if self.clause(name).when and not inventor.lines and not self._renewed:
                break  # nothing happens in it, so that happening later changes nothing
        raise CannotInvent("inget påhittat förlopp gav klausulen en skyldighet")

    def _settled(self, inventor: Inventor, name: str, duty: Verdict) -> Verdict:
        """The duty as it is seen when its last day comes: a renewal of the agreement until then may have moved it."""
        if not self._renewed:
            return duty
        for _ in range(RENEWALS_TRIED):
            later = self.judge(inventor.lines, duty.due, name).get(duty.duty) if duty.due else None
            if later is None or later.due == duty.due:
                return duty
            duty = later
        raise CannotInvent("sista dagen flyttas varje gång avtalet förlängs av sig självt")

    @property
    def _renewed(self) -> bool:
        """Whether the agreement is renewed by itself, so that its duties may be others when a day has come."""
        return any(one.renews_its_term for one in self.instrument.clauses.values())

    def _begins(self, clause: Clause) -> date:
        """The first day on which the clause can ask for something."""
        when = clause.when
        days = [limits(one.term.from_)[0] for one in (self.text, self.instrument)] + [clause.valid.from_ or date.min]
        if when and isinstance(when.from_, date):
            days.append(when.from_)
        return max(days)

    def _begun(self, inventor: Inventor, name: str, first: date, above: frozenset[str]) -> tuple[date, About]:
        """What must happen, added to the course; the day by which it has, and what acts will be about."""
        clause, when = self.clause(name), self.clause(name).when
        if when is None or name in above:
            raise CannotInvent("det framgår inte vilken händelse klausulen räknas från")
        site, party = (SITE if clause.per == "site" else SOMETHING) if clause.per_case else None, self._party(clause)
        about, day = About(site=site, case=clause.per_case or "site", party=party), first
        if isinstance(when.from_, Pattern):
            inventor.act(when.from_, first, about)
        if when.form == "follows":
            day, about = self._followed(inventor, when.follows or "", first, above | {name})
        elif when.form == "event":
            day = first + SOON * DAY
            about = replace(about, occasion=self._occasion(inventor, clause, when.events[0], day, about))
            self._coming(inventor, when, day)
        elif when.form == "performance":
            day = first + SOON * DAY
            inventor.act(clause.what[0], day, about)
        self._conditions(inventor, clause, day, about, above | {name})
        counted = when.due or when.opens
        ahead = when.form == "event" and counted is not None and counted.count < 0
        return (first if ahead else day), about

    def _occasion(self, inventor: Inventor, clause: Clause, pattern: Pattern, day: date, about: About) -> Line:
        if pattern.kind in self.text.movable:
            pattern = Pattern(self.text.movable[pattern.kind].planned, pattern.values)
        named: Line = {}
        if clause.who in (EACH, OTHER) and (acting := self.acting(pattern)):
            named = {acting: self.instrument.parties[0]}
        return inventor.act(
            pattern, day, about, self._asked_back(clause, pattern) | _days_named(clause, day) | named | clock(clause)
        )

    def _coming(self, inventor: Inventor, when: When, day: date) -> None:
        """The occasion that sets the last day, planned for some days later, where the text counts to one."""
        if when.next_ is not None and when.next_.kind in self.text.movable:
            planned = Pattern(self.text.movable[when.next_.kind].planned, when.next_.values)
            inventor.act(planned, day + LATER * DAY, About())

    def _asked_back(self, clause: Clause, pattern: Pattern) -> Line:
        """Something for the occasion to say where an act must say the same."""
        kind, said = self.vocabulary.kinds[pattern.kind], {name for name, _ in pattern.values}
        values = [pair for one in clause.what for pair in one.values if isinstance(pair[1], Same)]
        names = {value.attribute or name for name, value in values if isinstance(value, Same)} - said
        free = names & set(kind.attributes) - set(kind.refers) - set(kind.days) - set(PERIOD_NAMES)
        return dict.fromkeys(sorted(free), SOMETHING)

    def _followed(self, inventor: Inventor, name: str, first: date, above: frozenset[str]) -> tuple[date, About]:
        """The step before, done on the day it was asked for."""
        day, about = self._begun(inventor, name, first, above)
        duty = self._duty(inventor, name, day, about)
        if duty is None:
            raise CannotInvent(f"inget påhittat förlopp gav en skyldighet enligt {name}, som kommer före")
        about = _with_period(about, duty, self.judge(inventor.lines, day, name))
        done = max(day, duty.opens or day)
        step = inventor.act(self.pattern(name), done, about, self.right(name))
        return done, replace(about, step=step)

    def _conditions(self, inventor: Inventor, clause: Clause, day: date, about: About, above: frozenset[str]) -> None:
        for condition in clause.given:
            if condition.pattern:
                inventor.act(condition.pattern, day, about)
            elif condition.met and condition.met not in above:
                other = self.clause(condition.met)
                if other.what and other.what[0].kind != ITSELF and other.when and other.when.form != "follows":
                    inventor.act(self.pattern(condition.met), day, about, self.right(condition.met))

    def _duty(self, inventor: Inventor, name: str, day: date, about: About) -> Verdict | None:
        """The first duty of the clause that applies and is whole; of an occasion, the one about it."""
        found = [one for one in self.judge(inventor.lines, day, name).values() if one.status != "not_applicable"]
        when = self.clause(name).when
        if about.occasion and when and when.form == "event":
            found = [one for one in found if about.occasion["id"] in one.duty.split(".")]
        if party := self._party(self.clause(name)):
            found = [one for one in found if one.duty.endswith(f".{slug(party)}")] or found
        whole = [one for one in found if not one.part_period] or found
        if when and when.form == "performance":  # the duty after the first time, not the one that it met
            return max(whole, key=lambda one: (one.due or date.min, one.duty), default=None)
        return min(whole, key=lambda one: (one.due or date.max, one.duty), default=None)

    def pattern(self, name: str) -> Pattern:
        """What shows the clause done, as records have it: of an occasion's own record, that occasion's kind."""
        clause = self.clause(name)
        first = clause.what[0]
        if first.kind == ITSELF and clause.when and clause.when.events:
            return Pattern(clause.when.events[0].kind, (*clause.when.events[0].values, *first.values))
        return first

    def acting(self, pattern: Pattern) -> str | None:
        """The attribute in which a record of the kind says who acted, where the pattern does not say it itself."""
        kind, said = self.vocabulary.kinds[pattern.kind], {name for name, _ in pattern.values}
        named = [one for one in ACTING if one in kind.attributes and one not in kind.days]
        return None if said & set(named) else next(iter(named), None)

    def _party(self, clause: Clause) -> str | None:
        """The party whose duty is looked at, of a clause that binds each: the one whose function is asked, if any."""
        if clause.per != "party":
            return None
        own = self.actors.party_of(clause.attest) if clause.attest else None
        return own or next(iter(self.instrument.parties), None)

    def right(self, name: str) -> dict[str, object]:
        """Who is to act, as a record says it; nothing where the record or the clause says nobody in particular."""
        return self._by(name, self._bearer(self.clause(name)))

    def wrong(self, name: str) -> dict[str, object]:
        """A party that is not to act, as a record says it. Raises CannotInvent where none can be told."""
        bearer = self._bearer(self.clause(name))
        other = [one for one in self.instrument.parties if bearer and not self.actors.same(one, bearer)]
        if bearer is None or not other:
            raise CannotInvent("klausulen binder ingen särskild part")
        if not (named := self._by(name, other[0])):
            kind = self.pattern(name).kind
            raise CannotInvent(
                f"{kind} säger inte vem som gjorde det; ge den attributet by under facts om det ska prövas"
            )
        return named

    def _bearer(self, clause: Clause) -> str | None:
        if clause.per == "party":
            return self._party(clause)
        if clause.who in (EACH, OTHER) and len(self.instrument.parties) > 1:
            return self.instrument.parties[0 if clause.who == EACH else 1]
        return None if clause.who in (None, *BEARERS) or clause.who in self.actors.joint else clause.who

    def _by(self, name: str, who: str | None) -> dict[str, object]:
        acting = self.acting(self.pattern(name))
        return {acting: who} if acting and who else {}


def clock(clause: Clause) -> Line:
    """The time of day that a record says where a clause counts in hours."""
    hours = clause.when and clause.when.due and clause.when.due.hours is not None
    return {HOURS: NOON} if hours else {}


def _days_named(clause: Clause, day: date) -> Line:
    """A day for each attribute of the occasion from which the clause counts."""
    counted = [one for one in clause.when.days if one.mark] if clause.when else []
    named = [(one.mark or "").removeprefix("event.") for one in counted if (one.mark or "").startswith("event.")]
    return {name: (day + LATER * DAY).isoformat() for name in named}


def _with_period(about: About, duty: Verdict, others: Mapping[str, Verdict]) -> About:
    """The same, with the labels of the duty's period and of the one after it."""
    if duty.period is None:
        return about
    later = [one.period for one in others.values() if one.period and one.period.start > duty.period.end]
    following = min(later, key=lambda one: one.start, default=None)
    return replace(about, label=duty.period.label, next_label=following.label if following else None)
