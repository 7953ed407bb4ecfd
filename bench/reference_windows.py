"""Duties with days of their own: once, by a day, every so many years, by term, since the last time; what must hold."""

from collections.abc import Iterator, Sequence
from datetime import date

from bench.reference_acts import Act, Line
from bench.reference_calendar import FAR, ONE, named, plus
from bench.reference_case import Case, Found, Judged
from bench.reference_terms import Term
from bench.workload_pool import Asked


def window(line: Line, start: date, due: date, late: date, *, past: bool = False) -> Found:
    """What was done from a day to the last day, and late. `past`: also what names a period that was over before."""
    acts = line.between(start, max(due, late))
    return placed([act for act in acts if past or not _of_the_past(act, start)], start, due)


def placed(acts: Sequence[Act], start: date, due: date) -> Found:
    """Each act where it belongs."""
    found = Found()
    for act in acts:
        if not act.sure or act.first < start or (act.rough and act.first <= due < act.day):
            found.unclear += 1
        elif act.day <= due:
            found.done += 1
        else:
            found.late += 1
    return found


def _of_the_past(act: Act, start: date) -> bool:
    limits = named(act.names) if act.names else None
    return limits is not None and limits[1] < start


def once(case: Case, one: Asked) -> Iterator[Judged]:
    """Once, without a last day."""
    first = case.life.first
    if case.listed(first):
        found = window(case.line(one), first, FAR, FAR)
        yield case.judged(one, "", first, None, found) if case.owed(first) else case.no(one, "")


def by_day(case: Case, one: Asked) -> Iterator[Judged]:
    """Once, no later than a day."""
    first, due = case.life.first, date(one.number, *one.day)
    if not case.listed(first):
        return
    if not case.owed(first) or not case.life.covers(due):
        yield case.no(one, "")
    else:
        yield case.judged(one, "", first, due, window(case.line(one), first, due, case.life.term_end(due)))


def every_few_years(case: Case, one: Asked) -> Iterator[Judged]:
    """Every so many years, counted from the year in which it was last done."""
    line, year = case.line(one), 2015
    while True:
        label, due = f"{year + 1}/{year + one.number}", date(year + one.number, 12, 31)
        first = max(date(year + 1, 1, 1), case.life.first)
        if first > case.life.last or not case.listed(first):
            return
        found = window(line, first, due, case.life.term_end(due))
        yield _unless_over(case, one, label, first, due, found)
        done = next((act.day for act in line.between(first, FAR) if act.sure), None)
        if done is None or done.year <= year:
            return
        year = done.year


def _unless_over(case: Case, one: Asked, suffix: str, opens: date, due: date, found: Found) -> Judged:
    """The row of a duty that falls away, undone, with an agreement that ends before its last day."""
    over = due > case.life.last and not _is_done(one, found) and case.today.is_past(case.life.last)
    return (
        case.no(one, suffix) if over or not case.owed(case.life.first) else case.judged(one, suffix, opens, due, found)
    )


def _is_done(one: Asked, found: Found) -> bool:
    return found.done + found.late >= one.least


def since_last(case: Case, one: Asked) -> Iterator[Judged]:
    """So many months after the last time, or after the first day."""
    line, mark, event = case.line(one), case.life.first, ""
    performed = [act for act in line.acts if act.sure]
    for act in [*performed, None]:
        due = plus(mark, one.number)
        if mark > case.life.last or not case.listed(mark):
            return
        start = mark + ONE if event else mark
        found = window(line, start, due, case.life.term_end(due), past=bool(event))
        yield _unless_over(case, one, event or "start", mark, due, found)
        if act is not None:
            mark, event = act.day, act.id


def by_term(case: Case, one: Asked) -> Iterator[Judged]:
    """So many months before the end of each term, as it was meant to be."""
    for number, term in enumerate(case.life.terms, 1):
        if term.meant == FAR or not case.listed(term.start):
            continue
        due = plus(term.meant, -one.number)
        found = window(case.line(one), term.start, due, term.end)
        lapsed = due > term.end and not _is_done(one, found)
        owed = case.owed(case.life.first) and not lapsed
        suffix = f"term-{number}"
        yield case.judged(one, suffix, term.start, due, found) if owed else case.no(one, suffix)


def right(case: Case, one: Asked) -> Iterator[Judged]:
    """The right to extend, by term: used, still there, or gone."""
    for number, term in enumerate(case.life.terms, 1):
        if term.meant == FAR or not case.listed(term.start):
            continue
        suffix, due = f"term-{number}", term.meant
        used = _uses(case, term)
        lapsed = due > term.end and not used
        if lapsed or not case.owed(case.life.first) or (not used and case.today.is_past(due)):
            yield case.no(one, suffix)
        else:
            status = "fulfilled" if used else "pending"
            yield Judged(case.key(one, suffix), status, due, 1, used)


def _uses(case: Case, term: Term) -> int:
    """How many extensions with effect were agreed in a term."""
    effective = {one.by for one in case.life.terms}
    acts = case.acts.done("extension_agreed")
    return sum(term.start <= act.day <= term.meant for act in acts if act.id in effective)


def state(case: Case, one: Asked) -> Iterator[Judged]:
    """Who must sit in a body: nobody asks before anything is recorded, and from then on every seat must be filled.

    When its agreement ends it ends: what is recorded of later days says nothing, and who sat on the last day sat.
    """
    first, last = case.life.first, case.life.last
    if not case.listed(first):
        return
    sitting, recorded = set(), False
    for act in case.acts.kinds.get(one.kind, ()):
        if act.said["body"] != one.says["body"] or not case.today.has_come(act.day):
            continue
        if act.day > last:
            continue
        recorded = True
        left = date.fromisoformat(act.said["to"]) if "to" in act.said else last
        if left >= last or not case.today.is_past(left):
            sitting.add(act.said["role"])
    filled = len(sitting.intersection(one.parts))
    found = Found(done=filled, breach=recorded and filled < len(one.parts))
    row = case.judged(one, "", first, None, found, len(one.parts))
    yield row if case.owed(first) else case.no(one, "")
