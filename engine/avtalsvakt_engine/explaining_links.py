"""What a verdict has to do with others: the steps of its chain, and the same demand made by another instrument."""

from collections.abc import Iterator, Mapping, Sequence

from avtalsvakt_engine import labels
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.patterns import OneOf, Pattern
from avtalsvakt_rules.rulebook import Rulebook


def chain_lines(
    verdict: Verdict, clause: Clause, source: Instrument, verdicts: Sequence[Verdict], facts: Mapping[str, Fact]
) -> Iterator[str]:
    """Every step that serves the same version or occasion, in the order of the text; nothing outside a chain."""
    steps = chain(verdict.obligation, clause, source)
    if len(steps) < 2:
        return
    for name in steps:
        for one in verdicts:
            if one.obligation == name and one.instrument == verdict.instrument and _suffix(one) == _suffix(verdict):
                yield _step(one, source, facts, here=one.duty == verdict.duty)


def chain(name: str, clause: Clause, source: Instrument) -> list[str]:
    """The clauses of the chain that a clause belongs to, the first step first; itself alone if it has none."""
    first, current, seen = name, clause, {name}
    while current.when and current.when.follows in source.clauses and current.when.follows not in seen:
        first = current.when.follows
        current = source.clauses[first]
        seen.add(first)
    steps = [first]
    for other, one in source.clauses.items():
        if one.when and one.when.follows in steps:
            steps.append(other)
    return steps


def _suffix(verdict: Verdict) -> str:
    """What the key says after the obligation: the version or period that the step serves."""
    return verdict.duty.partition(f".{verdict.obligation}.")[2]


def _step(verdict: Verdict, source: Instrument, facts: Mapping[str, Fact], *, here: bool) -> str:
    clause = source.clauses[verdict.obligation]
    done = facts.get(verdict.facts[0]) if verdict.facts else None
    day = f" {done.date}" if done else ""
    return f"{'→' if here else '·'} {clause.act or verdict.obligation}: {labels.status(verdict.status)}{day}"


def source_lines(verdict: Verdict, clause: Clause, rulebook: Rulebook, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Where an inherited demand comes from; and where two instruments make the same demand, which is the stricter."""
    inherited = verdict.instrument != verdict.agreement
    others = [one for one in verdicts if _same_demand(verdict, clause, one, rulebook)]
    if inherited:
        yield f"kravet står i {verdict.instrument} och gäller varje lokalt avtal under det"
    if inherited and not others:
        yield f"{verdict.agreement} har inget eget krav på samma sak"
    if not others:
        return
    rivals = sorted((verdict, *others), key=lambda one: (-one.required, one.due is None, one.due, one.duty))
    for one in rivals:
        due = f", senast {one.due}" if one.due else ""
        yield f"{one.instrument}: minst {one.required}{due}; {labels.status(one.status)} ({one.duty})"
    yield _strictest(rivals)


def _same_demand(verdict: Verdict, clause: Clause, other: Verdict, rulebook: Rulebook) -> bool:
    """Whether another instrument asks for the same evidence in the same period (reading DUBBEL, on both clauses)."""
    if other.instrument == verdict.instrument or "not_applicable" in (other.status, verdict.status):
        return False
    if not all("DUBBEL" in dict(one.readings) for one in (verdict, other)) or other.trigger != verdict.trigger:
        return False
    if (other.period and other.period.label) != (verdict.period and verdict.period.label):
        return False
    theirs = rulebook.instruments[other.instrument].clauses.get(other.obligation)
    return theirs is not None and any(_overlap(mine, one) for mine in clause.what for one in theirs.what)


def _overlap(one: Pattern, other: Pattern) -> bool:
    """Whether one fact may be evidence for both: the same kind, and nothing that contradicts."""
    mine, theirs = (
        {name: set(value.texts) for name, value in pattern.values if isinstance(value, OneOf)}
        for pattern in (one, other)
    )
    return one.kind == other.kind and not any(mine[name].isdisjoint(theirs[name]) for name in mine.keys() & theirs)


def _strictest(rivals: Sequence[Verdict]) -> str:
    first, second = rivals[0], rivals[1]
    if (first.required, first.due) == (second.required, second.due):
        return "de är lika stränga; vart och ett bedöms för sig"
    why = "fler krävs" if first.required > second.required else "tidigare sista dag"
    return f"strängast är {first.instrument}: {why}"
