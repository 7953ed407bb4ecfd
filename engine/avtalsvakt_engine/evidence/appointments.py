"""Appointments: occasions that are planned, moved, called off and held.

Which records are about one, and where it stands on a day. In come one agreement's visible facts, out come appointments
in the order in which they were first heard of. Source: docs/decisions/0010-one-occasion-many-records.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.evidence.fact_index import FactIndex, day_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language.occasions import IDENTITY, Movable


class Standing(Struct, frozen=True, gc=False):
    """Where an occasion stands: its day, and whether it is called off without a new one."""

    day: date
    off: bool


class Appointment(Struct, frozen=True, gc=False):
    """One occasion. `first` is its first record, whose id it bears; `days` are all it has stood on.

    `stood` tells from which day it stood where, as the records' own days tell it; None before anyone knew of it.
    `alone` are those that are never the same as another, whatever their day; `held` those on record as held.
    """

    kind: str
    first: Fact
    records: frozenset[str]
    days: frozenset[date]
    stood: tuple[tuple[date, Standing | None], ...]
    alone: bool = False
    held: bool = False

    def same_as(self, other: "Appointment") -> bool:
        """Whether both are one if they come to stand on the same day; of what was held twice each is its own."""
        alike = all(self.first.text(name) == other.first.text(name) for name in IDENTITY)
        return alike and not (self.alone or other.alone or (self.held and other.held))

    def event(self, day: date) -> Fact:
        """What stands for it as an event on the day it stands on; `was` holds the other days it has stood on."""
        said = {name: self.first.attributes[name] for name in IDENTITY if name in self.first.attributes}
        others = tuple(sorted(self.days - {day}))
        return replace(self.first, kind=self.kind, date=day, precision="day", attributes=said, was=others)

    def standing(self, asof: AsOf) -> Standing | None:
        """Where it stands on the day judged; remembers when that changed and when it will."""
        found = None
        for day, standing in self.stood:
            if not asof.reached(day):
                break
            found = standing
        return found


class _Says(Enum):
    """What a record says of an occasion."""

    PLANNED = 1
    NOTICE = 2
    OFF = 3
    HELD = 4


class _Record(Struct, frozen=True, gc=False):
    """A record: what it says of which day, from which day it says so, the new day of a move."""

    fact: Fact
    says: _Says
    day: date
    since: date = date.min
    to: date | None = None
    alone: bool = False


class _Place(Struct, frozen=True, gc=False):
    """Where the records read so far put an occasion. `off` is the day on which it was called off."""

    day: date | None = None
    off: date | None = None
    held: bool = False

    def after(self, record: _Record) -> "_Place":
        """Where one more record puts it."""
        if record.says is _Says.HELD:
            return _Place(record.day, None, held=True)
        if self.held:
            return self
        if record.says is _Says.OFF:
            return self._called_off(record)
        if self.day is None:
            return _Place(record.day)
        back_on = record.day == self.day and self.off is not None
        if back_on and (record.says is _Says.PLANNED or record.since >= (self.off or date.min)):
            return _Place(self.day)
        return self

    def _called_off(self, record: _Record) -> "_Place":
        if record.to is not None:
            return _Place(record.to)
        return replace(self, day=record.day, off=record.since) if self.day in (None, record.day) else self


@dataclass(slots=True)
class _Group:
    """An occasion in the making. `announced` are the days that a plan or a notice, and not only a call-off, named."""

    number: int
    alone: bool
    place: _Place = field(default_factory=_Place)
    records: list[_Record] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    announced: set[date] = field(default_factory=set)

    def add(self, record: _Record) -> set[date]:
        """One more record; the days on which it had not stood before."""
        self.records.append(record)
        self.place = self.place.after(record)
        named = {record.day, *(record.fact.was if record.says is _Says.PLANNED else ())}
        new = (named | ({record.to} if record.to else set())) - self.days
        self.days |= new
        if record.says is not _Says.OFF:
            self.announced |= named
        return new

    def takes(self, record: _Record, *, merge: bool) -> bool:
        """Whether it may be about this one at all: an occasion is held once."""
        if self.alone or record.alone:
            return False
        return not (record.says is _Says.HELD and self.place.held) or (merge and self.place.day == record.day)

    def has_stood(self, record: _Record) -> bool:
        """Whether it once stood on the record's day; a new plan for a day that was left is another occasion."""
        return record.day in self.days and not (record.says is _Says.PLANNED and record.day in self.announced)


