"""Holds one duty's evidence against its window: in time, late, undecided, refused. Source: semantics.md, Counting."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.periods import span, within
from avtalsvakt_engine.duties.attesting import belongs, weighed
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.evidence.matching import Match, Parties, static
from avtalsvakt_engine.evidence.selection import Item, Occasion, Selection, by_day, names, names_year
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.judging.listed_parts import covers
from avtalsvakt_engine.rulesets import QUESTIONS
from avtalsvakt_rules.patterns import Alternating, Pattern


@dataclass(slots=True)
class Gathered:
    """What was found for one duty on the day judged. `breach` where the occasion's own record shows it.

    `partly` is that record where it is the right one but lacks parts that the clause lists.
    """

    in_time: list[Item] = field(default_factory=list)
    late: list[Item] = field(default_factory=list)
    unclear: list[Item] = field(default_factory=list)
    refused: list[tuple[Item, str]] = field(default_factory=list)
    breach: bool = False
    fired: tuple[str, ...] = ()
    partly: list[Item] = field(default_factory=list)


def gather(case: Case, duty: Duty, asof: AsOf) -> Gathered:
    """The evidence of a duty; remembers the day of the next fact that would change it."""
    if duty.window == "itself":
        return _itself(case, duty)
    selection = case.evidence(duty.name)
    if duty.window == "state":
        return _state(duty, selection, asof)
    if duty.window == "attest":
        return _answered(case, duty, selection, asof)
    out = Gathered()
    occasion = Occasion(duty.event, duty.targets, duty.per, duty.next_label)
    for item, moment in _candidates(case, duty, selection):
        fit = case.fitting(duty.clause, item, occasion)
        if fit is Match.NO:
            continue
        if not asof.reached(item.day):
            break
        _place(case, duty, item, moment, fit, out)
    out.refused += _refused(case, duty, selection, occasion, asof)
    return out


def _candidates(case: Case, duty: Duty, selection: Selection) -> Iterator[tuple[Item, str]]:
    """Items in question by day, each `in_time` or with the moment of its lateness: same_year, later_year."""
    due = duty.due or FAR
    any_later = case.readings(duty.name).get("SENT") == "always"
    if duty.window == "annual":
        yield from _annual(duty, selection, due, FAR if any_later else date(due.year, 12, 31))
        return
    if duty.window in ("open", "own", "exact"):
        last = due if duty.window == "exact" else max(due, duty.late_until)
        about = case.about(duty.name, duty.targets) if duty.targets else selection.items
        found = selection.between(duty.start, last) if about is selection.items else about
        for item in found:
            if duty.start <= item.day <= last:
                yield item, "in_time" if item.day <= due else _moment(item, due)
        return
    own = [item for item in selection.between(duty.start, due) if _belongs(item, duty)]
    later = selection.after(due) if any_later else _naming(duty, selection, due)
    named = [item for item in later if item.day > due and (item.own or item.day) >= duty.start]
    delayed = [
        item
        for item in selection.delayed
        if item.day > due and item.names is None and item.own and duty.start <= item.own <= due
    ]
    for item in own:
        yield item, "in_time"
    for item in sorted((*named, *(one for one in delayed if one not in named)), key=lambda one: one.day):
        yield item, _moment(item, due)


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


def _moment(item: Item, due: date) -> str:
    return "same_year" if item.day.year == due.year else "later_year"


def _annual(duty: Duty, selection: Selection, due: date, last: date) -> Iterator[tuple[Item, str]]:
    """A fixed date each year: acts of that year, and acts of other years that name it; a written `opens` binds."""
    bound = duty.clause.when is not None and duty.clause.when.opens is not None
    own = [item for item in selection.between(duty.start, last) if names_year(item.fact) is None]
    named = [item for item in selection.of_year(duty.label or "") if not bound or item.day >= duty.start]
    for item in sorted((*own, *named), key=by_day):
        yield item, "in_time" if item.day <= due else _moment(item, due)


def _place(case: Case, duty: Duty, item: Item, moment: str, fit: Match, out: Gathered) -> None:
    if _too_rough(duty, item, moment):
        out.unclear.append(item)
        return
    if moment == "in_time":
        (out.in_time if fit is Match.YES else out.unclear).append(item)
        return
    conclusion = case.decider.decide("lateness", _lateness(case, duty, item, moment))
    if conclusion.value == "late" and fit is Match.YES:
        out.late.append(item)
        out.fired = conclusion.fired
    else:
        out.refused.append((item, "too_late"))


def _too_rough(duty: Duty, item: Item, moment: str) -> bool:
    """Whether a fact known only to the month or year may lie on either side of the window's first or last day."""
    if item.fact.precision == "day":
        return False
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
    last = duty.due if duty.window in ("count", "annual", "exact") and duty.due else duty.late_until
    out = []
    for item, reason in selection.refused_between(duty.start, last):
        if case.fitting(duty.clause, item, occasion) is Match.NO:
            continue
        if reason != "planned" and not asof.reached(item.day):
            break
        out.append((item, reason))
    return out + _plans(case, duty)


