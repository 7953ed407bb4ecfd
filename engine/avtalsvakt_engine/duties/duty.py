"""Duties: obligations unfolded into single periods, terms, events.

Dates only; whether a duty was met is the business of judging.
"""

from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.hours import Stretch
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Period
from avtalsvakt_rules.language.instrument import Clause

DAY = timedelta(days=1)


class Duty(Struct, frozen=True, gc=False):
    """One concrete instance of an obligation.

    `suffix` ends the key: a period label, a fact id. `start` is the first day on which evidence counts and
    `late_until` the last on
    which it can still be late. `window` says which rule of lateness holds: count, annual, own, open, exact, itself,
    state, attest (a question, asked until `asked_until`: attesting.py).
    `deadline` is between which moments the hours of a text that counts in hours are over; `due` is the day of the last.
    `cover` is how much of it the agreement covers (words of question `applicability`). `begins` is the first day of
    agreement and scheme. `required` is the number asked for before waivers. A step that `follows` another knows the day
    on which that one was met. `unsure` says what must be asked before it is certain that there is a duty at all, as a
    code. `known` remembers the days that were asked for to say all this.
    """

    name: str
    clause: Clause
    suffix: str
    begins: date
    start: date
    window: str
    opens: date | None = None
    due: date | None = None
    deadline: Stretch | None = None
    late_until: date = FAR
    asked_until: date = FAR
    period: Period | None = None
    label: str | None = None
    event: Fact | None = None
    per: str | None = None
    next_label: str | None = None
    cover: str = "whole"
    part_period: bool = False
    required: int = 1
    need: str = "none"
    targets: frozenset[str] = frozenset()
    follows: bool = False
    leader_met: date | None = None
    unsure: str = ""
    known: AsOf | None = None

    @property
    def of_event(self) -> bool:
        """Whether an event gives rise to it, or to the step it follows (a rolling duty's event is the last time)."""
        return self.clause.when is not None and self.clause.when.form in ("event", "follows")

    @property
    def last(self) -> date:
        """The last day whose acts are its own: due, else its period's where no text says by when."""
        return self.due or (self.period.end if self.period and self.window == "count" else FAR)

    @property
    def forbids(self) -> bool:
        """Whether it is kept by what is not done (a question about a prohibition is answered, as any other)."""
        return self.clause.duty_norm == "shall_not" and self.clause.attest is None

    @property
    def ceiling_only(self) -> bool:
        """Whether it only says how many there may be, so that nothing has to be done."""
        return ceiling_only(self.clause)

    @property
    def occasion(self) -> str:
        """What ties it to the duties of other clauses: the event, else the period, whoever has to act in it."""
        if self.event:
            return self.event.id
        return self.label if self.per and self.label else self.suffix


def ceiling_only(clause: Clause) -> bool:
    """Whether a clause only says how many there may be."""
    return clause.at_most is not None and not clause.written("at_least")
