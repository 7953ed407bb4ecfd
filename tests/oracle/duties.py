"""Which duties there are: each shape unfolded by itself, from semantics.md; nothing is judged here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from tests.oracle.calendar_days import (
    ONE,
    calendar_periods,
    closing_window,
    date_meant,
    label_of,
    plus_months,
)
from tests.oracle.life import OPEN, Life, Term
from tests.oracle.register import Act

from avtalsvakt_rules.days import MONTHS, Day
from avtalsvakt_rules.language import Clause
from avtalsvakt_rules.patterns import ITSELF, Pattern
from avtalsvakt_rules.when import When

LENGTH = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
SLICED = {"month": "MANAD", "half_year": "HALVAR", "year": "AR"}


@dataclass(frozen=True)
class Duty:
    """One duty before it is judged. `shape` says how its evidence is dated and whether lateness is possible."""

    name: str
    suffix: str
    clause: Clause
    shape: str
    begins: date
    opens: date
    first: date = date.min
    due: date | None = None
    last_late: date = OPEN
    period: tuple[str, date, date] | None = None
    required: int = 1
    against: str | None = None
    event: Act | None = None
    about: frozenset[str] = field(default_factory=frozenset)
    site: str | None = None
    next_label: str | None = None
    bound: bool = False
    whole: tuple[date, date] | None = None

    @property
    def occasion(self) -> str:
        """What ties it to duties of other clauses."""
        return self.event.id if self.event else self.suffix


@dataclass(frozen=True)
class Context:
    """One clause under one agreement on one day: what its duties are unfolded from."""

    name: str
    clause: Clause
    life: Life
    as_of: date
    reading: Callable[[str], str]
    acts_like: Callable[[tuple[Pattern, ...]], list[Act]]
    required_on: Callable[[date], int]
    year_starts: str = "01-01"

    @property
    def when(self) -> When:
        """The clause's `when`."""
        assert self.clause.when
        return self.clause.when

    def chosen(self, code: str, choice: str) -> bool:
        """Whether the clause lists a reading and it is chosen so."""
        return code in self.clause.readings.codes and self.reading(code) == choice

    def listed(self, opens: date) -> bool:
        """Whether a duty that opens then is shown: a year ahead."""
        return plus_months(opens, -12) <= self.as_of

    def day(self, day: Day | None, **marks: date | None) -> date | None:
        """The date meant."""
        return date_meant(day, marks, self.reading("SEXMAN"), self.reading("VARDAG")) if day else None


def duties_of(context: Context) -> Iterator[Duty]:
    """The duties of a clause that does not follow another."""
    shapes: dict[str, Callable[[Context], Iterator[Duty]]] = {
        "period": periodic, "years": every_n_years, "term": per_term, "event": per_event,
        "date": single, "once": single, "always": state, "performance": rolling,
    }  # fmt: skip
    return shapes[context.when.form](context)


def periodic(context: Context) -> Iterator[Duty]:
    """Counts per period, fixed dates each year, named months, closing windows; one scheme, or one for each site."""
    when, life = context.when, context.life
    ending = when.until if isinstance(when.until, date) else life.last
    if not isinstance(when.from_, Pattern):
        start = max(when.from_, life.first) if isinstance(when.from_, date) else life.first
        yield from _in_scheme(context, start, min(ending, life.last), None)
        return
    over: dict[str | None, date] = {}
    for act in context.acts_like((when.from_,)):
        site = act.fact.text("site") if context.clause.per == "site" else None
        if act.day > context.as_of or act.day <= over.get(site, date.min):
            continue
        ends = context.acts_like((when.until,)) if isinstance(when.until, Pattern) else []
        over[site] = min(
            (one.day for one in ends if one.day >= act.day and (site is None or one.fact.text("site") == site)),
            default=life.last,
        )
        yield from _in_scheme(context, max(act.day, life.first), min(over[site], life.last), site)


def _in_scheme(context: Context, start: date, stop: date, site: str | None) -> Iterator[Duty]:
    kind = context.when.period or ""
    for label, first, last in _periods(context, kind, start, min(stop, plus_months(context.as_of, 60))):
        if first <= stop and last >= start and _kept(context, first) and context.listed(max(first, start)):
            duty = _one_period(context, kind, (label, first, last), start, stop)
            if duty:
                yield replace(duty, site=site, suffix=f"{site.lower()}.{label}" if site else label)


