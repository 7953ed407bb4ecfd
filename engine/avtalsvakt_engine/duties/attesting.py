"""Questions that a named function answers: until when each is asked, and which answers belong to it.

What no program can decide is asked for, once for each period (semantics.md, What no program can decide; decision 9).
An answer belongs to the question it names, else to the latest one that had been asked by its day.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from avtalsvakt_engine.asof import FAR
from avtalsvakt_engine.dates.deadlines import add_months
from avtalsvakt_engine.dates.periods import MONTHS_IN, span, within
from avtalsvakt_engine.duties.duty import DAY, Duty
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_engine.evidence.selection import NAMING, Item
from avtalsvakt_engine.facts import Fact

WINDOW = "attest"
NEVER_ASKED = ("sliver", "outside")
AFTERWARDS = 12  # months: a question that nothing follows is asked so long after the agreement's last day


def questions(context: UnfoldingContext, duties: Sequence[Duty]) -> Iterator[Duty]:
    """The duties of an attest clause as questions, once all that are listed are known.

    `late_until` becomes the last day of answers that name no question, `asked_until` the last day on which an
    unanswered one is still asked: when the next question's last day has passed it has been asked anew.
    """
    asked: dict[str | None, list[Duty]] = defaultdict(list)
    places: dict[str, int] = {}
    for duty in duties:
        if duty.cover not in NEVER_ASKED:
            places[duty.suffix] = len(asked[duty.per])
            asked[duty.per].append(duty)
    for duty in duties:
        place = places.get(duty.suffix, len(asked[duty.per]))
        following = asked[duty.per][place + 1 : place + 3]
        known = context.asof.fork()
        if duty.known:
            known.absorb(duty.known)
        if len(following) < 2:  # a question that is not listed yet will say when these are over
            known.absorb_until(context.asof.until)
        yield replace(
            duty,
            window=WINDOW,
            start=first_day(duty),
            late_until=first_day(following[0]) - DAY if following else FAR,
            asked_until=_asked_until(context, duty, following),
            required=1,
            known=known,
        )


def first_day(duty: Duty) -> date:
    """The first day on which a question can be answered."""
    return duty.opens if duty.start == date.min and duty.opens else duty.start


def _asked_until(context: UnfoldingContext, duty: Duty, following: Sequence[Duty]) -> date:
    """The last day of the next question; where that has none, the day before the one after it is asked."""
    if not following:
        return _alone(context, duty)
    if following[0].due is not None:
        return following[0].due
    return first_day(following[1]) - DAY if len(following) > 1 else _alone(context, following[0])


def _alone(context: UnfoldingContext, duty: Duty) -> date:
    """For a question that none follows: the last day that the next period would have had, or a year past the end."""
    kind, whole = context.when.period or "", span(duty.label or "")
    if context.when.form != "period" or whole is None:
        return FAR if context.scope.last == FAR else add_months(context.scope.last, AFTERWARDS)
    if kind == "week":
        return (duty.due or whole[1]) + timedelta(days=7)
    months = context.when.every or MONTHS_IN[kind]
    if context.when.due is not None and duty.due is not None:
        return add_months(duty.due, months)
    return add_months(whole[1] + DAY, months) - DAY


def belongs(fact: Fact, day: date, duty: Duty) -> bool:
    """Whether an answer given on a day is about a question.

    It names the question (its period, its event) or an earlier period within it; else it was the latest one asked.
    """
    named = next((text for name in NAMING if (text := fact.text(name))), None)
    latest = duty.start <= day <= duty.late_until
    if named is None:
        return latest
    if named in (duty.label, duty.suffix, duty.occasion) and day >= duty.start:
        return True
    limits, own = span(named), span(duty.label or "")
    if limits is None or limits[1] < fact.date:
        return limits is not None and within(named, duty.label)
    elsewhere = own is not None and limits[0] <= fact.date and (own[1] < limits[0] or limits[1] < own[0])
    return latest and not elsewhere


ANSWERS = {"ja": True, "nej": False}


def says(fact: Fact) -> bool | None:
    """Whether a statement says yes or no, with or without a comment after it; None where it says neither."""
    words = (fact.text("statement") or "").split()
    return ANSWERS.get(words[0].strip(".,;:!–-").casefold()) if words else None


def denies(fact: Fact) -> bool:
    """Whether a statement says no."""
    return says(fact) is False


def closes(fact: Fact) -> bool:
    """Whether a no is stood by: the function has given the reason for which the question is closed."""
    return denies(fact) and bool(fact.text("closed"))


def weighed(answers: Sequence[Item], due: date | None) -> tuple[list[Item], list[Item], list[tuple[Item, str]], bool]:
    """What stands of the answers by day: the yes in time, the late one, what does not count and why, if it is a no."""
    stand, replaced = standing(answers)
    refused = [(item, "replaced") for item in replaced]
    if stand and denies(stand[0].fact):
        return [], [], refused + [(item, "denied") for item in stand], True
    in_time = [item for item in stand[:1] if due is None or item.day <= due]
    late = [item for item in stand[:1] if item not in in_time]
    return in_time, late, refused + [(item, "repeated") for item in stand[1:]], False


def standing(answers: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The answers that stand, and those that later ones replaced: of answers by day, the last that say the same.

    One who has confirmed and confirms again has confirmed since the first time.
    """
    first = len(answers)
    while first and denies(answers[first - 1].fact) == denies(answers[-1].fact):
        first -= 1
    return list(answers[first:]), list(answers[:first])
