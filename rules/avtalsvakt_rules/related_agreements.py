"""Whose facts and terms bear on an agreement: what is read for it to be judged, and what may leave it as it is."""

from avtalsvakt_rules.rulebook import Rulebook


def bearing_on(rulebook: Rulebook, name: str) -> frozenset[str]:
    """The agreements whose facts bear on one: itself, the texts over it, those covering it, what replaces it.

    And theirs in turn.
    """
    found, left = set[str](), [name]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            instrument = rulebook.instruments.get(one)
            if instrument is not None:
                left += (*(over.instrument for over in rulebook.chain(instrument)), *rulebook.covering(instrument))
                left += [after.instrument] if (after := rulebook.successor(instrument)) else []
    return frozenset(found)


def bound_by(rulebook: Rulebook, name: str) -> frozenset[str]:
    """The instruments whose terms decide what binds under one: those over it, those that a clause asks to be in force.

    And the one that replaces it.
    """
    instrument = rulebook.instruments[name]
    chain, after = rulebook.chain(instrument), rulebook.successor(instrument)
    asked = {
        given.in_force for one in (instrument, *chain) for clause in one.clauses.values() for given in clause.given
    }
    found = {*(one.instrument for one in chain), *asked, *((after.instrument,) if after else ())}
    return frozenset(one for one in found if one in rulebook.instruments)
