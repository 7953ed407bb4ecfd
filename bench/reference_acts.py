"""The reference reads a register: rows become acts, with corrections and retractions applied and meetings made one."""

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from bench.reference_calendar import named, plus

ONE = timedelta(days=1)
AHEAD = frozenset({"meeting_scheduled", "role_assigned", "agreement_terminated"})
"""Kinds whose day may properly lie ahead when they are recorded."""
NAMING = ("concerns_period", "period", "year")
DECODE = json.JSONDecoder().decode


class Row(NamedTuple):
    """A fact as it lies in the register."""

    arrival: int
    id: str
    kind: str
    date: str
    precision: str
    recorded: str
    recorder: str
    attributes: str


@dataclass(slots=True)
class Act:
    """Something that was recorded.

    `first` and `last`: the days on which it can have been; `day`: the one it counts on. `names`: a period that was over
    and that it is about. `was`: days it bore before it was corrected.
    """

    id: str
    kind: str
    first: date
    last: date
    recorded: date
    told: str
    arrival: int
    recorder: str
    said: dict[str, Any]
    was: tuple[date, ...] = ()
    day: date = date.min
    names: str = ""
    sure: bool = True

    def settle(self) -> "Act":
        """Work out the day it counts on and the period it names, once nothing changes any more."""
        self.day = self.first if self.first == self.last else min(self.last, max(self.recorded, self.first))
        if not self.said.keys().isdisjoint(NAMING):
            self.names = next((text for name in NAMING if (text := self.over(self.said.get(name)))), "")
        return self

    def over(self, name: str | None) -> str:
        """The name of a period that was over when it was done, else nothing."""
        limits = named(name) if name else None
        return name if name and limits and limits[1] < self.first else ""

    @property
    def rough(self) -> bool:
        """Whether its day is not known."""
        return self.first != self.last

    @property
    def planned(self) -> bool:
        """Whether it was written down before its day, and is no more than a plan."""
        return self.recorded < self.first and self.kind not in AHEAD

    @property
    def place(self) -> tuple[date, int, str]:
        """Its place among others."""
        return self.day, self.arrival, self.id


@dataclass
class Acts:
    """An agreement's acts by kind; `meetings` as they were written down, `same` from a second record to the first.

    What has been sorted out once (by what a record says, by what it refers to) is kept.
    """

    today: date
    kinds: dict[str, list[Act]]
    meetings: list[Act]
    same: dict[str, str]
    kept: dict[str, list[Act]] = field(default_factory=dict)
    saying: dict[tuple[str, str], dict[str, list[Act]]] = field(default_factory=dict)
    referring: dict[tuple[str, str], dict[str, list[Act]]] = field(default_factory=dict)

    def done(self, kind: str) -> list[Act]:
        """What was done of a kind, by day; plans left out."""
        if kind not in self.kept:
            found = self.kinds.get(kind, ())
            self.kept[kind] = [act for act in found if act.day <= self.today and not act.planned]
        return self.kept[kind]

    def of(self, kind: str, says: Mapping[str, str]) -> list[Act]:
        """What was done of a kind that says so much (one thing at most), by day."""
        if not says:
            return self.done(kind)
        ((name, text),) = says.items()
        table = self.saying.get((kind, name))
        if table is None:
            table = self.saying[kind, name] = defaultdict(list)
            for act in self.done(kind):
                table[act.said.get(name, "")].append(act)
        return table.get(text, [])

    def about(self, kind: str, name: str, target: str) -> list[Act]:
        """What was done of a kind that refers to another record."""
        table = self.referring.get((kind, name))
        if table is None:
            table = self.referring[kind, name] = defaultdict(list)
            for act in self.done(kind):
                told = act.said.get(name, "")
                table[self.same.get(told, told)].append(act)
        return table.get(target, [])


