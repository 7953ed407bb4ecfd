"""What is overdue, in the order in which something can be done about it.

Agreements in force come first, and in them what can still be done before what stands; what agreements that have ended
left behind comes last, to be counted. In come the verdicts and the states of the agreements, out comes the same sorted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt.answers.in_force import ended
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

OVERDUE = ("overdue",)


class Overdue(Struct, frozen=True):
    """What is overdue, each part the longest first.

    `curable` can still be done and is then mended, `standing` cannot; both are of agreements in force. `ended` is what
    other agreements left behind.
    """

    curable: tuple[Verdict, ...]
    standing: tuple[Verdict, ...]
    ended: tuple[Verdict, ...]

    @property
    def living(self) -> tuple[Verdict, ...]:
        """What belongs to agreements in force, in the order in which it is read."""
        return (*self.curable, *self.standing)

    @property
    def everything(self) -> tuple[Verdict, ...]:
        """All of it in that order."""
        return (*self.living, *self.ended)

    @property
    def ended_by_agreement(self) -> Mapping[str, int]:
        """How many are left behind by each agreement that has ended, the most first."""
        return dict(Counter(one.agreement for one in self.ended).most_common())


def overdue(verdicts: Iterable[Verdict], states: Iterable[InstrumentState]) -> Overdue:
    """Sort what is overdue; `states` are those of the agreements that the verdicts belong to."""
    over = ended(states)
    parts: dict[str, list[Verdict]] = {"curable": [], "standing": [], "ended": []}
    for one in sorted(verdicts, key=lambda one: (overdue_since(one), one.duty)):
        parts["ended" if one.agreement in over else "curable" if one.curable else "standing"].append(one)
    return Overdue(tuple(parts["curable"]), tuple(parts["standing"]), tuple(parts["ended"]))


def overdue_since(verdict: Verdict) -> date:
    """The first day on which it was overdue: the day after the due date, else the day it became true."""
    return verdict.due + timedelta(days=1) if verdict.due else verdict.since
