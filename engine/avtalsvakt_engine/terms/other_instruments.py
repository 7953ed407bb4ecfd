"""What a timeline rests on beside its own instrument."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.evidence.fact_index import FactIndex
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.terms.timeline import Timeline, Use
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook


class OtherInstruments(Protocol):
    """The rulebook, the day, and the other instruments' timelines.

    Timelines is the one that there is; timelines build one another, and none of them needs to know how.
    """

    rulebook: Rulebook
    decider: Decider
    day: date

    @property
    def index_of(self) -> Callable[[str], FactIndex]:
        """The visible facts of an agreement."""

    def of(self, name: str, /) -> Timeline:
        """The timeline of an instrument."""

    def superior(self, instrument: Instrument, /) -> tuple[Instrument, ...]:
        """The superior instruments that can count."""

    def superior_covers(self, instrument: Instrument, day: date, /) -> bool:
        """Whether some superior instrument was in force on a day."""

    def used_rights(self, instrument: Instrument, asof: AsOf, /) -> Iterable[Use]:
        """The rights to lengthen or to end an instrument that were used, by day."""
