"""Which readings the outcome of a clause depends on.

Those its words imply and those it lists, each with the choice in force.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import recorded_twice
from avtalsvakt_rules.language.patterns import Alternating, Both
from avtalsvakt_rules.rulebook import Rulebook

PERIOD_READINGS = {
    "year": ("AR", "STUB"),
    "half_year": ("HALVAR", "STUB"),
    "quarter": ("STUB",),
    "month": ("MANAD", "STUB"),
    "week": ("STUB",),
    "semester": ("TERMIN", "STUB"),
    "year_end": ("ARETSSLUT",),
    "block": ("STUB",),
}
OCCASIONS = frozenset({"meeting_held", "inspection_done", "training_done"})


@dataclass(frozen=True)
class InUse:
    """The readings of one clause. `get` answers for any code; `shown` is what the verdict lists.

    `together` are choices made for this clause and one of another instrument together (DUBBEL).
    """

    rulebook: Rulebook
    instrument: Instrument
    clause: Clause
    codes: frozenset[str]
    together: tuple[tuple[str, str], ...] = ()
    _choices: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def get(self, code: str) -> str:
        """The choice in force for this clause, whether or not the clause hangs on it."""
        choice = self._choices.get(code)
        if choice is None:
            joint = dict(self.together).get(code)
            choice = self._choices[code] = joint or self.rulebook.reading(self.instrument, code, self.clause)
        return choice

    @property
    def working_days(self) -> str:
        """The working days of the text, by the reading VARDAG: Sweden's, `NO/B_postal` where it follows another's."""
        return in_country(self.instrument, self.get("VARDAG"))

    def read_together(self, code: str, choice: str) -> "InUse":
        """The same, with a choice that is made for this clause and another instrument's together."""
        return replace(self, codes=self.codes | {code}, together=(*self.together, (code, choice)))

    def chosen(self, code: str, choice: str) -> bool:
        """Whether the clause hangs on this reading and the choice in force is this one."""
        return code in self.codes and self.get(code) == choice

    @cached_property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """Codes and choices, by code."""
        return tuple((code, self.get(code)) for code in sorted(self.codes))


def in_country(instrument: Instrument, choice: str) -> str:
    """A choice of what a working day is (VARDAG), by the country whose holidays a text follows (dates/workdays.py)."""
    return f"{instrument.calendar}/{choice}" if instrument.calendar else choice


def in_use(rulebook: Rulebook, instrument: Instrument, clause: Clause) -> InUse:
    """The readings in use for a clause."""
    return InUse(rulebook, instrument, clause, _codes(clause, instrument))


def _codes(clause: Clause, instrument: Instrument) -> frozenset[str]:
    codes: set[str] = set(clause.readings.codes)
    when = clause.when
    if when is not None:
        codes |= set(PERIOD_READINGS.get(when.period or "", ()))
        if when.form == "years" and "VARTANNAT" not in codes:  # its own question, of the same kind
            codes.add("FJARDE")
        if when.form == "period" and clause.attest is None:
            codes.add("SENT")
        if when.due and when.due.mark == "end" and when.due.unit in ("month", "year") and when.due.count < 0:
            codes.add("SEXMAN")
        if any(day.unit == "working day" or day.rolls for day in when.days):
            codes.add("VARDAG")
    occasions = OCCASIONS | recorded_twice(instrument.movable)
    for pattern in clause.what:
        codes |= {"DUBBLETT", "FRAMTID"} if pattern.kind in occasions else set()
        codes |= {"SAMRAD" for _, value in pattern.values if isinstance(value, Both)}
        codes |= {"ALT" for _, value in pattern.values if isinstance(value, Alternating)}
    if "should" in clause.norm:
        codes.add("BOR")
    return frozenset(codes)
