"""Who has to act for each duty of one agreement, and whether an act is theirs: worked out once, asked for every act."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from avtalsvakt_engine.evidence.fact_index import FactIndex
from avtalsvakt_engine.evidence.matching import Fit
from avtalsvakt_engine.evidence.selection import Item, Occasion
from avtalsvakt_engine.judging.actors import Bearer, Comparison, acted, bearer, comparison, unrecorded
from avtalsvakt_rules.interpreting.actors import EACH, OTHER, Actors
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import Pattern


@dataclass
class Acting:
    """The bearers of an agreement's duties under one source, and what records are held against them."""

    actors: Actors
    index: FactIndex
    _bearers: dict[tuple[int, str | None, str | None], Bearer] = field(default_factory=dict)
    _comparisons: dict[tuple[int, int, Bearer], Comparison] = field(default_factory=dict)

    def by_whom(self, clause: Clause, pattern: Pattern, item: Item, occasion: Occasion, answer: Fit) -> Fit:
        """The answer held against who acted; who may answer a question is answers.py's business."""
        if clause.attest is not None and clause.per != "party":
            return answer
        return min(answer, self.acted(self.bearer(clause, occasion), clause, pattern, item))

    def acted(self, who: Bearer, clause: Clause, pattern: Pattern, item: Item) -> Fit:
        """Whether an act that looks like a pattern of a clause is the bearer's."""
        key = id(clause), id(pattern), who
        compared = self._comparisons.get(key)
        if compared is None:
            compared = self._comparisons[key] = comparison(who, clause, pattern, self.actors)
        return acted(compared, item.fact, self.actors, self.index)

    def unnamed(self, clause: Clause, occasion: Occasion, items: Iterable[Item]) -> bool:
        """Whether the record of an act could say who acted and does not, where somebody in particular had to."""
        one = self.bearer(clause, occasion)
        return bool(one.names) and any(unrecorded(one, item.fact, self.index) for item in items)

    def bearer(self, clause: Clause, occasion: Occasion) -> Bearer:
        """Who has to act for a duty with that occasion."""
        event = occasion.event if clause.who in (EACH, OTHER) else None  # only then its record tells whose duty it is
        key = (id(clause), event.id if event else None, occasion.per)
        if key not in self._bearers:
            self._bearers[key] = bearer(clause, event, occasion.per, self.actors, self.index)
        return self._bearers[key]
