"""Duties that recur: one for each period of a scheme, clipped to term and scheme. Source: semantics.md, Counting."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from msgspec.structs import replace

from avtalsvakt_engine.dates.deadlines import Marks, add_months
from avtalsvakt_engine.dates.periods import MONTHS_IN, block_label, periods
from avtalsvakt_engine.dates.periods import label as period_label
from avtalsvakt_engine.duties.duty import DAY, Duty
from avtalsvakt_engine.duties.moving_windows import moves, moving
from avtalsvakt_engine.duties.schemes import Scheme, first_day, schemes
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext, wanted
from avtalsvakt_engine.verdicts import Period
from avtalsvakt_rules.language.days import MONTHS
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.language.when import When

HALF = Fraction(1, 2)
# Months: the words of `only` and `except` come back within two years; what they leave out longer never comes.
RECUR = 36
# Periods counted from the first day instead of the calendar's, by which choice of which reading.
SLICED = {"year": ("AR", "agreement"), "half_year": ("HALVAR", "agreement"), "month": ("MANAD", "rolling")}


def recurring(context: UnfoldingContext) -> Iterator[Duty]:
    """One duty for each period of each scheme that is listed."""
    when, kind = context.when, context.when.period or "year"
    for scheme in schemes(context):
        if scheme.first > scheme.last:
            continue
        if moves(context):
            for one in moving(context, scheme.first, scheme.last, scheme.per, scheme.prefix):
                needed = _need(context, one.start, one.due or one.start)
                yield replace(one, **needed) if needed else one
            continue
        found = periods(
            kind, scheme.first, scheme.last, anchor=_anchor(context, kind),
            closing=context.readings.get("ARETSSLUT"), terms=context.readings.get("TERMIN"), months=when.every,
        )  # fmt: skip
        latest = scheme.first
        before: Duty | None = None
        for period in found:
            if not wanted(period.start, when, context.readings):
                if period.start > add_months(latest, max(RECUR, 3 * (when.every or 0))):
                    break
                continue
            latest = period.start
            if not context.listed(max(period.start, scheme.first)):
                break
            duty = _period_duty(context, scheme, period, kind)
            if duty:
                before = duty if context.clause.attest else _after(before, duty, when)
                yield before


def _after(before: Duty | None, duty: Duty, when: When) -> Duty:
    """A period's duty: the days to which the last day before was moved are not its own, so that no act serves both."""
    moved = when.due is not None and when.due.rolls and when.opens is None and when.due.count == 0
    if not moved or before is None or before.due is None or before.cover == "outside" or before.due < duty.start:
        return duty
    return replace(duty, start=before.due + DAY, opens=before.due + DAY)


def _anchor(context: UnfoldingContext, kind: str) -> date | None:
    if context.when.every:
        return context.when.starting
    if context.when.due and context.when.due.yearly:
        return None  # a fixed date is due on that date of each calendar year, however a year is read
    code, choice = SLICED.get(kind, ("", ""))
    if code and context.readings.get(code) == choice:
        return first_day(context.when) or context.scope.first
    year_starts = context.readings.instrument.year_starts
    if kind in ("year", "half_year", "quarter") and year_starts != "01-01":
        # A year of the instrument's own (budget year, school year): counted from its first day before the term.
        return date.fromisoformat(f"{context.scope.first.year - 1}-{year_starts}")
    return None


def _period_duty(context: UnfoldingContext, scheme: Scheme, period: Period, kind: str) -> Duty | None:
    when = context.when
    clipped = context.scope.clip(max(period.start, scheme.first), min(period.end, scheme.last))
    if clipped is None:
        return None
    first, last = clipped
    annual = bool(when.due and when.due.yearly)
    exempt = annual or kind == "year_end" or bool(set(when.only) & set(MONTHS)) or bool(when.due and when.due.nth)
    # Fixed dates, named months and closing windows are not clipped: their own day falls inside the term or it does not.
    marks = Marks(*(period.start, period.end) if exempt else (first, last), week=kind == "week")
    due = None if when.open else context.day(when.due, marks) or marks.end or last
    ahead = when.due is not None and when.due.mark == "start" and when.due.count < 0
    opens = context.day(when.opens, marks) or (_since_last_due(context, period, kind) if ahead else first)
    own_day = due or marks.end or last
    cover, required = _on_day(context, scheme, own_day, last) if exempt else _cover(context, scheme, period, last)
    part = cover in ("part", "sliver")
    if due is not None and due < (scheme.first if ahead else first):
        cover = "outside"  # its last day was over before there was anything to do it in
    by_date = annual or (due is not None and due < last and not exempt and len(period.label) == 4)  # however written
    if when.due is not None and when.due.mark == "end" and when.due.count > 0:
        opens = last + DAY
    return context.duty(
        scheme.prefix + period.label,
        opens,
        "annual" if by_date and kind == "year" else "count",
        begins=scheme.first,
        opens=opens,
        due=due,
        period=Period(period.label, first, last),
        label=period.label,
        per=scheme.per,
        next_label=_following(period, kind, when.every),
        cover=cover,
        part_period=part,
        required=required,
        **_need(context, first, last),
    )


def _since_last_due(context: UnfoldingContext, period: Period, kind: str) -> date:
    """The day after the last day that the period before had: what is due before a period begins is done by then."""
    before = period.start - DAY
    months = context.when.every or MONTHS_IN.get(kind, 0)
    start = before - timedelta(days=6) if kind == "week" else add_months(period.start, -months)
    due = context.day(context.when.due, Marks(start, before))
    return (due or before) + DAY


def _following(period: Period, kind: str, every: int | None) -> str:
    if every:
        return block_label(period.end + DAY, add_months(period.end + DAY, every) - DAY)
    after = date(int(period.label[:4]) + 1, 1, 1) if kind == "year_end" else period.end + DAY
    return period_label("year" if kind == "year_end" else kind, after)


def _on_day(context: UnfoldingContext, scheme: Scheme, day: date, last: date) -> tuple[str, int]:
    """Whether a day of its own falls inside the term, as the words of the rules, and what is required."""
    inside = scheme.first <= day <= scheme.last and context.scope.covers(day)
    return ("whole" if inside else "outside"), context.required(last)


def _cover(context: UnfoldingContext, scheme: Scheme, period: Period, last: date) -> tuple[str, int]:
    """How much of a period is covered, as the words of the rules, and what is required, by the reading STUB."""
    days = context.scope.days(max(period.start, scheme.first), min(period.end, scheme.last))
    whole, required = (period.end - period.start).days + 1, context.required(last)
    if days == whole:
        return "whole", required
    share = Fraction(days, whole)
    reading = context.readings.get("STUB")
    if reading == "prorata":
        scaled = int(share * required + HALF)
        return ("part", scaled) if scaled else ("sliver", 0)
    enough = {"full": True, "none": False, "threshold": share >= HALF}[reading]
    return ("part" if enough else "sliver"), required


def _need(context: UnfoldingContext, first: date, last: date) -> dict[str, object]:
    """Under ELLERBEHOV=alternative a frequency binds only where a need was recorded in its period."""
    if not context.readings.chosen("ELLERBEHOV", "alternative"):
        return {}
    asof = context.asof.fork()
    found = context.select((Pattern("need_assessed"),)).between(first, last)
    needed = [item for item in found if asof.reached(item.day) and item.fact.text("outcome") in (None, "behov")]
    return {"need": "recorded" if needed else "dormant", "known": asof}
