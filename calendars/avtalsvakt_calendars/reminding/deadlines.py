"""What an act gives to remind of, at most two events: a day to prepare, and the last day, which becomes a late one.

The last day's event keeps its identity whatever happens: it stands some time before the last day, on the last working
day, and once it is late on the next Monday on which people are at work, until the act is done or is given up.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt_calendars.events import CATEGORIES, Kind, Part, Reminder, uid
from avtalsvakt_calendars.reminding.acts import DUE_STATUSES, OPEN_STATUSES, Act
from avtalsvakt_calendars.reminding.descriptions import described
from avtalsvakt_calendars.reminding.event_days import earlier, first_from, last_days, prompts, working_mondays
from avtalsvakt_calendars.reminding.meetings import Meeting
from avtalsvakt_calendars.reminding.titles import heading, lowered
from avtalsvakt_calendars.reminding.wording import BEFORE_CONSULTATION, DEFAULT_LEAD
from avtalsvakt_engine.verdicts import Verdict

ASKS = "asks_attribute"
GIVEN_UP = 52
"""Weeks for which what is late is reminded of."""
BEYOND_CURE = 4
"""The same for what cannot be made up for: somebody may still have to record it."""


class Situation(Struct, frozen=True):
    """An act on a day: the planned meetings that would count for it, and what the subscriber is told.

    `consultation` is the last day of a consultation that has to come first, `over` says that the agreement has ended.
    """

    act: Act
    as_of: date
    meetings: tuple[Meeting, ...] = ()
    details: bool = False
    consultation: date | None = None
    over: bool = False

    @property
    def passed(self) -> bool:
        """Whether the last day is past."""
        return self.act.due < self.as_of

    @property
    def carried(self) -> bool:
        """Whether planned meetings, or those that nobody has reported on, are all that is left to do."""
        return len(self.meetings) >= self.act.left


def situation(
    act: Act,
    as_of: date,
    meetings: Sequence[Meeting],
    *,
    details: bool = False,
    consultation: date | None = None,
    over: bool = False,
) -> Situation:
    """The act among the agreement's meetings. One that counts for some of the texts only does not stand for it."""
    serving = tuple(one for one in meetings if all(_serves(one, verdict, act) for verdict in act.asked))
    return Situation(act, as_of, serving[: act.left], details, consultation, over)


def _serves(meeting: Meeting, verdict: Verdict, act: Act) -> bool:
    """Whether a planned meeting would count for the duty once held, as far as a calendar can tell."""
    if not act.words.meets or meeting.held or meeting.cancelled_on is not None:
        return False
    first = verdict.period.start if verdict.period else verdict.opens
    return meeting.body == verdict.body and (first is None or first <= meeting.day) and meeting.day <= act.due


def deadlines(one: Situation) -> Iterator[Reminder]:
    """The act's own events: none where it has been given up, one less where a meeting stands for it."""
    if not one.carried and (last := _last_day(one)):
        yield last
    if not one.passed and (day := _preparing_day(one)):
        act = one.act
        title = heading(act.words.preparing(act.body), act.name, act.number(), act.about)
        yield _event(one, "advice_prepare" if act.advised else "prepare", "prepare", day, title)


def _last_day(one: Situation) -> Reminder | None:
    """The event of the last day, as it stands on the day of asking."""
    act = one.act
    if not one.passed:
        days = last_days(act.key, act.verdict.opens, act.due, dated=act.words.dated)
        title = heading(act.doing, act.name, act.number(), act.about)
        return _event(one, _kind(act, "due"), "due", first_from(days, one.as_of) or days[-1], title)
    asks = ASKS in act.verdict.flags
    if not asks and act.verdict.status in OPEN_STATUSES:
        # It could not be judged: it stays where it was.
        title = heading(act.doing, act.name, about=act.about)
        return _event(one, _kind(act, "due"), "due", act.due, title)
    weeks = 0 if one.over else GIVEN_UP if asks or act.verdict.curable else BEYOND_CURE
    day = first_from(working_mondays(act.due, weeks), one.as_of)
    if day is None:
        return None
    word = "Komplettera" if asks else "Försenat" if act.verdict.curable else "Rapportera"
    title = heading(f"{word}: {lowered(act.doing)}", act.name, about=act.about)
    return _event(one, _kind(act, "confirm" if asks else "overdue"), "due", day, title)


def _kind(act: Act, kind: Kind) -> Kind:
    return "advice" if act.advised else kind


def _preparing_day(one: Situation) -> date | None:
    """The day to begin, or to begin at last: none once nobody is left to call, or where the rule wants none."""
    act, words = one.act, one.act.words
    ahead = [meeting for meeting in one.meetings if meeting.day >= one.as_of]
    if act.verdict.status not in OPEN_STATUSES or sum(meeting.convened for meeting in ahead) >= act.left:
        return None
    uncalled = [meeting.day for meeting in ahead if not meeting.convened]
    if len(ahead) >= act.left and uncalled:
        end = min(uncalled)
    elif one.carried:
        return None  # the meeting has been; whether it was held is asked elsewhere
    else:
        end = last_days(act.key, act.verdict.opens, act.due, dated=words.dated)[0]
    if (lead := _lead(one)) == 0:
        return None
    start = earlier(act.key, end - timedelta(days=lead))
    if one.consultation and words.evidence == "extension_agreed":
        start = min(start, one.consultation - timedelta(days=BEFORE_CONSULTATION))
    opens = act.verdict.opens
    if words.lead is None and opens:
        start = max(start, opens)
    return first_from((day for day in prompts(start, end) if day < end), one.as_of)


def _lead(one: Situation) -> int:
    """The rule's own days beforehand as they stand, else those of the kind; no prompt with nought."""
    words = one.act.words
    if words.lead is not None:
        return words.lead
    return words.habit.lead if words.habit else DEFAULT_LEAD


def _event(one: Situation, kind: Kind, part: Part, day: date, title: str) -> Reminder:
    """One all-day event for the act."""
    act, verdict = one.act, one.act.verdict
    return Reminder(
        uid=uid(act.key, part),
        kind=kind,
        day=day,
        summary=title,
        description="\n".join(described(act, kind, one.meetings, details=one.details)),
        agreement=verdict.agreement,
        categories=(CATEGORIES[kind],),
        url=act.wording.link(verdict.duty),
        duties=act.duties,
        body=verdict.body,
        bearer=verdict.bearer,
        rings=kind not in ("overdue", "confirm") and not one.passed and day >= one.as_of,
    )


__all__ = ["DUE_STATUSES", "OPEN_STATUSES", "Situation", "deadlines", "situation"]
