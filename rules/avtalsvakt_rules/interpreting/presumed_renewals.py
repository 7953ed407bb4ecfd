"""A renewal written as a presumption: the term is deemed extended at its end unless a right to object was used.

It says what `effect: {renews: …}` says in the clause that gives the right, and is read as that: the right gets the
effect, and the presumption becomes a part of it. What says something else (a condition more, a day of its own, some
parts of the term) is left as it is written, and refused as an effect that nothing carries out.
Source: docs/regelspraket.md, Att avsluta avtalet.
"""

from collections.abc import Iterator, Mapping

from avtalsvakt_rules.language.accounts import Part
from avtalsvakt_rules.language.conditions import Effect
from avtalsvakt_rules.language.instrument import AGREED, Clause, Instrument
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem

SAID = frozenset(
    {"at", "sv", "en", "act", "norm", "who", "to", "when", "what", "given", "unless", "effect", "accepted"}
)
"""The keys that a presumed renewal can have: any other would say more of it than the right to object can."""


def with_renewals(instrument: Instrument) -> Instrument:
    """The instrument with every presumed renewal written as the effect of the right that it hangs on."""
    clauses = dict(instrument.clauses)
    for name, clause in instrument.clauses.items():
        right = _objection(clause, clauses)
        if right is not None:
            clauses[right] = _with_effect(clauses[right], _renewal(clause))
            part = {"when": None, "what": (), "given": (), "unless": (), "effect": None}
            clauses[name] = clause.model_copy(update={**part, "part_of": (Part(right, ("effect",)),)})
    return instrument.model_copy(update={"clauses": clauses}) if clauses != instrument.clauses else instrument


def _objection(clause: Clause, clauses: Mapping[str, Clause]) -> str | None:
    """The clause by which somebody can object to a renewal, where it is presumed and nothing else is said of it."""
    effect, when = clause.effect, clause.when
    if clause.norm != ("deemed",) or clause.model_fields_set - SAID or effect is None or effect.at_most or effect.ends:
        return None
    if when is None or not _at_the_end(when) or clause.what != (Pattern(AGREED),):
        return None
    named = [one.missed for one in clause.given] + [one.met or one.missed for one in clause.unless]
    target = named[0] if len(named) == 1 else None
    right = clauses.get(target or "")
    if right is None or right.norm != ("may",) or right.effect or right.per or right.when is None:
        return None
    return target if right.what and right.when.form == "term" else None


def _at_the_end(when: When) -> bool:
    at_end = when.due is None or when.due.text == "end"
    return when.form == "term" and at_end and when.model_fields_set <= {"form", "due"}


def _renewal(clause: Clause) -> Effect:
    effect = clause.effect or Effect()
    return Effect(renews=effect.renews or 12 * (effect.extends or 0), times=effect.times)


def _with_effect(right: Clause, effect: Effect) -> Clause:
    """The right with that effect, under every choice of reading."""
    instead = {
        code: {
            choice: one.model_copy(update={"clause": one.clause.model_copy(update={"effect": effect})})
            for choice, one in choices.items()
        }
        for code, choices in right.instead.items()
    }
    return right.model_copy(update={"effect": effect} | ({"instead": instead} if instead else {}))


def renewal_remarks(source: Source, instrument: Instrument, name: str) -> Iterator[tuple[str, Problem]]:
    """A renewal that is presumed unless a right was missed: a right cannot be, and that it was used is meant."""
    clauses = source.tree.get("clauses") if isinstance(source.tree, dict) else None
    written = clauses.get(name) if isinstance(clauses, dict) else None
    unless = written.get("unless") if isinstance(written, dict) and written.get("norm") == "deemed" else None
    said = unless[0] if isinstance(unless, list) and unless else unless
    if instrument.clauses[name].part_of and isinstance(said, dict) and "missed" in said:
        what = f"klausul {name}: 'missed' läses här som att {said['missed']} har använts"
        why = "en rätt kan inte missas, och avtalet förlängs om ingen har använt den"
        remedy = f"skriv unless: {{met: {said['missed']}}}"
        yield "missed", Problem(what, source.where(("clauses", name, "unless")), why, remedy)
