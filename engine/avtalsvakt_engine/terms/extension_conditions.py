"""Conditions of a power (to extend): proven, failed, or nothing recorded about them.

Source: semantics.md, Instruments in time, Extension. A late consultation, or one with only one party, is a condition
that failed.
"""

from collections.abc import Callable
from datetime import date
from enum import Enum

from msgspec.structs import replace

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.dates.deadlines import Marks, date_of
from avtalsvakt_engine.evidence.fact_index import FactIndex, day_of
from avtalsvakt_engine.evidence.matching import Parties
from avtalsvakt_engine.evidence.selection import Selection, select
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.readings_in_use import in_country
from avtalsvakt_rules.language.conditions import Condition
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import Pattern


class Proof(Enum):
    """What the register says of a condition."""

    MET = "met"
    UNPROVEN = "unproven"
    FAILED = "failed"


class ExtensionConditions:
    """Proves the conditions of one use of a power."""

    def __init__(
        self, instrument: Instrument, index: FactIndex, asof: AsOf, parties: Parties, reading: Callable[[str], str]
    ) -> None:
        """`reading` gives the choice of a reading for the power's clause."""
        self.instrument = instrument
        self.index = index
        self.asof = asof
        self.parties = replace(parties, one_is_enough=reading("SAMRAD") == "initiated")
        self.sexman, self.vardag = reading("SEXMAN"), in_country(instrument, reading("VARDAG"))

    def prove(self, condition: Condition, use: Fact, start: date, end: date) -> Proof:
        """Whether a condition held for this use of the power, within the term [start, end]."""
        if condition.met:
            return self._clause(self.instrument.clauses[condition.met], use, start, end)
        if condition.pattern:
            found = self._select((condition.pattern,)).between(start, day_of(use))
            return Proof.MET if found else Proof.UNPROVEN
        return Proof.UNPROVEN

    def _clause(self, clause: Clause, use: Fact, start: date, end: date) -> Proof:
        when = clause.when
        marks = Marks(start, end, day_of(use))
        due = date_of(when.due, marks, sexman=self.sexman, vardag=self.vardag) if when and when.due else end
        limit = min(due or end, end)
        selection = self._select(clause.what)
        if [item for item in selection.between(start, limit) if item.certain and self.asof.reached(item.day)]:
            return Proof.MET
        late = [item for item in selection.between(limit, end) if self.asof.reached(item.day)]
        one_sided = [item for item, reason in selection.refused_between(start, end) if reason == "one_party_only"]
        return Proof.FAILED if late or one_sided else Proof.UNPROVEN

    def _select(self, patterns: tuple[Pattern, ...]) -> Selection:
        return select(patterns, self.index, self.parties, _at_once, _never_met)


def _at_once(_fact: Fact) -> tuple[date, str]:
    """Conditions are proven by acts that need no further form."""
    return date.min, ""


def _never_met(_clause: str, _version: str) -> None:
    """Conditions do not refer to versions of documents."""
