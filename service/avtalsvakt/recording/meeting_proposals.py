"""Meetings out of exported calendars, as the facts that would be recorded if somebody says that they are right.

In come calendars and an open register, out come proposals: a meeting to record, one to move, one to call off; or why an
occasion is none. One meeting of a calendar is one in the register, whichever way its calendar went since.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from avtalsvakt.answers.assessing import check_agreements
from avtalsvakt.recording.known_to import known_to
from avtalsvakt.recording.meeting_identity import HELD, OFF, PLANNED, fact_id, family, old_id
from avtalsvakt.recording.meeting_matching import bodies_of
from avtalsvakt.rights import RECORDER
from avtalsvakt.settings import Settings
from avtalsvakt_calendars.importing.calendar_file import Occasion, Reading, read_calendar
from avtalsvakt_engine.evidence.visibility import View, view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.vocabulary import load

AHEAD = timedelta(days=400)
NEW, MOVED, CALLED_OFF = "nytt", "flyttat", "inställt"


class Proposed(Struct, frozen=True):
    """A fact that may be recorded, what it does (NEW, MOVED, CALLED_OFF), and what keeps it from that, if anything.

    `about` is the planned meeting that is moved or called off.
    """

    fact: Fact
    does: str
    said: str
    doubt: str | None = None
    about: Fact | None = None


class Found(Struct, frozen=True):
    """What calendars hold: accounts by file, and proposals. `missing`: plans read before that are in none of them."""

    readings: Mapping[Path, Reading]
    proposals: tuple[Proposed, ...]
    missing: int = 0


def find(settings: Settings, register: Register, files: Sequence[Path], agreement: str | None) -> Found:
    """The meetings that the calendars hold. Raises Rejected."""
    rulebook = settings.rulebook()
    rights = settings.rights
    check_agreements(rulebook, [agreement] if agreement else [], sees=rights.sees)
    known = known_to(rulebook, rights)
    wanted = [one for one in ([agreement] if agreement else rulebook.instruments) if rights.may(RECORDER, one)]
    bodies = bodies_of(rulebook, known.vocabulary, wanted)
    last = (settings.now + AHEAD).date()
    readings = {file: read_calendar(file, last, bodies.spoken_of) for file in files}
    weighing = _Weighing(settings, known, _Recorded.of(register))
    found: list[Proposed] = []
    for one in sorted((one for read in readings.values() for one in read.occasions), key=lambda one: one.start):
        fitting = bodies.fitting(f"{one.summary} {one.location}")
        if len(fitting) == 1:
            found += weighing.proposals(one, *fitting[0])
        elif fitting:
            found.append(weighing.unclear(one, fitting))
    series = frozenset(uid for read in readings.values() for uid in read.series)
    found += weighing.gone(series, wanted)
    return Found(readings, tuple(found), weighing.missing(wanted) if series else 0)


class _Recorded(Struct, frozen=True):
    """What the register holds: ids ever used, what is shown, meetings by what makes them one, call-offs."""

    ids: frozenset[str]
    shown: Mapping[str, Fact]
    meetings: set[tuple[object, ...]]
    off: Mapping[tuple[object, ...], Fact]
    corrected: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, register: Register) -> "_Recorded":
        facts = list(register.facts())
        seen: View = view(facts, None, load())
        off: dict[tuple[object, ...], Fact] = {
            (one.agreement, one.text("body"), one.text("planned_for")): one for one in seen.facts if one.kind == OFF
        }
        meetings = {_meeting(fact) for fact in seen.facts if fact.kind in (PLANNED, HELD)}
        return cls(
            frozenset(one.id for one in facts), {one.id: one for one in seen.facts}, meetings, off, seen.corrected
        )


class _Weighing:
    """Occasions held against the register, one after the other: what is proposed counts as there for the next."""

    def __init__(self, settings: Settings, known: Known, recorded: _Recorded) -> None:
        self.settings, self.known, self.recorded = settings, known, recorded
        self.now = settings.now.replace(tzinfo=None)
        self.seen: set[str] = set()

    def proposals(self, one: Occasion, agreement: str, body: str) -> Iterator[Proposed]:
        """What an occasion of a body's meeting amounts to."""
        planned = self._planned(one, agreement, body)
        if planned is not None:
            self.seen.add(planned.id)
        if one.cancelled:
            yield self._called_off(one, agreement, body, planned)
            return
        off = planned and self._off(planned)
        if planned is not None and not off and self._elsewhere(planned, one):
            yield self._move(planned, one)
        if planned is None or one.end <= self.now or off:
            yield self._meeting(one, agreement, body, off)
        elif not self._elsewhere(planned, one):
            yield Proposed(planned, NEW, one.summary, "finns redan")

    def unclear(self, one: Occasion, fitting: Sequence[tuple[str, str]]) -> Proposed:
        """An occasion that may be of several agreements."""
        doubt = "passar på " + ", ".join(name for name, _ in fitting) + "; säg vilket avtal det gäller"
        return Proposed(self._fact(one, *fitting[0]), NEW, one.summary, doubt)

    def gone(self, series: frozenset[str], agreements: Sequence[str]) -> Iterator[Proposed]:
        """Planned meetings to come of events that were read whole and do not have them any more."""
        families = {family(uid, agreement): uid for uid in series for agreement in agreements}
        for planned in self._to_come(agreements):
            if planned.id.rpartition("-")[0] + "-" in families and planned.id not in self.seen:
                self.seen.add(planned.id)
                uid = families[planned.id.rpartition("-")[0] + "-"]
                said = "finns inte kvar i kalenderns serie"
                yield Proposed(self._call_off(planned, uid), CALLED_OFF, said, about=planned)

    def missing(self, agreements: Sequence[str]) -> int:
        """How many planned meetings to come were read out of a calendar before, and not now."""
        return sum(planned.id not in self.seen for planned in self._to_come(agreements))

    def _to_come(self, agreements: Sequence[str]) -> list[Fact]:
        today, last = self.now.date(), (self.now + AHEAD).date()
        return [
            one for one in self.recorded.shown.values()
            if one.kind == PLANNED and one.id.startswith("kal-") and one.agreement in agreements
            and today <= one.date <= last and not self._off(one)
        ]  # fmt: skip

    def _planned(self, one: Occasion, agreement: str, body: str) -> Fact | None:
        """The plan that was read out of a calendar for the occasion before, as it holds now."""
        names = fact_id(one, agreement, PLANNED), old_id(one, agreement, PLANNED, body)
        return next((self.recorded.shown[name] for name in names if name in self.recorded.shown), None)

    def _off(self, planned: Fact) -> Fact | None:
        return self.recorded.off.get((planned.agreement, planned.text("body"), planned.date.isoformat()))

    def _elsewhere(self, planned: Fact, one: Occasion) -> bool:
        """Whether the occasion is at another time than its plan; a plan says when it begins, and maybe when it ends."""
        stated = planned.text("time") or ""
        return planned.date != one.start.date() or (not one.whole_day and not stated.startswith(_time(one.start)))

    def _meeting(self, one: Occasion, agreement: str, body: str, off: Fact | None) -> Proposed:
        """The meeting as a fact, and what keeps it from being recorded."""
        fact = self._fact(one, agreement, body)
        held = self.recorded.shown.get(fact_id(one, agreement, HELD))
        doubt = None
        if held is not None and held.date != fact.date:
            doubt = f"är registrerat som hållet {held.date} ({held.id}); rätta registreringen om kalendern har rätt"
        elif off is not None and held is None:
            doubt = f"är inställt i registret ({off.id}); återkalla det om mötet ska hållas"
        elif held or {_meeting(fact), (HELD, *_meeting(fact)[1:])} & self.recorded.meetings:
            doubt = "finns redan"
        elif fact.id in self.recorded.ids:
            doubt = "är återkallat i registret"
        elif one.moved:
            doubt = "är flyttat enligt rubriken"
        self.recorded.meetings.add(_meeting(fact))
        return Proposed(fact, NEW, one.summary, doubt)

    def _called_off(self, one: Occasion, agreement: str, body: str, planned: Fact | None) -> Proposed:
        if planned is None:
            return Proposed(self._fact(one, agreement, body), NEW, one.summary, "inställt")
        doubt = "är redan inställt" if self._off(planned) else None
        return Proposed(self._call_off(planned, one.uid), CALLED_OFF, one.summary, doubt, planned)

    def _call_off(self, planned: Fact, uid: str) -> Fact:
        day = planned.date.isoformat()
        line = {"kind": OFF, "body": planned.text("body"), "planned_for": day, "date": self.now.date().isoformat()}
        name = fact_id(Occasion(uid, self.now, self.now, ""), planned.agreement, OFF, planned.id, day)
        return self._read({**line, "id": name, "agreement": planned.agreement})

    def _move(self, planned: Fact, one: Occasion) -> Proposed:
        """A correction of the plan: it keeps its name, and so do the duties and calendar entries that hang on it."""
        new = {"date": one.start.date().isoformat(), "time": "" if one.whole_day else _time(one.start)}
        before = self.recorded.corrected.get(planned.id, ())
        name = fact_id(one, planned.agreement, "record_corrected", planned.id, str(len(before)), *new.values())
        line = {"kind": "record_corrected", "target": planned.id, "set": new, "reason": "flyttat i kalendern"}
        return Proposed(
            self._read({**line, "id": name, "agreement": planned.agreement}), MOVED, one.summary, None, planned
        )

    def _fact(self, one: Occasion, agreement: str, body: str) -> Fact:
        kind = HELD if one.end <= self.now else PLANNED
        line = {"kind": kind, "agreement": agreement, "date": one.start.date().isoformat(), "body": body}
        line |= {} if one.whole_day else {"time": _time(one.start)}
        return self._read({**line, "id": fact_id(one, agreement, kind)})

    def _read(self, line: Mapping[str, object]) -> Fact:
        return read_fact(
            line, known=self.known, now=self.settings.now, where=str(line["id"]), by=self.settings.recorder
        ).fact


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _meeting(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.agreement, fact.text("body"), fact.date