def _periods(context: Context, kind: str, start: date, stop: date) -> Iterator[tuple[str, date, date]]:
    when = context.when
    if kind == "year_end":
        yield from (closing_window(year, context.reading("ARETSSLUT")) for year in range(start.year - 1, stop.year + 1))
    elif kind in SLICED and context.reading(SLICED[kind]) != "calendar" and not (when.due and when.due.annual):
        anchor = context.when.from_ if isinstance(context.when.from_, date) else context.life.first
        yield from _slices(kind, anchor, stop)
    elif (
        context.year_starts != "01-01"
        and kind in ("year", "half_year", "quarter")
        and not (when.due and when.due.annual)
    ):
        yield from _slices(kind, date.fromisoformat(f"{context.life.first.year - 1}-{context.year_starts}"), stop)
    else:
        seen = dict.fromkeys(one for year in range(start.year, stop.year + 1) for one in calendar_periods(kind, year))
        yield from sorted(seen, key=lambda one: one[1])


def _slices(kind: str, anchor: date, stop: date) -> Iterator[tuple[str, date, date]]:
    """Periods counted from a day."""
    number = 0
    while plus_months(anchor, number) <= stop:
        first, last = plus_months(anchor, number), plus_months(anchor, number + LENGTH[kind]) - ONE
        yield f"{first.isoformat()}--{last.isoformat()}", first, last
        number += LENGTH[kind]


def _kept(context: Context, first: date) -> bool:
    def says(word: str) -> bool:
        if word in ("even", "odd"):
            return first.year % 2 == (word == "odd")
        return word == (f"q{(first.month - 1) // 3 + 1}" if word.startswith("q") else MONTHS[first.month - 1])

    only, but = context.when.only, context.when.except_
    analog = context.chosen("PERIODSLUT", "analog") and first.month == 7
    return not analog and not any(map(says, but)) and (not only or any(map(says, only)))


def _one_period(context: Context, kind: str, period: tuple[str, date, date], start: date, stop: date) -> Duty | None:
    label, first, last = period
    when, life = context.when, context.life
    days = [first + number * ONE for number in range((last - first).days + 1)]
    covered = [day for day in days if start <= day <= stop and life.in_force(day)]
    if not covered:
        return None
    annual = bool(when.due and when.due.annual)
    marks = {"start": first, "end": last} if annual else {"start": covered[0], "end": covered[-1]}
    due = context.day(when.due, **marks) or covered[-1]
    opens = context.day(when.opens, **marks) or covered[0]
    required, against = context.required_on(covered[-1]), None
    if annual or kind == "year_end" or set(when.only) & set(MONTHS):
        natural = due if when.due else last
        against = None if start <= natural <= stop and life.in_force(natural) else "outside the term"
    elif len(covered) < len(days):
        required, against = _part_period(context, Fraction(len(covered), len(days)), required)
    if when.due and when.due.mark == "end" and when.due.count > 0:
        opens = covered[-1] + ONE
    coming = str(int(label) + 1) if kind == "year_end" else label_of(last + ONE, kind)
    return Duty(
        context.name, label, context.clause, "fixed date" if annual and kind == "year" else "count", start, opens,
        opens, due, period=(label, covered[0], covered[-1]), required=required, against=against, next_label=coming,
        bound=when.opens is not None,
        whole=(date(int(label), 1, 1), date(int(label), 12, 31)) if kind == "year_end" else (first, last),
    )  # fmt: skip


def _part_period(context: Context, share: Fraction, required: int) -> tuple[int, str | None]:
    below = "part period below the threshold"
    reading = context.reading("STUB")
    if reading == "prorata":
        scaled = next(number for number in range(required + 1) if number + Fraction(1, 2) > share * required)
        return scaled, None if scaled else below
    enough = reading == "full" or (reading == "threshold" and 2 * share >= 1)
    return required, None if enough else below


def per_term(context: Context) -> Iterator[Duty]:
    """Once in each term, before its end or at it."""
    for term in context.life.terms:
        if term.meant == OPEN or not context.listed(term.first):
            continue
        due = context.day(context.when.due, start=term.first, end=term.meant) or term.meant
        label = f"term-{term.number}"
        yield Duty(
            context.name, label, context.clause, "own", context.life.first, term.first, term.first, due, term.last,
            (label, term.first, term.last), context.clause.at_least, "ended early" if due > term.last else None,
        )  # fmt: skip


def term_at(life: Life, day: date) -> Term:
    """The term a day lies in, else the last."""
    return next((term for term in life.terms if term.first <= day <= term.last), life.terms[-1])


def single(context: Context) -> Iterator[Duty]:
    """Once, or by one date."""
    life, when = context.life, context.when
    if not context.listed(life.first):
        return
    due = context.day(when.due, start=life.first, end=None if life.last == OPEN else life.last)
    exact = when.exact and due is not None
    first = due if exact and due else context.day(when.opens, start=life.first, end=life.last) or life.first
    outside = due is not None and not life.in_force(due)
    yield Duty(
        context.name, "", context.clause, "undated" if due is None else "exact" if exact else "own", life.first,
        life.first, first, due, term_at(life, due or life.last).last, None, context.clause.at_least,
        "outside the term" if outside else None,
    )  # fmt: skip


