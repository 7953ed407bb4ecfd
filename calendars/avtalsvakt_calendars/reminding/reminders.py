"""What to remind of: from one agreement's verdicts, state and planned meetings to the events of its calendar."""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from avtalsvakt_calendars.events import CATEGORIES, Reminder, uid
from avtalsvakt_calendars.phrases import long_day
from avtalsvakt_calendars.reminding.acts import OPEN_STATUSES, Act, acts
from avtalsvakt_calendars.reminding.deadlines import Situation, deadlines, situation
from avtalsvakt_calendars.reminding.event_days import first_from, prompts
from avtalsvakt_calendars.reminding.meeting_events import Serving, meeting_reminders
from avtalsvakt_calendars.reminding.meetings import CANCELLED_DAYS, Meeting, planned_meetings
from avtalsvakt_calendars.reminding.questions import counted, question_reminders
from avtalsvakt_calendars.reminding.titles import body_in_short, heading
from avtalsvakt_calendars.reminding.wording import BEFORE_CONSULTATION, Wording
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

BACK_DAYS = 90
ASKED_DAYS = 366
"""Days for which what is late is still looked at: it moves ahead of the day of asking."""
AHEAD_MONTHS = 24
LISTED_DUTIES = 10
NOTHING = "Inget att påminna om just nu"
QUIET = (
    "När registret senast bedömdes fanns inga datum att påminna om.",
    "Dagen för den här posten är den dag då bedömningen senast ändrade något här.",
)
OVER = ("Avtalet gäller inte längre, så kalendern får inga nya datum.",)
GONE = ("Avtalets regler finns inte längre i registret, så kalendern får inga nya datum.",)
ENDED = frozenset({"lapsed", "terminated", "superseded"})
ASKABLE = frozenset({"pending", "at_risk", "not_evaluated", "overdue", "recommendation_not_met"})
"""Statuses of questions that are put. A no that is not stood by looks like any other."""
CONSULTATION, EXTENSION = "consultation_held", "extension_agreed"


def remind(
    verdicts: Sequence[Verdict],
    state: InstrumentState,
    planned: Sequence[Fact],
    wording: Wording,
    as_of: date,
    *,
    details: bool = False,
) -> tuple[Reminder, ...]:
    """Every reminder of one agreement as of a day: see `reminded`."""
    return reminded(verdicts, state, planned, wording, as_of, details=details).reminders


class Reminding(Struct, frozen=True):
    """An agreement's reminders, and the last day on which they stay as they are if nothing else changes."""

    reminders: tuple[Reminder, ...]
    until: date


def reminded(
    verdicts: Sequence[Verdict],
    state: InstrumentState,
    planned: Sequence[Fact],
    wording: Wording,
    as_of: date,
    *,
    details: bool = False,
) -> Reminding:
    """Every reminder of one agreement as of a day, by day and identity; never empty.

    In: the agreement's verdicts (inherited duties included), its state, its visible facts about meetings (other kinds
    are passed over), the words, and whether overdue events tell what was missing. Events lie from 90 days back to 24
    months ahead. A pure function: the same input gives the same reminders.
    """
    first, last = as_of - timedelta(days=BACK_DAYS), months_ahead(as_of, AHEAD_MONTHS)
    meetings = planned_meetings(planned)
    # What was due years ago is most of what is stored.
    since = as_of - timedelta(days=ASKED_DAYS)
    recent = [verdict for verdict in verdicts if verdict.due and verdict.due >= since]
    todo = _situations(recent, state, meetings, wording, as_of, details=details)
    events = [
        *(event for one in todo for event in deadlines(one)),
        *question_reminders((one for one in recent if one.status in ASKABLE), wording, as_of),
        *meeting_reminders(meetings, wording, as_of, _serving(todo, recent, meetings, wording)),
        *_term(state, todo, wording, as_of),
    ]
    shown = sorted((event for event in events if first <= event.day <= last), key=lambda event: (event.day, event.uid))
    shown = shown or [nothing_to_remind(state, verdicts, wording, as_of)]
    days = {event.day for event in events}
    return Reminding(tuple(shown), _until(as_of, days, {*days, *_days_of_change(recent, meetings, state)}))


def _days_of_change(recent: Sequence[Verdict], meetings: Sequence[Meeting], state: InstrumentState) -> Iterator[date]:
    """The days after which what is told of duties, meetings and the agreement may be another."""
    for one in recent:
        if one.due:
            yield from (one.due, one.due + timedelta(days=ASKED_DAYS))
        if one.period:
            yield one.period.end
    for meeting in meetings:
        yield meeting.day
        if meeting.cancelled_on:
            yield meeting.cancelled_on + timedelta(days=CANCELLED_DAYS)
    if state.end:
        yield state.end


def _situations(
    verdicts: Sequence[Verdict],
    state: InstrumentState,
    meetings: Sequence[Meeting],
    wording: Wording,
    as_of: date,
    *,
    details: bool,
) -> list[Situation]:
    """What there is to do, with the meetings that stand for it; each meeting stands for the act that is due first."""
    found: list[Act] = sorted(acts(verdicts, wording, as_of - timedelta(days=ASKED_DAYS)), key=lambda one: one.due)
    ahead = [one.due for one in found if one.words.evidence == CONSULTATION and one.due >= as_of]
    first, over = min(ahead, default=None), state.state in ENDED
    return [situation(one, as_of, meetings, details=details, consultation=first, over=over) for one in found]