def appointments(
    kind: str, movable: Movable, facts: Iterable[Fact], *, planned: Callable[[Fact], bool], merge: bool
) -> list[Appointment]:
    """The occasions that these facts are about. `planned` tells what was written down before its own day."""
    on_day: dict[str | None, dict[date, list[_Group]]] = defaultdict(lambda: defaultdict(list))
    order: list[_Group] = []
    for record in sorted(_records(movable, facts, planned), key=_by_arrival):
        there = on_day[record.fact.text("body")]
        homes = _homes(there, record, merge=merge)
        if not homes:
            homes = [_Group(len(order), record.alone)]
            order += homes
        for group in homes:
            for day in group.add(record):
                there[day].append(group)
    return [_occasion(kind, group) for group in order]


_OF: WeakKeyDictionary[FactIndex, dict[str, list[Appointment]]] = WeakKeyDictionary()


def appointed(index: FactIndex, kind: str) -> list[Appointment]:
    """The occasions of a movable kind that an agreement's facts are about, worked out once."""
    known = _OF.setdefault(index, {})
    if kind not in known:
        movable = index.vocabulary.movable[kind]
        facts = [fact for name in movable.kinds for fact in index.unmerged.get(name, index.of_kind(name))]
        known[kind] = appointments(kind, movable, facts, planned=index.planned, merge=index.merge)
    return known[kind]


def moved_days(index: FactIndex, as_of: date) -> dict[str, date]:
    """The days on which occasions stand that have moved from the day of their first record, by the id of that."""
    out: dict[str, date] = {}
    for kind in index.vocabulary.movable:
        for one in appointed(index, kind):
            place = one.standing(AsOf(as_of))
            if place is not None and not place.off and place.day != one.first.date:
                out[one.first.id] = place.day
    return out


def _by_arrival(record: _Record) -> tuple[int, str, str]:
    return record.fact.arrival, record.fact.recorded, record.fact.id


def _homes(on_day: Mapping[date, list[_Group]], record: _Record, *, merge: bool) -> list[_Group]:
    """The occasions a record is about: one, or for a call-off without a site those of every site; none if it is new.

    `on_day` holds those of the record's body, by each day they have stood on.
    """
    site = record.fact.text("site")
    everywhere = record.says is _Says.OFF and site is None

    def mine(*days: date) -> list[_Group]:
        groups = {one.number: one for day in days for one in on_day.get(day, ())}
        return [
            one
            for _, one in sorted(groups.items())
            if one.takes(record, merge=merge) and (everywhere or one.records[0].fact.text("site") == site)
        ]

    stood = mine(record.day)
    there = [one for one in stood if one.place.day == record.day] or [one for one in stood if one.has_stood(record)]
    if not there and record.says is _Says.HELD:  # held, they say now, on another day than they first said
        there = mine(*record.fact.was)
    return there if everywhere else there[:1]


def _records(movable: Movable, facts: Iterable[Fact], planned: Callable[[Fact], bool]) -> Iterator[_Record]:
    """What the facts say; a plan that is known only to the month says nothing of which occasion it is about."""
    for fact in facts:
        whole = fact.precision == "day"
        if fact.kind == movable.planned or (fact.kind == movable.held and planned(fact)):
            if whole:
                yield _Record(fact, _Says.PLANNED, fact.date, alone=bool(fact.attributes.get("separate")))
        elif fact.kind == movable.held:
            alone = not whole or bool(fact.attributes.get("separate"))
            yield _Record(fact, _Says.HELD, day_of(fact), day_of(fact), alone=alone)
        elif fact.kind == movable.notice and (day := whole_day(fact.text(movable.notice_day))):
            yield _Record(fact, _Says.NOTICE, day, day_of(fact))
        elif fact.kind == movable.called_off and (day := whole_day(fact.text(movable.off_day))):
            to = whole_day(fact.text(movable.new_day))
            if to != day:  # moved within its day it still stands
                yield _Record(fact, _Says.OFF, day, day_of(fact), to)


def whole_day(text: str | None) -> date | None:
    """A day in an attribute; None where there is none or only a month."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def _occasion(kind: str, group: _Group) -> Appointment:
    first = group.records[0].fact
    stood: list[tuple[date, Standing | None]] = []
    for day in sorted({date.min, *(one.since for one in group.records)}):
        place = _Place()
        for record in group.records:
            if record.since <= day:
                place = place.after(record)
        standing = Standing(place.day, place.off is not None) if place.day else None
        if not stood or stood[-1][1] != standing:
            stood.append((day, standing))
    records = frozenset(one.fact.id for one in group.records)
    return Appointment(
        kind, first, records, frozenset(group.days), tuple(stood), alone=group.alone, held=group.place.held
    )
