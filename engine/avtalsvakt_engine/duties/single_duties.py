"""Duties that stand alone or renew themselves: by term, by date, once, always, every n years, rolling."""

from collections.abc import Iterator
from datetime import date

from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.dates.deadlines import Marks, add_months
from avtalsvakt_engine.duties.duty import DAY, Duty, ceiling_only
from avtalsvakt_engine.duties.schemes import first_day, last_day
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_engine.evidence.selection import Item
from avtalsvakt_engine.terms.timeline import Span
from avtalsvakt_engine.verdicts import Period
from avtalsvakt_rules.language.days import Day


def by_term(context: UnfoldingContext) -> Iterator[Duty]:
    """One duty for each term that has an end."""
    before: Duty | None = None
    for span in context.scope.spans:
        if span.open or not context.listed(span.start) or _renewed_for_the_last_time(context, span):
            continue
        if _is_after(context.when.due):
            yield _after_term(context, span)
        elif _first(context, span) <= min(span.end, last_day(context.when) or span.end):
            before = _within_term(context, span, _from_the_last(context, before))
            yield before


def _renewed_for_the_last_time(context: UnfoldingContext, span: Span) -> bool:
    """Whether nobody need object to the renewal of a term, since there will be none."""
    effect = context.clause.effect
    if not context.clause.renews_its_term or effect is None or effect.times is None:
        return False
    return sum(one.basis == "renewal" and one.start <= span.start for one in context.scope.spans) >= effect.times


def _from_the_last(context: UnfoldingContext, before: Duty | None) -> date | None:
    """The first day of a right to object to a renewal: the one after the last for the renewal before."""
    return before.due + DAY if context.clause.renews_its_term and before and before.due else None


def _first(context: UnfoldingContext, span: Span) -> date:
    return max(span.start, first_day(context.when) or span.start)


def _is_after(due: Day | None) -> bool:
    """Whether a last day is counted forwards from an end: the final report of a term."""
    return due is not None and due.mark == "end" and due.count > 0


def _within_term(context: UnfoldingContext, span: Span, earliest: date | None = None) -> Duty:
    marks = Marks(span.start, span.planned_end)
    due = context.day(context.when.due, marks) or span.planned_end
    due = min(due, last_day(context.when) or due)
    first = earliest or _first(context, span)
    opens = max(context.day(context.when.opens, marks) or first, first)
    return context.duty(
        f"term-{span.number}",
        opens,
        "own",
        opens=opens,
        due=due,
        late_until=span.end,
        period=Period(f"term-{span.number}", span.start, span.end),
        label=f"term-{span.number}",
        cover="lapsed" if due > span.end else "whole",
    )


def _after_term(context: UnfoldingContext, span: Span) -> Duty:
    """What is due when a term is over: counted from the day it ended, and owed although nothing else is any more."""
    marks = Marks(span.start, span.end)
    opens = context.day(context.when.opens, marks) or span.end + DAY
    return context.duty(
        f"term-{span.number}",
        opens,
        "own",
        opens=opens,
        due=context.day(context.when.due, marks),
        period=Period(f"term-{span.number}", span.start, span.end),
        label=f"term-{span.number}",
    )


def single(context: UnfoldingContext) -> Iterator[Duty]:
    """Once within the term, or on or before one date."""
    if not context.listed(context.scope.first):
        return
    marks = Marks(context.scope.first, None if context.scope.last == FAR else context.scope.last)
    due, until = context.day(context.when.due, marks), last_day(context.when)
    if until is not None:
        due = min(due or until, until, context.scope.last)
    exact = context.when.exact and not context.readings.chosen("STARTDATUM", "binding")
    begins = max(context.scope.first, first_day(context.when) or context.scope.first)
    start = due if exact and due else context.day(context.when.opens, marks) or begins
    yield context.duty(
        "",
        start,
        "open" if due is None else "exact" if context.when.exact else "own",
        opens=begins,
        due=due,
        late_until=context.scope.term_end(due),
        cover="outside" if due and not context.scope.covers(due) else "whole",
    )


