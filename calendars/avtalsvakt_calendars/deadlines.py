"""What a verdict gives to remind of: the due date, the day to prepare, and that it became overdue."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from avtalsvakt_calendars.events import CATEGORIES, Kind, Reminder, uid
from avtalsvakt_calendars.meetings import Meeting
from avtalsvakt_calendars.phrases import long_day, period_words, short_day, span, summary
from avtalsvakt_calendars.wording import DEFAULT_LEAD, Wording, Words
from avtalsvakt_engine.verdicts import Clause, Verdict

OPEN_STATUSES = frozenset({"pending", "at_risk", "not_evaluated"})
# A duty that could not be judged keeps its place: a fault in one night must not empty calendars. A recommendation that
# was not followed keeps its past date, since nobody met it either.
DUE_STATUSES = OPEN_STATUSES | {"overdue", "recommendation_not_met"}
DUTIES = frozenset({"obligation", "recommendation"})
RIGHTS = frozenset({"permission", "power"})

WHY = {
    "obligation": "Parterna har åtagit sig det.",
    "recommendation": "Det rekommenderas men är inget krav.",
    "permission": "Det är en möjlighet som därefter går förlorad.",
    "power": "Det är en möjlighet som därefter går förlorad.",
}


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A duty with a date, the words for it, and the planned meetings that would count for it."""

    verdict: Verdict
    due: date
    words: Words
    wording: Wording
    meetings: tuple[Meeting, ...]
    details: bool

    @property
    def topic(self) -> str | None:
        """What tells the duty from its siblings: its own words, or the body that meets."""
        verdict = self.verdict
        if verdict.duty in self.wording.about:
            return self.wording.about[verdict.duty]
        return self.wording.label(verdict.body) if verdict.body and self.words.evidence == "meeting_held" else None

    @property
    def act(self) -> str:
        """What to do, as an imperative."""
        return self.words.acting(self.topic)

    @property
    def period(self) -> str | None:
        """The period in words."""
        return period_words(self.verdict.period.label) if self.verdict.period else None


def deadlines(
    verdict: Verdict, wording: Wording, as_of: date, meetings: Sequence[Meeting], *, details: bool = False
) -> Iterator[Reminder]:
    """The reminders of one duty as of a day: none if it is met, released or has no date.

    `meetings` are the agreement's planned ones. `details` tells how much was missing once the duty is overdue. Nothing
    in the texts depends on `as_of`, so an event stays the same, byte for byte, until something happens.
    """
    words = wording.words(verdict)
    if verdict.due is None or verdict.status not in DUE_STATUSES or not _reminded(verdict, words):
        return
    planned = tuple(meeting for meeting in meetings if _serves(meeting, verdict, verdict.due, words))
    deadline = _Deadline(verdict, verdict.due, words, wording, planned, details)
    if verdict.asks and verdict.due < as_of:
        # Done, but the record leaves out what decides whether it was done right.
        heading = summary(f"Komplettera registret: {deadline.act}")
        yield _event(deadline, "confirm", verdict.due + timedelta(days=1), heading)
        return
    yield _event(deadline, "due", verdict.due, _due_summary(deadline))
    if verdict.status == "overdue":
        yield _event(deadline, "overdue", verdict.due + timedelta(days=1), summary(f"Försenat: {deadline.act}"))
    elif verdict.status in OPEN_STATUSES and verdict.due >= as_of and not _convened(deadline, as_of):
        day = _preparing_day(deadline)
        if day < verdict.due:
            yield _event(deadline, "prepare", day, _prepare_summary(deadline))


def _reminded(verdict: Verdict, words: Words) -> bool:
    """Duties always; a right that may be left unused only if its clause asks to be reminded of.

    Questions are reminded of together (questions.py).
    """
    if verdict.attest is not None:
        return False
    return verdict.modality in DUTIES or (verdict.modality in RIGHTS and words.lead is not None)


def _serves(meeting: Meeting, verdict: Verdict, due: date, words: Words) -> bool:
    """Whether a planned meeting would count for the duty once held, as far as a calendar can tell."""
    if words.evidence != "meeting_held" or meeting.held or meeting.cancelled_on is not None:
        return False
    first = verdict.period.start if verdict.period else verdict.opens
    return meeting.body == verdict.body and (first is None or first <= meeting.day) and meeting.day <= due


def _convened(deadline: _Deadline, as_of: date) -> bool:
    """Whether notices have gone out for all meetings that are left, so that there is nobody more to call."""
    ahead = [meeting for meeting in deadline.meetings if meeting.convened and meeting.day >= as_of]
    return len(ahead) >= deadline.verdict.required - deadline.verdict.counted > 0


