"""What functions are asked to attest: one event for each agreement, function and day, with the questions in its text.

An agreement may ask fifty things on the last day of the year; fifty events on one day would hide all the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from avtalsvakt_calendars.events import CATEGORIES, Reminder, uid
from avtalsvakt_calendars.phrases import long_day, period_words, summary
from avtalsvakt_calendars.wording import Wording
from avtalsvakt_engine.verdicts import CLOSED, Verdict

HOW = "Svara ja eller nej på varje fråga och registrera svaren, så försvinner posten."


def question_reminders(verdicts: Iterable[Verdict], wording: Wording) -> Iterator[Reminder]:
    """The events of one agreement's questions that have a last day and have neither a yes nor a no that is stood by.

    Nothing tells which of them were answered with no: a calendar says what to do, not how it went.
    """
    asked: dict[tuple[str, str, date], list[Verdict]] = defaultdict(list)
    for one in verdicts:
        if one.attest is not None and one.due is not None and CLOSED not in one.flags:
            asked[one.agreement, one.attest, one.due].append(one)
    for (agreement, function, due), group in sorted(asked.items()):
        yield _event(agreement, function, due, sorted(group, key=lambda one: one.duty), wording)


def counted(function: str, number: int) -> str:
    """`Intyga 14 punkter (stadsdelsdirektör)`."""
    return f"Intyga {number} {'punkt' if number == 1 else 'punkter'} ({function})"


def _event(agreement: str, function: str, due: date, asked: Sequence[Verdict], wording: Wording) -> Reminder:
    periods = {one.period.label for one in asked if one.period}
    last_day = (f"sista dag för {period_words(*periods)}", "sista dag") if len(periods) == 1 else ("sista dag",)
    return Reminder(
        uid=uid(f"{agreement}.intyg.{function}.{due.isoformat()}", "due"),
        kind="due",
        day=due,
        summary=summary(counted(function, len(asked)), last_day),
        description="\n".join(_lines(agreement, function, due, asked, wording)),
        agreement=agreement,
        categories=(CATEGORIES["due"],),
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
