"""Which parts of a list in a clause (`including`) the facts cover together. Source: semantics.md, Steps, states."""

from collections.abc import Iterable

from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.matching import Match, texts
from avtalsvakt_engine.evidence.selection import Item


def covers(duty: Duty, items: Iterable[Item]) -> Match:
    """Whether the facts together cover every part that the clause lists under `including`."""
    facts = [item.fact for item in items]
    for part in duty.clause.including:
        if not any(all(_has(fact.attributes.get(name), wanted) for name, wanted in part.items()) for fact in facts):
            silent = all(fact.attributes.get(name) is None for fact in facts for name in part)
            return Match.UNKNOWN if silent else Match.NO
    return Match.YES


def parts_covered(duty: Duty, items: list[Item]) -> int:
    """How many of the parts listed under `including` the facts cover."""
    facts = [item.fact for item in items]
    return sum(
        any(all(_has(fact.attributes.get(name), wanted) for name, wanted in part.items()) for fact in facts)
        for part in duty.clause.including
    )


def _has(found: object, wanted: str | list[str]) -> bool:
    options = {wanted} if isinstance(wanted, str) else set(wanted)
    return bool(options & set(texts(found)))  # type: ignore[arg-type]


def covered(duty: Duty, items: list[Item]) -> bool:
    """Whether counted facts cover the parts the clause lists (always true without `including`)."""
    return covers(duty, items) is Match.YES
