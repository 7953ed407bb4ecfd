"""A year or a half-year that moves: never longer than that between so many occasions (readings AR, HALVAR: rolling).

Every stretch of that length shall hold what is asked for. It does if the first one does and each that begins the day
after an occasion, so there is one duty for each of these.
"""

from collections.abc import Iterator
from datetime import date

from avtalsvakt_engine.dates.deadlines import Marks, add_months
from avtalsvakt_engine.duties.duty import DAY, Duty
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Period

MOVING = {"year": ("AR", 12), "half_year": ("HALVAR", 6)}


def moves(context: UnfoldingContext) -> bool:
    """Whether the clause's periods move: not where it names a day or some of the periods, or asks a function."""
    when = context.when
    fixed = bool(when.due and when.due.yearly) or bool(when.only) or bool(when.except_) or when.open
    code, _ = MOVING.get(when.period or "", ("", 0))
    return bool(code) and context.readings.get(code) == "rolling" and not fixed and context.clause.attest is None


def moving(context: UnfoldingContext, first: date, last: date, site: str | None, prefix: str) -> Iterator[Duty]:
    """One duty from the first day of a scheme, and one from the day after each day with an occasion in it."""
    _, months = MOVING[context.when.period or ""]
    start, end, event = first, add_months(first, months) - DAY, None
    for day, fact in [*_occasions(context, first, last, site), (None, None)]:
        if start > last or not context.listed(start):
            return
        yield _duty(context, Period(f"{start}--{end}", start, end), (first, last), site, prefix, event)
        if day is None or not context.asof.reached(day):
            return
        start, end, event = day + DAY, add_months(day, months), fact


def _occasions(context: UnfoldingContext, first: date, last: date, site: str | None) -> Iterator[tuple[date, Fact]]:
    """Each day of the scheme with an occasion, and the first one of that day."""
    before = None
    for item in context.performed():
        here = first <= item.day <= last and (site is None or item.fact.text(context.clause.per_case or "site") == site)
        if here and item.day != before:
            before = item.day
            yield item.day, item.fact


def _duty(
    context: UnfoldingContext,
    period: Period,
    scheme: tuple[date, date],
    site: str | None,
    prefix: str,
    event: Fact | None,
) -> Duty:
    first, last = scheme
    due = context.day(context.when.due, Marks(period.start, period.end)) or period.end
    beyond = "lapsed" if last == context.scope.last else "outside"  # a scheme that is over leaves nothing half done
    return context.duty(
        prefix + (event.id if event else "start"),
        period.start,
        "own",
        begins=first,
        opens=period.start,
        due=due,
        late_until=min(context.scope.term_end(due), last),
        period=Period(period.label, period.start, min(period.end, last)),
        label=period.label,
        per=site,
        cover=beyond if due > last else "whole",
        required=context.required(min(period.end, last)),
    )
