"""What facts may refer to: the agreements of the rulebook, with the kinds and bodies that they add."""

from typing import TYPE_CHECKING

from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_rules.asking import attested
from avtalsvakt_rules.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from avtalsvakt_rules.language import Clause
    from avtalsvakt_rules.rulebook import Rulebook


_LATEST: "list[tuple[Rulebook, Known]]" = []
"""The rulebook that was asked about last, with the answer: it never changes, and is asked about again and again."""


def known_facts(rulebook: "Rulebook") -> Known:
    """The names that a line may use, for reading facts of any of these agreements."""
    for one, known in _LATEST:
        if one is rulebook:
            return known
    found = _known(rulebook)
    _LATEST[:] = [(rulebook, found)]
    return found


def _known(rulebook: "Rulebook") -> Known:
    instruments = rulebook.instruments.values()
    kinds: dict[str, tuple[str, ...]] = {}
    for instrument in instruments:
        for kind, attributes in instrument.facts.items():
            kinds[kind] = (*kinds.get(kind, ()), *attributes)
    return Known(
        load().extended(kinds, asked=rulebook.texts_asked_for),
        frozenset(rulebook.instruments),
        {one.instrument: frozenset(one.bodies) for one in instruments if one.bodies},
        _by_agreement(rulebook, lambda clause, _: attested(clause)),
        _by_agreement(rulebook, lambda clause, names: names if clause.judged else ()),
        {one.instrument: rulebook.asked_of(one) for one in instruments},
    )


def _by_agreement(
    rulebook: "Rulebook", of: "Callable[[Clause, tuple[str, str]], Iterable[str]]"
) -> dict[str, frozenset[str]]:
    """What clauses give, by agreement; `of` takes a clause with its names, short and in full.

    What binds from above holds for every agreement; what is written for another choice of reading counts too.
    """
    own: dict[str, set[str]] = {name: set() for name in rulebook.instruments}
    above: set[str] = set()
    for instrument in rulebook.instruments.values():
        for name, clause in instrument.clauses.items():
            found = above if clause.downward else own[instrument.instrument]
            variants = (one.clause for choices in clause.instead.values() for one in choices.values())
            for one in (clause, *variants):
                found.update(of(one, (name, f"{instrument.instrument}.{name}")))
    return {name: frozenset(found | above) for name, found in own.items()}
