"""One agreement before the reference: its acts, its terms, the day; and how what was found becomes a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from bench.reference_acts import Act, Acts, Line, fitting
from bench.reference_calendar import FAR, Today, calendar_periods, plus
from bench.reference_people import acted, both, excuses
from bench.reference_terms import Life
from bench.workload_pool import Asked

WARN = timedelta(days=30)
MISSED = {"shall": "overdue", "should": "recommendation_not_met"}


class Judged(NamedTuple):
    """What is concluded of one duty."""

    duty: str
    status: str
    due: date | None
    required: int
    counted: int


@dataclass(slots=True)
class Found:
    """What was found of one duty: in time, late, and what may be either or nothing."""

    done: int = 0
    late: int = 0
    unclear: int = 0
    breach: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """What remains of a period within the terms. `whole`: its own last day; `enough`: whether half of it remains."""

    label: str
    first: date
    last: date
    start: date
    whole: date
    enough: bool


@dataclass
class Case:
    """What judging an agreement's obligations under one text shares. `prefix` begins the keys of their duties."""

    agreement: str
    prefix: str
    acts: Acts
    life: Life
    today: Today
    waivers: Sequence[Act]
    listings: dict[str, tuple[list[Stretch], date]] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)

    def line(self, one: Asked) -> Line:
        """What may show an obligation done, by day."""
        if one.name not in self.lines:
            found = self.acts.of(one.kind, one.says)
            if one.form != "attest":
                found = fitting(found, both if one.kind == "consultation_held" else lambda act: acted(act, one.who))
            self.lines[one.name] = Line(found)
        return self.lines[one.name]

    def stretches(self, each: str) -> list[Stretch]:
        """The periods that are listed, in order."""
        if each not in self.listings:
            self.listings[each] = self._stretches(each)
        found, later = self.listings[each]
        self.today.has_come(later)
        return found

    def _stretches(self, each: str) -> tuple[list[Stretch], date]:
        """The periods that are listed, and the day on which one more will be."""
        begins, ends = self.life.first, self.life.last
        out: list[Stretch] = []
        for label, start, end in calendar_periods(each):
            if end < begins:
                continue
            if start > ends:
                break
            first, last = max(start, begins), min(end, ends)
            if plus(first, -12) > self.today.day:
                return out, plus(first, -12)
            enough = 2 * ((last - first).days + 1) >= (end - start).days + 1
            out.append(Stretch(label, first, last, start, end, enough))
        return out, FAR

    def listed(self, opens: date) -> bool:
        """Whether a duty that opens on a day is shown: a year ahead."""
        return self.today.has_come(plus(opens, -12))

    def key(self, one: Asked, suffix: str) -> str:
        """The key of a duty."""
        return f"{self.prefix}.{one.name}.{suffix}" if suffix else f"{self.prefix}.{one.name}"

    def no(self, one: Asked, suffix: str) -> Judged:
        """A duty that is not owed."""
        return Judged(self.key(one, suffix), "not_applicable", None, 0, 0)

    def owed(self, begins: date) -> bool:
        """Whether anything is owed yet."""
        return self.today.has_come(max(begins, self.life.first))

    def judged(
        self, one: Asked, suffix: str, opens: date, due: date | None, found: Found, least: int | None = None
    ) -> Judged:
        """The row of a duty that is owed."""
        needed = one.least if least is None else least
        return Judged(
            self.key(one, suffix), self.status(one, suffix, opens, due, found, needed), due, needed, int(found.done)
        )

    def status(self, one: Asked, suffix: str, opens: date, due: date | None, found: Found, least: int) -> str:
        """What was done decides first, then a waiver, then what is not known, then the time."""
        missed, today = MISSED[one.norm], self.today
        if not found.breach and found.done >= least:
            return "fulfilled"
        if not found.breach and found.done + found.late >= least:
            return "fulfilled_late"
        if self.waived(one, suffix):
            return "waived"
        if found.breach:
            return missed
        if found.unclear and found.done + found.unclear >= least:
            return "pending"
        if not today.has_come(opens) or due is None:
            return "pending"
        if today.is_past(due):
            return missed
        return "at_risk" if today.has_come(due - WARN) else "pending"

    def waived(self, one: Asked, suffix: str) -> bool:
        """Whether the parties have excused a duty."""
        return any(
            act.said["obligation"] == one.name and act.said.get("period") in (None, suffix)
            and self.today.has_come(act.day) and excuses(act)
            for act in self.waivers
        )  # fmt: skip
