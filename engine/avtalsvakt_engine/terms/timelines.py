"""The timelines of a rulebook's instruments on one day, and who is over whom. How one is told: timeline_builder."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from avtalsvakt_engine.asof import AsOf
from avtalsvakt_engine.evidence.fact_index import FactIndex
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.terms.timeline import Timeline, Use
from avtalsvakt_engine.terms.timeline_builder import TimelineBuilder
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook

UsedRights = Callable[["Timelines", Instrument, AsOf], Iterable[Use]]


class Timelines:
    """The timelines of a rulebook's instruments on one day, worked out when asked for and kept."""

    def __init__(
        self,
        rulebook: Rulebook,
        index_of: Callable[[str], FactIndex],
        decider: Decider,
        day: date,
        used_rights: UsedRights,
        *,
        apart: Mapping[str, tuple[Use, ...]] = MappingProxyType({}),
    ) -> None:
        """`index_of` gives the visible facts of an agreement, `used_rights` the rights that were used.

        The timelines of instruments in `apart` are told as if no other rights had been used than those given there.
        """
        self.rulebook = rulebook
        self.index_of = index_of
        self.decider = decider
        self.day = day
        self._used_rights = used_rights
        self._apart = apart
        self._known: dict[str, Timeline] = {}

    def of(self, name: str) -> Timeline:
        """The timeline of an instrument. Raises NotEvaluated where the rule engine fails."""
        if name not in self._known:
            self._known[name] = TimelineBuilder(self, self.rulebook.instruments[name]).build()
        return self._known[name]

    def apart_from_rights(self, name: str, day: date, granted: Iterable[Use] = ()) -> "Timelines":
        """The same on another day, apart from what rights do to the terms of one instrument, save those granted.

        Whether a right could be used is asked of the terms that the instrument would have had without it.
        """
        apart = MappingProxyType({**self._apart, name: tuple(granted)})
        return Timelines(self.rulebook, self.index_of, self.decider, day, self._used_rights, apart=apart)

    def used_rights(self, instrument: Instrument, asof: AsOf) -> Iterable[Use]:
        """The rights to lengthen or end an instrument that were used, by day; for one told apart, those granted.

        `asof` remembers when the next may come. Raises NotEvaluated where the rule engine fails.
        """
        if instrument.instrument in self._apart:
            return self._apart[instrument.instrument]
        return self._used_rights(self, instrument, asof)

    def superior(self, instrument: Instrument) -> tuple[Instrument, ...]:
        """The superior instruments that can count, oldest first: with SUCC=fixed only the one named.

        Statutes succeed nothing: every one that binds a municipality counts.
        """
        chain = self.rulebook.chain(instrument)
        fixed = instrument.level != "municipality" and self.rulebook.reading(instrument, "SUCC") == "fixed"
        return chain[:1] if fixed else chain

    def superior_covers(self, instrument: Instrument, day: date) -> bool:
        """Whether some superior instrument was in force on a day."""
        return any(self.of(other.instrument).covers(day) for other in self.superior(instrument))

    def superior_in_force(self, instrument: Instrument, asof: AsOf) -> bool:
        """Whether some superior instrument is in force on the day judged."""
        return self.name_in_force(instrument, asof) is not None

    def name_in_force(self, instrument: Instrument, asof: AsOf) -> str | None:
        """The id of the superior instrument in force on the day judged."""
        found = [one.instrument for one in self.superior(instrument) if self.of(one.instrument).in_force(asof)]
        return found[0] if found else None
