"""What a verdict has to do with others: the steps of its chain, and the same demand made by another instrument."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.names import called
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook

if TYPE_CHECKING:
    from avtalsvakt_engine.duties.requirements import Doubled


def chain_lines(
    verdict: Verdict, source: Instrument, verdicts: Sequence[Verdict], facts: Mapping[str, Fact]
) -> Iterator[str]:
    """Every step that serves the same version or occasion, in the order of the text; nothing outside a chain."""
    steps = chain(verdict.obligation, source)
    if len(steps) < 2:
        return
    for name in steps:
        for one in verdicts:
            if one.obligation == name and one.instrument == verdict.instrument and _suffix(one) == _suffix(verdict):
                yield _step(one, source, facts, here=one.duty == verdict.duty)


def chain(name: str, source: Instrument) -> list[str]:
    """The clauses of the chain that a clause belongs to, the first step first; itself alone if it has none."""
    first, seen = name, {name}
    while (before := source.followed.get(first)) and before in source.clauses and before not in seen:
        first = before
        seen.add(first)
    steps = [first]
    for other, before in source.followed.items():
        if before in steps:
            steps.append(other)
    return steps


def _suffix(verdict: Verdict) -> str:
    """What the key says after the obligation: the version or period that the step serves."""
    return verdict.duty.partition(f".{verdict.obligation}.")[2]


def _step(verdict: Verdict, source: Instrument, facts: Mapping[str, Fact], *, here: bool) -> str:
    clause = source.clauses[verdict.obligation]
    done = facts.get(verdict.facts[0]) if verdict.facts else None
    day = f" {done.date}" if done else ""
    return f"{'→' if here else '·'} {called(verdict.obligation, clause)}: {labels.status(verdict.status)}{day}"


def inherited_lines(verdict: Verdict, rulebook: Rulebook) -> Iterator[str]:
    """Where a demand comes from that stands in no text of the agreement's own."""
    if verdict.instrument == verdict.agreement:
        return
    if rulebook.instruments[verdict.instrument].level == "statute":
        yield f"kravet står i lagen, {verdict.instrument}, och gäller varje kommun"
    else:
        yield f"kravet står i det övergripande avtalet, {verdict.instrument}, och gäller varje avtal under det"


def source_lines(
    verdict: Verdict, verdicts: Sequence[Verdict], groups: "Sequence[Doubled]", rulebook: Rulebook
) -> Iterator[str]:
    """Where two instruments make the same demand, the other one and which is the stricter."""
    from avtalsvakt_engine.explaining.explaining_requirements import requirement_lines, rivals

    found = rivals(verdict, verdicts, groups, rulebook)
    if found is not None:
        yield from requirement_lines(found, rulebook)
