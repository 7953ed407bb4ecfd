"""What to remind of: from one agreement's verdicts, state and planned meetings to the events of its calendar."""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from avtalsvakt_calendars.deadlines import DUE_STATUSES, OPEN_STATUSES, deadlines
from avtalsvakt_calendars.events import CATEGORIES, Kind, Reminder, uid
from avtalsvakt_calendars.meetings import CANCELLED_DAYS, meeting_reminders, planned_meetings
from avtalsvakt_calendars.phrases import long_day, short_day, summary
from avtalsvakt_calendars.questions import counted, question_reminders
from avtalsvakt_calendars.wording import Wording
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

BACK_DAYS = 90
AHEAD_MONTHS = 24
LISTED_DUTIES = 10
NOTHING = "Inget att påminna om just nu"
QUIET = (
    "Registret bedöms varje natt och har just nu inga datum att påminna om.",
    "Dagen för den här posten är den dag då bedömningen senast ändrade något här.",
)
GONE = ("Avtalets regler finns inte längre i registret, så kalendern får inga nya datum.",)
ENDED = frozenset({"lapsed", "terminated", "superseded"})


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


@dataclass(frozen=True, slots=True)
class Reminding:
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
    # The last a duty gives is the day after its due one; those of years ago are most of what is stored.
    recent = [verdict for verdict in verdicts if verdict.due and verdict.due + timedelta(days=1) >= first]
    events = [
        *(event for verdict in recent for event in deadlines(verdict, wording, as_of, meetings, details=details)),
        *question_reminders((one for one in recent if one.status in DUE_STATUSES), wording),
        *meeting_reminders(meetings, wording, as_of),
        *_term(state, wording, as_of),
    ]
    shown = sorted((event for event in events if first <= event.day <= last), key=lambda event: (event.day, event.uid))
    shown = shown or [nothing_to_remind(state.agreement, verdicts, wording, as_of)]
    passing = [
        *(one.due for one in recent if one.due),
        *(one.day for one in meetings),
        *([state.end] if state.end else []),
    ]
    lapsing = [one.cancelled_on + timedelta(days=CANCELLED_DAYS) for one in meetings if one.cancelled_on]
    return Reminding(tuple(shown), _until(as_of, {event.day for event in events}, {*passing, *lapsing}))


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


def _term(state: InstrumentState, wording: Wording, as_of: date) -> Iterator[Reminder]:
    """The last day of the agreement, and in good time before it the question what comes next."""
    if state.end is None:
        return
    heading = summary(f"Sista giltighetsdag: {wording.title(state.agreement)}")
    yield _about_term(state, wording, "expiry", state.end, state.end, heading)
    if state.state not in ENDED and state.end >= as_of and wording.renewal_lead > 0:
        heading = summary("Besluta om fortsättning", (f"avtalet slutar {short_day(state.end)}",))
        day = state.end - timedelta(days=wording.renewal_lead)
        yield _about_term(state, wording, "renewal", state.end, day, heading)


def _about_term(state: InstrumentState, wording: Wording, kind: Kind, end: date, day: date, heading: str) -> Reminder:
    """One event about the agreement's end."""
    lines = (
        wording.title(state.agreement),
        "",
        f"Sista giltighetsdag: {long_day(end)}",
        "Därefter gäller avtalet inte längre, om det inte har förlängts eller ersatts dessförinnan.",
    )
    return Reminder(
        uid=uid(state.agreement, kind),
        kind=kind,
        day=day,
        summary=heading,
        description="\n".join(lines),
        agreement=state.agreement,
        categories=(CATEGORIES[kind],),
    )


def nothing_to_remind(agreement: str, verdicts: Sequence[Verdict], wording: Wording, as_of: date) -> Reminder:
    """The one event of a feed that would otherwise be empty, which some calendar programs report as broken.

    It is to show when the register was last evaluated, and yet a feed in which nothing changed must keep its bytes. So
    it stands on the day the outcome last changed: `ledger.stamp` moves `day` there, and the text says so.
    """
    undated = [verdict for verdict in verdicts if verdict.due is None and verdict.status in OPEN_STATUSES]
    return notice(agreement, wording.title(agreement), as_of, [*QUIET, *_undated(undated, wording)])


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
        yield f"- {words.acting(wording.about.get(verdict.duty))}"
    if len(acts) > LISTED_DUTIES:
        yield f"- och {len(acts) - LISTED_DUTIES} till"
    asked = Counter(one.attest for one in verdicts if one.attest)
    yield from (f"- {counted(function, number)}" for function, number in sorted(asked.items()))
