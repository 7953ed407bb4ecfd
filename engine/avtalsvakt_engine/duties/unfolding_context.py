"""What unfolding one clause into duties needs, whatever the form of its `when`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.dates.deadlines import Marks, add_months, date_of
from avtalsvakt_engine.dates.workdays import next_workday
from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.selection import Item, Selection
from avtalsvakt_engine.readings_in_use import InUse, in_country
from avtalsvakt_engine.terms.scope import Scope
from avtalsvakt_rules.language.days import MONTHS, Day
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import Movables
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.language.when import When


@dataclass(frozen=True)
class UnfoldingContext:
    """All that unfolding one clause needs.

    `asof` collects when the list of duties will change; `horizon` is in months. `performed` is what was done, certainly
    and by the one who had to, by day: from the last of it some duties count. `stood` keeps where the occasions of a
    pattern stand (None: those of the clause), once it has been worked out (occurrences.py).
    """

    name: str
    clause: Clause
    when: When
    scope: Scope
    readings: InUse
    asof: AsOf
    horizon: int
    select: Callable[[tuple[Pattern, ...]], Selection]
    performed: Callable[[], list[Item]]
    required: Callable[[date], int]
    parties: tuple[str, ...] = ()
    stood: dict[Pattern | None, Any] = field(default_factory=dict, compare=False)

    @property
    def movable(self) -> Movables:
        """The occasions of the text that are planned before they are held."""
        return self.readings.instrument.movable

    def listed(self, opens: date) -> bool:
        """Whether a duty that opens that day is within the horizon."""
        return self.asof.reached(add_months(opens, -self.horizon))

    def day(self, day: Day | None, marks: Marks) -> date | None:
        """The date of a day of the language, by this clause's readings."""
        if day is None:
            return None
        found = date_of(day, marks, sexman=self.readings.get("SEXMAN"), vardag=self.readings.working_days)
        if (
            found
            and day is self.when.due
            and not day.rolls
            and day.hours is None
            and self.readings.chosen("14D", "roll")
        ):
            return next_workday(found, in_country(self.readings.instrument, "B_postal"))
        return found

    def duty(self, suffix: str, start: date, window: str, **more: object) -> Duty:
        """A duty of this clause with what is the same for all of them filled in."""
        more.setdefault("begins", self.scope.first)
        more.setdefault("required", self.clause.at_least)
        return Duty(self.name, self.clause, suffix, start=start, window=window, **more)  # type: ignore[arg-type]


def wanted(start: date, when: When, readings: InUse) -> bool:
    """Whether `only` and `except` keep a period (or an event) that begins that day."""
    if not when.only and not when.except_ and "PERIODSLUT" not in readings.codes:
        return True
    words = {MONTHS[start.month - 1], f"q{(start.month + 2) // 3}", "odd" if start.year % 2 else "even"}
    except_ = set(when.except_) | ({"july"} if readings.chosen("PERIODSLUT", "analog") else set())
    return not words & except_ and (not when.only or bool(words & set(when.only)))
