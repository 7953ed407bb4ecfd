"""The content lines of a calendar become its parts: calendars, the time zones they define, their events.

In come lines, out come parts and what is missing in the structure: an end that never came, an event that another one
interrupts. Whatever is inside an event but no line of it (an alarm) is left out. Source: RFC 5545, 3.4 and 3.6.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from avtalsvakt_calendars.importing.content_lines import Line
from avtalsvakt_rules.problems import Problem

DEEPEST = 20
"""Parts inside each other: an alarm in an event in a calendar is three."""
CALENDAR, EVENT, ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"


@dataclass(slots=True)
class Part:
    """What stands between a BEGIN and its END: its lines and the parts inside it. `whole`: the END was there."""

    kind: str
    number: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    whole: bool = False

    def all(self, name: str) -> list[Line]:
        """The lines of a name."""
        return [line for line in self.lines if line.name == name]

    def get(self, name: str) -> Line | None:
        """The first line of a name that says anything."""
        return next((line for line in self.lines if line.name == name and line.value), None)

    def text(self, name: str) -> str:
        """The first value of a name as text; empty where there is none."""
        line = self.get(name)
        return line.text if line else ""


class Parts(Struct, frozen=True):
    """The calendars of a file, and what is wrong with the file as a whole: what is missing may be anything."""

    calendars: tuple[Part, ...]
    damage: tuple[Problem, ...]

    def inside(self, kind: str) -> Iterator[tuple[Part, Part]]:
        """Each part of a kind, after the calendar that it stands in."""
        for calendar in self.calendars:
            for part in calendar.parts:
                if part.kind == kind:
                    yield calendar, part

    def others(self) -> Mapping[str, int]:
        """How many parts there are that are neither events nor time zones, by kind."""
        kinds = (part.kind for calendar in self.calendars for part in calendar.parts)
        return Counter(kind for kind in kinds if kind not in (EVENT, ZONE))


def parts(lines: Sequence[Line], name: str) -> Parts:
    """The parts that the lines make up."""
    top = Part("", 0)
    stack = [top]
    for line in lines:
        kind = line.value.strip().upper()
        if line.name == "BEGIN":
            _begin(stack, Part(kind, line.number))
        elif line.name == "END":
            _end(stack, kind)
        else:
            stack[-1].lines.append(line)
    calendars = tuple(part for part in top.parts if part.kind == CALENDAR)
    return Parts(calendars, tuple(_damage(calendars, name)))


def _begin(stack: list[Part], part: Part) -> None:
    """Put a part inside the one that is open; nothing of a calendar's own stands inside an event."""
    while part.kind in (CALENDAR, EVENT, ZONE) and len(stack) > (1 if part.kind == CALENDAR else 2):
        stack.pop()
    if len(stack) > DEEPEST:  # nobody looks so deep, and to look for the end of each would take long
        stack.pop()
    stack[-1].parts.append(part)
    stack.append(part)


def _end(stack: list[Part], kind: str) -> None:
    """Close the innermost part of the kind; those inside it had no end. An end of nothing is passed over."""
    if any(part.kind == kind for part in stack[1:]):
        while stack[-1].kind != kind:
            stack.pop()
        stack.pop().whole = True


def _damage(calendars: Sequence[Part], name: str) -> Iterator[Problem]:
    open_ = [calendar for calendar in calendars if not calendar.whole]
    if open_:
        why = "END:VCALENDAR saknas: filen är avklippt, och det syns inte vad som fattas"
        remedy = "exportera den på nytt, eller ta det som finns med --partial"
        yield Problem("kalendern är inte hel", f"{name}:{open_[0].number}", why, remedy)
