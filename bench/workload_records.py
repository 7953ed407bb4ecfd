"""What one invented agreement's records of one year are gathered in while they are made."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from avtalsvakt_engine.facts import Fact, Value


@dataclass
class Records:
    """Records in the making: `add` gives each an id, a moment of recording and a recorder."""

    agreement: str
    year: int
    chance: random.Random
    made: list[Fact] = field(default_factory=list)

    def add(
        self, kind: str, on: date, *, recorded: date | None = None, recorder: str = "samordnare", **attributes: Value
    ) -> str:
        """Add a record; its id. Most things are recorded the same day, some later."""
        days = self.chance.choice((0, 0, 0, 0, 0, 0, 1, 3, 7, self.chance.randint(10, 50)))
        told = recorded or on + timedelta(days=days)
        name = f"{self.agreement}-{self.year}-{len(self.made)}"
        self.made.append(
            Fact(name, kind, self.agreement, on, moment(told), attributes=attributes, recorder=recorder)
        )  # fmt: skip
        return name


def moment(day: date) -> str:
    """A moment of recording on a day."""
    return f"{day}T16:00:00+01:00"