def standing(context: UnfoldingContext) -> Iterator[Duty]:
    """The one duty of a state that must hold, from a day and until a day where the clause names them.

    It is due on the first of these that is named: by then something has to be recorded of it.
    """
    first, last = first_day(context.when), min(last_day(context.when) or context.scope.last, context.scope.last)
    start = max(first or context.scope.first, context.scope.first)
    if start <= last and context.listed(context.scope.first):
        yield context.duty(
            "", start, "state", opens=context.scope.first, late_until=last,
            due=_in_place_by(context, start if first else last_day(context.when)),
        )  # fmt: skip


def _in_place_by(context: UnfoldingContext, day: date | None) -> date | None:
    """The day by which a state has to be there, if the agreement lasts until then and anything has to be there."""
    asked = context.clause.duty_norm in ("shall", "should") and not ceiling_only(context.clause)
    return day if asked and day is not None and day <= context.scope.last else None


def every_n_years(context: UnfoldingContext) -> Iterator[Duty]:
    """Every n years, counted from the year of the latest performance, the term or the start (reading FJARDE).

    A text with a question of its own (VARTANNAT) counts from the year of the latest.
    """
    years = context.when.years or 1
    reading = context.readings.get("FJARDE") if "FJARDE" in context.readings.codes else "picture"
    from_ = context.when.from_
    anchor = int(from_) if isinstance(from_, str) else context.scope.first.year - 1
    done = context.performed()
    begins = context.scope.first
    before = _done_before(context, done, begins)
    if before is not None and from_ is None and before.day.year + years >= begins.year:
        anchor, begins = before.day.year, before.day
    while True:
        start, due, text = date(anchor + 1, 1, 1), date(anchor + years, 12, 31), f"{anchor + 1}/{anchor + years}"
        if reading == "from_start":
            due = add_months(begins, 12 * years)
        elif reading == "term" and context.scope.last != FAR:
            due = context.scope.spans[0].planned_end
        first = max(start, context.scope.first)
        if first > context.scope.last or not context.listed(first):
            return
        yield context.duty(
            text, first, "own", opens=first, due=due, late_until=context.scope.term_end(due),
            period=Period(text, first, min(date(anchor + years, 12, 31), context.scope.last)), label=text,
            cover="lapsed" if due > context.scope.last else "whole",
        )  # fmt: skip
        performed = next((item.day for item in done if item.day >= first), None)
        if performed is None or not context.asof.reached(performed) or performed.year <= anchor:
            return
        anchor, begins = performed.year, performed


def _done_before(context: UnfoldingContext, done: list[Item], first: date) -> Item | None:
    """What was done last before a clause began, where its instrument continues another under which it counted."""
    if context.readings.instrument.continues is None:
        return None
    known = [item for item in done if item.day < first and context.asof.reached(item.day)]
    return known[-1] if known else None


def rolling(context: UnfoldingContext) -> Iterator[Duty]:
    """So long after the last performance; the first counts from the scheme's start."""
    mark, event = max(first_day(context.when) or context.scope.first, context.scope.first), None
    done, before = context.performed(), _done_before(context, context.performed(), mark)
    if before is not None:
        done = [item for item in done if item.day >= mark]
        due = context.day(context.when.due, Marks(context.scope.first, context.scope.last, before.day))
        if due is not None and due >= mark:
            mark, event = before.day, before.fact
    for item in [*done, None]:
        due = context.day(context.when.due, Marks(context.scope.first, context.scope.last, mark))
        if due is None or mark > context.scope.last or not context.listed(mark):
            return
        yield context.duty(
            event.id if event else "start", mark + DAY if event else mark, "own", opens=mark, due=due, event=event,
            late_until=context.scope.term_end(due), cover="lapsed" if due > context.scope.last else "whole",
        )  # fmt: skip
        if item is None or not context.asof.reached(item.day):
            return
        mark, event = item.day, item.fact
