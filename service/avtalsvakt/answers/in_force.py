"""Which agreements are in force, and which have ended."""

from collections.abc import Iterable

from avtalsvakt_engine.verdicts import InstrumentState

IN_FORCE = ("in_force", "extended", "presumed")
ENDED = ("lapsed", "terminated", "superseded")


def ended(states: Iterable[InstrumentState]) -> frozenset[str]:
    """The agreements that were in force once and are no more."""
    return frozenset(one.agreement for one in states if one.state in ENDED)