def _serving(
    todo: Sequence[Situation], verdicts: Sequence[Verdict], meetings: Sequence[Meeting], wording: Wording
) -> dict[str, Serving]:
    """By the fact of a meeting whose it is, and the act that it stands for, if any.

    Whose it is follows from who meets: it must not change because the meeting has been held.
    """
    calling = sorted((one for one in verdicts if wording.words(one).meets), key=lambda one: one.duty, reverse=True)
    bearers = {one.body: one.bearer for one in calling}
    out = {one.fact: Serving((), "", bearers.get(one.body), advised=False) for one in meetings}
    for one in reversed(todo):
        duty, act = one.act.verdict, one.act
        for place, meeting in enumerate(one.meetings, start=1):
            number = act.number(place) if act.due >= one.as_of else ""
            steps, url = wording.how.get(duty.duty, ()), wording.link(duty.duty)
            out[meeting.fact] = Serving(act.duties, number, out[meeting.fact].bearer, act.advised, steps, url)
    return out


def _until(as_of: date, days: Collection[date], passing: Collection[date]) -> date:
    """The day before the first on which an event comes into the window or leaves it, or something has passed.

    Rather a day too many than one too few: on each of them the agreement is looked at once in vain.
    """
    coming = {months_ahead(day, -AHEAD_MONTHS) for day in days}
    changing = {
        *coming,
        *(day + timedelta(days=1) for day in coming),  # where the month that long ago was shorter
        *(day + timedelta(days=BACK_DAYS + 1) for day in days),
        *(day + timedelta(days=1) for day in passing),
    }
    return min((day for day in changing if day > as_of), default=date.max) - timedelta(days=1)


def months_ahead(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _term(state: InstrumentState, todo: Sequence[Situation], wording: Wording, as_of: date) -> Iterator[Reminder]:
    """The last day of the agreement, and until then ever more seldom the question what comes next.

    Where a right to extend it is prompted for, that is the same question.
    """
    if state.end is None:
        return
    name = wording.name(state.agreement)
    yield _about_term(state, wording, "expiry", state.end, heading("Avtalet slutar gälla", name), as_of)
    asked = any(one.act.words.evidence == EXTENSION and one.act.due >= as_of for one in todo)
    if asked or state.state in ENDED or state.end < as_of or wording.renewal_lead <= 0:
        return
    start = state.end - timedelta(days=wording.renewal_lead)
    if consultation := next((one.consultation for one in todo if one.consultation), None):
        start = min(start, consultation - timedelta(days=BEFORE_CONSULTATION))
    if day := first_from(prompts(start, state.end), as_of):
        yield _about_term(state, wording, "renewal", day, heading("Besluta om fortsättning", name), as_of)


def _about_term(
    state: InstrumentState, wording: Wording, part: Literal["expiry", "renewal"], day: date, title: str, as_of: date
) -> Reminder:
    """One event about the agreement's end."""
    end = state.end or day
    lines = (
        wording.title(state.agreement),
        "",
        f"Sista giltighetsdag: {long_day(end)}",
        "Därefter gäller avtalet inte längre, om det inte har förlängts eller ersatts dessförinnan.",
    )
    return Reminder(
        uid=uid(state.agreement, part),
        kind=part,
        day=day,
        summary=title,
        description="\n".join(lines),
        agreement=state.agreement,
        categories=(CATEGORIES[part],),
        rings=day >= as_of,
    )


def nothing_to_remind(state: InstrumentState, verdicts: Sequence[Verdict], wording: Wording, as_of: date) -> Reminder:
    """The one event of a feed that would otherwise be empty, which some calendar programs report as broken.

    It is to show when the register was last evaluated, and yet a feed in which nothing changed must keep its bytes. So
    it stands on the day the outcome last changed: `ledger.stamp` moves `day` there, and the text says so.
    """
    if state.state in ENDED:
        return notice(state.agreement, wording.title(state.agreement), as_of, OVER, NOTHING)
    undated = [verdict for verdict in verdicts if verdict.due is None and verdict.status in OPEN_STATUSES]
    return notice(state.agreement, wording.title(state.agreement), as_of, [*QUIET, *_undated(undated, wording)])


def no_longer_watched(agreement: str, wording: Wording, as_of: date) -> Reminder:
    """The one event left in the feed of an agreement whose rules have been taken away."""
    return notice(agreement, wording.title(agreement), as_of, GONE, "Avtalet bevakas inte längre")


def notice(key: str, title: str, day: date, lines: Sequence[str], heading: str = NOTHING) -> Reminder:
    """The one event of a feed that holds no other; `key` makes its identity."""
    return Reminder(
        uid=uid(key, "info"),
        kind="info",
        day=day,
        summary=heading,
        description="\n".join([title, "", *lines]),
        agreement=key,
        categories=(CATEGORIES["info"],),
    )


def _undated(verdicts: Sequence[Verdict], wording: Wording) -> Iterator[str]:
    """Open duties that the text gives no date, so that they are not forgotten for lack of one."""
    if not verdicts:
        return
    yield ""
    yield "Öppet utan datum:"
    acts = sorted((one for one in verdicts if one.attest is None), key=lambda verdict: verdict.duty)
    for verdict in acts[:LISTED_DUTIES]:
        words = wording.words(verdict)
        body = body_in_short(wording.label(verdict.body), wording.name(verdict.agreement)) if verdict.body else None
        yield f"- {words.acting(body)}"
    if len(acts) > LISTED_DUTIES:
        yield f"- och {len(acts) - LISTED_DUTIES} till"
    asked = Counter(one.attest for one in verdicts if one.attest)
    yield from (f"- {counted(function, number)}" for function, number in sorted(asked.items()))
