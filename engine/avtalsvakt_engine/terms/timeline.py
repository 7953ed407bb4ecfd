"""The terms of an instrument on a day, as values. How they come about is the business of timeline_builder."""

import json
from bisect import bisect_right
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.asof import FAR, AsOf


class Use(Struct, frozen=True):
    """A right to end or to lengthen an instrument, used: by which act, from which day on it counts.

    `end` is the last day that a right to end leaves; `extends` tells that the right lengthens the term. Without a fact
    it is a renewal: a right to object that nobody had used when `day`, its last, was over.
    """

    clause: str
    fact: str
    day: date
    end: date | None
    extends: bool = False

    def counts_on(self, day: date) -> bool:
        """Whether it has changed the term by a day."""
        return self.day <= day if self.fact else self.day < day


class Ended(Struct, frozen=True):
    """A right that ended a term: the clause that gives it, and the act by which it was used."""

    clause: str
    fact: str


class Span(Struct, frozen=True):
    """One term: first and last day, the last day it was meant to have, what it rests on, its number (1, 2 …).

    `ended` tells which right cut it short, if one did.
    """

    start: date
    end: date
    planned_end: date
    number: int
    basis: str
    fact: str | None = None
    ended: Ended | None = None

    @property
    def open(self) -> bool:
        """Whether it runs until further notice."""
        return self.planned_end == FAR


class Timeline(Struct, frozen=True):
    """The terms of one instrument in order, its state, what to notice, which rules fired.

    `until` is the last day on which the terms stay as they are, `state_until` the last day of the state.
    """

    instrument: str
    spans: tuple[Span, ...]
    state: str
    flags: tuple[str, ...] = ()
    fired: tuple[str, ...] = ()
    until: date | None = None
    state_until: date | None = None

    @property
    def first(self) -> date:
        """The first day of the first term."""
        return self.spans[0].start

    @property
    def last(self) -> date:
        """The last day of the last term; date.max while it runs until further notice."""
        return self.spans[-1].end

    def covers(self, day: date) -> bool:
        """Whether the instrument is in force on a day."""
        place = bisect_right([span.start for span in self.spans], day)
        return place > 0 and day <= self.spans[place - 1].end

    def in_force(self, asof: AsOf) -> bool:
        """Whether it is in force on the day judged; remembers when that changes."""
        return any(asof.reached(span.start) and not asof.passed(span.end) for span in reversed(self.spans))


def fingerprint(timeline: Timeline) -> str:
    """What others depend on of an instrument's life: its terms, and how long they stay so."""
    return json.dumps([*map(repr, timeline.spans), repr(timeline.until)])
