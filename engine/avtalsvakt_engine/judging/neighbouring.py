"""Which duties in a row of occasions a record of one can change: those of its own days, and of those next to them.

A duty that only looks back (a chair that alternates) stands where all days of the record are later; one that looks
ahead to the next occasion, and no further, where none of them lies between the two. The days of a record are those that
it names, and those on which the occasions that it may be about stand or have stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.appointments import appointed, whole_day
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.judging.case import Case
from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.occasions import held_as

SLACK = timedelta(days=14)
"""No day is moved further than this, to a working day."""


@dataclass
class Neighbours:
    """The occasions of a case, by their records."""

    case: Case
    _days: dict[tuple[int, str], frozenset[date]] = field(default_factory=dict)

    def later(self, duty: Duty, fact: Fact) -> bool:
        """Whether a record is of days after the occasion of a duty, and none that is still to come."""
        days = self._of(duty, fact)
        return days is not None and min(days) > max(_own(duty))

    def apart(self, duty: Duty, fact: Fact) -> bool:
        """Whether a record is of no day from the occasion of a duty to the next one, and none that is still to come."""
        days, due = self._of(duty, fact), duty.clause.when.due if duty.clause.when else None
        if days is None or due is None:
            return False
        first, last = min(_own(duty)), _no_later(duty.due, due)
        return not any(first <= day <= last for day in days)

    def _of(self, duty: Duty, fact: Fact) -> frozenset[date] | None:
        """The days of a record; None where a duty is of no occasion of its kind, or where one of them is to come."""
        kind = self._kind(duty)
        if kind is None or fact.kind not in self.case.movable[kind].kinds:
            return None
        key = id(fact), kind
        if key not in self._days:
            self._days[key] = self._related(fact, kind)
        days = self._days[key]
        return days if self.case.asof.fork().reached(max(days)) else None

    def _kind(self, duty: Duty) -> str | None:
        event, movable = duty.event, self.case.movable
        if event is None:
            return None
        return event.kind if event.kind in movable else held_as(event.kind, movable)

    def _related(self, fact: Fact, kind: str) -> frozenset[date]:
        days, left = set(_named(fact)), list(appointed(self.case.index, kind))
        while near := [one for one in left if not days.isdisjoint(one.days) or fact.id in one.records]:
            days = days.union(*(one.days for one in near))
            left = [one for one in left if one not in near]
        return frozenset(days)


def _own(duty: Duty) -> tuple[date, ...]:
    """The days on which the occasion of a duty stands, or has stood."""
    return (day_of(duty.event), duty.event.date, duty.event.last, *duty.event.was) if duty.event else ()


def _named(fact: Fact) -> Iterator[date]:
    yield from (fact.date, fact.last, *fact.was)
    for value in fact.attributes.values():
        if isinstance(value, str) and (day := whole_day(value)):
            yield day


def _no_later(due: date | None, counted: Day) -> date:
    """A day that the next occasion does not come after; FAR where none is known."""
    if due is None:
        return FAR
    longest = {"month": 31, "year": 366, "week": 7, "working day": 3}.get(counted.unit, 1)
    return due + abs(counted.count) * longest * timedelta(days=1) + SLACK
