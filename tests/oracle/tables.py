"""Short ways to write a register in a table of boundary dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from tests.oracle.drawing import Tree
from tests.oracle.strategies import instrument, rulebook_of

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.facts import Fact, Precision, Value
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.verdicts import Assessment, InstrumentState, Verdict
from avtalsvakt_rules.rulebook import Rulebook

MEETINGS: Tree = {"meeting_held": {"body": "klara_group"}}
PICTURE: Tree = {"document_revised": {"document": "lägesbild"}}


def on(text: str) -> date:
    """The day written."""
    return date.fromisoformat(text)


def told(kind: str, day: str, recorded: str | None = None, **attributes: Value) -> Fact:
    """A fact; recorded on its day if nothing else is said. `day` may be a month."""
    precision: Precision = "day" if len(day) == 10 else "month"
    first = on((day + "-01")[:10])
    name = attributes.pop("id", f"{kind}-{day}")
    return Fact(str(name), kind, "lokalt", first, recorded or first.isoformat(), 0, precision, attributes)


def meeting(day: str, recorded: str | None = None, **attributes: Value) -> Fact:
    """A meeting of the group in MEETINGS."""
    return told("meeting_held", day, recorded, **{"body": "klara_group"} | attributes)


def picture(day: str, recorded: str | None = None, **attributes: Value) -> Fact:
    """A version of the document in PICTURE."""
    return told("document_revised", day, recorded, **{"document": "lägesbild"} | attributes)


def corrected(target: Fact, recorded: str, **changes: str) -> Fact:
    """A later correction of a fact."""
    attributes: dict[str, Any] = {"target": target.id, "set": changes, "reason": "felskrivet"}
    return Fact(f"c-{recorded}", "record_corrected", "lokalt", on(recorded), recorded, 900, "day", attributes)


class Register:
    """One agreement, with or without an umbrella, and the facts about it."""

    def __init__(self, decider: Decider, clauses: Tree, start: str, end: str | None = None, *others: Tree, **more: Any):
        """`others` are further instruments; `more` is written into the agreement's file."""
        self.decider = decider
        self.own = instrument("lokalt", clauses, on(start), on(end) if end else None, **more)
        self.others = others

    def book(self, readings: Mapping[str, str] = MappingProxyType({})) -> Rulebook:
        """The rules that the files make."""
        return rulebook_of(self.own, *self.others, overrides=readings)[0]

    def judged(
        self,
        facts: Sequence[Fact],
        day: str,
        readings: Mapping[str, str] = MappingProxyType({}),
        known_at: str | None = None,
    ) -> Assessment:
        """Everything, at the end of a day."""
        return assess(self.book(readings), facts, on(day), on(known_at) if known_at else None, self.decider)

    def duty(
        self,
        name: str,
        facts: Sequence[Fact],
        day: str,
        readings: Mapping[str, str] = MappingProxyType({}),
        known_at: str | None = None,
    ) -> Verdict:
        """One duty of the agreement, by the end of its key."""
        duties = self.judged(facts, day, readings, known_at).duties
        found = [one for one in duties if one.duty == f"lokalt.{name}"]
        assert len(found) == 1, [one.duty for one in duties]
        return found[0]

    def state(
        self, facts: Sequence[Fact], day: str, readings: Mapping[str, str] = MappingProxyType({})
    ) -> InstrumentState:
        """The state of the agreement."""
        [found] = [one for one in self.judged(facts, day, readings).instruments if one.agreement == "lokalt"]
        return found
