"""Holds one duty's evidence against its window: in time, late, undecided, refused. Source: semantics.md, Counting."""

from collections.abc import Container, Iterable, Iterator
from datetime import date

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.hours import LATE, UNCERTAIN, side
from avtalsvakt_engine.dates.periods import span, within
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.evidence.matching import Fit, Match
from avtalsvakt_engine.evidence.moments import moment_of
from avtalsvakt_engine.evidence.selection import (
    PERIOD_NAMES,
    Item,
    Occasion,
    Selection,
    by_day,
    names,
    names_earlier,
    names_year,
)
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.judging.answers import answered
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.gathered import Gathered, occasion_of
from avtalsvakt_engine.judging.listed_parts import covers
from avtalsvakt_engine.judging.own_record import of_itself, of_state
from avtalsvakt_engine.rulesets import QUESTIONS


def gather(case: Case, duty: Duty, asof: AsOf) -> Gathered:
    """The evidence of a duty; remembers the day of the next fact that would change it."""
    if duty.window == "itself":
        return of_itself(case, duty)
    selection = case.evidence(duty.name)
    if duty.window == "state":
        return of_state(case, duty, selection, asof)
    if duty.window == "attest":
        return answered(case, duty, selection, asof)
    out, occasion = Gathered(), occasion_of(duty)
    for item in _belonging(case, duty, selection):
        if not asof.reached(item.day):
            break
        _weigh(case, duty, item, occasion, out)
    if selection.rough:
        out.unclear += _perhaps(case, duty, selection, occasion, asof, {item.fact.id for item, _ in out.unclear})
    out.refused += _refused(case, duty, selection, occasion, asof)
    if duty.follows:
        out.refused += _before_its_turn(case, duty, selection, asof)
    shown = [*out.in_time, *out.late]
    if duty.clause.including:
        out.parts = covers(duty, shown, case.index.understood)
    out.unnamed = bool(shown) and case.acting.unnamed(duty.clause, occasion, shown)
    return out


def _weigh(case: Case, duty: Duty, item: Item, occasion: Occasion, out: Gathered) -> None:
    """Put one item where it belongs: it must fit the duty, and serve this occasion and no other."""
    fit = case.fitting(duty.clause, item, occasion)
    if fit.match is not Match.NO and case.allotted:
        fit = min(fit, case.serves(duty, item))
    if fit.match is not Match.NO:
        _place(case, duty, item, _moment(duty, item), fit, out)
    elif fit.why:
        out.refused.append((item, fit.why))


def _perhaps(
    case: Case, duty: Duty, selection: Selection, occasion: Occasion, asof: AsOf, known: Container[str]
) -> list[tuple[Item, str]]:
    """What is known only to the month or year and may lie in the duty's period, though its last day does not."""
    last = duty.last
    if duty.window not in ("count", "annual") or last == FAR:
        return []
    return [
        (one, "day_missing")
        for one in selection.rough
        if one.names is None
        and duty.start <= one.fact.last
        and one.fact.date <= last < one.day
        and one.fact.id not in known
        and asof.reached(one.fact.date)
        and case.fitting(duty.clause, one, occasion).match is not Match.NO
    ]


def _moment(duty: Duty, item: Item) -> str:
    """When an act came: `in_time` or the moment of its lateness, same_year or later_year.

    UNCERTAIN where a duty counts in hours and a time of day that is not known decides.
    """
    if duty.due is None:
        return "in_time"
    if duty.deadline is not None:
        found = side(moment_of(item.fact, item.day), duty.deadline)
        if found != LATE:
            return found
    elif item.day <= duty.due:
        return "in_time"
    return "same_year" if item.day.year == duty.due.year else "later_year"


def _belonging(case: Case, duty: Duty, selection: Selection) -> Iterable[Item]:
    """Items in question, by day."""
    due, plan = duty.last, case.plan(duty.name)
    if plan.by_period and duty.event is None and duty.label:
        return (item for item in selection.items if _is_of(duty, item, due))
    if duty.window in ("open", "own", "exact"):
        return _in_window(case, duty, selection, due)
    any_later = plan.sent == "always"
    if duty.window == "annual":
        return _annual(duty, selection, FAR if any_later else date(due.year, 12, 31))
    if selection.serving and plan.by_version:
        return _of_versions(duty, selection, due)
    return _counted_per_period(duty, selection, due, any_later=any_later)


