"""Imports as they were made: added and remembered in one transaction, listed, and taken back whole with one reason.

In come facts and an open register, out comes what was added. Nothing is deleted: to take an import back is to retract
each of its facts that still stands, and that is an import of its own, which may be taken back too. Raises Rejected.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from avtalsvakt.settings import Settings
from avtalsvakt_engine.evidence.visibility import RETRACTED
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_dates import in_stockholm
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.storage.database.register import Appended, Register
from avtalsvakt_engine.storage.facts.imports import Import, imports, remember_import
from avtalsvakt_engine.storage.facts.sealing import Kept
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected


class Undone(Struct, frozen=True):
    """What taking an import back came to: the import, the retractions, and how many of its facts did not stand."""

    of: Import
    retractions: tuple[Fact, ...]
    gone_before: int


def add(  # noqa: PLR0913 - what the register is told, and where it came from
    settings: Settings, register: Register, facts: Sequence[Fact], files: Sequence[Path], *, undoes: int | None = None,
    as_recorded: bool = False, in_order: bool = False, where: Mapping[str, str] = MappingProxyType({}),
    kept: Mapping[str, Kept] = MappingProxyType({}),
) -> Appended:  # fmt: skip
    """Add the facts of an import and remember it, if it added anything."""
    with register.transaction():
        done = register.append(
            facts, now=settings.now, as_recorded=as_recorded, in_order=in_order, where=where, kept=kept
        )
        if done.added:
            first, last = done.added[0].arrival, done.added[-1].arrival
            made, sources = in_stockholm(settings.now).isoformat(), tuple(file.name for file in files)
            remember_import(register.connection, Import(0, made, settings.recorder or "", sources, undoes, first, last))
    return done


def made_imports(register: Register) -> Sequence[Import]:
    """The imports that the register remembers, oldest first."""
    with answered(register.path):
        return imports(register.connection)


def standing(register: Register, one: Import) -> list[Fact]:
    """The facts of an import that have not been retracted."""
    facts = list(register.facts())
    gone = _retracted(facts)
    return [fact for fact in facts if one.first <= fact.arrival <= one.last and fact.id not in gone]


def left_of(register: Register, made: Sequence[Import]) -> Sequence[int]:
    """How many facts of each import still stand."""
    facts = list(register.facts())
    gone = _retracted(facts)
    there = [fact.arrival for fact in facts if fact.id not in gone]
    return [sum(one.first <= arrival <= one.last for arrival in there) for one in made]


def undo(settings: Settings, register: Register, number: str, reason: str, *, dry_run: bool = False) -> Undone:
    """Retract what stands of an import. Raises Rejected where there is no such import, or nothing of it stands."""
    one = _chosen(register, number)
    left = standing(register, one)
    if not left:
        why = "alla dess registreringar är redan återkallade"
        raise Rejected([Problem(f"import {one.number} har inget kvar att återkalla", "--undo", why, _LIST)])
    known = known_facts(settings.rulebook())
    moment = settings.now.isoformat()
    lines = [
        {"kind": RETRACTED, "target": fact.id, "agreement": fact.agreement, "reason": reason, "recorded": moment}
        for fact in left
    ]  # fmt: skip
    facts = [
        read_fact(line, known=known, now=settings.now, where="--undo", by=settings.recorder).fact for line in lines
    ]
    if not dry_run:
        facts = list(add(settings, register, facts, [], undoes=one.number).added)
    return Undone(one, tuple(facts), one.count - len(left))


_LIST = "se 'avtalsvakt import --list'"


def _chosen(register: Register, number: str) -> Import:
    there = {str(one.number): one for one in made_imports(register)}
    if number.strip() not in there:
        why = f"registret har import {', '.join(there)}" if there else "registret minns inga importer"
        raise Rejected([Problem(f"import {number} finns inte", "--undo", why, _LIST)])
    return there[number.strip()]


def _retracted(facts: Sequence[Fact]) -> frozenset[str]:
    """The ids that a standing retraction targets; a retraction is settled by those that came after it."""
    undone: set[str] = set()
    for fact in reversed(facts):
        if fact.kind == RETRACTED and fact.id not in undone:
            undone.add(str(fact.attributes.get("target", "")))
    return frozenset(undone)
