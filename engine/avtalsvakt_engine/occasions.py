"""Duties that arise from events, and the steps that follow them. Source: semantics.md, Steps, states, occurrences."""

from collections.abc import Iterator
from datetime import date

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.deadlines import Marks
from avtalsvakt_engine.duties import DAY, Duty
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.index import day_of
from avtalsvakt_engine.setting import Setting, wanted
from avtalsvakt_rules.patterns import ITSELF
from avtalsvakt_rules.when import When


def events(setting: Setting) -> Iterator[Duty]:
    """One duty for each event; a need that nobody recorded is one dormant duty."""
    when, previous, any_event = setting.when, setting.scope.first - DAY, False
    known = setting.asof.fork()
    for item in setting.select(when.events).items:
        if not known.reached(item.day):
            break
        fits = setting.scope.covers(item.day) and wanted(item.day, when, setting.readings) and _between(item.day, when)
        if not fits or not item.certain:
            continue
        any_event = True
        yield _event_duty(setting, item.fact, item.day, previous)
        previous = item.day
    setting.asof.absorb(known)
    if (
        not any_event
        and {pattern.kind for pattern in when.events} == {"need_assessed"}
        and setting.listed(setting.scope.first)
    ):
        yield setting.duty("behov", setting.scope.first, "open", opens=setting.scope.first, need="dormant", known=known)


def _between(day: date, when: When) -> bool:
    after = not isinstance(when.from_, date) or day >= when.from_
    return after and (not isinstance(when.until, date) or day <= when.until)


def _event_duty(setting: Setting, event: Fact, day: date, previous: date) -> Duty:
    clause, when = setting.clause, setting.when
    marks = Marks(
        setting.scope.first, None if setting.scope.last == FAR else setting.scope.last, day, _named_days(event)
    )
    due = None if when.open else setting.day(when.due, marks)
    itself = clause.what[0].kind == ITSELF
    by_reference = all(pattern.refers_to_occasion for pattern in clause.what)
    from_event = when.due is not None and (when.due.mark or "").startswith("event")
    before = due is not None and when.due is not None and from_event and when.due.count <= 0 and not itself
    start = setting.day(when.opens, marks)
    late_until = setting.scope.term_end(due)
    if start is None:
        start = date.min if by_reference else previous + DAY if before else day
        if before and setting.readings.chosen("SAMRADALDER", "same_year"):
            start, late_until = _same_year(event, day)
        elif before:
            late_until = day
    return setting.duty(
        event.id,
        start,
        "itself" if itself else "open" if due is None else "own",
        opens=day if start == date.min else min(day, start),
        due=due,
        late_until=late_until,
        event=event,
        targets=frozenset({event.id}),
        label=None,
        required=setting.required(day),
    )


def _same_year(event: Fact, day: date) -> tuple[date, date]:
    """The calendar year of the act, or from the year that it concerns (reading SAMRADALDER)."""
    concerned = (event.text("concerns_period") or "")[:4]
    year = min(day.year, int(concerned)) if concerned.isdigit() else day.year
    return date(year, 1, 1), date(day.year, 12, 31)


def _named_days(event: Fact) -> dict[str, date]:
    out = {}
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
    marks = Marks(leader.period.start if leader.period else None, leader.period.end if leader.period else None, met)
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
        targets=leader.targets | targets,
        follows=True,
        leader_met=met,
        known=known,
    )
