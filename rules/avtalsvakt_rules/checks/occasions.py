"""Checks of what is planned before it is held: where `meeting` and `inspection` may stand, and what `next` counts from.

In come a clause and its place in the file, out come problems.
"""

from collections.abc import Iterator

from avtalsvakt_rules.language.days import NEXT
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.occasions import held_as, held_kind
from avtalsvakt_rules.language.patterns import ITSELF, Pattern
from avtalsvakt_rules.parsing.source import Path_, Source
from avtalsvakt_rules.problems import Problem


def check_occasions(
    source: Source, base: Path_, instrument: Instrument, name: str, clause: Clause
) -> Iterator[Problem]:
    """What is wrong with a clause's planned occasions; `base` is the path of the clause."""
    when, where = clause.when, source.where((*base, "when"))
    if when is None:
        return
    movable = instrument.movable
    planned = [event.kind for event in when.events if event.kind in movable]
    for key, kind in _elsewhere(clause, instrument):
        yield Problem(
            f"klausul {name}: '{kind}' är ett tillfälle och ingen registrering",
            source.where((*base, key)),
            f"{kind} samlar plan, kallelse, flytt och det som hölls, och kan bara stå i each",
            f"skriv {held_kind(kind, movable)} om det som hölls",
        )
    if planned and ((clause.what and clause.what[0].kind == ITSELF) or {"valid_if", "deemed"} & set(clause.norm)):
        yield Problem(
            f"klausul {name}: '{planned[0]}' har inget eget innehåll",
            where,
            "ett tillfälle kan vara bara planerat, och har då inget att visa och inget som kan sakna verkan",
            f"skriv each: {{{held_kind(planned[0], movable)}: {{…}}}}",
        )
    if any(day.mark == NEXT for day in when.days):
        yield from _next(where, instrument, name, clause)


def _elsewhere(clause: Clause, instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Key and kind of planned occasions outside `each`."""
    when = clause.when
    patterns = [("what", pattern) for pattern in clause.what]
    patterns += [("given", one.pattern) for one in clause.given if one.pattern]
    patterns += [("unless", one.pattern) for one in clause.unless if one.pattern]
    if when:
        patterns += [("when", limit) for limit in (when.from_, when.until) if isinstance(limit, Pattern)]
    inside = [("when", part) for event in (when.events if when else ()) for part in event.parts() if part is not event]
    inside += [(key, part) for key, pattern in patterns for part in pattern.parts()]
    yield from ((key, part.kind) for key, part in inside if part.kind in instrument.movable)


def _next(where: str, instrument: Instrument, name: str, clause: Clause) -> Iterator[Problem]:
    when, root = clause.when, clause.when
    seen = {name}
    while root and root.follows and root.follows in instrument.clauses and root.follows not in seen:
        seen.add(root.follows)
        root = instrument.clauses[root.follows].when
    if when and when.next_ and when.form in ("event", "follows"):
        return
    kinds = {event.kind for event in root.events} if root else set()
    known = kinds and all(kind in instrument.movable or held_as(kind, instrument.movable) for kind in kinds)
    if when and (when.form == "event" or (when.form == "follows" and known)):
        return
    yield Problem(
        f"klausul {name}: det finns inget nästa tillfälle att räkna från",
        where,
        "next är nästa gång samma sak händer, och when har ingen händelse som kommer igen",
        "skriv each: {meeting: {…}} eller each: {faktatyp: {…}}",
    )