class Line:
    """Acts by day, to be found by bisection."""

    def __init__(self, acts: Sequence[Act]) -> None:
        """`acts` are in order already."""
        self.acts = acts
        self.days = [act.day for act in acts]
        self.rough = [act for act in acts if act.rough]
        self.naming = [act for act in acts if any(name in act.said for name in NAMING)]

    def between(self, first: date, last: date) -> Sequence[Act]:
        """Those of some days."""
        return self.acts[bisect_left(self.days, first) : bisect_right(self.days, last)]


def acts_of(rows: Iterable[Row], today: date) -> Acts:
    """The acts that stand on a day."""
    plain: dict[str, Act] = {}
    records: list[Row] = []
    for row in rows:
        if row.kind.startswith("record_"):
            records.append(row)
        else:
            plain[row.id] = _act(row)
    _put_right(plain, records)
    kinds: dict[str, list[Act]] = defaultdict(list)
    for act in plain.values():
        kinds[act.kind].append(act.settle())
    meetings: list[Act] = kinds.get("meeting_held", [])
    same: dict[str, str] = {}
    if meetings:
        kinds["meeting_held"], same = _made_one(meetings)
    for found in kinds.values():
        found.sort(key=lambda act: act.place)
    return Acts(today, kinds, meetings, same)


def _act(row: Row) -> Act:
    first = date.fromisoformat(row.date)
    said = DECODE(row.attributes)
    told = date.fromisoformat(row.recorded[:10])
    last = _last(first, row.precision)
    return Act(row.id, row.kind, first, last, told, row.recorded, row.arrival, row.recorder, said)


def _last(first: date, precision: str) -> date:
    return first if precision == "day" else plus(first, 1 if precision == "month" else 12) - ONE


def _put_right(plain: dict[str, Act], records: list[Row]) -> None:
    """Apply what stands of the corrections and retractions: the last word about a record is said first."""
    void: set[str] = set()
    standing: list[tuple[Row, dict[str, Any]]] = []
    for row in reversed(records):
        if row.id not in void:
            said = DECODE(row.attributes)
            standing.append((row, said))
            if row.kind == "record_retracted":
                void.add(said["target"])
    for row, said in reversed(standing):
        if row.kind == "record_corrected" and said["target"] in plain and said["target"] not in void:
            _correct(plain[said["target"]], row.recorded, said["set"])
    for name in void & plain.keys():
        del plain[name]


def _correct(act: Act, told: str, changes: Mapping[str, str | None]) -> None:
    for name, value in changes.items():
        if name == "date":
            continue
        if value is None:
            act.said.pop(name, None)
        else:
            act.said[name] = value
    if day := changes.get("date"):
        act.was += () if act.rough else (act.first,)
        act.first = act.last = date.fromisoformat(day)
        act.recorded, act.told = date.fromisoformat(told[:10]), told


def _made_one(meetings: list[Act]) -> tuple[list[Act], dict[str, str]]:
    """Each meeting once: a body meets once on a day, and what was written last holds."""
    groups: dict[object, list[Act]] = defaultdict(list)
    for act in meetings:
        groups[act.id if act.rough else (act.said["body"], act.first)].append(act)
    out: list[Act] = []
    same: dict[str, str] = {}
    for group in groups.values():
        group.sort(key=lambda act: (act.told, act.arrival, act.id))
        first, last = group[0], group[-1]
        if len(group) > 1:
            same |= {act.id: first.id for act in group[1:]}
            said = {name: value for act in group for name, value in act.said.items()}
            first = Act(first.id, first.kind, first.first, first.last, last.recorded, last.told, last.arrival,
                        first.recorder, said, first.was).settle()  # fmt: skip
        out.append(first)
    return out, same


Fits = Callable[[Act], bool | None]


def fitting(acts: Iterable[Act], fits: Fits) -> list[Act]:
    """Those that fit; one of which it is not known is not sure."""
    out = []
    for act in acts:
        answer = fits(act)
        if answer is not False:
            act.sure = answer is True
            out.append(act)
    return out
