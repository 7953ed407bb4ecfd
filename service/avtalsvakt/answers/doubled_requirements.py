"""What several texts ask of one agreement: which duties others ask for too, and which text asks for most."""

from collections.abc import Mapping, Sequence

from avtalsvakt_engine.duties.requirements import Doubled, doubled, overlapping
from avtalsvakt_engine.explaining.explaining_requirements import strictest
from avtalsvakt_engine.verdicts import Assessment
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook


def strictest_of(found: Assessment, rulebook: Rulebook) -> Mapping[str, bool]:
    """For each duty whose act another text asks for at the same time: whether no text asks for more than its own."""
    judged = [rulebook.instruments[state.agreement] for state in found.instruments]
    groups = [group for one in judged for group in doubled(rulebook, one, rulebook.chain(one))]
    return strictest(found.duties, groups, rulebook)


def written_beside(one: Instrument, rulebook: Rulebook) -> Sequence[Doubled]:
    """What an agreement's text and others over it ask for in a time that, by the files, they share."""
    return doubled(rulebook, one, (other for other in rulebook.chain(one) if overlapping(one, other)))
