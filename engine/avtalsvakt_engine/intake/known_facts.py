"""What facts may refer to: the agreements of the rulebook, with the kinds and bodies that they add."""

from typing import TYPE_CHECKING, TypeVar

from avtalsvakt_engine.intake.fact_checks import Known
from avtalsvakt_rules.interpreting.attestations import attested
from avtalsvakt_rules.interpreting.sensitive_cases import sensitive_attributes
from avtalsvakt_rules.language.own_kinds import joined
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from avtalsvakt_rules.language.instrument import Clause
    from avtalsvakt_rules.rulebook import Rulebook


Given = TypeVar("Given")
_LATEST: "list[tuple[Rulebook, Known]]" = []
"""The rulebook that was asked about last, with the answer: it never changes, and is asked about again and again."""


def known_facts(rulebook: "Rulebook") -> Known:
    """The names that a line may use, for reading facts of any of these agreements."""
    for one, known in _LATEST:
        if one is rulebook:
            return known
    found = _known(rulebook)
    _LATEST[:] = [(rulebook, found)]
    return found


def _known(rulebook: "Rulebook") -> Known:
    instruments = rulebook.instruments.values()
    kinds = joined(one.facts for one in instruments)
    return Known(
        load().extended(kinds, asked=rulebook.texts_asked_for),
        frozenset(rulebook.instruments),
        {one.instrument: frozenset(one.bodies) for one in instruments if one.bodies},
        _by_agreement(rulebook, lambda clause, _: attested(clause)),
        _by_agreement(rulebook, lambda clause, names: names if clause.judged else ()),
        {one.instrument: rulebook.asked_of(one) for one in instruments},
        _sensitive(rulebook),
        _by_agreement(rulebook, lambda clause, _: _begun(clause)),
        _by_agreement(rulebook, lambda clause, _: _counted(clause)),
    )


def _begun(clause: "Clause") -> tuple[tuple[str, str], ...]:
    """The kind of facts that begins a case of the clause, with the attribute that says which."""
    begins = clause.when.from_ if clause.when else None
    return ((begins.kind, clause.per_case),) if clause.per_case and isinstance(begins, Pattern) else ()


def _counted(clause: "Clause") -> "Iterator[tuple[str, str]]":
    """The kinds of facts with a day of whose own a clause counts: `event.handed_over`."""
    when, ends = clause.when, clause.effect.ends if clause.effect else None
    days = [(day, [one.kind for one in when.events]) for day in when.days] if when else []
    days += [(day, list(clause.used_by)) for day in ends.each] if when and ends else []
    for day, kinds in days:
        if (day.mark or "").startswith("event."):
            yield from ((kind, (day.mark or "").removeprefix("event.")) for kind in kinds)


def _sensitive(rulebook: "Rulebook") -> dict[str, frozenset[str]]:
    """The attributes with sensitive values, by agreement; they are so too for an agreement that is continued."""
    out: dict[str, frozenset[str]] = {}
    for instrument in rulebook.instruments.values():
        if found := sensitive_attributes(instrument):
            for name in (instrument.instrument, *rulebook.covering(instrument)):
                out[name] = out.get(name, frozenset()) | found
    return out


def _by_agreement(
    rulebook: "Rulebook", of: "Callable[[Clause, tuple[str, str]], Iterable[Given]]"
) -> "dict[str, frozenset[Given]]":
    """What clauses give, by agreement; `of` takes a clause with its names, short and in full.

    What binds from above holds for every agreement; what is written for another choice of reading counts too.
    """
    own: dict[str, set[Given]] = {name: set() for name in rulebook.instruments}
    above: set[Given] = set()
    for instrument in rulebook.instruments.values():
        for name, clause in instrument.clauses.items():
            found = above if clause.downward else own[instrument.instrument]
            variants = (one.clause for choices in clause.instead.values() for one in choices.values())
            for one in (clause, *variants):
                found.update(of(one, (name, f"{instrument.instrument}.{name}")))
    return {name: frozenset(found | above) for name, found in own.items()}
