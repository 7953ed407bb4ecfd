"""What is to be done, once: the duties of several texts that one act meets, as one value with a stable identity.

In come all verdicts of one agreement and the words, out come acts. Which duty gives an act its identity depends on what
there is to do and on its last day, never on what has been done of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from avtalsvakt_calendars.reminding.titles import body_in_short
from avtalsvakt_calendars.reminding.wording import Wording, Words
from avtalsvakt_engine.verdicts import Verdict

OPEN_STATUSES = frozenset({"pending", "at_risk", "not_evaluated"})
# A duty that could not be judged keeps its place: a fault in one night must not empty calendars.
DUE_STATUSES = OPEN_STATUSES | {"overdue"}
DUTIES = frozenset({"obligation", "recommendation"})
RIGHTS = frozenset({"permission", "power"})


class Act(Struct, frozen=True):
    """One act that is still open: the duties it meets, the one that asks for most first.

    `key` is the duty that gives it its identity, `due` the last day.
    """

    key: str
    due: date
    asked: tuple[Verdict, ...]
    words: Words
    wording: Wording

    @property
    def verdict(self) -> Verdict:
        """The duty that asks for most."""
        return self.asked[0]

    @property
    def duties(self) -> tuple[str, ...]:
        """The keys of the duties, the one that gives the identity first; it may be met already."""
        return tuple(dict.fromkeys((self.key, *(one.duty for one in self.asked))))

    @property
    def advised(self) -> bool:
        """Whether it is a recommendation in every text that asks for it."""
        return all(one.modality == "recommendation" for one in self.asked)

    @property
    def left(self) -> int:
        """How many are left to do."""
        return max(self.verdict.required - self.verdict.counted, 1)

    @property
    def name(self) -> str:
        """The agreement's short name."""
        return self.wording.name(self.verdict.agreement)

    @property
    def body(self) -> str | None:
        """Who meets, in short."""
        return body_in_short(self.wording.label(self.verdict.body), self.name) if self.verdict.body else None

    @property
    def doing(self) -> str:
        """What to do, as an imperative."""
        return self.words.acting(self.body)

    @property
    def about(self) -> str | None:
        """What tells it from its siblings: a site, a party, an occasion."""
        return self.wording.about.get(self.verdict.duty)

    def number(self, place: int = 1) -> str:
        """`2/2`, for the one that is as many places on as said; nothing where one is enough."""
        asked = self.verdict.required
        return f"{min(self.verdict.counted + place, asked)}/{asked}" if asked > 1 else ""


def acts(verdicts: Sequence[Verdict], wording: Wording, since: date) -> Iterator[Act]:
    """The acts with a last day since a day that are neither done nor released, in a stable order.

    A right that may be left unused is an act only if its clause asks to be reminded of; questions are none.
    """
    together: dict[tuple[str, str, date], list[Verdict]] = defaultdict(list)
    for one in sorted(verdicts, key=lambda one: one.duty):
        if one.due is not None and one.due >= since and _reminded(one, wording):
            together[_act_of(one, wording, one.due)].append(one)
    for (_, _, due), found in together.items():
        # A fulfilled duty still gives the identity: it must not pass on to the next when one text has been met.
        key = min(found, key=lambda one: (one.instrument != one.agreement, one.duty)).duty
        still = [one for one in found if one.status in DUE_STATUSES]
        if still:
            still.sort(key=lambda one: (one.modality != "obligation", one.counted - one.required, one.duty != key))
            yield Act(key, due, tuple(still), wording.words(still[0]), wording)


def _act_of(verdict: Verdict, wording: Wording, due: date) -> tuple[str, str, date]:
    """What duties of one act have in common; a duty that no other text asks for is alone."""
    group = wording.same.get((verdict.agreement, verdict.instrument, verdict.obligation))
    return (group, wording.about.get(verdict.duty, ""), due) if group else (verdict.duty, "", due)


def _reminded(verdict: Verdict, wording: Wording) -> bool:
    if verdict.attest is not None:
        return False
    asked = wording.words(verdict).lead is not None
    return verdict.modality in DUTIES or (verdict.modality in RIGHTS and asked)
