"""What a night must judge again since the run before it: by the day that came, and by facts that arrived.

In come the rulebook, what is stored and the facts, out come cells by agreement. Nothing is judged but the terms of
agreements that may have changed, and nothing is written.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.assessing.assessment import World
from avtalsvakt_engine.assessing.pieces import possible_cells
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import NotEvaluated
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.terms.timeline import fingerprint
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.related_agreements import bound_by
from avtalsvakt_rules.rulebook import Rulebook

Work = dict[str, dict[str, list[Fact]] | None]
"""What must be judged again: cells by agreement with the facts that arrived about them, None for all of it."""


class Pending(Struct, frozen=True):
    """What is known when a night begins."""

    rulebook: Rulebook
    store: Store
    source: FactSource
    world: World
    as_of: date

    def since(self, last: Run) -> Work:
        """What must be judged again since a run: what its day has come for, and what facts that arrived can change."""
        due = self.store.due_cells(self.as_of).items()
        work: Work = {name: {one: [] for one in cells} for name, cells in due if name in self.rulebook.instruments}
        arrived = self._with_municipalities(self.source.arrived_since(last.head))
        for agreement, facts in arrived.items():
            if agreement not in self.rulebook.instruments:
                continue
            for name, cell in possible_cells(self.rulebook, agreement):
                one = self.rulebook.instruments[agreement]
                seen = [fact for fact in facts if cell.watches(fact, one.annexes, self.world.understood(one))]
                cells = work.setdefault(agreement, {}) if seen else None
                if cells is not None:
                    cells.setdefault(name, []).extend(seen)
            if any(fact.attributes.get("changes") for fact in facts):
                work |= dict.fromkeys(
                    one for one in self.rulebook.instruments if self._depends(self.rulebook.instruments[one], agreement)
                )
        new = set(self.rulebook.instruments) - {one.agreement for one in self.store.states()}
        todo = new | {*arrived, *self.store.due_instruments(self.as_of)} & set(self.rulebook.instruments)
        for agreement in self._changed_timelines(set(todo)):
            work[agreement] = None
        for agreement in todo:
            work.setdefault(agreement, {})
        return work

    def _with_municipalities(self, arrived: Mapping[str, list[Fact]]) -> dict[str, list[Fact]]:
        """What arrived by agreement; a municipality hears what its agreements hear."""
        out = dict(arrived)
        for name, one in self.rulebook.instruments.items():
            heard = [fact for other in self.rulebook.covering(one) for fact in arrived.get(other, ())]
            if heard:
                out[name] = [*out.get(name, ()), *heard]
        return out

    def _changed_timelines(self, todo: set[str]) -> set[str]:
        """Agreements whose terms changed, and those that depend on them."""
        changed: set[str] = set()
        while todo:
            agreement = todo.pop()
            try:
                spans = fingerprint(self.world.timelines.of(agreement))
            except NotEvaluated:
                spans = ""
            if spans == self.store.spans(agreement) or agreement in changed:
                continue
            changed.add(agreement)
            dependents = {name for name, one in self.rulebook.instruments.items() if self._depends(one, agreement)}
            changed |= dependents
            todo |= dependents - changed
        return changed

    def _depends(self, instrument: Instrument, other: str) -> bool:
        return other in bound_by(self.rulebook, instrument.instrument)