def state(context: Context) -> Iterator[Duty]:
    """A state that must hold."""
    if context.listed(context.life.first):
        yield Duty(context.name, "", context.clause, "state", context.life.first, context.life.first)


def every_n_years(context: Context) -> Iterator[Duty]:
    """By the end of the year so many years after the year of the latest one (reading FJARDE)."""
    life, when, years = context.life, context.when, context.when.years or 1
    year = int(str(when.from_)) if isinstance(when.from_, str) else life.first.year - 1
    done = [act.day for act in context.acts_like(context.clause.what)]
    begins = life.first
    while True:
        label, due = f"{year + 1}/{year + years}", date(year + years, 12, 31)
        if context.reading("FJARDE") == "from_start":
            due = plus_months(begins, 12 * years)
        elif context.reading("FJARDE") == "term" and life.last != OPEN:
            due = life.terms[0].meant
        first = max(date(year + 1, 1, 1), life.first)
        if first > life.last or not context.listed(first):
            return
        period = (label, first, min(date(year + years, 12, 31), life.last))
        yield Duty(
            context.name, label, context.clause, "own", life.first, first, first, due, term_at(life, due).last, period,
            context.clause.at_least, "lapsed with the term" if due > life.last else None,
        )  # fmt: skip
        performed = [day for day in done if first <= day <= context.as_of]
        if not performed:
            return
        begins = min(performed)
        year = begins.year


def rolling(context: Context) -> Iterator[Duty]:
    """So long after the last time; the first time counts from the start."""
    life, when = context.life, context.when
    mark = max(when.from_, life.first) if isinstance(when.from_, date) else life.first
    event: Act | None = None
    for act in [*(one for one in context.acts_like(context.clause.what) if one.day <= context.as_of), None]:
        due = context.day(when.due, start=life.first, end=life.last, event=mark)
        if due is None or mark > life.last or not context.listed(mark):
            return
        yield Duty(
            context.name, event.id if event else "start", context.clause, "own", life.first, mark,
            mark + ONE if event else mark, due, term_at(life, due).last, None, context.clause.at_least,
            "lapsed with the term" if due > life.last else None, event,
        )  # fmt: skip
        if act:
            mark, event = act.day, act


def per_event(context: Context) -> Iterator[Duty]:
    """One for each event while the agreement was in force; a need that nobody has recorded is shown as dormant."""
    life, when = context.life, context.when
    events = [
        act for act in context.acts_like(when.events)
        if act.day <= context.as_of and life.in_force(act.day) and _kept(context, act.day) and _between(act.day, when)
    ]  # fmt: skip
    for place, act in enumerate(events):
        yield _for_event(context, act, events[place - 1].day + ONE if place else life.first)
    if not events and {one.kind for one in when.events} == {"need_assessed"} and context.listed(life.first):
        yield Duty(
            context.name, "behov", context.clause, "undated", life.first, life.first, required=context.clause.at_least,
            against="no need recorded",
        )  # fmt: skip


def _between(day: date, when: When) -> bool:
    begun = not isinstance(when.from_, date) or day >= when.from_
    return begun and (not isinstance(when.until, date) or day <= when.until)


def _for_event(context: Context, act: Act, since_last: date) -> Duty:
    clause, when, life = context.clause, context.when, context.life
    named = {f"event.{name}": date.fromisoformat(act.words(name)[0]) for name in ("handed_over",) if act.words(name)}
    due = None if when.open else context.day(
        when.due, start=life.first, end=None if life.last == OPEN else life.last, event=act.day, **named
    )  # fmt: skip
    shape = "itself" if clause.what[0].kind == ITSELF else "undated" if due is None else "own"
    referring = all(one.refers_to_occasion for one in clause.what)
    before = bool(due and when.due and when.due.count <= 0) and shape == "own"
    written = context.day(when.opens, event=act.day, start=life.first)
    last_late = term_at(life, due or act.day).last
    if written:
        first = written
    elif before:
        first, last_late = (date.min if referring else since_last), act.day
    else:
        first = date.min if referring else act.day
    return Duty(
        context.name, act.id, clause, shape, life.first, act.day if first == date.min else min(act.day, first), first,
        due, last_late, None, context.required_on(act.day), None, act, act.records | {act.id},
    )  # fmt: skip


def following(context: Context, leader: Duty, met: date | None, about: frozenset[str]) -> Duty:
    """The next step of a chain, for the version or trigger that the step before it serves."""
    period = leader.period
    due = None if context.when.open else context.day(
        context.when.due, event=met, start=period[1] if period else None, end=period[2] if period else None
    )  # fmt: skip
    return Duty(
        context.name, leader.suffix, context.clause, "undated" if due is None else "own", leader.begins,
        leader.event.day if leader.event else leader.first, date.min, due, OPEN, period, context.clause.at_least,
        leader.against, leader.event, leader.about | about, leader.site,
    )  # fmt: skip