def _in_window(case: Case, duty: Duty, selection: Selection, due: date) -> Iterable[Item]:
    last = due if duty.window == "exact" else max(due, duty.late_until)
    if duty.forbids and duty.due is None:
        last = duty.late_until
    about = case.about(duty.name, duty.targets) if duty.targets else selection.items
    found = selection.between(duty.start, last) if about is selection.items else about
    inside = (item for item in found if duty.start <= item.day <= last)
    return inside if duty.event is not None else (item for item in inside if not _of_the_past(item, duty))


def _of_the_past(item: Item, duty: Duty) -> bool:
    """Whether an act names a period that was over before the days of the duty began."""
    limits = span(item.names) if item.names else None
    return limits is not None and limits[1] < duty.start


def _counted_per_period(duty: Duty, selection: Selection, due: date, *, any_later: bool) -> Iterable[Item]:
    own = [item for item in selection.between(duty.start, due) if _belongs(item, duty)]
    later = selection.after(due) if any_later else _naming(duty, selection, due)
    named = [item for item in later if item.day > due and (item.own or item.day) >= duty.start]
    delayed = [
        item
        for item in selection.delayed
        if item.day > due and item.names is None and item.own and duty.start <= item.own <= due and item not in named
    ]
    return [*own, *sorted((*named, *delayed), key=by_day)] if named or delayed else own


def _is_of(duty: Duty, item: Item, due: date) -> bool:
    """Whether an act names the duty's period, whatever its date, or names none and was done in it."""
    named = _period_named(item.fact)
    return duty.label in named if named else duty.start <= item.day <= due


def _period_named(fact: Fact) -> set[str]:
    return {text for name in PERIOD_NAMES if (text := fact.text(name))}


def _of_versions(duty: Duty, selection: Selection, due: date) -> Iterator[Item]:
    """Steps belong to the period of the version they serve, however late; done again they serve nothing new.

    A version belongs to the period of its own day, or to the earlier one that it names.
    """
    whole = span(duty.label or "")
    last, seen = max(due, whole[1]) if whole else due, set()
    for item in selection.items:
        version = item.serves
        if version is None or version.id in seen:
            continue
        seen.add(version.id)
        named = names_earlier(version)
        if within(named, duty.label) if named else duty.start <= day_of(version) <= last:
            yield item


def _belongs(item: Item, duty: Duty) -> bool:
    """An act belongs to the period of its own date, unless it names an earlier one."""
    if item.names is not None:
        return within(item.names, duty.label)
    return item.own is None or item.own >= duty.start


def _naming(duty: Duty, selection: Selection, due: date) -> list[Item]:
    """Items that name the duty's period, or a part of it, as theirs: afterwards, or before it is over but after due."""
    after = [item for label, items in selection.named.items() if within(label, duty.label) for item in items]
    whole = span(duty.label or "")  # the period itself: the duty's own days may end with a scheme or a term
    last = whole[1] if whole else due
    inside = [item for item in selection.after(due) if item.names is None] if due < last else []
    return after + [item for item in inside if within(names(item.fact) or "", duty.label)]


def _annual(duty: Duty, selection: Selection, last: date) -> Iterable[Item]:
    """A fixed date each year: acts of that year, and acts of other years that name it; a written `opens` binds."""
    bound = duty.clause.when is not None and duty.clause.when.opens is not None
    own = [item for item in selection.between(duty.start, last) if names_year(item.fact) is None]
    named = [item for item in selection.of_year(duty.label or "") if not bound or item.day >= duty.start]
    return sorted((*own, *named), key=by_day) if named else own


def _place(case: Case, duty: Duty, item: Item, moment: str, fit: Fit, out: Gathered) -> None:
    if _too_rough(duty, item, moment):
        out.unclear.append((item, "day_missing"))
    elif moment == UNCERTAIN:
        out.unclear.append((item, "time_missing" if fit.match is Match.YES else fit.why))
    elif _after_its_period(case, duty, item):
        out.refused.append((item, "too_late"))
    elif moment == "in_time":
        if fit.match is Match.YES:
            out.in_time.append(item)
        else:
            out.unclear.append((item, fit.why))
    else:
        _place_late(case, duty, item, moment, fit, out)


