"""What several texts ask of one agreement, for those who ask: JSON, a line for each act, a line under a clause."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from avtalsvakt_engine.explaining.explaining_requirements import requirement_line, strictest, texts_compared
from avtalsvakt_engine.requirements import Doubled, demand, doubled, overlapping, strictest_first
from avtalsvakt_engine.verdicts import Assessment
from avtalsvakt_rules.language import Instrument
from avtalsvakt_rules.rulebook import Rulebook

WIDTH = 96


def strictest_of(found: Assessment, rulebook: Rulebook) -> Mapping[str, bool]:
    """For each duty whose act another text asks for at the same time: whether no text asks for more than its own."""
    judged = [rulebook.instruments[state.agreement] for state in found.instruments]
    groups = [group for one in judged for group in doubled(rulebook, one, rulebook.chain(one))]
    return strictest(found.duties, groups, rulebook)


def lines(found: Assessment, agreement: str, rulebook: Rulebook) -> Iterator[str]:
    """The acts that several texts in force ask the agreement for, a line each under a heading; nothing without any."""
    asked = [one for one in found.requirements if one.agreement == agreement]
    if asked:
        yield "Krävs av flera texter:"
    for one in asked:
        yield from wrap(requirement_line(one, rulebook), WIDTH, initial_indent="  ", subsequent_indent="    ")


def written_beside(one: Instrument, rulebook: Rulebook) -> Sequence[Doubled]:
    """What an agreement's text and others over it ask for in a time that, by the files, they share."""
    return doubled(rulebook, one, (other for other in rulebook.chain(one) if overlapping(one, other)))


def clause_words(one: Instrument, name: str, groups: Sequence[Doubled], rulebook: Rulebook) -> str | None:
    """What other texts ask for of the act of a clause, and which asks for most; None where no other does."""
    group = next((group for group in groups if (one.instrument, one.instrument, name) in group.clauses), None)
    if group is None:
        return None
    found = strictest_first(demand(rulebook, named) for named in group.clauses)
    mine = next(this for this in found if (this.instrument.instrument, this.name) == (one.instrument, name))
    rival = next(this for this in found if this.instrument.instrument != one.instrument)
    return texts_compared(mine, rival, group)
