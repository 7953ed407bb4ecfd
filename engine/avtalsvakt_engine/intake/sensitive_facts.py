"""Records that name a sensitive case are secret from the start, as what a recorder marks is.

In come facts as they were read, out come the same with a mark; a mark that somebody has set is left as it is. Source:
docs/decisions/0036, docs/decisions/0038.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.intake.fact_checks import Known, Notes
from avtalsvakt_rules.interpreting.sensitive_cases import MARK
from avtalsvakt_rules.vocabulary import RECORDS, SECRECY

SET = "set"


def with_mark(fact: Fact, known: Known) -> Fact:
    """The fact, marked where it names a sensitive case of its agreement and bears no mark."""
    if fact.attributes.get(SECRECY) or not _named(fact.attributes, fact.agreement, known):
        return fact
    return replace(fact, attributes={**fact.attributes, SECRECY: MARK})


def correction_with_mark(fact: Fact, known: Known, find: Callable[[str], Fact | None]) -> Fact:
    """A correction by which a record comes to name a sensitive case, with the mark that the record is to bear.

    One that was recorded with a mark keeps that.
    """
    changes = fact.attributes.get(SET)
    if fact.kind not in RECORDS or not isinstance(changes, Mapping) or SECRECY in changes:
        return fact
    target = find(fact.text("target") or "")
    if target is not None and target.attributes.get(SECRECY):
        return fact
    said = cast("Mapping[str, Value | None]", changes)
    if not _named(said, str(said.get("agreement") or fact.agreement), known):
        return fact
    return replace(fact, attributes={**fact.attributes, SET: {**said, SECRECY: MARK}})


def unmarked(fact: Fact) -> Fact:
    """The fact as it was written: without a mark that the rules gave."""
    if fact.attributes.get(SECRECY) != MARK:
        return fact
    return replace(fact, attributes={name: value for name, value in fact.attributes.items() if name != SECRECY})


def check_mark_kept(becomes: Mapping[str, object], agreement: str, known: Known, notes: Notes) -> None:
    """Note a correction that would show whom a sensitive case is about."""
    if becomes.get(SECRECY) is None and SECRECY in becomes and (named := _named(becomes, agreement, known)):
        why = f"registreringen anger {named[0]}, som är känsligt enligt avtalet"
        remedy = f"låt märket stå, eller ta bort {named[0]} i samma rättelse"
        notes.wrong(SET, "sekretessen kan inte tas bort", why, remedy)


def _named(said: Mapping[str, object], agreement: str, known: Known) -> list[str]:
    """The attributes with sensitive values that something says."""
    return [name for name in sorted(known.sensitive.get(agreement, ())) if said.get(name) is not None]


def all_marked(facts: Iterable[Fact], known: Known, find: Callable[[str], Fact | None]) -> list[Fact]:
    """Facts that have their agreements, corrections marked too; `find` gives what they are about."""
    return [correction_with_mark(one, known, find) for one in facts] if known.sensitive else list(facts)
