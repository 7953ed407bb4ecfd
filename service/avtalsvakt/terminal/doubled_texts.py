"""What several texts ask of one agreement, on the terminal: a line for each act, a line under a clause."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from avtalsvakt_engine.duties.requirements import Doubled, demand, strictest_first
from avtalsvakt_engine.explaining.explaining_requirements import requirement_line, texts_compared
from avtalsvakt_engine.verdicts import Assessment
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook

WIDTH = 96


def lines(found: Assessment, agreement: str, rulebook: Rulebook) -> Iterator[str]:
    """The acts that several texts in force ask the agreement for, a line each under a heading; nothing without any."""
    asked = [one for one in found.requirements if one.agreement == agreement]
    if asked:
        yield "Krävs av flera texter:"
    for one in asked:
        yield from wrap(requirement_line(one, rulebook), WIDTH, initial_indent="  ", subsequent_indent="    ")


def clause_words(one: Instrument, name: str, groups: Sequence[Doubled], rulebook: Rulebook) -> str | None:
    """What other texts ask for of the act of a clause, and which asks for most; None where no other does."""
    group = next((group for group in groups if (one.instrument, one.instrument, name) in group.clauses), None)
    if group is None:
        return None
    found = strictest_first(demand(rulebook, named) for named in group.clauses)
    mine = next(this for this in found if (this.instrument.instrument, this.name) == (one.instrument, name))
    rival = next(this for this in found if this.instrument.instrument != one.instrument)
    return texts_compared(mine, rival, group)
