"""Duties that recur by period: so many in each, by a day of each year, and questions that are asked in each."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bench.reference_acts import NAMING, Act, Line
from bench.reference_calendar import FAR, LENGTHS, ONE, named, plus, within
from bench.reference_case import Case, Found, Judged, Stretch
from bench.reference_people import may_answer
from bench.workload_pool import Asked
from bench.workload_texts import UMBRELLA_START

OCCASIONS = frozenset({"meeting_held", "inspection_done"})
"""What cannot be made up for afterwards."""


def counted(case: Case, one: Asked) -> Iterator[Judged]:
    """So many in each period."""
    line = case.line(one)
    for part in case.stretches(one.each):
        month = part.start.month
        if (one.only and month not in one.only) or month in one.but:
            continue
        due, opens = part.last, part.first
        if one.form == "afterwards":
            due, opens = part.last + timedelta(days=one.number), part.last + ONE
        kept = case.life.covers(part.whole) if one.only else part.enough
        due = part.whole if one.only else due
        if not case.owed(case.life.first) or not kept or not _umbrella_holds(case, one, due):
            yield case.no(one, part.label)
        else:
            yield case.judged(one, part.label, opens, due, _in_period(one, line, part, opens, due))


def _umbrella_holds(case: Case, one: Asked, due: date) -> bool:
    """Whether the umbrella is in force, where that is a condition: on the last day, or today before it."""
    if not one.umbrella:
        return True
    return due >= UMBRELLA_START if case.today.has_come(due) else case.today.has_come(UMBRELLA_START)


def _in_period(one: Asked, line: Line, part: Stretch, opens: date, due: date) -> Found:
    found = Found()
    for act in line.between(opens, due):
        if act.names and not within(act.names, part.label):
            continue
        if act.sure and act.first >= opens:
            found.done += 1
        else:
            found.unclear += 1
    found.unclear += sum(not act.names and opens <= act.last and act.first <= due < act.day for act in line.rough)
    if one.kind not in OCCASIONS:
        for act in line.naming:
            if act.day > due and act.day >= opens and _is_about(act, part, due):
                clear = act.sure and not (act.rough and act.first <= due)
                found.late += clear
                found.unclear += not clear
    return found


def _is_about(act: Act, part: Stretch, due: date) -> bool:
    """Whether an act done after the last day names the period: as one that was over, or whose last day came early."""
    if act.names:
        return within(act.names, part.label)
    whole = named(part.label)
    text = next((act.said[name] for name in NAMING if act.said.get(name)), "")
    return whole is not None and due < whole[1] and within(text, part.label)


def closing(case: Case, one: Asked) -> Iterator[Judged]:
    """At the close of each year, from October on; a plan for the coming year has to say so."""
    acts = case.line(one).acts
    for part in case.stretches("year"):
        year = part.start.year
        opens, due = date(year, 10, 1), date(year, 12, 31)
        if max(opens, part.first) > part.last:
            continue
        opens = max(opens, part.first)
        if not case.listed(opens):
            return
        if not case.owed(case.life.first) or not case.life.covers(due):
            yield case.no(one, part.label)
            continue
        mine = Line([act for act in acts if not one.coming or act.said.get("for_year") == str(year + 1)])
        yield case.judged(one, part.label, opens, due, _in_period(one, mine, part, opens, due))


def annual(case: Case, one: Asked) -> Iterator[Judged]:
    """By the same day of each year. What names a year is of that year."""
    line = case.line(one)
    by_year: dict[str, list[Act]] = {}
    for act in line.naming:
        by_year.setdefault(_year_named(act), []).append(act)
    for part in case.stretches("year"):
        due = date(part.start.year, *one.day)
        if not case.owed(case.life.first) or not case.life.first <= due or not case.life.covers(due):
            yield case.no(one, part.label)
            continue
        own = [act for act in line.between(part.first, date(due.year, 12, 31)) if not _year_named(act)]
        found = _around(part.first, due, [*own, *by_year.get(part.label, ())])
        found.unclear += sum(
            not act.names and part.first <= act.last and act.first <= due < act.day and act not in own
            for act in line.rough
        )
        yield case.judged(one, part.label, part.first, due, found)


def _year_named(act: Act) -> str:
    return next((act.said[name] for name in NAMING if act.said.get(name, "").isdigit()), "")


def _around(opens: date, due: date, acts: Sequence[Act]) -> Found:
    found = Found()
    for act in acts:
        if not act.sure or (act.rough and (act.first < opens or act.first <= due < act.day)):
            found.unclear += 1
        elif act.day <= due:
            found.done += 1
        else:
            found.late += 1
    return found


def attested(case: Case, one: Asked) -> Iterator[Judged]:
    """A question in each period: the last answer holds, and one that nobody answers is asked anew."""
    parts = case.stretches(one.each)
    asked = [part for part in parts if part.enough]
    own = (one.name, f"{case.agreement}.{one.name}")
    answers = [act for act in case.line(one).acts if act.said["clause"] in own]
    for part in parts:
        later = [other for other in asked if other.first > part.first]
        latest = later[0].first - ONE if later else FAR
        yes, no = _standing([act for act in answers if _answers(act, part, latest)])
        found = Found(done=yes is not None and yes <= part.last, late=yes is not None and yes > part.last, breach=no)
        if not part.enough or not case.owed(case.life.first) or (
            not (found.done or found.late or no) and case.today.is_past(_asked_until(one, part, later))
        ):  # fmt: skip
            yield case.no(one, part.label)
            continue
        row = case.judged(one, part.label, part.first, None, found)
        yield row._replace(due=part.last)


def _asked_until(one: Asked, part: Stretch, later: Sequence[Stretch]) -> date:
    """The last day of the next question; of the last one, the day on which the next period would have ended."""
    return later[0].last if later else plus(part.whole + ONE, LENGTHS[one.each]) - ONE


def _answers(act: Act, part: Stretch, latest: date) -> bool:
    """Whether an answer is about a period: it names it, or it was the latest one asked about on its day."""
    if not may_answer(act) or act.said["statement"].split()[0].strip(",") not in ("ja", "nej"):
        return False
    told, is_latest = act.said.get("period", ""), part.first <= act.day <= latest
    if told == part.label and act.day >= part.first:
        return True
    limits = named(told) if told else None
    if limits is None:
        return is_latest
    if limits[1] < act.first:
        return within(told, part.label)
    begun_elsewhere = limits[0] <= act.first and (part.whole < limits[0] or limits[1] < part.start)
    return is_latest and not begun_elsewhere


def _standing(answers: Sequence[Act]) -> tuple[date | None, bool]:
    """The day of the first yes that none has taken back, and whether the last word was no."""
    yes: date | None = None
    for act in answers:
        says_no = act.said["statement"].startswith("nej")
        yes = None if says_no else yes or act.day
    return yes, bool(answers) and yes is None
