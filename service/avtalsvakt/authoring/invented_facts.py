"""Invents a record that looks as a pattern asks: for trying out a rule on courses of events that nobody has recorded.

In comes a pattern, a day and what it is about, out comes a line as a file would hold it. What cannot be invented raises
CannotInvent with the reason; nothing is guessed about what follows from the line, which is the engine's to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from msgspec import Struct

from avtalsvakt_engine.dates.deadlines import add_months
from avtalsvakt_engine.evidence.selection import PERIOD_NAMES
from avtalsvakt_rules.interpreting.actors import ACTING
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.vocabulary import Kind, Vocabulary

Line = dict[str, object]
WHOLE = 100
"""Of how many a share is invented: 3/4 of the votes is 75 of 100."""


class CannotInvent(Exception):  # noqa: N818 - the name says what happened to the attempt
    """A pattern that asks for something which no single record shows; the message says what, in Swedish."""


class About(Struct, frozen=True):
    """What a record is about: the step before and the occasion, each as a line, and the period by its label."""

    step: Line | None = None
    occasion: Line | None = None
    label: str | None = None
    next_label: str | None = None
    site: str | None = None
    case: str = "site"
    party: str | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The records that `same` may refer to, the nearest first."""
        return tuple(one for one in (self.step, self.occasion) if one is not None)


@dataclass(slots=True)
class Inventor:
    """Makes the lines of one course of events in one agreement, and keeps them in the order they were made."""

    instrument: Instrument
    vocabulary: Vocabulary
    lines: list[Line] = field(default_factory=list)

    def act(self, pattern: p.Pattern, day: date, about: About, extra: Mapping[str, object] | None = None) -> Line:
        """A record that looks as the pattern asks, added to the course; `extra` says more about it."""
        kind = self.vocabulary.kinds[pattern.kind]
        line: Line = {"id": "", "kind": kind.id, "date": day.isoformat()}
        line |= self.said(kind.id, pattern, day, about) | dict(extra or {})
        if about.site and about.case not in line and kind.allows(about.case):
            line[about.case] = about.site
        for name in kind.requires:
            if name not in line:
                line[name] = self._needed(name, kind, day, about)
        return self._kept(line)

    def recorded(self, line: Line) -> tuple[bool, str]:
        """In which order records come into the register: by day, what is planned before all else."""
        planned = any(line["kind"] == one.planned for one in self.vocabulary.movable.values())
        return not planned, str(line["date"])

    def said(self, kind: str, pattern: p.Pattern, day: date, about: About) -> Line:
        """What a record of the kind says where the pattern's values are as asked; without day and id."""
        out: Line = {}
        for name, value in pattern.values:
            out |= self._value(name, value, day, self.vocabulary.kinds[kind], about)
        return out

    def _kept(self, line: Line) -> Line:
        line["id"] = f"h{len(self.lines) + 1}"
        self.lines.append(line)
        return line

    def _value(self, name: str, value: p.Value, day: date, kind: Kind, about: About) -> Line:
        if isinstance(value, p.OneOf):
            return {} if name == "agreement" else {name: value.texts[0]}
        if isinstance(value, p.NotIn):
            return {name: "annat"}
        if isinstance(value, p.Compare):
            whole = {value.of: str(WHOLE)} if value.of else {}
            beyond = (1 if value.at_least else -1) if value.strict else 0
            return {**whole, name: _number(value.bound * (WHOLE if value.of else 1) + beyond, up=value.at_least)}
        if isinstance(value, p.Length):
            last = add_months(day, value.months) - timedelta(days=1)
            return {value.since: day.isoformat(), name: last.isoformat()}
        if isinstance(value, p.Refers):
            return {name: self.act(value.pattern, day, about)["id"]}
        if isinstance(value, p.Met):
            raise CannotInvent(
                f"{name} ska avse en version som har fullgjort {value.clause}, och det kan bara ett fall visa"
            )
        return {name: self._word(name, value, kind, about)}

    def _word(self, name: str, value: p.Value, kind: Kind, about: About) -> object:
        """What one of the words of the language stands for here."""
        if isinstance(value, p.Both):
            return list(self.instrument.parties)
        if isinstance(value, p.Alternating):
            return self._other_than_last(name)
        if isinstance(value, p.Next):
            return _known(about.next_label, f"det framgår inte vilken period som är nästa för {name}")
        return self._same(name, value.attribute if isinstance(value, p.Same) else None, kind, about)

    def _same(self, name: str, attribute: str | None, kind: Kind, about: About) -> object:
        if name == about.case and about.site:
            return about.site
        if about.party and name in ACTING:
            return about.party
        if name in PERIOD_NAMES and about.label:
            return about.label
        for line in about.lines:
            if (attribute or name) in line:
                return line[attribute or name]
        nearest = next(iter(about.lines), None)
        found = (nearest["date"] if name in kind.days else nearest["id"]) if nearest else None
        return _known(found, f"det framgår inte vad {name} ska vara detsamma som")

    def _other_than_last(self, name: str) -> str:
        before = [line[name] for line in self.lines if name in line]
        choices = [*self.instrument.parties, "en", "en annan"]
        return next(one for one in choices if not before or one != before[-1])

    def _needed(self, name: str, kind: Kind, day: date, about: About) -> object:
        """A value for an attribute without which a record of the kind says nothing."""
        if name == "body":
            return next(iter((*self.instrument.bodies, *self.vocabulary.bodies)))
        if name in kind.days:
            return day.isoformat()
        if name in kind.refers:
            nearest = next(iter(about.lines), None)
            return nearest["id"] if nearest else self._referred(name, day, about)
        return next(iter(self.vocabulary.offered(kind.id, name)), "något")

    def _referred(self, name: str, day: date, about: About) -> object:
        made = {"meeting": "meeting_held", "notice": "notice_sent", "decision": "decision_made"}.get(name)
        if made is None:
            raise CannotInvent(f"det framgår inte vilken registrering {name} ska hänvisa till")
        return self.act(p.Pattern(made), day, about)["id"]


def _number(bound: Fraction, *, up: bool) -> str:
    return str(ceil(bound) if up else int(bound))


def _known(value: object, what: str) -> object:
    if value is None:
        raise CannotInvent(what)
    return value
