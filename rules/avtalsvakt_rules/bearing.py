"""Whose facts bear on an agreement: what has to be read for it to be judged, and what may leave it as it is."""

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
