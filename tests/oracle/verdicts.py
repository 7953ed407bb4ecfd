"""What each duty's verdict should be: slow and direct, one list comprehension for each sentence of semantics.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.oracle import decisions
from tests.oracle.calendar_days import ONE, date_meant
from tests.oracle.duties import Context, Duty, duties_of, following
from tests.oracle.life import OPEN, Life, Term, form_of, life_of, paper_of, signed_of
from tests.oracle.naming import named_days, year_named
from tests.oracle.register import NO, OCCASIONS, REFERENCES, UNKNOWN, YES, Act, acts_of, looks_like, shown

from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules import patterns as p
from avtalsvakt_rules.conditions import Condition
from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook


@dataclass(frozen=True)
class Expected:
    """What is compared of a verdict."""

    status: str
    due: date | None
    required: int
    counted: int
    facts: tuple[str, ...]
    period: tuple[str, date, date] | None


@dataclass(frozen=True)
class Found:
    """The evidence of one duty on the day: each act with the day on which it took effect."""

    in_time: tuple[Act, ...] = ()
    late: tuple[Act, ...] = ()
    unclear: tuple[Act, ...] = ()
    breach: bool = False
    silent: bool = False
    without_effect: tuple[Act, ...] = ()


def expected(rulebook: Rulebook, facts: Iterable[Fact], as_of: date, known_at: date | None) -> dict[str, Expected]:
    """The verdict of every duty, by its key."""
    world = World(rulebook, tuple(shown(facts, known_at)), as_of)
    out: dict[str, Expected] = {}
    for agreement in rulebook.instruments.values():
        out |= Court(world, agreement, agreement, world.life(agreement.instrument)).verdicts()
        for superior, life in world.umbrellas(agreement):
            out |= Court(world, agreement, superior, life).verdicts()
    return out


class World:
    """The rulebook and what the register shows, on one day."""

    def __init__(self, rulebook: Rulebook, facts: Sequence[Fact], as_of: date) -> None:
        self.rulebook, self.facts, self.as_of = rulebook, facts, as_of

    def acts(self, agreement: Instrument) -> list[Act]:
        """The acts of an agreement, receipts that are presumed included."""
        mine = [fact for fact in self.facts if fact.agreement == agreement.instrument]
        mine += [one for clause in agreement.clauses.items() for one in self._presumed(agreement, *clause, mine)]
        reading = self.rulebook.reading
        merge, accept = reading(agreement, "DUBBLETT") == "body_day", reading(agreement, "FRAMTID") == "accept"
        return acts_of(mine, merge=merge, accept_plans=accept)

    def _presumed(self, agreement: Instrument, name: str, clause: Clause, mine: Sequence[Fact]) -> Iterable[Fact]:
        if "deemed" not in clause.norm or clause.when is None or clause.when.due is None:
            return
        [(attribute, _)] = [pair for pair in clause.what[0].values if isinstance(pair[1], p.Same)]
        for sent in mine:
            if YES not in [looks_like(one, Act(sent, sent.date)) for one in clause.when.events]:
                continue
            vardag = self.rulebook.reading(agreement, "VARDAG", clause)
            due = date_meant(clause.when.due, {"event": sent.date}, "clip", vardag) or sent.date
            kind = clause.what[0].kind
            earlier = [one for one in mine if one.kind == kind and one.text(attribute) == sent.id and one.date < due]
            if not earlier or self.rulebook.reading(agreement, "SENAST3", clause) == "fixed":
                yield Fact(
                    f"presumerad.{name}.{sent.id}", kind, agreement.instrument, due, "9999-12-31",
                    sent.arrival, attributes={attribute: sent.id},
                )  # fmt: skip

    def life(self, name: str) -> Life:
        """The terms of an instrument."""
        instrument = self.rulebook.instruments[name]

        def reading(code: str, clause: Clause | None) -> str:
            return self.rulebook.reading(instrument, code, clause)

        def in_force(other: str, day: date) -> bool:
            names = [one.instrument for one in self.superiors(instrument)] if other == "superior" else [other]
            return any(self.life(one).in_force(day) for one in names)

        life = life_of(instrument, self.acts(instrument), self.as_of, reading, in_force)
        successor = self.rulebook.successor(instrument)
        if successor and life.terms[-1].last == OPEN:
            start = self.life(successor.instrument).first
            last = life.terms[-1]
            if start > last.first:
                life = Life((*life.terms[:-1], Term(last.number, last.first, start - ONE, last.meant, last.fact)))
        return life

    def superiors(self, instrument: Instrument) -> list[Instrument]:
        """The umbrellas that can count."""
        chain = list(self.rulebook.chain(instrument))
        return chain[:1] if self.rulebook.reading(instrument, "SUCC") == "fixed" else chain

    def umbrellas(self, agreement: Instrument) -> Iterable[tuple[Instrument, Life]]:
        """The umbrellas with the terms during which both they and the agreement are in force."""
        mine = self.life(agreement.instrument)
        for superior in self.superiors(agreement):
            theirs = self.life(superior.instrument)
            both = [
                (max(a.first, b.first), min(a.last, b.last), min(a.meant, b.meant), a.fact)
                for a in mine.terms for b in theirs.terms
            ]  # fmt: skip
            real = [one for one in both if one[0] <= one[1]]
            if real:
                yield superior, Life(tuple(Term(number, *one) for number, one in enumerate(real, 1)))


class Court:
    """Judges one agreement by the clauses of one instrument: its own, or an umbrella's on the local level."""

    def __init__(self, world: World, agreement: Instrument, source: Instrument, life: Life) -> None:
        self.world, self.agreement, self.source, self.life = world, agreement, source, life
        self.as_of = world.as_of
        own = agreement.instrument == source.instrument
        self.clauses = {
            name: one for name, one in source.clauses.items()
            if one.computed and one.when and (one.per == "local_agreement") is not own
        }  # fmt: skip
        self.prefix = agreement.instrument if own else f"{agreement.instrument}.{source.instrument}"
        self.known: dict[str, list[tuple[Duty, Found, str]]] = {}

    @cached_property
    def acts(self) -> list[Act]:
        """The agreement's acts."""
        return self.world.acts(self.agreement)

    def reading(self, name: str, code: str) -> str:
        """The choice of a reading for a clause."""
        return self.world.rulebook.reading(self.source, code, self.source.clauses[name])

    def verdicts(self) -> dict[str, Expected]:
        """Every duty by its key."""
        out = {}
        for name, clause in self.clauses.items():
            if clause.duty_norm is None:
                continue
            for duty, found, status in self.judged(name):
                applies = status != "not_applicable"
                shows = [*found.in_time, *found.late] if applies else []
                required = len(clause.including) or duty.required if duty.shape == "state" else duty.required
                counted = len(found.in_time)
                if duty.shape == "state" and clause.including:
                    counted = sum(_has_part(part, found.in_time) for part in clause.including)
                out[self.key(duty)] = Expected(
                    status, duty.due if applies else None, required if applies else 0, counted if applies else 0,
                    tuple(sorted(act.id for act in shows)), duty.period,
                )  # fmt: skip
        return out

    def key(self, duty: Duty) -> str:
        """Agreement, instrument where it is another, obligation, period or trigger."""
        return ".".join(filter(None, (self.prefix, duty.name, duty.suffix)))

    def judged(self, name: str) -> list[tuple[Duty, Found, str]]:
        """The duties of a clause with their evidence and status."""
        if name not in self.known:
            self.known[name] = []
            for duty in self._duties(name):
                found = self.evidence(duty)
                self.known[name].append((duty, found, self.status(duty, found)))
        return self.known[name]

    def _duties(self, name: str) -> Iterable[Duty]:
        clause = self.clauses[name]
        context = Context(
            name, clause, self.life, self.as_of, lambda code: self.reading(name, code),
            lambda patterns: [act for act in self.valid_acts(name, patterns) if self.look(name, patterns, act) == YES],
            lambda day: self.required(name, day), self.source.year_starts,
        )  # fmt: skip
        assert clause.when
        if clause.when.follows:
            found = [
                following(context, leader, evidence.in_time[0].day if evidence.in_time else None, frozenset(
                    record for act in (*evidence.in_time, *evidence.late, *evidence.without_effect)
                    for record in act.records | {act.id}
                ))
                for leader, evidence, _ in self.judged(clause.when.follows)
            ]  # fmt: skip
        else:
            found = list(duties_of(context))
        for duty in found:
            day = duty.period[2] if duty.period else duty.event.fact.date if duty.event else duty.opens
            first, last = clause.valid.from_ or date.min, clause.valid.to or date.max
            if first <= day <= last:
                yield duty

    def required(self, name: str, day: date) -> int:
        """The clause's number, or what a valid amendment or a decision changed it to by that day."""
        number = self.source.clauses[name].at_least
        for act in self.acts:
            change = act.fact.attributes.get("changes")
            if act.planned or act.day > self.as_of or not isinstance(change, dict) or change["obligation"] != name:
                continue
            paper = paper_of(act, self.agreement.parties, self.world.rulebook.reading(self.source, "BLANKFORM"))
            begun = str(change.get("from") or act.fact.date.isoformat()) <= day.isoformat()
            if begun and not (act.fact.kind == "amendment_signed" and paper == "void"):
                number = int(str(change["at_least"]))
        return number

    # --- evidence ------------------------------------------------------------------------------------------------

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
            day = self.effect_day(act)
            if (day is not None) is valid:
                out.append(Act(act.fact, day or act.day, records=act.records, own=act.own))
        return sorted(out, key=lambda act: (act.day, act.fact.arrival, act.id))

    def effect_day(self, act: Act) -> date | None:
        """The day on which an act has all the form and competence that it needs; None if it never got it."""
        if act.fact.kind == "extension_agreed" and act.id not in {term.fact for term in self.life.terms}:
            return None
        day = act.day
        for clause in self.source.clauses.values():
            if "valid_if" not in clause.norm or clause.when is None:
                continue
            if clause.when.follows and not self._serves(self.source.clauses[clause.when.follows], act):
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

    def _serves(self, step: Clause, act: Act) -> bool:
        """Whether an act is a step of that clause: what it refers to is an event of the kind the clause is about."""
        for pattern in step.what:
            for name, value in pattern.values:
                if pattern.kind == act.fact.kind and isinstance(value, p.Same) and (pattern.kind, name) in REFERENCES:
                    told = set(act.words(name))
                    events = [one for one in self.acts if told & (one.records | {one.id})]
                    about = step.when.events if step.when else ()
                    return any(
                        looks_like(one, event, self.agreement.parties) == YES for event in events for one in about
                    )
        return True

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
                answers.append(YES if self._annex(act) in event.words(value.attribute or name) else NO)
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

    def _annex(self, act: Act) -> str:
        """The name of an annex, whether the record gives its name or its number."""
        named = (act.words("annex") or ("",))[0]
        return self.agreement.annexes.get(named, named)

    def _version_annexed(self, act: Act) -> frozenset[str]:
        """The version that was annexed: the one that is named, else the latest of the document by that day."""
        document, named = self._annex(act), act.words("version")
        versions = [
            one for one in self.acts
            if one.fact.kind == "document_revised" and one.words("document") == (document,)
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

    def evidence(self, duty: Duty) -> Found:
        """What shows the duty done, of what has happened by the day."""
        if duty.shape == "itself":
            return self._of_itself(duty)
        acts = [act for act in self.valid_acts(duty.name, duty.clause.what) if act.day <= self.as_of]
        if duty.shape == "state":
            return self._of_state(duty, acts)
        mine = [(act, self.fit(duty, act), self._time(duty, act)) for act in acts]
        mine = [(act, fit, "undecided" if time and self._rough(duty, act, time) else time) for act, fit, time in mine]
        if self.reading(duty.name, "SENT") == "never":
            mine = [(act, fit, time if time != "late" else None) for act, fit, time in mine]
        return Found(
            tuple(act for act, fit, time in mine if fit == YES and time == "in time"),
            tuple(act for act, fit, time in mine if fit == YES and time == "late"),
            tuple(
                act
                for act, fit, time in mine
                if (fit == UNKNOWN and time == "in time") or (fit and time == "undecided")
            ),
            without_effect=tuple(
                act for act in self.valid_acts(duty.name, duty.clause.what, valid=False) if self.fit(duty, act) != NO
            ),
        )

    def _time(self, duty: Duty, act: Act) -> str | None:
        """In time, late, or None where the act does not belong to this duty or comes too late."""
        sent, due = self.reading(duty.name, "SENT"), duty.due or OPEN
        if duty.shape == "fixed date":
            return self._on_fixed_date(duty, act, sent, due)
        if duty.shape == "count":
            return self._in_period(duty, act, sent, due)
        if not duty.first <= act.day or (duty.shape == "exact" and act.day != due):
            return None
        if act.day <= due:
            return "in time"
        return "late" if act.day <= duty.last_late else None

    def _in_period(self, duty: Duty, act: Act, sent: str, due: date) -> str | None:
        """An act belongs to the period of its own day, or to the earlier one that it names."""
        assert duty.whole
        names = named_days(act.fact)
        of_this = bool(names and duty.whole[0] <= names[0] <= names[1] <= duty.whole[1])
        if names and names[1] < act.fact.date and not of_this:
            return None
        if act.own < duty.first:
            return None
        elsewhere = names is None or names[1] >= act.fact.date
        if act.day <= due:
            return "in time"
        if sent == "always":
            return "late"
        belongs = of_this or (elsewhere and act.own <= due)
        return "late" if belongs and act.fact.kind not in OCCASIONS else None

    def _rough(self, duty: Duty, act: Act, time: str) -> bool:
        """Whether an act known to the month or year may lie on either side of the first or the last day."""
        earliest = act.fact.date
        return act.fact.precision != "day" and (
            earliest < duty.first or (time == "late" and earliest <= (duty.due or OPEN))
        )

    def _on_fixed_date(self, duty: Duty, act: Act, sent: str, due: date) -> str | None:
        named, year = year_named(act.fact), str(due.year)
        if named is not None and named != year:
            return None
        if duty.bound and act.day < duty.first:
            return None
        if named is None and (act.day < duty.first or (act.day.year != due.year and sent != "always")):
            return None
        return "in time" if act.day <= due else "late"

    def _of_itself(self, duty: Duty) -> Found:
        assert duty.event and duty.clause.when
        event, [pattern] = duty.event, duty.clause.what
        turning = [name for name, value in pattern.values if isinstance(value, p.Alternating)]
        if turning:
            return self._of_turn(duty, turning[0])
        itself = p.Pattern(event.fact.kind, pattern.values)
        parts = [_part_of(part, event) for part in duty.clause.including]
        answer = min([looks_like(itself, event, self.agreement.parties, own=True), *parts])
        if answer == UNKNOWN:
            return Found(unclear=(event,))
        return Found(in_time=(event,)) if answer == YES else Found(breach=True)

    def _of_turn(self, duty: Duty, attribute: str) -> Found:
        """Two take turns: not the one who presided last (or, by ALT=second, a change after every second occasion)."""
        assert duty.event and duty.clause.when
        held = [
            act for act in self.valid_acts(duty.name, duty.clause.when.events)
            if act.day < duty.event.day and self.life.in_force(act.day)
        ]  # fmt: skip
        now = duty.event.fact.text(attribute)
        before = held[-1].fact.text(attribute) if held else None
        if now is None or (held and before is None):
            return Found(unclear=(duty.event,))
        change = not held or self.reading(duty.name, "ALT") == "each" or len(held) % 2 == 0
        right = not held or (now != before) is change
        return Found(in_time=(duty.event,)) if right else Found(breach=True)

    def _of_state(self, duty: Duty, acts: Sequence[Act]) -> Found:
        current = [act for act in acts if self.as_of <= date.fromisoformat((act.words("to") or ("9999-12-31",))[0])]
        missing = not current or not all(_has_part(part, current) for part in duty.clause.including)
        return Found(tuple(current), breach=bool(acts) and missing, silent=not acts)

    # --- the verdict ---------------------------------------------------------------------------------------------

    def status(self, duty: Duty, found: Found) -> str:
        """The status, by what is found, what stands against it and the time."""
        evidence = self._evidence_word(duty, found)
        ended = self.as_of > self.life.last
        done = evidence in ("enough", "late")
        against = duty.against
        if against == "ended early":
            against = None if done else against
        elif against == "lapsed with the term":
            against = against if ended and not done else None
        if self.as_of < max(duty.begins, self.life.first) or against:
            return "not_applicable"
        clause = duty.clause
        if not all(self.holds(one, duty) for one in clause.given) or any(
            self.holds(one, duty) for one in clause.unless
        ):
            return "not_applicable"
        norm = clause.duty_norm or ""
        if norm == "should" and self.reading(duty.name, "BOR") == "duty":
            norm = "shall"
        return decisions.status(norm, self._phase(duty), evidence, "valid" if self._waived(duty) else "none")

    def _evidence_word(self, duty: Duty, found: Found) -> str:
        most, clause = duty.clause.at_most, duty.clause
        number, late = len(found.in_time), len(found.late)
        if found.breach or (clause.duty_norm == "shall_not" and number) or (most is not None and number > most):
            return "breach"
        if most is not None and "at_least" not in clause.model_fields_set:
            return "enough" if duty.due and self.as_of > duty.due else "short"
        whole = duty.shape in ("itself", "state") or all(_has_part(one, found.in_time) for one in clause.including)
        if number >= duty.required and whole and not (duty.shape == "state" and found.silent):
            return "enough"
        together = (*found.in_time, *found.late)
        if number + late >= duty.required and late and all(_has_part(one, together) for one in clause.including):
            return "late"
        return "unclear" if found.unclear and number + len(found.unclear) >= duty.required else "short"

    def _phase(self, duty: Duty) -> str:
        if self.as_of < duty.opens:
            return "unopened"
        if duty.due is None:
            return "undated"
        if self.as_of > duty.due:
            return "passed"
        warn = 30 if duty.clause.warn is None else duty.clause.warn
        return "near" if (duty.due - self.as_of).days <= warn else "open"

    def holds(self, condition: Condition, duty: Duty) -> bool:
        """Whether a condition holds, on the due date once it has come, else on the day."""
        if condition.in_force:
            day = duty.due if duty.due and duty.due <= self.as_of else self.as_of
            names = [condition.in_force]
            if condition.in_force == "superior":
                names = [one.instrument for one in self.world.superiors(self.agreement)]
            return any(self.world.life(name).in_force(day) for name in names)
        if condition.met or condition.missed:
            for other, _, status in self.judged(condition.met or condition.missed or ""):
                if other.occasion == duty.occasion:
                    met = status in ("fulfilled", "fulfilled_late")
                    if duty.clause.duty_norm == "may" and condition.met:
                        return met or status in ("pending", "at_risk")
                    missed = status in ("overdue", "recommendation_not_met", "fulfilled_late")
                    return met if condition.met else missed
            return False
        assert condition.pattern
        first = date.min if duty.event else max(duty.first, self.life.first)
        return any(
            first <= act.day <= min(duty.due or OPEN, self.as_of)
            for act in self.valid_acts(duty.name, [condition.pattern])
            if self.look(duty.name, [condition.pattern], act) == YES
            and self._refers(condition.pattern, act, duty.about, duty.event) == YES
        )

    def _waived(self, duty: Duty) -> bool:
        label = duty.period[0] if duty.period else None
        for act in self.acts:
            if act.fact.kind != "waiver" or act.day > self.as_of:
                continue
            whom, period = act.fact.text("obligation"), act.fact.text("period")
            this = whom == self.key(duty) or (
                whom in (duty.name, f"{self.source.instrument}.{duty.name}")
                and period in (None, label, duty.suffix, duty.occasion)
            )
            reading = self.reading(duty.name, "UNDANTAG")
            signed = signed_of(act, self.agreement.parties)
            if this and decisions.waiver(form_of(act), signed, reading) == "valid":
                return True
        return False


def _has_part(part: dict[str, str | list[str]], acts: Sequence[Act]) -> bool:
    return any(_part_of(part, act) == YES for act in acts)


def _part_of(part: dict[str, str | list[str]], act: Act) -> int:
    answers = [YES]
    for name, wanted in part.items():
        words, accepted = set(act.words(name)), {wanted} if isinstance(wanted, str) else set(wanted)
        answers.append(UNKNOWN if not words else YES if words & accepted else NO)
    return min(answers)
