"""Duties that arise from events, and the steps that follow them. Source: semantics.md, Steps, states, occurrences."""

from collections.abc import Iterator
from datetime import date

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.deadlines import Marks
from avtalsvakt_engine.duties.duty import DAY, Duty
from avtalsvakt_engine.duties.happenings import Happening, happenings, next_day
from avtalsvakt_engine.duties.setting import Setting, wanted
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.index import day_of
from avtalsvakt_rules.days import NEXT, Day
from avtalsvakt_rules.movable import MOVABLE
from avtalsvakt_rules.patterns import ITSELF


def events(setting: Setting) -> Iterator[Duty]:
    """One duty for each event, or for each appointment as soon as it is planned.

    A need that nobody recorded is one dormant duty.
    """
    found, asked = happenings(setting)
    fitting = [one for one in found if _fits(setting, one.day)]
    last: Happening | None = None
    previous: Happening | None = None
    for one in fitting:
        if last is not None and last.day < one.day:
            previous = last
        duty = _event_duty(setting, one, previous, asked)
        if one.known is None or setting.listed(duty.opens or one.day):
            yield duty
        last = last if one.off else one
    needs = {pattern.kind for pattern in setting.when.events} == {"need_assessed"}
    if not fitting and needs and setting.listed(setting.scope.first):
        yield setting.duty("behov", setting.scope.first, "open", opens=setting.scope.first, need="dormant", known=asked)


def _fits(setting: Setting, day: date) -> bool:
    """Whether an event of that day lies in the term and in the clause's own limits."""
    when = setting.when
    after = not isinstance(when.from_, date) or day >= when.from_
    between = after and (not isinstance(when.until, date) or day <= when.until)
    return between and setting.scope.covers(day) and wanted(day, when, setting.readings)


def _event_duty(setting: Setting, one: Happening, previous: Happening | None, asked: AsOf) -> Duty:
    clause, when, day = setting.clause, setting.when, one.day
    known = _known(setting, one, asked)
    marks = _marks(setting, one.event, day, known)
    due = None if when.open else setting.day(when.due, marks)
    itself = clause.what[0].kind == ITSELF
    by_reference = all(pattern.refers_to_occasion for pattern in clause.what)
    before = due is not None and _is_before(when.due) and not itself
    since_last = (previous.day if previous else setting.scope.first - DAY) + DAY
    start = setting.day(when.opens, marks)
    opens = day if start is None else min(day, start)
    if start is None:
        start = date.min if by_reference else since_last if before else min(day, one.since or day)
        if before and setting.readings.chosen("SAMRADALDER", "same_year"):
            start = _same_year(one.event, day)
        if one.known is not None and before:  # the time for it begins before its event
            opens = since_last
            known.absorb(previous.known if previous and previous.known else known)
        elif start != date.min:
            opens = min(day, start)
    return setting.duty(
        one.event.id,
        start,
        "itself" if itself else "open" if due is None else "own",
        opens=opens,
        due=due,
        late_until=day if before else FAR,
        event=one.event,
        unsure=one.unsure,
        targets=one.records,
        label=None,
        required=setting.required(day),
        cover="called_off" if one.off else "whole",
        known=known,
    )


def _known(setting: Setting, one: Happening, asked: AsOf) -> AsOf:
    """What is known of an event: a fact has happened; an appointment stands where it stands until one of them moves."""
    known = setting.asof.fork()
    if one.known is not None:
        known.absorb(one.known)
        known.absorb_until(asked.until)
    return known


def _marks(setting: Setting, event: Fact, day: date, known: AsOf) -> Marks:
    """The days that a duty of an event can be counted from."""
    when, named = setting.when, named_days(event)
    if any(one and one.mark == NEXT for one in (when.opens, when.due)):
        coming = next_day(setting, event, known)
        named |= {NEXT: coming} if coming else {}
    return Marks(setting.scope.first, None if setting.scope.last == FAR else setting.scope.last, day, named)


def _is_before(day: Day | None) -> bool:
    """Whether a last day lies before its event, or on the same day."""
    return day is not None and (day.mark or "").startswith("event") and day.count <= 0


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


def follow(setting: Setting, leader: Duty, met: date | None, targets: frozenset[str], known: AsOf) -> Duty:
    """The duty of the next step for one duty of the clause it follows; `met` is the day that one was met.

    `known` has asked for the days on which that may change.
    """
    when = setting.when
    event_day = day_of(leader.event) if leader.event else leader.start
    if leader.event and leader.event.kind in MOVABLE:
        event_day = leader.opens or event_day  # what is planned opens before its day
    named = _marks(setting, leader.event, event_day, known).named if leader.event else {}
    period = leader.period
    marks = Marks(period.start if period else None, period.end if period else None, met, named)
    due = None if when.open or when.due is None else setting.day(when.due, marks)
    return setting.duty(
        leader.suffix,
        date.min,
        "open" if due is None else "own",
        opens=event_day,
        due=due,
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
