"""What the lines about one verdict are drawn from: the verdict, its clause, the facts seen, and what mended them."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Clause


class Records(Struct, frozen=True):
    """What was recorded about other records: corrections by their own id, retracted facts and what took them away.

    `corrected` says which corrections were applied to a fact, `retracted` holds by its id each fact that is gone, with
    the record that says so.
    """

    corrections: Mapping[str, Fact] = field(default_factory=dict)
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retracted: Mapping[str, tuple[Fact, Fact]] = field(default_factory=dict)


class Seen(Struct, frozen=True):
    """What the lines are drawn from."""

    verdict: Verdict
    clause: Clause | None
    names: Names
    facts: Mapping[str, Fact]
    records: Records
    as_of: date

    @property
    def trigger(self) -> Fact | None:
        """The record of what gave rise to the duty, if something did."""
        return self.facts.get(self.verdict.trigger or "")

    def fact(self, name: str) -> str:
        """A fact in words, with what mended it and when that became known."""
        fact = self.facts.get(name)
        if fact is None:
            return name
        mended = [self._mended(one) for one in self.records.corrected.get(name, ())]
        return fact_words(fact, self.names) + (f", rättad {'; '.join(mended)}" if mended else "")

    def _mended(self, name: str) -> str:
        """`genom r26a, känt 2026-07-05 (datum, version)`."""
        record = self.records.corrections.get(name)
        if record is None:
            return f"genom {name}"
        changed = record.attributes.get("set")
        told = ", ".join(map(self.names.attribute, changed)) if isinstance(changed, Mapping) else ""
        return f"genom {name}, känt {record.recorded_on}" + (f" ({told})" if told else "")
