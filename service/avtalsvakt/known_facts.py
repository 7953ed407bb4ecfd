"""What facts may refer to: the agreements of the rulebook, with the kinds and bodies that they add."""

from typing import TYPE_CHECKING

from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_rules.vocabulary import load

if TYPE_CHECKING:
    from avtalsvakt_rules.rulebook import Rulebook


def known_facts(rulebook: "Rulebook") -> Known:
    """The names that a line may use, for reading facts of any of these agreements."""
    instruments = rulebook.instruments.values()
    kinds: dict[str, tuple[str, ...]] = {}
    for instrument in instruments:
        for kind, attributes in instrument.facts.items():
            kinds[kind] = (*kinds.get(kind, ()), *attributes)
    return Known(
        load().extended(kinds),
        frozenset(rulebook.instruments),
        {one.instrument: frozenset(one.bodies) for one in instruments if one.bodies},
        _questions(rulebook),
    )


def _questions(rulebook: "Rulebook") -> dict[str, frozenset[str]]:
    """The names of the clauses that are asked about, by agreement; those that bind from above are asked of anybody."""
    own: dict[str, set[str]] = {name: set() for name in rulebook.instruments}
    above: set[str] = set()
    for instrument in rulebook.instruments.values():
        for name, clause in instrument.clauses.items():
            if clause.attest is not None:
                names = {name, f"{instrument.instrument}.{name}"}
                (above if clause.downward else own[instrument.instrument]).update(names)
    return {name: frozenset(asked | above) for name, asked in own.items()}
