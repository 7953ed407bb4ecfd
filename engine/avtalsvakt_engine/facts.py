"""A fact: something a person recorded as having happened, on a day, at a moment.

Facts are only ever added. Corrections and retractions are facts too; `view` applies them.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct, field

Day = date  # inside the class the name `date` is the field
Precision = Literal["day", "month", "year"]
Value = str | tuple[str, ...] | Mapping[str, object]


class Fact(Struct, frozen=True, gc=False):
    """One recorded fact.

    `date` is the day it concerns, or the first day of the month or year at that precision.
    `recorded` is the moment of recording, ISO 8601 with Stockholm's offset. `arrival` orders the
    facts as they came in (1, 2, 3 …). `attributes` holds body, site, document, concerns_period and the kind's own
    attributes:
    a text, a tuple of texts, or (`set`, `changes`, `new_end`) a mapping. `was` holds the days it bore before it was
    corrected; it is worked out with the corrections and never stored. `overtaken` is a moment before `recorded`: that
    of a fact that arrived later, where the clock went wrong (storage/facts/clock_turns.py); it is worked out too.
    """

    id: str
    kind: str
    agreement: str
    date: date
    recorded: str
    arrival: int = 0
    precision: Precision = "day"
    attributes: Mapping[str, Value] = field(default_factory=dict)
    recorder: str | None = None
    was: tuple[Day, ...] = ()
    overtaken: str | None = None

    @property
    def known_from(self) -> str:
        """The moment from which it was known: when it was recorded, unless a later arrival tells of an earlier one."""
        return self.overtaken or self.recorded

    @property
    def recorded_on(self) -> Day:
        """The Stockholm day from which it was known."""
        return date.fromisoformat(self.known_from[:10])

    @property
    def last(self) -> Day:
        """The last day the fact can concern: `date` itself, or the end of its month or year."""
        if self.precision == "day":
            return self.date
        if self.precision == "year":
            return date(self.date.year, 12, 31)
        following = (self.date.replace(day=28) + timedelta(days=4)).replace(day=1)
        return following - timedelta(days=1)

    def text(self, name: str) -> str | None:
        """The attribute as one text, or None where it is missing or not a text."""
        value = self.attributes.get(name)
        return value if isinstance(value, str) else None
