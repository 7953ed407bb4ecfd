"""What each duty's verdict should be: slow and direct, one list comprehension for each sentence of semantics.md."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tests.oracle import decisions
from tests.oracle.attesting import given_up_after
from tests.oracle.calendar_days import ONE, date_meant
from tests.oracle.context import Duty
from tests.oracle.docket import Docket
from tests.oracle.doubled import another_governs
from tests.oracle.evidence import Found, has_part, only_a_ceiling
from tests.oracle.life import OPEN, Life, Term, form_of, signed_of
from tests.oracle.notice import Notice, days_named_by
from tests.oracle.occasions import Occasion
from tests.oracle.register import YES, Act, shown
from tests.oracle.world import Option, World

from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.language.patterns import ITSELF
from avtalsvakt_rules.rulebook import Rulebook

DONE, FAILED = {"fulfilled", "fulfilled_late"}, {"overdue", "recommendation_not_met", "fulfilled_late"}


@dataclass(frozen=True)
class Expected:
    """What is compared of a verdict."""

    status: str
    due: date | None
    required: int
    counted: int
    facts: tuple[str, ...]
    period: tuple[str, date, date] | None


def world_of(rulebook: Rulebook, facts: Iterable[Fact], as_of: date, known_at: date | None) -> World:
    """What there is to judge."""
    return World(rulebook, tuple(shown(facts, known_at)), as_of, notices_of, options_of)


def verdicts_of(world: World) -> dict[str, Expected]:
    """The verdict of every duty, by its key."""
    out: dict[str, Expected] = {}
    for agreement in world.rulebook.instruments.values():
        out |= Court(world, agreement, agreement, world.life(agreement.instrument)).verdicts()
        for superior, life in world.umbrellas(agreement):
            out |= Court(world, agreement, superior, life).verdicts()
    return out


def states_of(world: World) -> dict[str, tuple[str, date, date | None]]:
    """The state of every instrument with its first and last day."""
    lives = {name: world.life(name) for name in world.rulebook.instruments}
    return {
        name: (life.state(world.as_of), life.first, None if life.last == OPEN else life.last)
        for name, life in lives.items()
    }


class Court(Docket):
    """Judges the duties of one agreement by one instrument."""

    def __init__(self, world: World, agreement: Instrument, source: Instrument, life: Life) -> None:
        super().__init__(world, agreement, source, life)
        self.known: dict[str, list[tuple[Duty, Found, str]]] = {}
        self.served = {}

    @staticmethod
    def on_its_day(world: World, instrument: Instrument) -> "Court":
        """A court that sits on the day of a world."""
        return Court(world, instrument, instrument, world.life(instrument.instrument))

    def acts_of_right(self, right: str) -> list[Act]:
        """The acts that look like a use of a right."""
        clause = self.source.clauses[right]
        about = clause.when.events if clause.when and clause.what[0].kind == ITSELF else clause.what
        return [act for act in self.valid_acts(right, about) if not act.asks]

    def used(self, right: str, act: Act) -> list[Duty]:
        """What stands as used by an act."""
        return [
            duty for duty, found, status in self.judged(right)
            if status == "fulfilled" and act.id in (one.id for one in found.in_time)
        ]  # fmt: skip

    def verdicts(self) -> dict[str, Expected]:
        """Every duty by its key."""
        out = {}
        for name, clause in self.clauses.items():
            if clause.duty_norm is None:
                continue
            for duty, found, status in self.judged(name):
                applies = status != "not_applicable"
                shows = [*found.in_time, *found.late] if applies else []
                required, counted = duty.required, len(found.in_time)
                if clause.including and required == 1:  # a list is counted by its parts
                    there = (*found.in_time, *found.right_otherwise)
                    required, counted = len(clause.including), sum(has_part(part, there) for part in clause.including)
                if (clause.duty_norm == "shall_not" and not clause.attest) or only_a_ceiling(clause):
                    required = 0  # nothing has to be done
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
            duties = list(self.duties(name))
            self.share_out(name, duties)
            for duty in duties:
                found = self.answered(duty, duties) if duty.clause.attest else self.evidence(duty)
                found = self._not_before_it_arose(duty, found)
                status = self.status(duty, found)
                answered = found.breach or found.late
                if status in ("pending", "waived") and duty.clause.attest and not answered:
                    late = self.as_of > given_up_after(duty, duties, self.life.last)
                    status = "not_applicable" if late else status
                self.known[name].append((duty, found, status))
        return self.known[name]

    def _not_before_it_arose(self, duty: Duty, found: Found) -> Found:
        """A right that another's failure gives is not used before that failure."""
        if duty.clause.duty_norm != "may":
            return found
        found = replace(found, late=())  # nor after its time
        failures = []
        for one in duty.clause.given:
            came_to = self._came_to(one.missed, duty) if one.missed else []
            failures += sorted(other.due for other, word in came_to if other.due and word in FAILED)[:1]
        return replace(found, in_time=tuple(act for act in found.in_time if all(act.day > day for day in failures)))

    def _only_condition(self, duty: Duty) -> bool:
        codes = duty.clause.readings.codes
        return "SAMRADPLIKT" in codes and self.reading(duty.name, "SAMRADPLIKT") == "condition"

    def status(self, duty: Duty, found: Found, *, as_condition: bool = False) -> str:
        """The status, by what is found, what stands against it and the time.

        `as_condition`: what it comes to for others, where it is no duty itself.
        """
        clause, evidence = duty.clause, self._evidence_word(duty, found)
        ended = self.as_of > self.life.last
        done = evidence in ("enough", "late")
        against = duty.against
        if against == "ended early":
            against = None if done else against
        elif against == "lapsed with the term":
            against = against if ended and not done else None
        if (
            duty.shape == "state"
            and evidence == "short"
            and clause.duty_norm != "shall_not"
            and duty.due is None
            and self.as_of > duty.last_late
        ):
            against = "ended with the agreement"
        if "PLANEFTER" in clause.readings.codes and duty.next_label:
            beyond = self.life.last < date(int(duty.next_label[:4]), 1, 1)  # the coming year is not theirs to plan
            reading = self.reading(duty.name, "PLANEFTER")
            if beyond and (reading == "not_due" or (reading == "due_if_extended" and ended and not done)):
                against = "nothing left to plan for"
        if self._only_condition(duty) and not as_condition:
            against = "only a condition"
        if self.as_of < max(duty.begins, self.life.first) or against:
            return "not_applicable"
        if not all(self.holds(one, duty) for one in clause.given) or any(
            self.holds(one, duty) for one in clause.unless
        ):
            return "not_applicable"
        if self._another_governs(duty):
            return "not_applicable"
        norm = clause.duty_norm or ""
        if clause.attest and norm == "shall_not":
            norm = "shall"
        if norm == "should" and self.reading(duty.name, "BOR") == "duty":
            norm = "shall"
        waiver = self._waived(duty)
        if waiver == "unproven":  # it may excuse
            waiver, evidence = "none", "unclear" if evidence in ("short", "breach") else evidence
        return decisions.status(norm, self._phase(duty), evidence, waiver)

    def _another_governs(self, duty: Duty) -> bool:
        lives = {self.agreement.instrument: self.world.life(self.agreement.instrument)}
        lives |= {one.instrument: life for one, life in self.world.umbrellas(self.agreement)}
        day = duty.period[2] if duty.period else duty.due or duty.first
        return another_governs(self.world.rulebook, self.agreement, lives, self.source.instrument, duty.name, day)

    def _evidence_word(self, duty: Duty, found: Found) -> str:
        word = self._shown_word(duty, found)
        return "unclear" if duty.unsure and word != "enough" else word  # perhaps nothing was asked for

    def _shown_word(self, duty: Duty, found: Found) -> str:
        most, clause = duty.clause.at_most, duty.clause
        number, late = len(found.in_time), len(found.late)
        if duty.shape == "state" and self.as_of < duty.first and clause.duty_norm != "shall_not":
            found = replace(found, breach=False)  # not yet asked for
        forbidden = clause.duty_norm == "shall_not" and not clause.attest
        if found.breach or (forbidden and number) or (most is not None and number > most):
            return "breach"
        if most is not None and number + len(found.unclear) > most:
            return "unclear"
        if only_a_ceiling(clause):
            return "enough" if self.as_of > (duty.due or duty.last_late) else "short"
        whole = duty.shape in ("itself", "state") or all(has_part(one, found.in_time) for one in clause.including)
        if number >= duty.required and whole and not (duty.shape == "state" and found.silent):
            return "enough"
        together = (*found.in_time, *found.late)
        if number + late >= duty.required and late and all(has_part(one, together) for one in clause.including):
            return "late"
        if found.odd_parts and number + late >= duty.required:
            return "unclear"
        return "unclear" if found.unclear and number + len(found.unclear) >= duty.required else "short"

    def _phase(self, duty: Duty) -> str:
        if self.as_of < duty.opens:
            return "unopened"
        if duty.clause.attest:
            return "asked"
        if duty.due is None:
            over = duty.clause.duty_norm == "shall_not" and self.as_of > duty.last_late
            return "passed" if over else "undated"
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
            words = {word for _, word in self._came_to(condition.met or condition.missed or "", duty)}
            if not words:  # nothing to hold it against: a right is open, a duty has no ground
                return duty.clause.duty_norm == "may"
            if condition.missed:
                return bool(words & FAILED)
            return words <= ({"fulfilled", "pending", "at_risk"} if duty.clause.duty_norm == "may" else DONE)
        assert condition.pattern
        first, last = self._days_of_condition(duty)
        occasion = Occasion(duty.event, duty.about, duty.one, duty.next_label, duty.label)
        return any(
            first <= act.day <= min(last, self.as_of)
            for act in self.valid_acts(duty.name, [condition.pattern])
            if not act.asks and self.same_as(condition.pattern, act, occasion) == YES
        )

    def _came_to(self, name: str, duty: Duty) -> list[tuple[Duty, str]]:
        """What the duties of another clause came to for the same occasion: for the same one, where it is for each."""
        found = [
            (other, self.status(other, seen, as_condition=True) if self._only_condition(other) else status)
            for other, seen, status in self.judged(name)
            if other.occasion == duty.occasion
        ]
        return [pair for pair in found if pair[0].one == duty.one] or found

    def _days_of_condition(self, duty: Duty) -> tuple[date, date]:
        """In the period the duty is about, or by the occasion; in the days of the duty where it has neither."""
        assert duty.clause.when
        if duty.period:
            return max(duty.period[1], self.life.first), min(duty.period[2], duty.due or OPEN)
        if duty.event and duty.clause.when.form in ("event", "follows"):
            return date.min, duty.event.day if duty.due else OPEN
        return max(duty.first, self.life.first), duty.due or OPEN

    def _waived(self, duty: Duty) -> str:
        """Whether it is excused: valid, unproven, or none."""
        best = "none"
        label = duty.period[0] if duty.period else None
        for act in self.acts:
            if act.fact.kind != "waiver" or act.day > self.as_of:
                continue
            whom, period = act.fact.text("obligation"), act.fact.text("period")
            this = whom == self.key(duty) or (
                whom in (duty.name, f"{self.source.instrument}.{duty.name}")
                and period in (None, label, duty.suffix, duty.occasion)
            )
            reading, blank = self.reading(duty.name, "UNDANTAG"), self.reading(duty.name, "BLANKFORM")
            signed = signed_of(act, self.people)
            says = decisions.waiver(form_of(act), signed, reading, blank) if this else "invalid"
            best = says if says != "invalid" and best != "valid" else best
        return best


