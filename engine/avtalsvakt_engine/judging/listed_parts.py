"""Which parts of a list in a clause (`including`) the facts cover together. Source: semantics.md, Steps, states."""

from collections.abc import Iterable
from typing import TypeAlias

from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.evidence.matching import FITS, NO_FIT, SILENT, STRANGE, Fit, Understood, anything, texts
from avtalsvakt_engine.evidence.selection import Item
from avtalsvakt_engine.facts import Fact

Part: TypeAlias = dict[str, str | list[str]]


def covers(duty: Duty, items: Iterable[Item], understood: Understood = anything) -> Fit:
    """Whether the facts together cover every part that the clause lists under `including`.

    A part that may be there, in words that are not understood, is asked about.
    """
    facts, answer = [item.fact for item in items], FITS
    for part in duty.clause.including:
        if not any(all(_has(fact.attributes.get(name), wanted) for name, wanted in part.items()) for fact in facts):
            answer = min(answer, _lacking(part, facts, understood))
    return answer


def _lacking(part: Part, facts: list[Fact], understood: Understood) -> Fit:
    if any(all(_perhaps(fact, name, wanted, understood) for name, wanted in part.items()) for fact in facts):
        return STRANGE
    return SILENT if all(fact.attributes.get(name) is None for fact in facts for name in part) else NO_FIT


def _perhaps(fact: Fact, name: str, wanted: str | list[str], understood: Understood) -> bool:
    options = {wanted} if isinstance(wanted, str) else set(wanted)
    near = {one.casefold() for one in options}
    found = texts(fact.attributes.get(name))
    return any(text in options or text.casefold() in near or not understood(fact.kind, name, text) for text in found)


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
