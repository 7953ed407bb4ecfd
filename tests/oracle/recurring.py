"""Duties that recur by the calendar: counts per period, fixed dates each year, named months, closing windows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.oracle.calendar_days import ONE, calendar_periods, closing_window, label_of, plus_months
from tests.oracle.context import Context, Duty

from avtalsvakt_rules.language.days import MONTHS, Day
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.language.when import When

LENGTH = {"month": 1, "quarter": 3, "half_year": 6, "semester": 6, "year": 12, "year_end": 12}
SLICED = {"month": "MANAD", "half_year": "HALVAR", "year": "AR"}


def periodic(context: Context) -> Iterator[Duty]:
    """Counts per period, fixed dates each year, named months, closing windows; one scheme, or one for each site."""
    for start, stop, site in stretches(context):
        yield from _in_scheme(context, start, stop, site)


def first_written(when: When) -> date | None:
    """The day that `from` names; a year is its first day."""
    if isinstance(when.from_, str):
        return date(int(when.from_), 1, 1)
    return when.from_ if isinstance(when.from_, date) else None


def _case_of(context: Context) -> str | None:
    """The attribute that tells the cases apart for which each has duties of its own."""
    per = context.clause.per
    return per if per not in (None, "party", "local_agreement", "municipality") else None


def _named(context: Context, site: str) -> str:
    """What a case is called in keys; one that is sensitive by the number of the first record that begins it."""
    begins = context.when.from_
    if not context.clause.sensitive or not isinstance(begins, Pattern):
        return site.lower()
    case = _case_of(context) or ""
    return f"nr-{min(act.fact.arrival for act in context.acts_like((begins,)) if act.fact.text(case) == site)}"


def stretches(context: Context) -> Iterator[tuple[date, date, str | None]]:
    """The days in which a clause runs: from and until a day or an event, perhaps at each site."""
    life, when = context.life, context.when
    ends = context.acts_like((when.until,)) if isinstance(when.until, Pattern) else []
    ending = when.until if isinstance(when.until, date) else life.last
    if not isinstance(when.from_, Pattern):
        start = max(first_written(when) or life.first, life.first)
        yield start, min([ending, life.last, *(one.day for one in ends if one.day >= start)]), None
        return
    over: dict[str | None, date] = {}
    for act in context.acts_like((when.from_,)):
        site = act.fact.text(case) if (case := _case_of(context)) else None
        if act.day > context.as_of or act.day <= over.get(site, date.min):
            continue
        here = [
            one.day for one in ends if one.day >= act.day and (site is None or one.fact.text(case or "site") == site)
        ]
        over[site] = min(here, default=ending)
        yield max(act.day, life.first), min(over[site], life.last), site


def _each_year(day: Day | None) -> bool:
    """Whether it is a day that every calendar year has: of its own number, or a weekday of a month."""
    return day is not None and bool(day.annual or (day.nth and day.nth.month))


def _in_scheme(context: Context, start: date, stop: date, site: str | None) -> Iterator[Duty]:
    kind = context.when.period or ""
    when = context.when
    named = _each_year(when.due) or when.only or when.except_ or when.open or context.clause.attest
    if kind in ("year", "half_year") and context.reading(SLICED[kind]) == "rolling" and not named:
        yield from _never_longer_between(context, LENGTH[kind], start, stop, site)
        return
    open_until = date.min
    for label, first, last in _periods(context, kind, start, min(stop, plus_months(context.as_of, 60))):
        if first <= stop and last >= start and kept(context, first) and context.listed(max(first, start)):
            duty = _one_period(context, kind, (label, first, last), start, stop)
            if duty and _moved_by_a_weekend(when) and not context.clause.attest:
                later = max(duty.opens, open_until + ONE)
                duty = replace(duty, first=later, opens=later)
                open_until = duty.due if duty.due and duty.against != "outside the term" else open_until
            if duty:
                yield replace(duty, site=site, suffix=f"{_named(context, site)}.{label}" if site else label)


def _moved_by_a_weekend(when: When) -> bool:
    """Whether a last day may lie in the next period for no other reason than that nobody works on it."""
    return bool(when.due and when.due.rolls and not when.due.count and when.opens is None)


def _periods(context: Context, kind: str, start: date, stop: date) -> Iterator[tuple[str, date, date]]:
    when = context.when
    if when.every and when.starting:
        yield from _blocks(when.every, when.starting, start, stop)
    elif kind == "year_end":
        yield from (closing_window(year, context.reading("ARETSSLUT")) for year in range(start.year - 1, stop.year + 1))
    elif kind == "semester" and context.reading("TERMIN") == "school":
        for year in range(start.year, stop.year + 1):
            yield f"{year}-VT", date(year, 1, 1), date(year, 6, 15)
            yield f"{year}-HT", date(year, 8, 1), date(year, 12, 31)
    elif (
        kind in SLICED
        and context.reading(SLICED[kind]) == ("rolling" if kind == "month" else "agreement")
        and not _each_year(when.due)
    ):
        anchor = first_written(when) or context.life.first
        yield from _slices(kind, anchor, stop)
    elif context.year_starts != "01-01" and kind in ("year", "half_year", "quarter") and not _each_year(when.due):
        yield from _slices(kind, date.fromisoformat(f"{context.life.first.year - 1}-{context.year_starts}"), stop)
    else:
        seen = dict.fromkeys(one for year in range(start.year, stop.year + 1) for one in calendar_periods(kind, year))
        yield from sorted(seen, key=lambda one: one[1])


def _never_longer_between(context: Context, months: int, start: date, stop: date, site: str | None) -> Iterator[Duty]:
    """Any stretch of so many months holds what is asked for: the first, and those from the day after an occasion."""
    if start > stop:
        return
    occasions: dict[date, str] = {}
    for act in context.performed():
        if start <= act.day <= min(stop, context.as_of) and site in (None, act.fact.text(_case_of(context) or "site")):
            occasions.setdefault(act.day, act.id)
    stretches = [("start", start, plus_months(start, months) - ONE)]
    stretches += [(name, day + ONE, plus_months(day, months)) for day, name in sorted(occasions.items())]
    life, when = context.life, context.when
    prefix = f"{_named(context, site)}." if site else ""
    for name, first, last in stretches:
        if first > stop or not context.listed(first):
            return
        due = context.day(when.due, start=first, end=last) or last
        against = None if due <= stop else "lapsed with the term" if stop == life.last else "outside the term"
        if context.chosen("ELLERBEHOV", "alternative") and not _needed(context, first, due):
            against = against if against == "outside the term" else "no need recorded"
        term = next((one for one in life.terms if one.first <= due <= one.last), life.terms[-1])
        yield Duty(
            context.name, prefix + name, context.clause, "own", start, first, first, due,
            min(term.last, stop), (f"{first}--{last}", first, min(last, stop)),
            context.required_on(min(last, stop)), against, site=site,
        )  # fmt: skip


def _slices(kind: str, anchor: date, stop: date) -> Iterator[tuple[str, date, date]]:
    """Periods counted from a day."""
    number = 0
    while plus_months(anchor, number) <= stop:
        first, last = plus_months(anchor, number), plus_months(anchor, number + LENGTH[kind]) - ONE
        yield f"{first.isoformat()}--{last.isoformat()}", first, last
        number += LENGTH[kind]


def _blocks(months: int, starting: date, start: date, stop: date) -> Iterator[tuple[str, date, date]]:
    """Every block that touches some days, whichever of them it is that begins on the day named."""
    for number in range(-(1200 // months), 1200 // months):
        first, last = plus_months(starting, number * months), plus_months(starting, (number + 1) * months) - ONE
        if first <= stop and last >= start:
            yield block_name(first, last), first, last


def block_name(first: date, last: date) -> str:
    """The years of a block that has whole ones; else its days."""
    if f"{first:%m-%d}" != "01-01" or f"{last:%m-%d}" != "12-31":
        return f"{first}--{last}"
    return f"{first.year}/{last.year}" if last.year > first.year else f"{first.year}"


def kept(context: Context, first: date) -> bool:
    """Whether `only` and `except` keep what begins that day."""

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
    annual = _each_year(when.due)
    unclipped = annual or kind == "year_end" or bool(set(when.only) & set(MONTHS)) or bool(when.due and when.due.nth)
    marks = {"start": first, "end": last} if unclipped else {"start": covered[0], "end": covered[-1]}
    marks |= {"monday": first} if kind == "week" else {}
    due = None if when.open else context.day(when.due, **marks) or marks["end"]
    before = bool(when.due and when.due.mark == "start" and when.due.count < 0)
    opens = context.day(when.opens, **marks) or (_after_the_last(context, kind, first) if before else covered[0])
    required, against = context.required_on(covered[-1]), None
    if unclipped:
        named_day = due or marks["end"]
        against = None if start <= named_day <= stop and life.in_force(named_day) else "outside the term"
    elif len(covered) < len(days):
        required, against = _part_period(context, Fraction(len(covered), len(days)), required)
    if due and due < (start if before else covered[0]):
        against = "outside the term"
    if context.chosen("ELLERBEHOV", "alternative") and not _needed(context, covered[0], covered[-1]):
        against = against or "no need recorded"
    if when.due and when.due.mark == "end" and when.due.count > 0:
        opens = covered[-1] + ONE
    coming = str(int(label) + 1) if kind == "year_end" else _coming(context, last + ONE, kind)
    early = not unclipped and bool(due and due < covered[-1]) and len(label) == 4
    shape = "fixed date" if kind == "year" and (annual or early) else "count"  # however its day is written
    return Duty(
        context.name, label, context.clause, shape, start, opens,
        opens, due, period=(label, covered[0], covered[-1]), required=required, against=against, next_label=coming,
        bound=when.opens is not None,
        whole=_whole(kind, label) or (first, last),
    )  # fmt: skip


def _coming(context: Context, first: date, kind: str) -> str:
    every = context.when.every
    return block_name(first, plus_months(first, every) - ONE) if every else label_of(first, kind)


def _after_the_last(context: Context, kind: str, first: date) -> date:
    """The day after the last day for the period before."""
    start = first - 7 * ONE if kind == "week" else plus_months(first, -(context.when.every or LENGTH.get(kind, 0)))
    return (context.day(context.when.due, start=start, end=first - ONE) or first) + ONE


def _whole(kind: str, label: str) -> tuple[date, date] | None:
    """The days that a label stands for where the period has fewer."""
    if kind == "year_end":
        return date(int(label), 1, 1), date(int(label), 12, 31)
    if kind == "semester":
        year, first = int(label[:4]), 1 if label.endswith("VT") else 7
        return date(year, first, 1), date(year, 6, 30) if first == 1 else date(year, 12, 31)
    return None


def _needed(context: Context, first: date, last: date) -> bool:
    """Whether a need was recorded in the period, by the day."""
    found = [act for act in context.acts_like((Pattern("need_assessed"),)) if first <= act.day <= last]
    return any(act.day <= context.as_of and act.fact.text("outcome") in (None, "behov") for act in found)


def _part_period(context: Context, share: Fraction, required: int) -> tuple[int, str | None]:
    below = "part period below the threshold"
    reading = context.reading("STUB")
    if reading == "prorata":
        scaled = next(number for number in range(required + 1) if number + Fraction(1, 2) > share * required)
        return scaled, None if scaled else below
    enough = reading == "full" or (reading == "threshold" and 2 * share >= 1)
    return required, None if enough else below
