"""Which duties there are: each shape unfolded by itself, from semantics.md; nothing is judged here."""

from collections.abc import Callable, Iterator
from datetime import date

from tests.oracle.calendar_days import ONE, plus_months
from tests.oracle.context import Context, Duty
from tests.oracle.life import OPEN, Life, Term
from tests.oracle.recurring import kept, periodic
from tests.oracle.register import Act

from avtalsvakt_rules.patterns import ITSELF
from avtalsvakt_rules.when import When


def duties_of(context: Context) -> Iterator[Duty]:
    """The duties of a clause that does not follow another."""
    shapes: dict[str, Callable[[Context], Iterator[Duty]]] = {
        "period": periodic, "years": every_n_years, "term": per_term, "event": per_event,
        "date": single, "once": single, "always": state, "performance": rolling,
    }  # fmt: skip
    return shapes[context.when.form](context)


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
        if act.day <= context.as_of and life.in_force(act.day) and kept(context, act.day) and _between(act.day, when)
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
    before = bool(when.due and when.due.mark in ("event", *named) and when.due.count <= 0) and shape == "own"
    written = context.day(when.opens, event=act.day, start=life.first)
    last_late = term_at(life, due or act.day).last
    if written:
        first = written
    elif before and context.chosen("SAMRADALDER", "same_year"):
        concerned = (act.fact.text("concerns_period") or str(act.day.year))[:4]
        first, last_late = date(min(act.day.year, int(concerned)), 1, 1), date(act.day.year, 12, 31)
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