def _plans(case: Case, duty: Duty) -> list[tuple[Item, str]]:
    """Meetings planned or cancelled in the duty's days: shown, never counted."""
    if duty.window != "count" or duty.due is None:
        return []
    bodies = {
        text
        for one in duty.clause.what
        if one.kind == "meeting_held"
        for name, value in one.values
        if name == "body"
        for text in getattr(value, "texts", ())
    }
    if not bodies:
        return []
    out = []
    for kind, reason in (("meeting_scheduled", "planned"), ("meeting_cancelled", "cancelled")):
        for fact in case.index.of_kind(kind):
            same_site = duty.per is None or fact.text("site") == duty.per
            if fact.text("body") in bodies and same_site and duty.start <= fact.date <= duty.due:
                out.append((Item(fact, day_of(fact)), reason))
    return out


def _answered(case: Case, duty: Duty, selection: Selection, asof: AsOf) -> Gathered:
    """What was answered to a question: yes in time or late, no, or nothing certain."""
    answers: list[Item] = []
    unclear: list[Item] = []
    occasion = Occasion(duty.event, duty.targets, duty.per, duty.next_label)
    for item in selection.items:
        fit = case.fitting(duty.clause, item, occasion)
        if fit is Match.NO or not case.means(duty.name, item.fact) or not belongs(item.fact, item.day, duty):
            continue
        if not asof.reached(item.day):
            break
        moment = "in_time" if duty.due is None or item.day <= duty.due else "later"
        (answers if fit is Match.YES and not _too_rough(duty, item, moment) else unclear).append(item)
    in_time, late, refused, denied = weighed(answers, duty.due)
    return Gathered(in_time, late, [] if denied else unclear, refused, denied)


def _itself(case: Case, duty: Duty) -> Gathered:
    """The occasion's own record is the evidence: right, breached, or silent on what decides."""
    event = duty.event
    if event is None:
        return Gathered()
    item = Item(event, day_of(event))
    values = duty.clause.what[0].values
    if any(isinstance(value, Alternating) for _, value in values):
        return _alternation(case, duty, item, next(name for name, value in values if isinstance(value, Alternating)))
    wanted, parties = Pattern(event.kind, values), Parties(case.agreement.parties)
    answer = static(wanted, event, parties, case.index.annexes, asked=[name for name, _ in values])
    partly = [item] if answer is Match.YES else []
    answer = min(answer, covers(duty, [item]))
    if answer is Match.YES:
        return Gathered(in_time=[item])
    return (
        Gathered(unclear=[item], refused=[(item, "attribute_missing")], partly=partly)
        if answer is Match.UNKNOWN
        else Gathered(breach=True, refused=[(item, "breach")], partly=partly)
    )


def _alternation(case: Case, duty: Duty, item: Item, attribute: str) -> Gathered:
    """Whether the attribute changed since the last occasion (reading ALT: or the second to last)."""
    when = duty.clause.when
    earlier = [
        one.fact for one in case.select(duty.name, when.events if when else ()).items
        if one.day < item.day and case.scope.covers(one.day)
    ]  # fmt: skip
    now = item.fact.text(attribute)
    before, expected_change = _expected(earlier, attribute, case.readings(duty.name).get("ALT"))
    previous = "none" if not earlier else "unknown" if before is None else "known"
    chair = (
        "unknown"
        if now is None
        else "first"
        if previous == "none"
        else "changed"
        if previous == "unknown" or (now != before) is expected_change
        else "same"
    )
    conclusion = case.decider.decide("alternation", QUESTIONS["alternation"].words(previous=previous, chair=chair))
    if conclusion.value == "enough":
        return Gathered(in_time=[item], fired=conclusion.fired)
    if conclusion.value == "unclear":
        return Gathered(unclear=[item], refused=[(item, "attribute_missing")], fired=conclusion.fired)
    return Gathered(breach=True, refused=[(item, "breach")], fired=conclusion.fired)


def _expected(earlier: list[Fact], attribute: str, reading: str) -> tuple[str | None, bool]:
    """The last value, and whether it should change now: always, or under ALT=second at every second occasion."""
    values = [fact.text(attribute) for fact in earlier]
    if not values:
        return None, True
    return values[-1], reading == "each" or len(values) % 2 == 0


def _state(duty: Duty, selection: Selection, asof: AsOf) -> Gathered:
    """A state that must hold: what is recorded must cover every required part on the day judged."""
    recorded = [item for item in selection.items if asof.reached(item.day)]
    current = [item for item in recorded if not _ended(item, asof)]
    if not recorded:
        return Gathered()
    return Gathered(in_time=current, breach=not current or covers(duty, current) is not Match.YES)


def _ended(item: Item, asof: AsOf) -> bool:
    to = item.fact.text("to")
    if to is None or item.fact.kind not in ("role_assigned", "resource_allocated"):
        return False
    return asof.passed(date.fromisoformat(to))
