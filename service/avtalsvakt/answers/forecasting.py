"""What becomes late if nothing more is recorded, in the order in which it does.

A verdict knows until when it stands, so the walk goes from one such day to the next and judges only the cells whose
day has come (docs/decisions/0007-a-verdict-knows-how-long-it-lasts.md). Nothing is stored.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt.answers.acts import HowTo
from avtalsvakt.answers.agreement_facts import agreement_facts
from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.how_to import how_to
from avtalsvakt_engine.assessing.assessment import World, judge_agreement
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.explaining.labels import BROKEN
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.vocabulary import load

DAY = timedelta(days=1)


class Late(Struct, frozen=True):
    """A duty that becomes late on a day, and how it is met before that; the verdict is that of the day."""

    day: date
    verdict: Verdict
    how: HowTo


class Forecast(Struct, frozen=True):
    """What becomes late after `as_of` and not after `until`, by day; `judged` counts the days that were looked at."""

    as_of: date
    until: date
    late: tuple[Late, ...]
    judged: int


def forecast(material: Material, until: date, agreements: Sequence[str] | None = None) -> Forecast:
    """Walk from the day of the material to `until`, agreement by agreement; of all agreements unless some are given."""
    seen: dict[str, list[Fact]] = defaultdict(list)
    for fact in view(material.facts, material.known_at, load()).facts:
        seen[fact.agreement].append(fact)
    found: list[Late] = []
    judged = 0
    with Decider(table="first") as decider:
        for name in material.rulebook.instruments if agreements is None else agreements:
            walk = _Walk(material, seen, decider, name)
            found += walk.late(until)
            judged += walk.judged
    return Forecast(material.as_of, until, tuple(sorted(found, key=lambda one: (one.day, one.verdict.duty))), judged)


class _Walk:
    """One agreement from day to day."""

    def __init__(self, material: Material, facts: Mapping[str, list[Fact]], decider: Decider, agreement: str) -> None:
        """Nothing is judged yet."""
        self.material, self.facts, self.decider, self.agreement = material, facts, decider, agreement
        self.verdicts: dict[tuple[str, str], dict[str, Verdict]] = {}
        self.until: dict[tuple[str, str], date | None] = {}
        self.judged = 0

    def late(self, last: date) -> Iterator[Late]:
        """What becomes late, day by day, until the last."""
        self._judge(self.material.as_of, None)
        while (day := self._next()) is not None and day <= last:
            before = {one.duty: one for cell in self.verdicts.values() for one in cell.values()}
            due = {key for key, until in self.until.items() if until is not None and until < day}
            self._judge(day, due)
            for key in due:
                for one in self.verdicts.get(key, {}).values():
                    was = before.get(one.duty)
                    if one.status in BROKEN and (was is None or was.status not in BROKEN):
                        yield Late(day, one, self._how(was))

    def _next(self) -> date | None:
        days = [until for until in self.until.values() if until is not None]
        return min(days) + DAY if days else None

    def _judge(self, day: date, due: set[tuple[str, str]] | None) -> None:
        """Judge the cells that are due, or all; what is judged stands until a later day."""
        world = World(self.material.rulebook, lambda name: self.facts.get(name, []), self.decider, day)
        self.judged += 1
        clauses = None if due is None else {clause for _, clause in due}
        for key in due or ():
            self.until.pop(key)
            self.verdicts.pop(key, None)
        for case, cell, verdicts, until in judge_agreement(world, self.agreement, clauses):
            key = case.source.instrument, cell.name
            if due is None or key in due or key not in self.until:
                self.verdicts[key] = {one.duty: one for one in verdicts}
                self.until[key] = until

    def _how(self, was: Verdict | None) -> HowTo:
        """How it would have been met the day before it became late."""
        if was is None:
            return HowTo("", ())
        every = [one for cell in self.verdicts.values() for one in cell.values() if one.duty != was.duty]
        facts = [fact for found in self.facts.values() for fact in found]
        known = agreement_facts(self.material.rulebook, facts, [*every, was], self.agreement, self.material.as_of)
        return how_to(was, known)
