"""Duties that stand alone or renew themselves: by term, by date, once, always, every n years, rolling."""

from collections.abc import Iterator
from datetime import date

from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.dates.deadlines import Marks, add_months
from avtalsvakt_engine.duties.duty import DAY, Duty
from avtalsvakt_engine.duties.setting import Setting
from avtalsvakt_engine.lives.terms import Span
from avtalsvakt_engine.verdicts import Period
from avtalsvakt_rules.days import Day


def by_term(setting: Setting) -> Iterator[Duty]:
    """One duty for each term that has an end."""
    for span in setting.scope.spans:
        if span.open or not setting.listed(span.start):
            continue
        yield _after_term(setting, span) if _is_after(setting.when.due) else _within_term(setting, span)


def _is_after(due: Day | None) -> bool:
    """Whether a last day is counted forwards from an end: the final report of a term."""
    return due is not None and due.mark == "end" and due.count > 0


def _within_term(setting: Setting, span: Span) -> Duty:
    due = setting.day(setting.when.due, Marks(span.start, span.planned_end)) or span.planned_end
    return setting.duty(
        f"term-{span.number}",
        span.start,
        "own",
        opens=setting.day(setting.when.opens, Marks(span.start, span.planned_end)) or span.start,
        due=due,
        late_until=span.end,
        period=Period(f"term-{span.number}", span.start, span.end),
        label=f"term-{span.number}",
        cover="lapsed" if due > span.end else "whole",
    )


def _after_term(setting: Setting, span: Span) -> Duty:
    """What is due when a term is over: counted from the day it ended, and owed although nothing else is any more."""
    marks = Marks(span.start, span.end)
    opens = setting.day(setting.when.opens, marks) or span.end + DAY
    return setting.duty(
        f"term-{span.number}",
        opens,
        "own",
        opens=opens,
        due=setting.day(setting.when.due, marks),
        period=Period(f"term-{span.number}", span.start, span.end),
        label=f"term-{span.number}",
    )


def single(setting: Setting) -> Iterator[Duty]:
    """Once within the term, or on or before one date."""
    if not setting.listed(setting.scope.first):
        return
    marks = Marks(setting.scope.first, None if setting.scope.last == FAR else setting.scope.last)
    due = setting.day(setting.when.due, marks)
    exact = setting.when.exact and not setting.readings.chosen("STARTDATUM", "binding")
    start = due if exact and due else setting.day(setting.when.opens, marks) or setting.scope.first
    yield setting.duty(
        "",
        start,
        "open" if due is None else "exact" if setting.when.exact else "own",
        opens=setting.scope.first,
        due=due,
        late_until=setting.scope.term_end(due),
        cover="outside" if due and not setting.scope.covers(due) else "whole",
    )


def standing(setting: Setting) -> Iterator[Duty]:
    """The one duty of a state that must hold."""
    if setting.listed(setting.scope.first):
        yield setting.duty("", setting.scope.first, "state", opens=setting.scope.first, late_until=setting.scope.last)


def every_n_years(setting: Setting) -> Iterator[Duty]:
    """Every n years, counted from the year of the latest performance, the term or the start (reading FJARDE).

    A text with a question of its own (VARTANNAT) counts from the year of the latest.
    """
    years = setting.when.years or 1
    reading = setting.readings.get("FJARDE") if "FJARDE" in setting.readings.codes else "picture"
    from_ = setting.when.from_
    anchor = int(from_) if isinstance(from_, str) else setting.scope.first.year - 1
    done = [item for item in setting.select(setting.clause.what).items if item.certain]
    begins = setting.scope.first
    while True:
        start, due, text = date(anchor + 1, 1, 1), date(anchor + years, 12, 31), f"{anchor + 1}/{anchor + years}"
        if reading == "from_start":
            due = add_months(begins, 12 * years)
        elif reading == "term" and setting.scope.last != FAR:
            due = setting.scope.spans[0].planned_end
        first = max(start, setting.scope.first)
        if first > setting.scope.last or not setting.listed(first):
            return
        yield setting.duty(
            text, first, "own", opens=first, due=due, late_until=setting.scope.term_end(due),
            period=Period(text, first, min(date(anchor + years, 12, 31), setting.scope.last)), label=text,
            cover="lapsed" if due > setting.scope.last else "whole",
        )  # fmt: skip
        performed = next((item.day for item in done if item.day >= first), None)
        if performed is None or not setting.asof.reached(performed) or performed.year <= anchor:
            return
        anchor, begins = performed.year, performed


def rolling(setting: Setting) -> Iterator[Duty]:
    """So long after the last performance; the first counts from the scheme's start."""
    from_ = setting.when.from_
    mark, event = max(from_ if isinstance(from_, date) else setting.scope.first, setting.scope.first), None
    for item in [*setting.select(setting.clause.what).items, None]:
        due = setting.day(setting.when.due, Marks(setting.scope.first, setting.scope.last, mark))
        if due is None or mark > setting.scope.last or not setting.listed(mark):
            return
        yield setting.duty(
            event.id if event else "start", mark + DAY if event else mark, "own", opens=mark, due=due, event=event,
            late_until=setting.scope.term_end(due), cover="lapsed" if due > setting.scope.last else "whole",
        )  # fmt: skip
        if item is None or not setting.asof.reached(item.day):
            return
        mark, event = item.day, item.fact
