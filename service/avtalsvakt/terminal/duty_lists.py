"""The lists of duties on a terminal: what is overdue, what is coming, what to take up at a meeting. Lines of text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from avtalsvakt.answers.attestations import Questions, together
from avtalsvakt.terminal.how_to_lines import compact, folded
from avtalsvakt.terminal.screen import listed
from avtalsvakt.terminal.styled_lines import Line, columns, line
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

if TYPE_CHECKING:
    from avtalsvakt.answers.acts import HowTo
    from avtalsvakt.answers.agenda import Agenda, BookedMeeting, Topic
    from avtalsvakt.answers.overdue import Overdue
    from avtalsvakt.words.own_names import OwnNames

INDENT = " " * 11
TITLE = 40  # where what a duty is called begins in its line
Titles = Mapping[tuple[str, str], str | None]
How = Mapping[str, "HowTo"]


def duties(verdicts: Iterable[Verdict], today: date, titles: Titles, how: How, width: int) -> Iterator[Line]:
    """Each duty, or questions put together, with how it is met under it."""
    for one in together(verdicts):
        for text in listed(one, today, titles):
            yield from hanging(text, width)
        if not isinstance(one, Questions) and one.duty in how:
            for told in compact(how[one.duty]):
                yield from map(line, folded(INDENT + told, width))


def hanging(text: Line, width: int) -> Iterator[Line]:
    """A line that is too long, continued under its title; a word, and so a key, is never broken."""
    room = text.plain.rfind(" ", TITLE, width + 1) if columns(text.plain) > width else -1
    if room < 0:
        yield text
        return
    yield text.between(0, room)
    yield from map(line, folded(" " * TITLE + text.plain[room:].strip(), width, 0))


def heading(text: str) -> Line:
    """A heading between the parts of a list."""
    return line(text, "bold")


def overdue_parts(found: "Overdue", *, with_ended: bool) -> Iterator[tuple[str, Sequence[Verdict]]]:
    """The parts of the list under their headings; what ended agreements left behind only where it is asked for."""
    yield "Kan ännu göras i efterhand:", found.curable
    yield "Består, kan inte göras i efterhand:", found.standing
    if with_ended:
        yield "I avtal som inte längre gäller:", found.ended


def ended_line(found: "Overdue", states: Iterable[InstrumentState]) -> str:
    """What agreements that have ended left behind, counted on one line."""
    known = {one.agreement: one for one in states}
    told = ", ".join(
        f"{name} {number} ({labels.STATES[known[name].state]}{f' {known[name].end}' if known[name].end else ''})"
        for name, number in found.ended_by_agreement.items()
    )
    number = counted(len(found.ended), "försenad", "försenade")
    return f"Avtal som inte längre gäller: {number}, {told}; --ended listar dem."


def left_lines(left: Sequence[Verdict]) -> Iterator[str]:
    """What agreements that have ended left open with a day that has passed, counted on one line."""
    if left:
        told = ", ".join(f"{name} {number}" for name, number in Counter(one.agreement for one in left).items())
        yield f"Avtal som inte längre gäller väntar på uppgifter eller svar: {told}."


def meetings(booked: Iterable["BookedMeeting"], today: date, own: "OwnNames") -> Iterator[str]:
    """The booked meetings, each with what to take up."""
    for one in booked:
        yield meeting_line(one, today, own)
        yield from (f"{INDENT}  ta upp: {topic_words(topic)}" for topic in one.topics)


def meeting_line(one: "BookedMeeting", today: date, own: "OwnNames") -> str:
    """`2026-12-10   11 d kvar  möte bokat   lokal styrgrupp (ostermalm-2020)`."""
    meeting, names = one.meeting, own.of(one.meeting.agreement)
    who = ", ".join(names.value(text) for text in (meeting.body, meeting.site) if text) or "möte"
    left = (meeting.day - today).days
    when = "i dag" if left == 0 else f"{left} d kvar"
    called = ", kallelse utsänd" if meeting.convened else ""
    return f"{meeting.day.isoformat():<11}{when:>10}  möte bokat  {who} ({meeting.agreement}){called}"


def topic_words(topic: "Topic") -> str:
    """What to take up, and by when."""
    last = f", senast {topic.last}" if topic.last else ""
    return f"{topic.words}{last}  [{topic.duty}]"


def agenda_lines(found: "Agenda", body: str, today: date, own: "OwnNames") -> Iterator[str]:
    """The agenda of a body's next meeting; what its later ones have to take up, and what no booked meeting can."""
    for place, one in enumerate(found.meetings):
        yield meeting_line(one, today, own)
        yield from (f"  {number}. {topic_words(topic)}" for number, topic in enumerate(one.topics, start=1))
        if place == 0 and not one.topics:
            yield "  Inget i registret behöver tas upp då."
    if not found.meetings:
        yield f"Inget möte är bokat för {own.anywhere(body)}."
    if found.unplaced:
        yield (
            "Behöver tas upp, men inget möte är bokat före sista dagen:"
            if found.meetings
            else "Att ta upp när det möts:"
        )
        yield from (f"  {number}. {topic_words(topic)}" for number, topic in enumerate(found.unplaced, start=1))
