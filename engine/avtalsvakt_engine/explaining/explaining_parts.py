"""Which parts of a list facts show: the members of a body, the contents of a document. Used where parts are told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeGuard

from avtalsvakt_engine.evidence.matching import Match, Parties, static, texts
from avtalsvakt_engine.evidence.secrecy import told
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF, Alternating, OneOf, Value

Wanted = Mapping[str, str | list[str]]
SAID = 2  # values that are named as what there should have been; more would be a list
ENDING = ("role_assigned", "resource_allocated")
"""Kinds that say themselves until when they hold."""


def shows(fact: Fact, part: Wanted) -> bool:
    """Whether a fact shows the part."""
    return all(
        set(texts(fact.attributes.get(name))) & ({wanted} if isinstance(wanted, str) else set(wanted))
        for name, wanted in part.items()
    )


def lacking(verdict: Verdict, clause: Clause, facts: Mapping[str, Fact]) -> Iterator[Wanted]:
    """The parts that nothing shows."""
    shown = list(verdict.facts)
    if clause.what[0].kind == ITSELF and verdict.trigger:  # what its own record does say is not missing
        shown.append(verdict.trigger)
    known = [fact for one in shown if (fact := facts.get(one))]
    return (part for part in clause.including if not any(shows(fact, part) for fact in known))


def told_instead(fact: Fact, clause: Clause, names: Names) -> str:
    """What a record says of that which it should have said otherwise: `mall är egen mall, inte gemensam mall`."""
    return "; ".join(
        f"{names.attribute(name)} är {' och '.join(map(names.value, said))}"
        + (", som förra gången" if isinstance(value, Alternating) else "")
        + (f", inte {' eller '.join(map(names.value, value.texts))}" if _few(value) else "")
        for name, value in clause.what[0].values
        if (said := told(fact, name))
    )


def _few(value: Value) -> TypeGuard[OneOf]:
    """Whether what is wanted can be said in a few words."""
    return isinstance(value, OneOf) and len(value.texts) <= SAID


def besides(verdict: Verdict, clause: Clause, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Facts of a state that show none of its parts: another member of the body."""
    if not clause.including or clause.what[0].kind == ITSELF:
        return ()
    known = [(one, facts[one]) for one in verdict.facts if one in facts]
    return tuple(one for one, fact in known if not any(shows(fact, part) for part in clause.including))


def ended(clause: Clause, facts: Iterable[Fact], as_of: date, part: Wanted | None = None) -> Fact | None:
    """The last of the facts that showed the part, or the whole where there are no parts, and do not any more."""
    found = [
        (date.fromisoformat(to), fact.id, fact)
        for fact in facts
        if fact.kind in ENDING and (to := fact.text("to")) and len(to) == 10
        if date.fromisoformat(to) < as_of and (part is None or shows(fact, part)) and _looks_like(fact, clause)
    ]
    return max(found, default=(None, None, None))[2]


def _looks_like(fact: Fact, clause: Clause) -> bool:
    patterns = [pattern for pattern in clause.what if pattern.kind == fact.kind]
    return any(static(pattern, fact, Parties(), {}) is not Match.NO for pattern in patterns)
