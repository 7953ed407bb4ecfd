"""What functions are asked to attest: one event for each agreement, function and day, with the questions in its text.

An agreement may ask fifty things on the last day of the year; fifty events on one day would hide all the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from avtalsvakt_calendars.events import CATEGORIES, Reminder, uid
from avtalsvakt_calendars.phrases import long_day
from avtalsvakt_calendars.reminding.event_days import first_from, last_days, later, weekly
from avtalsvakt_calendars.reminding.titles import heading
from avtalsvakt_calendars.reminding.wording import Wording
from avtalsvakt_engine.verdicts import CLOSED, Verdict

ASKED_FOR = 13
"""Weeks for which a question is asked once its last day is past: an answer about a year ago helps nobody."""
HOW = "Svara ja eller nej på varje fråga och registrera svaren, så försvinner posten."


def question_reminders(verdicts: Iterable[Verdict], wording: Wording, as_of: date) -> Iterator[Reminder]:
    """The events of one agreement's questions that have a last day and have neither a yes nor a no that is stood by.

    Nothing tells which of them were answered with no: a calendar says what to do, not how it went. Once the last day
    is past the event stands a few days on, and moves on week by week for a quarter.
    """
    asked: dict[tuple[str, str, date], list[Verdict]] = defaultdict(list)
    for one in verdicts:
        if one.attest is not None and one.due is not None and CLOSED not in one.flags:
            asked[one.agreement, one.attest, one.due].append(one)
    for (agreement, function, due), group in sorted(asked.items()):
        group.sort(key=lambda one: one.duty)
        key = f"{agreement}.intyg.{function}.{due.isoformat()}"
        if day := _day(key, group, due, as_of):
            event = _event(agreement, function, due, group, wording)
            yield replace(event, uid=uid(key, "due"), day=day, rings=as_of <= min(day, due))


def _day(key: str, group: Sequence[Verdict], due: date, as_of: date) -> date | None:
    """Where the event stands on a day; None once it has been late for long enough."""
    if due < as_of:
        return first_from(weekly(later(key, due), ASKED_FOR), as_of)
    opens = min((one.opens for one in group if one.opens), default=None)
    days = last_days(key, opens, due, dated=False)
    return first_from(days, as_of) or days[-1]


def counted(function: str, number: int) -> str:
    """`Intyga 14 punkter (stadsdelsdirektör)`."""
    return f"Intyga {number} {'punkt' if number == 1 else 'punkter'} ({function})"


def _event(agreement: str, function: str, due: date, asked: Sequence[Verdict], wording: Wording) -> Reminder:
    return Reminder(
        uid="",
        kind="attest",
        day=due,
        summary=heading(f"Intyga {len(asked)}: {wording.label(function)}", wording.name(agreement)),
        description="\n".join(_lines(agreement, function, due, asked, wording)),
        agreement=agreement,
        categories=(CATEGORIES["attest"],),
        bearer=function,
    )


def _lines(agreement: str, function: str, due: date, asked: Sequence[Verdict], wording: Wording) -> Iterator[str]:
    yield "Frågor som ingen uppgift i registret svarar på."
    yield ""
    yield f"Gäller: {wording.title(agreement)}"
    yield f"Vem: {wording.label(function)}"
    yield f"Sista dag: {long_day(due)}"
    yield ""
    yield from (f"- {_question(one, agreement, wording)}" for one in asked)
    yield ""
    yield HOW


def _question(one: Verdict, agreement: str, wording: Wording) -> str:
    """The question in words, with what tells it from its siblings and where it stands if that is in another text."""
    words = wording.words(one)
    about = wording.about.get(one.duty)
    text = words.title or one.obligation
    text = f"{text} ({about})" if about else text
    return text if one.instrument == agreement else f"{text} [{wording.title(one.instrument)}]"
