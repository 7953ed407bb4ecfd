"""What gives rise to duties: facts that have happened, and appointments that are planned or held.

In comes a clause's context, out come occurrences by day. An appointment is known before its day comes, and may move.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.duties.picking import turns
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_engine.evidence.appointments import Appointment
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language.occasions import IDENTITY, held_as
from avtalsvakt_rules.language.patterns import OneOf, Pattern

_Identity = tuple[str | None, ...]


class Occurrence(Struct, frozen=True, gc=False):
    """An event, its day and the ids of its records.

    `unsure` says what must be asked before it is certain to be such an event; `since` is the day on which what it
    refers to was done. Of an appointment `known` remembers what was asked to say where it stands, and `off` that it is
    called off.
    """

    event: Fact
    day: date
    records: frozenset[str]
    off: bool = False
    known: AsOf | None = None
    unsure: str = ""
    since: date | None = None


class Stood:
    """Where occasions stand, without those called off; `asked` knows when that may change."""

    def __init__(self, found: Iterable[Occurrence], asked: AsOf) -> None:
        """`found` by day."""
        self.asked = asked
        self._alike: dict[_Identity | None, list[Occurrence]] = defaultdict(list)
        for one in found:
            if not one.off:
                self._alike[None].append(one)
                self._alike[_identity(one.event)].append(one)

    def alike(self, identity: _Identity | None) -> list[Occurrence]:
        """Those of one body and site, by day; all of them for None."""
        return self._alike.get(identity, [])


def _identity(event: Fact) -> _Identity:
    return tuple(event.text(name) for name in IDENTITY)


def occurrences(
    context: UnfoldingContext, patterns: tuple[Pattern, ...] | None = None
) -> tuple[list[Occurrence], AsOf]:
    """What has happened or is planned, by day; and what was asked to say so, which the context's day learns too.

    The events of the clause where no other patterns are given.
    """
    selection = context.select(patterns or context.when.events)
    appointed, asked = standing(context, selection.appointments)
    happened = []
    for item in turns(context, selection) if context.when.becomes and not patterns else selection.items:
        if not asked.reached(item.day):
            break
        ids = frozenset({item.fact.id})
        happened.append(Occurrence(item.fact, item.day, ids, unsure=item.asks, since=item.since))
    context.asof.absorb(asked)
    return (sorted([*happened, *appointed], key=_by_day) if appointed else happened), asked


def standing(context: UnfoldingContext, appointments: Iterable[Appointment]) -> tuple[list[Occurrence], AsOf]:
    """Where appointments stand, by day, and what was asked to say so; those that come to the same day become one."""
    found: dict[date, list[tuple[Appointment, Occurrence]]] = defaultdict(list)
    asked = context.asof.fork()
    for one in {appointment.first.id: appointment for appointment in appointments}.values():
        known = context.asof.fork()
        place = one.standing(known)
        asked.absorb(known)
        if place is None:
            continue
        there, occurrence = found[place.day], Occurrence(one.event(place.day), place.day, one.records, place.off, known)
        same = None if place.off else next((spot for spot, pair in enumerate(there) if _takes_in(pair, one)), None)
        if same is None:
            there.append((one, occurrence))
        else:
            first, here = there[same]
            there[same] = (replace(first, held=first.held or one.held), _together(here, occurrence))
    return sorted((occurrence for pairs in found.values() for _, occurrence in pairs), key=_by_day), asked


def _takes_in(pair: tuple[Appointment, Occurrence], other: Appointment) -> bool:
    """Whether an appointment that comes to the day of another is the same as it."""
    first, here = pair
    return not here.off and first.same_as(other)


def _together(one: Occurrence, other: Occurrence) -> Occurrence:
    """One occurrence of two: the first's, by the records of both."""
    if one.known and other.known:
        one.known.absorb(other.known)
    days = {*one.event.was, *other.event.was} - {one.day}
    return replace(one, event=replace(one.event, was=tuple(sorted(days))), records=one.records | other.records)


def _by_day(one: Occurrence) -> tuple[date, int, str]:
    return one.day, one.event.arrival, one.event.id


def next_day(context: UnfoldingContext, event: Fact, known: AsOf) -> date | None:
    """The day of the next occasion of the same kind, body and site, planned or held; None while none is known.

    Of what cannot be planned the next is the next one of the clause's events; a clause that names what comes next waits
    for that. `known` learns when that may change.
    """
    movable = context.movable
    kind = event.kind if event.kind in movable else held_as(event.kind, movable)
    kind = None if context.when.next_ else kind
    stood = _stood(context, kind, event)
    known.absorb_until(stood.asked.until)
    coming = stood.alike(None if kind is None else _identity(event))
    place = bisect_right(coming, day_of(event), key=_day)
    if place == len(coming):
        return None
    first = coming[place]
    if first.known is None:
        known.reached(first.day)
    else:
        known.absorb(first.known)
    return first.day


def _stood(context: UnfoldingContext, kind: str | None, event: Fact) -> Stood:
    """Where the occasions stand that an event is one of; worked out once for all events that are alike."""
    if (next_ := context.when.next_) is not None:
        if next_ not in context.stood:
            found, asked = occurrences(context, (next_,))
            context.stood[next_] = Stood([one for one in found if not one.unsure], asked)
        named: Stood = context.stood[next_]
        return named
    same = tuple((name, OneOf((text,))) for name in IDENTITY if (text := event.text(name)))
    pattern = Pattern(kind, same) if kind else None
    if pattern not in context.stood:
        context.stood[pattern] = Stood(
            *(standing(context, context.select((pattern,)).appointments) if pattern else occurrences(context))
        )
    kept: Stood = context.stood[pattern]
    return kept


def _day(one: Occurrence) -> date:
    return one.day