def _preparing_day(deadline: _Deadline) -> date:
    """The day to begin: the rule's own lead as it stands; a default one never before the duty opens."""
    words, opens = deadline.words, deadline.verdict.opens
    if words.lead is not None:
        return deadline.due - timedelta(days=words.lead)
    day = deadline.due - timedelta(days=words.habit.lead if words.habit else DEFAULT_LEAD)
    return max(day, opens) if opens else day


def _due_summary(deadline: _Deadline) -> str:
    """The act, and how many are left or that this is the last day."""
    last_day = (f"sista dag för {deadline.period}", "sista dag") if deadline.period else ("sista dag",)
    return summary(deadline.act, _left(deadline) or last_day)


def _prepare_summary(deadline: _Deadline) -> str:
    """What to do beforehand, and how many are left or the last day of the act itself."""
    return summary(deadline.words.preparing(deadline.topic), _left(deadline) or (f"senast {short_day(deadline.due)}",))


def _left(deadline: _Deadline) -> tuple[str, ...]:
    """How many are left, longest wording first; nothing where one is enough.

    Once the day has passed the number is what was missed, which is told only if the feed was made so.
    """
    verdict = deadline.verdict
    left = verdict.required - verdict.counted
    if verdict.required < 2 or left < 1 or not (deadline.details or verdict.status in OPEN_STATUSES):
        return ()
    number = f"{left} av {verdict.required}"
    period = f" {deadline.period}" if deadline.period else ""
    named = (f"{number} {deadline.words.many} kvar{period}",) if deadline.words.many else ()
    return (*named, f"{number} kvar{period}", f"{number} kvar")


def _event(deadline: _Deadline, kind: Kind, day: date, heading: str) -> Reminder:
    """One all-day event for the duty."""
    verdict = deadline.verdict
    link = deadline.wording.link(verdict.duty)
    lines = [*_about(deadline), *EXPLAINED.get(kind, _nothing)(deadline), *_link(link)]
    return Reminder(
        uid=uid(verdict.duty, kind),
        kind=kind,
        day=day,
        summary=heading,
        description="\n".join(lines),
        agreement=verdict.agreement,
        categories=(CATEGORIES[kind],),
        url=link,
        duty=verdict.duty,
        body=verdict.body,
        bearer=verdict.bearer,
    )


def _about(deadline: _Deadline) -> Iterator[str]:
    """The rule in words, its clause, who, why, the period, the last day and what is planned."""
    verdict, words, wording = deadline.verdict, deadline.words, deadline.wording
    yield words.title or deadline.act
    yield ""
    yield f"Källa: {wording.title(verdict.instrument)}, {words.clause or clause_words(verdict.clause)}"
    if verdict.instrument != verdict.agreement:
        yield f"Gäller: {wording.title(verdict.agreement)}"
    if who := words.who or verdict.bearer or verdict.body:
        yield f"Vem: {wording.label(who)}"
    if why := words.why or WHY.get(verdict.modality):
        yield f"Varför: {why}"
    if verdict.period:
        part = " (del av period)" if verdict.part_period else ""
        yield f"Period: {span(verdict.period.start, verdict.period.end)}{part}"
    yield f"Sista dag: {long_day(deadline.due)}"
    yield from (f"Planerat möte: {long_day(meeting.day)}" for meeting in deadline.meetings)


def _lateness(deadline: _Deadline) -> Iterator[str]:
    """How much was missing, if the feed was made so, and what to do about the event."""
    verdict = deadline.verdict
    if deadline.details:
        since = long_day(deadline.due + timedelta(days=1))
        yield f"Läge: {verdict.counted} av {verdict.required} klart, försenat sedan {since}"
    yield "Är det redan gjort? Registrera det, så försvinner posten."


def _asking(_: _Deadline) -> Iterator[str]:
    """What is asked for once something is recorded that cannot be judged."""
    yield "Det som är registrerat räcker inte för att avgöra saken: en uppgift saknas."
    yield "Rätta registreringen och lägg till uppgiften, så försvinner posten."


def _nothing(_: _Deadline) -> Iterator[str]:
    """Kinds that need no further words."""
    yield from ()


EXPLAINED: Mapping[Kind, Callable[[_Deadline], Iterator[str]]] = {"overdue": _lateness, "confirm": _asking}


def _link(link: str | None) -> Iterator[str]:
    """Where to read more, also in the text: not every program shows the address of an event."""
    if link:
        yield f"Läs mer: {link}"


def clause_words(clause: Clause) -> str:
    """The clause's address within its instrument: section and paragraph."""
    section = f"avsnitt {clause.section}" if clause.section[:1].isdigit() else clause.section
    return f"{section}, stycke {clause.paragraph}" if clause.paragraph else section
