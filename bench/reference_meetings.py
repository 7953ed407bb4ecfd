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
    """One meeting and the notes about it. `days`: all it has stood on; `announced`: those that a plan or call named.

    `day`, `off` and `held`: where it stands by all its notes.
    """

    notes: list[Note] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    announced: set[date] = field(default_factory=set)
    day: date | None = None
    off: date | None = None
    held: bool = False

    def add(self, note: Note) -> None:
        """One more note about it."""
        self.notes.append(note)
        told = {note.day, *(note.act.was if note.says == "plan" else ())}
        self.days |= told | ({note.new} if note.new else set())
        if note.says != "off":
            self.announced |= told
        self._stand(note)

    def _stand(self, note: Note) -> None:
        if note.says == "held":
            self.day, self.off, self.held = note.day, None, True
        elif self.held:
            return
        elif note.says == "off" and note.new:
            self.day, self.off = note.new, None
        elif note.says == "off":
            if self.day in (None, note.day):
                self.day, self.off = note.day, note.since
        elif self.day is None:
            self.day = note.day
        elif self.day == note.day and self.off and (note.says == "plan" or note.since >= self.off):
            self.off = None


@dataclass
class Meeting:
    """A meeting as an occasion on the day judged."""

    id: str
    day: date
    off: bool
    held: bool
    days: set[date]
    arrival: int


def meetings_of(acts: Acts, body: str) -> list[Meeting]:
    """The meetings of a body, planned or held, by day; two that have come to stand on one day are one."""
    out: dict[date, list[Meeting]] = {}
    for sitting in _sittings(acts, body):
        if sitting.day is None:
            continue
        first, there = sitting.notes[0].act, out.setdefault(sitting.day, [])
        here = Meeting(first.id, sitting.day, sitting.off is not None, sitting.held, sitting.days, first.arrival)
        known = next((one for one in there if not one.off and not here.off and not (one.held and here.held)), None)
        if known is None:
            there.append(here)
        else:
            known.held |= here.held
            known.days |= here.days
    return sorted((one for there in out.values() for one in there), key=lambda one: (one.day, one.arrival, one.id))


def _sittings(acts: Acts, body: str) -> list[Sitting]:
    """The notes about a body's meetings, gathered in the order they were written down."""
    notes = [note for kind in KINDS for act in _records(acts, kind) if act.said["body"] == body for note in _notes(act)]
    out: list[Sitting] = []
    by_day: dict[date, list[Sitting]] = {}
    for note in sorted(notes, key=lambda note: (note.act.arrival, note.act.told, note.act.id)):
        if note.since > acts.today:
            continue
        here = _meant(note, by_day)
        if not here:
            here = [Sitting()]
            out += here
        for sitting in here:
            before = set(sitting.days)
            sitting.add(note)
            for day in sitting.days - before:
                by_day.setdefault(day, []).append(sitting)
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


def _meant(note: Note, by_day: dict[date, list[Sitting]]) -> list[Sitting]:
    """The meeting that a note is about: the one that stands on its day, else one that once did; none if it is new.

    What is called off on a day is called off for all that stand there.
    """
    able = [one for one in by_day.get(note.day, ()) if not (note.says == "held" and one.held) or one.day == note.day]
    there = [one for one in able if one.day == note.day]
    there = there or [one for one in able if not _left(note, one)]
    if not there and note.says == "held":
        there = [one for day in note.act.was for one in by_day.get(day, ()) if not one.held]
    return there if note.says == "off" else there[:1]


def _left(note: Note, sitting: Sitting) -> bool:
    """Whether a new plan is for a day that this one was announced for and has left: another meeting, then."""
    return note.says == "plan" and note.day in sitting.announced
