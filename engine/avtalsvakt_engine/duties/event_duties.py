"""Duties that arise from events, and the steps that follow them. Source: semantics.md, Steps, states, occurrences."""

from collections.abc import Iterator
from datetime import date

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.deadlines import Marks
from avtalsvakt_engine.dates.hours import Stretch, over
from avtalsvakt_engine.duties.duty import DAY, Duty
from avtalsvakt_engine.duties.occurrences import Occurrence, next_day, occurrences
from avtalsvakt_engine.duties.picking import first_of
from avtalsvakt_engine.duties.schemes import Scheme, schemes
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext, wanted
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.evidence.moments import moment_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language.days import NEXT
from avtalsvakt_rules.language.patterns import ITSELF
from avtalsvakt_rules.language.when import When


def events(context: UnfoldingContext) -> Iterator[Duty]:
    """One duty for each event, or for each appointment as soon as it is planned.

    A need that nobody recorded is one dormant duty.
    """
    found, asked = occurrences(context)
    running = list(schemes(context))
    fitting = _first(context, [one for one in found if _fits(context, one, running)])
    last: Occurrence | None = None
    previous: Occurrence | None = None
    for one in fitting:
        if last is not None and last.day < one.day:
            previous = last
        duty = _event_duty(context, one, previous, asked)
        if one.known is None or context.listed(duty.opens or one.day):
            yield duty
        last = last if one.off else one
    needs = {pattern.kind for pattern in context.when.events} == {"need_assessed"}
    if not fitting and needs and context.listed(context.scope.first):
        yield context.duty("behov", context.scope.first, "open", opens=context.scope.first, need="dormant", known=asked)


def _first(context: UnfoldingContext, found: list[Occurrence]) -> list[Occurrence]:
    """The first so many, where the text asks for them; what is called off takes no place, and is told of."""
    if context.when.first is None:
        return found
    kept = first_of(context, [(one.day, not one.off and not one.unsure) for one in found])
    return [one for one, is_first in zip(found, kept, strict=True) if is_first]


def _fits(context: UnfoldingContext, one: Occurrence, running: list[Scheme]) -> bool:
    """Whether an event lies in the term and in the days within which the clause runs, at its site."""
    site = one.event.text(context.clause.per_case or "site")
    inside = any(scheme.first <= one.day <= scheme.last and scheme.per in (None, site) for scheme in running)
    return inside and context.scope.covers(one.day) and wanted(one.day, context.when, context.readings)


def _event_duty(context: UnfoldingContext, one: Occurrence, previous: Occurrence | None, asked: AsOf) -> Duty:
    clause, when, day = context.clause, context.when, one.day
    known = _known(context, one, asked)
    marks = _marks(context, one.event, day, known)
    due = None if when.open else context.day(when.due, marks)
    itself = clause.what[0].kind == ITSELF
    by_reference = all(pattern.refers_to_occasion for pattern in clause.what)
    before = due is not None and when.due is not None and when.due.before_event and not itself
    since_last = (previous.day if previous else context.scope.first - DAY) + DAY
    start = context.day(when.opens, marks)
    opens = day if start is None else min(day, start)
    if start is None:
        start = date.min if by_reference else since_last if before else min(day, one.since or day)
        if before and context.readings.chosen("SAMRADALDER", "same_year"):
            start = _same_year(one.event, day)
        if one.known is not None and before:  # the time for it begins before its event
            opens = since_last
            known.absorb(previous.known if previous and previous.known else known)
        elif start != date.min:
            opens = min(day, start)
    return context.duty(
        one.event.id,
        start,
        "itself" if itself else "open" if due is None else "own",
        opens=opens,
        due=due,
        deadline=_deadline(when, marks),
        late_until=day if before else _undated_until(context, due),
        event=one.event,
        unsure=one.unsure,
        targets=one.records,
        label=None,
        required=context.required(day),
        cover="called_off" if one.off else "whole",
        known=known,
    )


def _deadline(when: When, marks: Marks) -> Stretch | None:
    """Between which moments the hours are over that a text gives; None where it counts in days."""
    hours = when.due.hours if when.due else None
    return None if hours is None or marks.moment is None else over(marks.moment, hours)


def _known(context: UnfoldingContext, one: Occurrence, asked: AsOf) -> AsOf:
    """What is known of an event: a fact has happened; an appointment stands where it stands until one of them moves."""
    known = context.asof.fork()
    if one.known is not None:
        known.absorb(one.known)
        known.absorb_until(asked.until)
    return known


def _marks(context: UnfoldingContext, event: Fact, day: date, known: AsOf) -> Marks:
    """The days that a duty of an event can be counted from."""
    when, named = context.when, named_days(event)
    if any(one.mark == NEXT for one in when.days):
        coming = next_day(context, event, known)
        named |= {NEXT: coming} if coming else {}
    hours = when.due is not None and when.due.hours is not None
    last = None if context.scope.last == FAR else context.scope.last
    return Marks(context.scope.first, last, day, named, moment=moment_of(event, day) if hours else None)


def _undated_until(context: UnfoldingContext, due: date | None) -> date:
    """How long what follows an event can be late; a prohibition that names no day ends with its agreement."""
    return context.scope.last if due is None and context.clause.duty_norm == "shall_not" else FAR


def _same_year(event: Fact, day: date) -> date:
    """The first day of the calendar year of the act, or of the year that it concerns (reading SAMRADALDER)."""
    concerned = (event.text("concerns_period") or "")[:4]
    return date(min(day.year, int(concerned)) if concerned.isdigit() else day.year, 1, 1)


def named_days(event: Fact) -> dict[str, date]:
    """The days that the record of an event names: `event.handed_over`."""
    out: dict[str, date] = {}
    for name, value in event.attributes.items():
        if isinstance(value, str) and len(value) == 10:
            try:
                out[f"event.{name}"] = date.fromisoformat(value)
            except ValueError:
                continue
    return out


def follow(context: UnfoldingContext, leader: Duty, met: date | None, targets: frozenset[str], known: AsOf) -> Duty:
    """The duty of the next step for one duty of the clause it follows; `met` is the day that one was met.

    `known` has asked for the days on which that may change. Where the text says from when it may be taken, counted from
    the step before, nothing counts as taking it until that one is done.
    """
    when = context.when
    event_day = day_of(leader.event) if leader.event else leader.start
    if leader.event and leader.event.kind in context.movable:
        event_day = leader.opens or event_day  # what is planned opens before its day
    named = _marks(context, leader.event, event_day, known).named if leader.event else {}
    period = leader.period
    marks = Marks(period.start if period else None, period.end if period else None, met, named)
    due = None if when.open or when.due is None else context.day(when.due, marks)
    start = context.day(when.opens, marks)
    return context.duty(
        leader.suffix,
        start or (FAR if when.opens else date.min),
        "open" if due is None else "own",
        opens=start or event_day,
        due=due,
        late_until=_undated_until(context, due),
        event=leader.event,
        period=leader.period,
        label=leader.label,
        per=leader.per,
        begins=leader.begins,
        cover=leader.cover,
        need=leader.need,
        unsure=leader.unsure,
        targets=leader.targets | targets,
        follows=True,
        leader_met=met,
        known=known,
    )