def options_of(world: World, instrument: Instrument) -> list[Option]:
    """Every act by which a right to a longer term was used, each right once in a term; or every renewal."""
    name, options, spent = instrument.instrument, list[Option](), set[tuple[str, str]]()
    rights = [(right, clause) for right, clause in instrument.clauses.items() if clause.extends_its_term]
    if not rights:
        return renewals_of(world, instrument)
    apart = world.on(world.as_of, name)
    court = Court(apart, instrument, instrument, apart.life(name))
    acts = [(act, right, clause) for right, clause in rights for act in court.acts_of_right(right)]
    for act, right, clause in sorted(acts, key=lambda one: one[0].day):
        if act.fact.kind == "extension_agreed" or act.day > world.as_of:
            continue
        duties = Court.on_its_day(world.on(act.day, name, options=tuple(options)), instrument).used(right, act)
        new = {(right, duty.period[0] if duty.period else duty.occasion) for duty in duties} - spent
        if new:
            spent |= new
            options.append((act, clause))
    return options


def renewals_of(world: World, instrument: Instrument) -> list[Option]:
    """Each day that was the last for objecting to a renewal and passed without anybody having done so."""
    name, renewals = instrument.instrument, list[Option]()
    rights = [(right, clause) for right, clause in instrument.clauses.items() if clause.renews_its_term]
    if not rights:
        return renewals
    right, clause = rights[0]
    agreed = sorted({act.day for act in world.acts(instrument) if act.fact.kind == "extension_agreed"})
    day: date | None = world.on(world.as_of, name).life(name).first
    assert clause.effect
    while day and len(renewals) < (clause.effect.times or 1000):
        then = world.on(min(day, world.as_of), name, options=tuple(renewals))
        last = then.life(name).terms[-1]
        notice = _last_for_notice(Court.on_its_day(then, instrument), right, last)
        between = [one for one in agreed if day < one <= min(notice, world.as_of)]
        later = [one for one in agreed if max(day, notice) < one <= world.as_of]
        if between:
            day = between[0]
        elif notice >= world.as_of:
            break
        elif notice < day or _objected(world.on(notice, name, options=tuple(renewals)), instrument, right, last):
            day = later[0] if later else None  # it is over, unless they agree on more
        else:
            fact = Fact(f"renewal-{len(renewals)}", "renewal", name, notice, notice.isoformat())
            renewals.append((Act(fact, notice), clause))
            day = notice + ONE
    return renewals


