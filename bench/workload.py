"""The workload: invented agreements, thirty different ones and then these again, and ten years of facts about them.

Some acts are late, some missing, some recorded wrongly and put right; everything follows from the seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.rulebook import Rulebook
from bench.workload_facts import LAST, facts_of
from bench.workload_texts import DIFFERENT, UMBRELLA, Text, instrument, text, umbrella

AS_OF = LAST
FIRST_NIGHT = date(2025, 11, 27)
"""The day of the first night that is measured. Of the five that follow the fourth is the first of a month."""


@dataclass(frozen=True)
class Workload:
    """The rulebook, the agreements' texts by name, and a way to make the facts of one agreement again and again."""

    rulebook: Rulebook
    texts: MappingProxyType[str, Text]
    seed: int

    @property
    def agreements(self) -> tuple[str, ...]:
        """The local agreements."""
        return tuple(self.texts)

    def facts(self, agreement: str) -> list[Fact]:
        """Ten years of facts about one agreement, in the order they arrived."""
        return facts_of(agreement, self.texts[agreement], self.seed)

    def arrived(self, until: date, after: date = date.min) -> list[Fact]:
        """What was recorded about all agreements after one day and no later than another, as it arrived."""
        first, last = f"{after}T99", f"{until}T99"
        years = range(max(after.year - 1, 2015), until.year + 2)
        found = [
            fact for name, one in self.texts.items() for fact in facts_of(name, one, self.seed, years)
            if first < fact.recorded < last
        ]  # fmt: skip
        return sorted(found, key=lambda fact: fact.recorded)

    def by_year(self, until: date) -> Iterator[list[Fact]]:
        """All that was recorded no later than a day, a year at a time so that much of it never lies in memory."""
        for year in range(2015, until.year + 1):
            before = date(year - 1, 12, 31) if year > 2015 else date.min  # plans of the first year may be older than it
            yield self.arrived(min(until, date(year, 12, 31)), before)


def make(agreements: int, seed: int = 1) -> Workload:
    """A workload of so many local agreements under one umbrella."""
    names = {f"avtal-{number:05}": number % DIFFERENT for number in range(agreements)}
    instruments = {UMBRELLA: umbrella()}
    instruments |= {name: instrument(name, kind) for name, kind in names.items()}
    texts = MappingProxyType({name: text(kind) for name, kind in names.items()})
    return Workload(Rulebook(MappingProxyType(instruments), f"bench {agreements}"), texts, seed)
