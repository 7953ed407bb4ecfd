"""Which occasion an act serves where it need not refer to any: the one it names, else the only one that is open.

Written from semantics.md, Who, towards whom, about what. Acts are looked at by day: what was done before decides, and
nothing that came after.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.oracle.context import Duty
from tests.oracle.register import NO, UNKNOWN, YES, Act


@dataclass(frozen=True)
class Served:
    """The duties that each act serves, and those that it may serve; by their suffixes."""

    served: dict[str, set[str]]
    perhaps: dict[str, set[str]]

    def answer(self, duty: Duty, act: Act) -> int:
        """Whether an act serves a duty."""
        if duty.suffix in self.served.get(act.id, ()):
            return YES
        return UNKNOWN if duty.suffix in self.perhaps.get(act.id, ()) else NO


def served(
    duties: Sequence[Duty], acts: Sequence[Act], suits: Callable[[Duty, Act], int], named: Callable[[Act], set[str]]
) -> Served:
    """Give each act to its occasion. `named` tells the ids that an act refers to, in whatever attribute.

    An occasion that refers to something (a receipt, to the demand) goes by the name of that too.
    """
    found = Served({}, {})
    done = {duty.suffix: 0 for duty in duties}
    for act in acts:
        possible = [duty for duty in duties if _within_reach(duty, act) and suits(duty, act) != NO]
        its_own = [duty for duty in duties if duty.about & named(act)]
        behind = [duty for duty in possible if duty.event and named(duty.event) & named(act)]
        mine = [duty for duty in possible if duty in its_own] if its_own else behind or _open(possible, act, done)
        if len(mine) > 1 and not its_own:
            found.perhaps[act.id] = {duty.suffix for duty in mine}
            continue
        found.served[act.id] = {duty.suffix for duty in mine}
        for duty in mine:
            done[duty.suffix] += suits(duty, act) == YES
    return found


def _within_reach(duty: Duty, act: Act) -> bool:
    last = max(duty.due, duty.last_late) if duty.due else duty.last_late
    return duty.first <= act.day <= last and duty.against != "called off"


def _open(possible: Sequence[Duty], act: Act, done: dict[str, int]) -> list[Duty]:
    """What must be done before its occasion serves the next one; what follows one serves what is not yet done."""
    ahead = [
        duty
        for duty in possible
        if duty.event and duty.due and duty.due <= duty.event.day and act.day <= duty.event.day
    ]
    if ahead:
        days = [duty.event.day for duty in ahead if duty.event]
        return [duty for duty in ahead if duty.event and duty.event.day == min(days)]
    waiting = [duty for duty in possible if done[duty.suffix] < duty.required]
    return waiting or (list(possible) if len(possible) == 1 else [])
