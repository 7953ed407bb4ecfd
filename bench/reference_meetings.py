"""Planned meetings, as the reference follows them: from the plan over moves to the day on which each was held."""

from dataclasses import dataclass, field
from datetime import date

from bench.reference_acts import Act, Acts

KINDS = {"meeting_scheduled": "plan", "meeting_convened": "call", "meeting_cancelled": "off", "meeting_held": "held"}


@dataclass(frozen=True)
class Note:
    """What one record says: of which day, from which day on, and the new day of a move."""

    act: Act
    says: str
    day: date
    since: date
    new: date | None = None


@dataclass
class Sitting:
    """One meeting and the notes about it. `days`: all it has stood on; `announced`: those that a plan or call named."""

    notes: list[Note] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    announced: set[date] = field(default_factory=set)

    def add(self, note: Note) -> None:
        """One more note about it."""
        self.notes.append(note)
        told = {note.day, *(note.act.was if note.says == "plan" else ())}
        self.days |= told | ({note.new} if note.new else set())
        if note.says != "off":
            self.announced |= told

    @property
    def held(self) -> bool:
        """Whether it is on record as held."""
        return any(note.says == "held" for note in self.notes)

    def stands(self, today: date = date.max) -> tuple[date | None, bool]:
        """The day it stands on, and whether it is called off, by what is known on a day."""
        day, off = None, None
        for note in self.notes:
            if note.since > today:
                continue
            if note.says == "held":
                return note.day, False
            if note.says == "off" and note.new:
                day, off = note.new, None
            elif note.says == "off":
                day, off = (note.day, note.since) if day in (None, note.day) else (day, off)
            elif day is None:
                day = note.day
            elif day == note.day and off and (note.says == "plan" or note.since >= off):
                off = None
        return day, off is not None


@dataclass(frozen=True)
class Meeting:
    """A meeting as an occasion on the day judged."""

    id: str
    day: date
    off: bool
    days: frozenset[date]
    arrival: int


def meetings_of(acts: Acts, body: str, today: date) -> list[Meeting]:
    """The meetings of a body, planned or held, by day; two that have come to stand on one day are one."""
    out: list[tuple[Sitting, Meeting]] = []
    for sitting in _sittings(acts, body):
        day, off = sitting.stands(today)
        if day is None:
            continue
        first = sitting.notes[0].act
        here = Meeting(first.id, day, off, frozenset(sitting.days), first.arrival)
        place = None if off else next((at for at, pair in enumerate(out) if _is_it(pair, sitting, day)), None)
        if place is None:
            out.append((sitting, here))
        else:
            known, other = out[place]
            merged = Sitting([*known.notes, *sitting.notes])
            out[place] = merged, Meeting(other.id, day, off=False, days=other.days | here.days, arrival=other.arrival)
    return sorted((one for _, one in out), key=lambda one: (one.day, one.arrival, one.id))


def _is_it(pair: tuple[Sitting, Meeting], sitting: Sitting, day: date) -> bool:
    known, meeting = pair
    return meeting.day == day and not meeting.off and not (known.held and sitting.held)


def _sittings(acts: Acts, body: str) -> list[Sitting]:
    """The notes about a body's meetings, gathered in the order they were written down."""
    notes = [note for kind in KINDS for act in _records(acts, kind) if act.said["body"] == body for note in _notes(act)]
    out: list[Sitting] = []
    for note in sorted(notes, key=lambda note: (note.act.arrival, note.act.told, note.act.id)):
        here = _meant(note, out)
        if not here:
            here = [Sitting()]
            out += here
        for sitting in here:
            sitting.add(note)
    return out


def _records(acts: Acts, kind: str) -> list[Act]:
    return acts.meetings if kind == "meeting_held" else acts.kinds.get(kind, [])


def _notes(act: Act) -> list[Note]:
    says = "plan" if act.kind == "meeting_held" and act.planned else KINDS[act.kind]
    if says == "plan":
        return [Note(act, says, act.first, date.min)]
    if says == "held":
        return [Note(act, says, act.day, act.day)]
    if says == "call":
        return [Note(act, says, date.fromisoformat(act.said["meeting_date"]), act.day)]
    new, day = act.said.get("rescheduled_to"), date.fromisoformat(act.said["planned_for"])
    return [Note(act, says, day, act.day, date.fromisoformat(new) if new else None)]


def _meant(note: Note, known: list[Sitting]) -> list[Sitting]:
    """The meeting that a note is about: the one that stands on its day, else one that once did; none if it is new.

    What is called off on a day is called off for all that stand there.
    """
    able = [one for one in known if not (note.says == "held" and one.held) or one.stands()[0] == note.day]
    there = [one for one in able if one.stands()[0] == note.day]
    there = there or [one for one in able if note.day in one.days and not _left(note, one)]
    if not there and note.says == "held":
        there = [one for one in able if one.days & set(note.act.was)]
    return there if note.says == "off" else there[:1]


def _left(note: Note, sitting: Sitting) -> bool:
    """Whether a new plan is for a day that this one was announced for and has left: another meeting, then."""
    return note.says == "plan" and note.day in sitting.announced
