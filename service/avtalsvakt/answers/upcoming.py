"""What is coming: last days, what has to be prepared for later ones, and booked meetings, within a window of days.

In come verdicts and the days, out come lists. What needs the rules (when to begin preparing) is asked for with them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from avtalsvakt_calendars.reminding.wording import DEFAULT_LEAD, HABITS
from avtalsvakt_engine.verdicts import Verdict

if TYPE_CHECKING:
    from avtalsvakt.answers.agreement_facts import AgreementFacts
    from avtalsvakt_rules.language.instrument import Clause

COMING = ("pending", "at_risk")
PREPARED = ("obligation", "recommendation")
"""The norms whose acts are prepared; a right may be left unused."""


class Upcoming(Struct, frozen=True):
    """What is open: due by the last day asked for, the nearest first; to be prepared by then, by the day to begin.

    `undated` has no last day; `later` is due on the first day after those. `left` is what agreements that have ended
    left open though its day has passed, for want of an answer or a record.
    """

    due: tuple[Verdict, ...]
    prepare: tuple[tuple[date, Verdict], ...]
    undated: tuple[Verdict, ...]
    later: tuple[Verdict, ...]
    left: tuple[Verdict, ...] = ()

    @property
    def everything(self) -> tuple[Verdict, ...]:
        """All but what is later, in the order in which it is listed."""
        return (*self.left, *self.due, *(one for _, one in self.prepare), *self.undated)


def upcoming(
    verdicts: Iterable[Verdict],
    today: date,
    last: date,
    known: Mapping[str, "AgreementFacts"] | None = None,
    ended: Collection[str] = (),
) -> Upcoming:
    """What is due or has to be begun from today until `last`; without `known` nothing is said of preparing.

    `ended` are the agreements that are no more in force.
    """
    found = sorted(verdicts, key=lambda one: (one.due is None, one.due or date.max, one.duty))
    after = [one for one in found if one.due is not None and one.due > last]
    begun = [(day, one) for one in after if (day := _begins(one, known or {})) is not None and day <= last]
    next_day = min((one.due for one in after if one.due), default=None)
    return Upcoming(
        tuple(one for one in found if one.due is not None and one.due <= last and one.agreement not in ended),
        tuple(sorted(begun, key=lambda pair: (max(pair[0], today), pair[1].due or date.max, pair[1].duty))),
        tuple(one for one in found if one.due is None),
        tuple(one for one in after if one.due == next_day),
        tuple(one for one in found if one.due is not None and one.due <= last and one.agreement in ended),
    )


def _begins(verdict: Verdict, known: Mapping[str, "AgreementFacts"]) -> date | None:
    """The day to begin; None for questions, for rights, and where the rules are not known."""
    facts = known.get(verdict.agreement)
    clause = facts.clause(verdict) if facts else None
    if clause is None or clause.attest or verdict.modality not in PREPARED:
        return None
    return preparing_day(verdict, clause)


def preparing_day(verdict: Verdict, clause: "Clause") -> date | None:
    """The day to begin; None without a last day. Calendars prompt about then, when people are at work.

    It is the clause's own lead before the last day, else the usual one of the act, then never before the duty opens.
    """
    if verdict.due is None:
        return None
    if clause.remind is not None:
        return verdict.due - timedelta(days=clause.remind)
    habit = HABITS.get(clause.what[0].kind if clause.what else "")
    day = verdict.due - timedelta(days=habit.lead if habit else DEFAULT_LEAD)
    return max(day, verdict.opens) if verdict.opens else day
