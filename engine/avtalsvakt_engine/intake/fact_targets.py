"""Corrections and retractions meet their targets.

In come facts read together and a way to look up recorded ones; out come the same facts, with the target's agreement
filled in where a line named none, or what is wrong: a target that does not exist, a value that its kind cannot hold.
Source: semantics.md, section Corrections.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.intake.fact_checks import Known, Notes, check_allowed, check_attributes, check_required, closest
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import LINE_FIELDS, RECORDS


def meet_targets(
    facts: Iterable[Fact],
    recorded: Callable[[str], Fact | None],
    known: Known,
    now: datetime,
    where: Mapping[str, str],
    faulty: Container[str] = (),
) -> tuple[list[Fact], Notes]:
    """The facts with agreements filled in, and what there is to say.

    `where` gives addresses by fact id. Ids in `faulty` are of lines that were refused already: nothing is said of what
    refers to them.
    """
    read = list(facts)
    together = {fact.id: fact for fact in read}
    said = Notes("")
    met = []
    for fact in read:
        if fact.kind not in RECORDS:
            met.append(fact)
            continue
        notes = Notes(where.get(fact.id, fact.id), {}, said.problems, said.warnings)
        name = str(fact.attributes["target"])
        target = together.get(name) or recorded(name)
        if target is None or name == fact.id:
            if name not in faulty:
                said.problems.append(missing_target(fact, notes.at("target"), together))
        else:
            _check(fact, target, known, now, notes)
            met.append(fact if fact.agreement else replace(fact, agreement=_agreement(target, together, recorded)))
    return met, said


def missing_target(fact: Fact, where: str, ids: Iterable[str]) -> Problem:
    """What is wrong with a correction or retraction of something that does not exist."""
    name = str(fact.attributes["target"])
    if name == fact.id:
        why = "den gäller en annan registrering, som redan finns"
        return Problem(
            f"registreringen '{name}' gäller sig själv", where, why, "ange den andra registreringen i target"
        )
    doing = "rättas" if fact.kind == "record_corrected" else "återkallas"
    what = f"registreringen '{name}' som ska {doing} finns inte"
    return Problem(what, where, "den är varken registrerad eller med i samma fil", _advice(name, fact, ids))


def _advice(name: str, fact: Fact, ids: Iterable[str]) -> str:
    """The closest id, or where to look for the right one."""
    others = [other for other in ids if other != fact.id]
    advice = closest(name, others)
    return advice if advice.startswith("skriv") else "kontrollera registreringens beteckning"


def _agreement(target: Fact, together: Mapping[str, Fact], recorded: Callable[[str], Fact | None]) -> str:
    """The target's agreement; a target that is itself a record without one has it from its own target."""
    seen = set()
    while not target.agreement and target.id not in seen:
        seen.add(target.id)
        name = str(target.attributes["target"])
        target = together.get(name) or recorded(name) or target
    return target.agreement


def _check(fact: Fact, target: Fact, known: Known, now: datetime, notes: Notes) -> None:
    """Check that the target's kind can hold what it is corrected to."""
    if fact.kind != "record_corrected":
        return
    if target.kind in RECORDS:
        why = "en rättelse eller återkallelse kan bara återkallas"
        remedy = f"återkalla {target.id} och gör en ny"
        notes.unusual("target", f"rättelsen av {target.id} får ingen verkan", why, remedy)
        return
    kind = known.vocabulary.kinds.get(target.kind)
    changes = cast("Mapping[str, Value | None]", fact.attributes["set"])
    if kind is None or not isinstance(changes, Mapping):
        return
    values = {name: value for name, value in changes.items() if name not in LINE_FIELDS}
    agreement = str(changes.get("agreement") or target.agreement)
    stated = {name: value for name, value in values.items() if value is not None}
    check_attributes(kind, agreement, stated, known, now, notes)
    for name in values.keys() - stated.keys():
        check_allowed(kind, name, notes)
    check_required(kind, {**target.attributes, **values}, notes)
