"""A duty before it is judged, and the clause under an agreement that it comes from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.oracle.appointments import Sitting
from tests.oracle.calendar_days import ONE, date_meant, plus_months, working
from tests.oracle.life import OPEN, Life
from tests.oracle.people import People
from tests.oracle.register import Act

from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.language.when import When


@dataclass(frozen=True)
class Duty:
    """One duty before it is judged. `shape` says how its evidence is dated and whether lateness is possible.

    `unsure` where it must be asked whether its event is one at all; `hours` the first and the last moment at which the
    hours may be over that a text gives.
    """

    name: str
    suffix: str
    clause: Clause
    shape: str
    begins: date
    opens: date
    first: date = date.min
    due: date | None = None
    last_late: date = OPEN
    period: tuple[str, date, date] | None = None
    required: int = 1
    against: str | None = None
    event: Act | None = None
    about: frozenset[str] = field(default_factory=frozenset)
    site: str | None = None
    next_label: str | None = None
    bound: bool = False
    whole: tuple[date, date] | None = None
    party: str | None = None
    unsure: bool = False
    hours: tuple[int, int] | None = None

    @property
    def bound_day(self) -> date:
        """The last day whose acts are its own: due, or where nothing says by when the last of its period."""
        return self.due or (self.period[2] if self.period and self.shape == "count" else OPEN)

    @property
    def label(self) -> str | None:
        """The name of its period, where it is one of a period and not of an event."""
        return self.period[0] if self.period and self.event is None else None

    @property
    def one(self) -> str | None:
        """The site or the party that it is one for."""
        return self.site or self.party

    @property
    def occasion(self) -> str:
        """What ties it to duties of other clauses: the event or the period, whoever it is for."""
        if self.event:
            return self.event.id
        return self.period[0] if self.period and self.one else self.suffix


@dataclass(frozen=True)
class Context:
    """One clause under one agreement on one day: what its duties are unfolded from."""

    name: str
    clause: Clause
    life: Life
    as_of: date
    reading: Callable[[str], str]
    acts_like: Callable[[tuple[Pattern, ...]], list[Act]]
    perhaps_like: Callable[[tuple[Pattern, ...]], list[Act]]
    performed: Callable[[], list[Act]]
    required_on: Callable[[date], int]
    people: People
    year_starts: str = "01-01"
    appointed: Callable[[str], list[Sitting]] = lambda _: []
    weekdays: str = "B_postal"
    continued: bool = False

    @property
    def parties(self) -> tuple[str, ...]:
        """The agreement's parties."""
        return self.people.parties

    @property
    def when(self) -> When:
        """The clause's `when`."""
        assert self.clause.when
        return self.clause.when

    def chosen(self, code: str, choice: str) -> bool:
        """Whether the clause lists a reading and it is chosen so."""
        return code in self.clause.readings.codes and self.reading(code) == choice

    def listed(self, opens: date) -> bool:
        """Whether a duty that opens then is shown: a year ahead."""
        return plus_months(opens, -12) <= self.as_of

    def day(self, day: Day | None, **marks: date | None) -> date | None:
        """The date meant."""
        found = date_meant(day, marks, self.reading("SEXMAN"), self.reading("VARDAG")) if day else None
        while found and day is self.when.due and self.chosen("14D", "roll") and not working(found, self.weekdays):
            found += ONE
        return found
