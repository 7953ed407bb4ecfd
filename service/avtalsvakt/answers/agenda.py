"""What to take up at a meeting: booked meetings joined with the open decisions and reports that need their body.

In come what is known of the agreements and how their open duties are met, out come meetings with topics. Each topic is
placed once: at the first meeting of its body that is not after its last day, or after today where that has passed and
the duty can still be mended. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from avtalsvakt.answers.acts import Act, HowTo
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt_calendars.reminding.meetings import MEETING_KINDS, Meeting
from avtalsvakt_engine.evidence.secrecy import provision
from avtalsvakt_engine.explaining.explaining_summary import title
from avtalsvakt_engine.verdicts import Verdict

ITEMS = "agenda_items"


class Topic(Struct, frozen=True):
    """One thing that a body has to take up, for one duty: in words, with the act that records it, and by when."""

    duty: str
    agreement: str
    body: str
    words: str
    act: Act
    last: date | None


class BookedMeeting(Struct, frozen=True):
    """A meeting that is booked and what to take up at it, the most urgent first."""

    meeting: Meeting
    topics: tuple[Topic, ...]


class Agenda(Struct, frozen=True):
    """The booked meetings by day; and the topics whose bodies meet on no booked day in time, the most urgent first."""

    meetings: tuple[BookedMeeting, ...]
    unplaced: tuple[Topic, ...]

    def of(self, body: str) -> "Agenda":
        """Only what is about one body."""
        meetings = tuple(one for one in self.meetings if one.meeting.body == body)
        return Agenda(meetings, tuple(one for one in self.unplaced if one.body == body))

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that meet or have something to take up."""
        found = {one.meeting.body or "" for one in self.meetings} | {one.body for one in self.unplaced}
        return tuple(sorted(found - {""}))


def agenda(known: Mapping[str, AgreementFacts], verdicts: Iterable[Verdict], how: Mapping[str, HowTo]) -> Agenda:
    """Join every booked meeting of the agreements with what their open duties need its body for."""
    # A municipality shares the meetings of the agreements that cover it: each is told once.
    every = {one.fact: one for facts in known.values() for one in facts.meetings}
    booked = sorted(every.values(), key=lambda one: (one.day, one.fact))
    at = _by_place(booked, known)
    placed: dict[str, list[Topic]] = {one.fact: [] for one in booked}
    unplaced: list[Topic] = []
    for topic in _each_act_once(sorted(_topics(known, verdicts, how), key=_urgency)):
        possible = at.get((topic.agreement, topic.body), ())
        fitting = next((one for one in possible if _fits(one, topic, known[topic.agreement].as_of)), None)
        if fitting:
            placed[fitting.fact].append(topic)
        elif topic.act.day is None or topic.act.day <= known[topic.agreement].as_of:
            unplaced.append(topic)
    return Agenda(tuple(BookedMeeting(one, tuple(placed[one.fact])) for one in booked), tuple(unplaced))


def _topics(
    known: Mapping[str, AgreementFacts], verdicts: Iterable[Verdict], how: Mapping[str, HowTo]
) -> Iterator[Topic]:
    """Each act that needs a body, once: an act of a chain stands in the list of every step."""
    own = {one.duty: one for one in verdicts}
    for verdict in own.values():
        for act in how[verdict.duty].acts if verdict.duty in how else ():
            owner = own.get(act.duty, verdict)
            if _to_take_up(act):
                words = _words(act, owner, known[owner.agreement])
                yield from (
                    Topic(owner.duty, owner.agreement, one, words, act, owner.due) for one in sorted(act.bodies)
                )


def _words(act: Act, owner: Verdict, facts: AgreementFacts) -> str:
    """What is done and about what: `Besluta om uppdateringen (lägesbild 2026-10-21)`; else what the duty is called."""
    about = act.attributes.get("concerns") or act.attributes.get("meeting")
    event = facts.index.get(about) if isinstance(about, str) else None
    if event is None:
        return title(owner, facts.clause(owner), facts.index.by_id)
    said = None if provision(event) else event.text("document") or event.text("subject")
    what = said or facts.names.kind(event.kind)
    return f"{act.title} ({facts.names.value(what)} {event.date})"


def _each_act_once(topics: Iterable[Topic]) -> Iterator[Topic]:
    """The most urgent of the topics that one and the same act meets: a decision may stand in several lists."""
    told: set[tuple[object, ...]] = set()
    for topic in topics:
        key = (topic.agreement, topic.body, topic.act.kind, topic.act.day, tuple(topic.act.attributes.items()))
        if key not in told:
            told.add(key)
            yield topic


def _to_take_up(act: Act) -> bool:
    """Whether it is something that a body does at a meeting: not that it meets, unless that says about what."""
    return act.verb == "record" and bool(act.bodies) and (act.kind not in MEETING_KINDS or ITEMS in act.attributes)


def _by_place(
    booked: Iterable[Meeting], known: Mapping[str, AgreementFacts]
) -> Mapping[tuple[str, str | None], list[Meeting]]:
    """By agreement and body the meetings at which its topics may be taken up: its own, and those of texts over it."""
    under: dict[str, list[str]] = {}
    for name, facts in known.items():
        for one in {name, *(over.instrument for over in facts.rulebook.chain(facts.instrument))}:
            under.setdefault(one, []).append(name)
    found: dict[tuple[str, str | None], list[Meeting]] = {}
    for meeting in booked:
        for name in under.get(meeting.agreement, ()):
            found.setdefault((name, meeting.body), []).append(meeting)
    return found


def _fits(meeting: Meeting, topic: Topic, as_of: date) -> bool:
    """Whether a topic has opened by a meeting, and the meeting is in time for it or it is late already."""
    opened = topic.act.day is None or topic.act.day <= meeting.day
    return opened and (topic.last is None or topic.last < as_of or meeting.day <= topic.last)


def _urgency(topic: Topic) -> tuple[bool, date, str]:
    return topic.last is None, topic.last or date.max, topic.duty
