"""What one invented agreement's records of one year are gathered in while they are made."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from avtalsvakt_engine.facts import Fact, Value

LENGTHS = {"month": 1, "quarter": 3, "half_year": 6, "semester": 6, "year": 12}
"""The months of a period."""


@dataclass
class Records:
    """Records in the making: `add` gives each an id, a moment of recording and a recorder."""

    agreement: str
    year: int
    chance: random.Random
    made: list[Fact] = field(default_factory=list)

    def some_day(self, start: int = 1, months: int = 12) -> date:
        """A day of the year, in some months."""
        return date(self.year, self.chance.randint(start, start + months - 1), self.chance.randint(1, 28))

    def add(self, kind: str, on: date, **said: Value) -> str:
        """Add a record; its id. Most things are recorded the same day, some later."""
        days = self.chance.choice((0, 0, 0, 0, 0, 0, 1, 3, 7, self.chance.randint(10, 50)))
        return self.add_told(kind, on, on + timedelta(days=days), said)

    def add_told(
        self, kind: str, on: date, told: date, said: Mapping[str, Value], *, recorder: str = "samordnare"
    ) -> str:
        """Add a record that was made on a day, by somebody; its id."""
        name = f"{self.agreement}-{self.year}-{len(self.made)}"
        fact = Fact(name, kind, self.agreement, on, moment(told), attributes=dict(said), recorder=recorder)
        self.made.append(fact)
        return name


def moment(day: date) -> str:
    """A moment of recording on a day."""
    return f"{day}T16:00:00+01:00"


def label(year: int, start: int, each: str) -> str:
    """The name of the period of a year that begins with a month."""
    return {
        "month": f"{year}-{start:02}",
        "quarter": f"{year}-Q{start // 3 + 1}",
        "half_year": f"{year}-H{1 if start == 1 else 2}",
        "semester": f"{year}-{'VT' if start == 1 else 'HT'}",
    }.get(each, str(year))
