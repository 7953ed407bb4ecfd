"""What becomes late if nothing more is recorded, in the order in which it does. Nothing is stored."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from avtalsvakt.answers.acts import HowTo
from avtalsvakt.answers.agreement_facts import agreement_facts
from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.how_to import how_to
from avtalsvakt_engine.assessing.assessment import World
from avtalsvakt_engine.assessing.walking import Walk
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.explaining.labels import BROKEN
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.related_agreements import bearing_on
from avtalsvakt_rules.vocabulary import load


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
        world = World(material.rulebook, lambda name: seen.get(name, []), decider, material.as_of)
        for name in material.rulebook.instruments if agreements is None else agreements:
            course = _Course(world, name)
            found += course.late(until)
            judged += course.judged
    return Forecast(material.as_of, until, tuple(sorted(found, key=lambda one: (one.day, one.verdict.duty))), judged)


class _Course:
    """What becomes late under one agreement."""

    def __init__(self, world: World, agreement: str) -> None:
        """Nothing has become late yet."""
        self.walk, self.agreement, self.judged = Walk(world, agreement), agreement, 1
        self.known = agreement_facts(
            world.rulebook, [fact for name in bearing_on(world.rulebook, agreement) for fact in world.facts_of(name)],
            (), agreement, world.as_of,
        )  # fmt: skip

    def late(self, last: date) -> Iterator[Late]:
        """What becomes late, day by day, until the last."""
        while (day := self.walk.next_day) is not None and day <= last:
            before = self.walk.verdicts
            self.judged += 1
            for change in self.walk.go(day):
                was, now = change.was, change.now
                if now and now.status in BROKEN and (was is None or was.status not in BROKEN):
                    yield Late(day, now, self._how(was, before))

    def _how(self, was: Verdict | None, before: Mapping[str, Verdict]) -> HowTo:
        """How it would have been met the day before it became late."""
        if was is None:
            return HowTo("", ())
        self.known = self.known.with_verdicts(before.values())  # what it has worked out of the facts stays with it
        return how_to(was, self.known)