def _after_its_period(case: Case, duty: Duty, item: Item) -> bool:
    """Whether an act comes too late for the period of a duty that no text gives a last day, as a meeting does."""
    if duty.due is not None or item.day <= duty.last:
        return False
    moment = "same_year" if item.day.year == duty.last.year else "later_year"
    return case.decider.decide("lateness", _lateness(case, duty, item, moment)).value != "late"


def _place_late(case: Case, duty: Duty, item: Item, moment: str, fit: Fit, out: Gathered) -> None:
    conclusion = case.decider.decide("lateness", _lateness(case, duty, item, moment))
    if conclusion.value != "late":
        out.refused.append((item, "too_late"))
    elif fit.match is Match.YES:
        out.late.append(item)
        out.fired = conclusion.fired
    else:
        out.unclear.append((item, fit.why))


def _too_rough(duty: Duty, item: Item, moment: str) -> bool:
    """Whether a fact known only to the month or year may lie on either side of the window's first or last day."""
    if item.fact.precision == "day":
        return False
    if moment == UNCERTAIN:
        return True
    return item.fact.date < duty.start or (moment != "in_time" and duty.due is not None and item.fact.date <= duty.due)


def _lateness(case: Case, duty: Duty, item: Item, moment: str) -> tuple[str, ...]:
    kind = case.index.vocabulary.kinds.get(item.fact.kind)
    named = item.names if duty.window == "count" else names_year(item.fact) if duty.window == "annual" else None
    if duty.window == "count" and named is None:
        named = duty.label  # done within the period, though it took effect later
    return QUESTIONS["lateness"].words(
        window="count" if duty.window == "count" else "annual" if duty.window == "annual" else "own",
        act="occasion" if kind and kind.occasion else "other",
        names="none" if named is None else "this" if within(named, duty.label) else "other",
        moment=moment,
        reading=case.readings(duty.name).get("SENT"),
    )


def _refused(case: Case, duty: Duty, selection: Selection, occasion: Occasion, asof: AsOf) -> list[tuple[Item, str]]:
    """What looks like evidence in the duty's days and does not count: plans, invalid acts, one party only."""
    last = duty.last if duty.window in ("count", "annual", "exact") and duty.last < FAR else duty.late_until
    out: list[tuple[Item, str]] = []
    if not selection.refused:
        return _plans(case, duty)
    about = case.refused_about(duty.name, duty.targets) if duty.targets else None
    for item, reason in selection.refused_between(duty.start, last) if about is None else about:
        if about is not None and not duty.start <= item.day <= last:
            continue
        if case.fitting(duty.clause, item, occasion).match is Match.NO:
            continue
        if reason != "planned" and not asof.reached(item.day):
            break
        out.append((item, reason))
    return out + _plans(case, duty)


def _before_its_turn(case: Case, duty: Duty, selection: Selection, asof: AsOf) -> list[tuple[Item, str]]:
    """Acts that took a step before the day from which the text lets it be taken."""
    when = duty.clause.when
    if not duty.follows or when is None or when.opens is None:
        return []
    about, occasion = case.about(duty.name, duty.targets) if duty.targets else selection.items, occasion_of(duty)
    early = [item for item in about if item.day < duty.start and asof.reached(item.day)]
    return [(item, "too_early") for item in early if case.fitting(duty.clause, item, occasion).match is not Match.NO]


def _plans(case: Case, duty: Duty) -> list[tuple[Item, str]]:
    """Meetings planned or cancelled in the duty's days: shown, never counted."""
    bodies = duty.clause.meeting_bodies
    if not bodies or duty.window != "count" or duty.last == FAR:
        return []
    return [
        (Item(fact, day_of(fact)), reason)
        for reason in ("planned", "cancelled")
        for fact in case.called(bodies, reason).between(duty.start, duty.last)
        if duty.per is None or fact.text(duty.clause.per_case or "site") == duty.per
    ]
