"""Which agreements are in force, and which have ended."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from avtalsvakt_engine.verdicts import InstrumentState
from avtalsvakt_rules.language.days import limits

if TYPE_CHECKING:
    from avtalsvakt_rules.rulebook import Rulebook

IN_FORCE = ("in_force", "extended", "presumed")
ENDED = ("lapsed", "terminated", "superseded")


def in_force_by_terms(rulebook: "Rulebook", day: date) -> tuple[str, ...]:
    """The agreements whose own text has them begin before a day and not end before it, without looking at any fact."""
    return tuple(
        name
        for name, one in rulebook.instruments.items()
        if limits(one.term.from_)[0] <= day and (one.term.to is None or limits(one.term.to)[1] >= day)
    )


def ended(states: Iterable[InstrumentState]) -> frozenset[str]:
    """The agreements that were in force once and are no more."""
    return frozenset(one.agreement for one in states if one.state in ENDED)