def _last_for_notice(court: "Court", right: str, term: Term) -> date:
    due = court.source.clauses[right].when
    if term.meant == OPEN or due is None or due.due is None:
        return term.meant
    marks: dict[str, date | None] = {"start": term.first, "end": term.meant}
    return date_meant(due.due, marks, court.reading(right, "SEXMAN"), court.reading(right, "VARDAG")) or term.meant


def _objected(then: World, instrument: Instrument, right: str, term: Term) -> bool:
    label = f"term-{term.number}"
    found = Court.on_its_day(then, instrument).judged(right)
    return any(status == "fulfilled" for duty, _, status in found if duty.period and duty.period[0] == label)


def notices_of(world: World, instrument: Instrument) -> list[Notice]:
    """Every act by which a right to end an instrument was used: on its own day, the right stood as used by it."""
    name, notices = instrument.instrument, []
    rights = [(right, clause.ends_its_term) for right, clause in instrument.clauses.items() if clause.ends_its_term]
    options = world.options(world, instrument) if rights else []
    apart = world.on(world.as_of, name, options=options)
    court = Court(apart, instrument, instrument, apart.life(name)) if rights else None
    for right, ends in rights:
        for act in court.acts_of_right(right) if court else ():
            if act.day > world.as_of:
                continue
            before = [
                one for one in options if one[0].day < act.day or (one[0].day == act.day and not _is_renewal(one))
            ]
            if court and Court.on_its_day(world.on(act.day, name, options=before), instrument).used(right, act):
                notices.append(Notice(act.day, _leaves(court, right, ends, act)))
    return notices


def _is_renewal(option: Option) -> bool:
    """A renewal is of the end of its day."""
    return option[0].fact.kind == "renewal"


def _leaves(court: Court, right: str, ends: Day, act: Act) -> date | None:
    """The last day that an act leaves of the term it was done in."""
    terms = [term for term in court.life.terms if term.first <= act.day] or court.life.terms[:1]
    end = None if terms[-1].meant == OPEN else terms[-1].meant
    marks: dict[str, date | None] = {"start": terms[-1].first, "end": end, "event": act.day, **days_named_by(act)}
    return date_meant(ends, marks, court.reading(right, "SEXMAN"), court.reading(right, "VARDAG"))
