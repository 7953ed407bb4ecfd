"""Meetings and inspections as people speak of them: one, however many notes there are and however it moved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.oracle.calendar_days import last_of_month

from avtalsvakt_engine.facts import Fact

NOTES = {
    "meeting": {
        "meeting_scheduled": "planned", "meeting_convened": "called",
        "meeting_cancelled": "off", "meeting_held": "held",
    },
    "inspection": {"inspection_planned": "planned", "inspection_done": "held"},
    "hearing": {
        "hearing_scheduled": "planned", "hearing_convened": "called",
        "hearing_cancelled": "off", "hearing_held": "held",
    },
}  # fmt: skip
"""What each record says of it; `hearing` is a word of a file's own (own_words.py)."""


@dataclass(frozen=True)
class Note:
    """One record of it: what it says about which day, and from when."""

    fact: Fact
    word: str
    day: date
    told: date
    new: date | None = None
    apart: bool = False


@dataclass
class Sitting:
    """Notes of one and the same."""

    notes: list[Note] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.notes[0].fact.id

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(note.fact.id for note in self.notes)

    @property
    def days(self) -> frozenset[date]:
        """Every day that was ever said."""
        said = {day for note in self.notes for day in (note.day, note.new) if day}
        return frozenset(said | {day for note in self.notes if note.word == "planned" for day in note.fact.was})

    def where(self, by: date = date.max) -> tuple[date, bool] | None:
        """The day it stands on and whether it is called off, by what had been told by a day."""
        notes = [note for note in self.notes if note.told <= by]
        held = [note.day for note in notes if note.word == "held"]
        if held:
            return held[0], False
        day, off = None, None
        for note in notes:
            if note.word == "off" and note.new:
                day, off = note.new, None
            elif note.word == "off":
                if day in (None, note.day):
                    day, off = note.day, note.told
            elif day is None:
                day = note.day
            elif day == note.day and off and (note.word == "planned" or note.told >= off):
                off = None
        return (day, off is not None) if day else None

    def alike(self, other: "Sitting") -> bool:
        """Whether both are of one body and place, and neither keeps itself apart."""
        mine, theirs = self.notes[0], other.notes[0]
        same = all(mine.fact.text(name) == theirs.fact.text(name) for name in ("body", "site"))
        return same and not mine.apart and not theirs.apart

    def is_held(self) -> bool:
        return any(note.word == "held" for note in self.notes)


def sittings(kind: str, facts: Iterable[Fact], *, merge: bool, accept: bool) -> list[Sitting]:
    """Every one of them, in the order in which they were first spoken of."""
    out: list[Sitting] = []
    ordered = sorted(facts, key=lambda one: (one.arrival, one.recorded, one.id))
    for note in _notes(kind, ordered, accept):
        mine = _meant(note, out, merge)
        if not mine:
            mine = [Sitting()]
            out += mine
        for one in mine:
            one.notes.append(note)
    return out


def _meant(note: Note, known: Sequence[Sitting], merge: bool) -> list[Sitting]:
    """Which of those known a note is about."""
    body, site = (note.fact.text(name) for name in ("body", "site"))
    every_site = note.word == "off" and site is None
    alike = [
        one for one in known
        if not (note.apart or one.notes[0].apart)
        and one.notes[0].fact.text("body") == body and (every_site or one.notes[0].fact.text("site") == site)
        and not (note.word == "held" and one.is_held() and not (merge and one.where() == (note.day, False)))
    ]  # fmt: skip
    on_the_day = [one for one in alike if (one.where() or (None,))[0] == note.day]
    once_there = [
        one for one in alike
        if note.day in one.days and not (note.word == "planned" and note.day in _announced(one))
    ]  # fmt: skip
    first_said = [one for one in alike if note.word == "held" and one.days & set(note.fact.was)]
    found = on_the_day or once_there or first_said
    return found if every_site else found[:1]


def _announced(one: Sitting) -> set[date]:
    notes = [note for note in one.notes if note.word != "off"]
    return {note.day for note in notes} | {day for note in notes if note.word == "planned" for day in note.fact.was}


def _notes(kind: str, facts: Iterable[Fact], accept: bool) -> Iterator[Note]:
    for fact in facts:
        word, whole = NOTES[kind].get(fact.kind), fact.precision == "day"
        recorded = date.fromisoformat(fact.recorded[:10])
        separate = bool(fact.attributes.get("separate"))
        if word == "held" and recorded < fact.date and not accept:
            word = "planned"
        if word == "planned" and whole:
            yield Note(fact, word, fact.date, date.min, apart=separate)
        elif word == "held":
            day = fact.date if whole else _last(fact, recorded)
            yield Note(fact, word, day, day, apart=separate or not whole)
        elif word == "called" and fact.text(f"{kind}_date"):
            told = fact.date if whole else _last(fact, recorded)
            yield Note(fact, word, date.fromisoformat(str(fact.text(f"{kind}_date"))), told)
        elif word == "off" and fact.text("planned_for"):
            told = fact.date if whole else _last(fact, recorded)
            new = fact.text("rescheduled_to")
            if new != fact.text("planned_for"):
                day = date.fromisoformat(str(fact.text("planned_for")))
                yield Note(fact, word, day, told, date.fromisoformat(new) if new else None)


def _last(fact: Fact, recorded: date) -> date:
    last = last_of_month(fact.date) if fact.precision == "month" else date(fact.date.year, 12, 31)
    return max(min(last, recorded), fact.date)
