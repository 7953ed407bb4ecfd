"""Which duties there are: each shape unfolded by itself, from semantics.md; nothing is judged here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from msgspec import structs
from tests.oracle.appointments import NOTES, Sitting
from tests.oracle.calendar_days import ONE, in_sweden, label_of, plus_months
from tests.oracle.context import Context, Duty
from tests.oracle.life import OPEN, Life, Term
from tests.oracle.recurring import first_written, kept, periodic, stretches
from tests.oracle.register import YES, Act, looks_like, when_it_was
from tests.oracle.wording import Reader

from avtalsvakt_rules.language.patterns import ITSELF, Pattern


def duties_of(context: Context) -> Iterator[Duty]:
    """The duties of a clause that does not follow another."""
    shapes: dict[str, Callable[[Context], Iterator[Duty]]] = {
        "period": periodic, "years": every_n_years, "term": per_term, "event": per_event,
        "date": single, "once": single, "always": state, "performance": rolling,
    }  # fmt: skip
    for duty in _told_apart(shapes[context.when.form](context)):
        if context.clause.per != "party":
            yield duty
        for party in context.parties if context.clause.per == "party" else ():
            yield replace(duty, party=party, suffix=f"{duty.suffix}.{party}".strip("."))


def _told_apart(duties: Iterator[Duty]) -> Iterator[Duty]:
    """Each with a key of its own: the second of one name is numbered."""
    names: list[str] = []
    for duty in duties:
        names.append(duty.suffix)
        again = names.count(duty.suffix)
        yield replace(duty, suffix=f"{duty.suffix}.{again}") if again > 1 else duty


def per_term(context: Context) -> Iterator[Duty]:
    """Once in each term, before its end or at it."""
    since: date | None = None
    effect = context.clause.effect
    most = effect.times if effect and context.clause.renews_its_term else None
    for term in context.life.terms:
        before = [one for one in context.life.terms if one.renewed and one.number <= term.number]
        if most is not None and len(before) >= most:
            continue  # it is not renewed any more, so that nobody need object
        if term.meant == OPEN or not context.listed(term.first):
            continue
        label = f"term-{term.number}"
        if context.when.due and context.when.due.mark == "end" and context.when.due.count > 0:
            yield _when_over(context, term, label)  # a last account, owed when the rest is over
            continue
        due = context.day(context.when.due, start=term.first, end=term.meant) or term.meant
        opens = context.day(context.when.opens, start=term.first, end=term.meant) or term.first
        begun = max(term.first, first_written(context.when) or term.first)
        if since is not None and context.clause.renews_its_term:  # too late for one renewal is in time for the next
            begun = since
            opens = begun if context.when.opens is None else opens
        stop = context.when.until if isinstance(context.when.until, date) else OPEN
        if begun > min(stop, term.last):
            continue
        opens, due = max(opens, begun), min(due, stop)
        since = due + ONE
        yield Duty(
            context.name, label, context.clause, "own", context.life.first, opens, opens, due, term.last,
            (label, term.first, term.last), context.clause.at_least, "ended early" if due > term.last else None,
        )  # fmt: skip


def _when_over(context: Context, term: Term, label: str) -> Duty:
    due = context.day(context.when.due, start=term.first, end=term.last)
    opens = context.day(context.when.opens, start=term.first, end=term.last) or term.last + ONE
    return Duty(
        context.name, label, context.clause, "own", context.life.first, opens, opens, due, OPEN,
        (label, term.first, term.last), context.clause.at_least,
    )  # fmt: skip


def term_at(life: Life, day: date) -> Term:
    """The term a day lies in, else the last."""
    return next((term for term in life.terms if term.first <= day <= term.last), life.terms[-1])


def single(context: Context) -> Iterator[Duty]:
    """Once, or by one date."""
    life, when = context.life, context.when
    if not context.listed(life.first):
        return
    due = context.day(when.due, start=life.first, end=None if life.last == OPEN else life.last)
    if isinstance(when.until, date):
        due = min(one for one in (due, when.until, life.last) if one)
    begun = max(life.first, first_written(when) or life.first)
    exact = when.exact and due is not None
    first = due if exact and due else context.day(when.opens, start=life.first, end=life.last) or begun
    outside = due is not None and not life.in_force(due)
    yield Duty(
        context.name, "", context.clause, "undated" if due is None else "exact" if exact else "own", life.first,
        begun, first, due, term_at(life, due or life.last).last, None, context.clause.at_least,
        "outside the term" if outside else None,
    )  # fmt: skip


def state(context: Context) -> Iterator[Duty]:
    """A state that must hold."""
    life, when, clause = context.life, context.when, context.clause
    written, until = first_written(when), when.until if isinstance(when.until, date) else None
    first, last = max(written or life.first, life.first), min(until or life.last, life.last)
    floor = clause.written("at_least") or clause.at_most is None
    due = (first if written else until) if clause.duty_norm in ("shall", "should") and floor else None
    if context.listed(life.first) and first <= last:
        yield Duty(
            context.name, "", clause, "state", life.first, life.first, first,
            due if due and due <= life.last else None, last_late=last, required=clause.at_least,
        )  # fmt: skip


def every_n_years(context: Context) -> Iterator[Duty]:
    """By the end of the year so many years after the year of the latest one (reading FJARDE)."""
    life, when, years = context.life, context.when, context.when.years or 1
    year = int(str(when.from_)) if isinstance(when.from_, str) else life.first.year - 1
    done = [act.day for act in context.performed()]
    begins = life.first
    earlier = (
        [day for day in done if day < begins and day <= context.as_of]
        if context.continued and not isinstance(when.from_, str)
        else []
    )
    if earlier and max(earlier).year + years >= begins.year:
        year, begins = max(earlier).year, max(earlier)
    while True:
        label, due = f"{year + 1}/{year + years}", date(year + years, 12, 31)
        if context.reading("FJARDE") == "from_start":
            due = plus_months(begins, 12 * years)
        elif context.reading("FJARDE") == "term" and life.last != OPEN:
            due = life.terms[0].meant
        first = max(date(year + 1, 1, 1), life.first)
        if first > life.last or not context.listed(first):
            return
        period = (label, first, min(date(year + years, 12, 31), life.last))
        yield Duty(
            context.name, label, context.clause, "own", life.first, first, first, due, term_at(life, due).last, period,
            context.clause.at_least, "lapsed with the term" if due > life.last else None,
        )  # fmt: skip
        performed = [day for day in done if first <= day <= context.as_of]
        if not performed:
            return
        begins = min(performed)
        year = begins.year


def rolling(context: Context) -> Iterator[Duty]:
    """So long after the last time; the first time counts from the start."""
    life, when = context.life, context.when
    mark = max(first_written(when) or life.first, life.first)
    event: Act | None = None
    done = [one for one in context.performed() if one.day <= context.as_of]
    if context.continued and (earlier := [one for one in done if one.day < mark]):
        done = [one for one in done if one not in earlier]
        due = context.day(when.due, start=life.first, end=life.last, event=earlier[-1].day)
        if due and due >= mark:
            mark, event = earlier[-1].day, earlier[-1]
    for act in [*done, None]:
        due = context.day(when.due, start=life.first, end=life.last, event=mark)
        if due is None or mark > life.last or not context.listed(mark):
            return
        yield Duty(
            context.name, event.id if event else "start", context.clause, "own", life.first, mark,
            mark + ONE if event else mark, due, term_at(life, due).last, None, context.clause.at_least,
            "lapsed with the term" if due > life.last else None, event,
        )  # fmt: skip
        if act:
            mark, event = act.day, act


def per_event(context: Context) -> Iterator[Duty]:
    """One for each event while the agreement was in force; a need that nobody has recorded is shown as dormant.

    What is planned counts as soon as it is planned; what is called off asks for nothing.
    """
    life, when = context.life, context.when
    events = [(act, False) for act in _happened(context) if act.day <= context.as_of]
    events += [one for pattern in when.events if pattern.kind in NOTES for one in _appointed(context, pattern)]
    events = sorted(
        (one for one in events if _within(context, one[0])),
        key=lambda one: (one[0].day, one[0].fact.arrival, one[0].id),
    )
    events = _first_ones(context, events)
    for act, off in events:
        earlier = [one.day for one, called_off in events if one.day < act.day and not called_off]
        duty = _for_event(context, act, max(earlier) + ONE if earlier else life.first)
        if act.fact.kind not in NOTES or context.listed(duty.opens):
            yield replace(duty, against="called off") if off else duty
    if not events and {one.kind for one in when.events} == {"need_assessed"} and context.listed(life.first):
        yield Duty(
            context.name, "behov", context.clause, "undated", life.first, life.first, required=context.clause.at_least,
            against="no need recorded",
        )  # fmt: skip


def _happened(context: Context) -> list[Act]:
    """What looks like an event; of a state only the record by which it became so, in its series of records."""
    acts = context.perhaps_like(context.when.events)
    if not context.when.becomes:
        return acts
    [state] = context.when.events
    named = {"body", "site", "area", "group", "document", context.clause.per or "site"}
    decides = [name for name, _ in state.values if name not in {"body", "site", "area", "group", "document"}]
    shown = {act.id: act for act in acts}
    told = [shown.get(act.id, act) for act in context.perhaps_like((Pattern(state.kind),))]
    told = sorted((act for act in told if all(name in act.fact.attributes for name in decides)), key=_order)

    def before(act: Act) -> list[Act]:
        mine = [one for one in told[: told.index(act)] if all(one.words(name) == act.words(name) for name in named)]
        return [one for one in mine if one.id not in shown or not one.asks]

    return [act for act in told if act.id in shown and not any(one.id in shown for one in before(act)[-1:])]


def _order(act: Act) -> tuple[date, int, str]:
    return act.day, act.fact.arrival, act.id


def _first_ones(context: Context, events: list[tuple[Act, bool]]) -> list[tuple[Act, bool]]:
    """Those before which there are not already so many of the same period."""
    most, kind = context.when.first, context.when.first_in
    if most is None:
        return events

    def together(one: date, other: date) -> bool:
        if kind == "term":
            return term_at(context.life, one) == term_at(context.life, other)
        if kind and kind != "month" and context.year_starts != "01-01":
            months = int(context.year_starts[:2]) - 1  # its own year's quarters are the calendar's, so much later
            one, other = plus_months(one.replace(day=1), -months), plus_months(other.replace(day=1), -months)
        return kind is None or label_of(one, kind) == label_of(other, kind)

    return [
        (act, off) for place, (act, off) in enumerate(events)
        if sum(not gone and not one.asks and together(one.day, act.day) for one, gone in events[:place]) < most
    ]  # fmt: skip


def _within(context: Context, act: Act) -> bool:
    """Whether an event is of a day on which the clause runs, where it was."""
    running = [
        site in (None, act.fact.text(context.clause.per or ""))
        for first, last, site in stretches(context)
        if first <= act.day <= last
    ]
    return any(running) and context.life.in_force(act.day) and kept(context, act.day)


def _appointed(context: Context, pattern: Pattern) -> list[tuple[Act, bool]]:
    """What is planned or held, as acts on the day on which it stands; and whether it is called off."""
    out: list[tuple[Act, bool]] = []
    standing = [(one, where) for one in context.appointed(pattern.kind) if (where := one.where(context.as_of))]
    taken: list[Sitting] = []
    for sitting, (day, off) in standing:
        if sitting in taken:
            continue
        group = [sitting]
        for other, where in standing if not off else ():
            held_twice = other.is_held() and any(one.is_held() for one in group)
            if other not in (*taken, *group) and where == (day, False) and sitting.alike(other) and not held_twice:
                group.append(other)
        taken += group
        first = sitting.notes[0].fact
        said = {name: text for name in ("body", "site") if (text := first.text(name))}
        days = frozenset(one for member in group for one in member.days) - {day}
        fact = structs.replace(first, kind=pattern.kind, date=day, precision="day", attributes=said, was=tuple(days))
        act = Act(fact, day, records=frozenset(name for member in group for name in member.ids), own=day)
        if looks_like(pattern, act, Reader(context.people)) == YES:
            out.append((act, off))
    return out


def _coming(context: Context, event: Act) -> date | None:
    """The day of the next of the same kind, body and site that is planned or held; or of what the text names."""
    named = context.when.next_
    if named and named.kind in NOTES:
        return min(
            (one.day for one, off in _appointed(context, named) if not off and one.day > event.day), default=None
        )
    if named:
        later = [act.day for act in context.acts_like((named,)) if event.day < act.day <= context.as_of]
        return min(later, default=None)
    held = {"meeting_held": "meeting", "inspection_done": "inspection", "hearing_held": "hearing"}
    kind = held.get(event.fact.kind, event.fact.kind)
    if kind not in NOTES:
        later = [act.day for act in context.perhaps_like(context.when.events) if event.day < act.day <= context.as_of]
        return min(later, default=None)
    days = [
        act.day for act, off in _appointed(context, Pattern(kind))
        if not off and act.day > event.day and all(act.words(name) == event.words(name) for name in ("body", "site"))
    ]  # fmt: skip
    return min(days, default=None)


def _for_event(context: Context, act: Act, since_last: date) -> Duty:
    clause, when, life = context.clause, context.when, context.life
    named: dict[str, date | None] = {
        f"event.{name}": date.fromisoformat(act.words(name)[0]) for name in ("handed_over",) if act.words(name)
    }
    if when.due and when.due.mark == "next":
        named["next"] = _coming(context, act)
    due = None if when.open else context.day(
        when.due, start=life.first, end=None if life.last == OPEN else life.last, event=act.day, **named
    )  # fmt: skip
    hours = None
    if when.due and when.due.unit == "hour":
        begun = when_it_was(act)
        hours = begun[0] + 60 * when.due.count, begun[1] + 60 * when.due.count
        due = date.fromordinal(in_sweden(hours[1]) // 1440)
    shape = "itself" if clause.what[0].kind == ITSELF else "undated" if due is None else "own"
    referring = all(one.refers_to_occasion for one in clause.what)
    # Before its event, or on its day; the record may name a day after its own.
    parts = (when.due.of or (when.due,)) if when.due else ()
    ahead = [one.mark is not None and one.mark.startswith("event") and one.count <= 0 for one in parts]
    named_alone = [one.count == 0 and (one.mark or "").startswith("event.") for one in parts]
    before = shape == "own" and bool(parts) and all(ahead) and not any(named_alone)
    written = context.day(when.opens, event=act.day, start=life.first)
    last_late = act.day if before else _late_until(context, due)
    opens = None
    if written:
        first = written
    elif before and context.chosen("SAMRADALDER", "same_year"):
        concerned = (act.fact.text("concerns_period") or str(act.day.year))[:4]
        first = date(min(act.day.year, int(concerned)), 1, 1)
    elif before:
        first = date.min if referring else since_last
        opens = since_last if act.fact.kind in NOTES else None
    else:
        first = date.min if referring else min(act.day, act.since or act.day)
    opens = opens or (act.day if first == date.min else min(act.day, first))
    return Duty(
        context.name, act.id, clause, shape, life.first, opens, first,
        due, last_late, None, context.required_on(act.day), None, act, act.records | {act.id}, unsure=act.asks,
        hours=hours,
    )  # fmt: skip


def _late_until(context: Context, due: date | None) -> date:
    """What follows an event can be late for ever; but what is forbidden without a day is so while the text holds."""
    return context.life.last if due is None and "shall_not" in context.clause.norm else OPEN


def following(context: Context, leader: Duty, met: date | None, about: frozenset[str]) -> Duty:
    """The next step of a chain, for the version or trigger that the step before it serves."""
    period, event = leader.period, leader.event
    coming = _coming(context, event) if event and context.when.due and context.when.due.mark == "next" else None
    due = None if context.when.open else context.day(
        context.when.due, event=met, start=period[1] if period else None, end=period[2] if period else None, next=coming
    )  # fmt: skip
    ends = {"start": period[1], "end": period[2]} if period else {}
    begun = context.day(context.when.opens, event=met, next=coming, **ends)
    opens = event.day if event else leader.first
    if event and event.fact.kind in NOTES:
        opens = leader.opens
    opens = begun or opens
    return Duty(
        context.name, leader.suffix, context.clause, "undated" if due is None else "own", leader.begins,
        opens, begun or (OPEN if context.when.opens else date.min), due, _late_until(context, due), period,
        context.clause.at_least,
        leader.against, leader.event, leader.about | about, leader.site, party=leader.party, unsure=leader.unsure,
    )  # fmt: skip
