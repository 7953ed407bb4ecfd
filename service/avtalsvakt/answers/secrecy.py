"""Who is told the words of facts with a secrecy mark: recorders and administrators of their agreements.

In come facts and rights, out come facts as they may be told: those that are kept from whoever asks say only their day,
their kind and the provision. Whoever has the register's file has all rights, and is told everything.
"""

from collections.abc import Iterable, Mapping

from avtalsvakt.rights import ADMINISTRATOR, RECORDER, Rights
from avtalsvakt_engine.evidence.secrecy import masked, provisions
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_rules.vocabulary import RECORDS

READERS = (RECORDER, ADMINISTRATOR)
"""The roles that are told what marked facts say."""


def may_read(rights: Rights, agreement: str) -> bool:
    """Whether marked facts of an agreement are told whole."""
    return any(rights.may(role, agreement) for role in READERS)


def as_told(facts: Iterable[Fact], marks: Mapping[str, str], rights: Rights) -> list[Fact]:
    """The facts, those masked that are marked and kept from whoever asks."""
    return [
        masked(one, mark) if (mark := marks.get(one.id)) is not None and not may_read(rights, one.agreement) else one
        for one in facts
    ]


def told_in(register: Register, facts: Iterable[Fact], rights: Rights) -> list[Fact]:
    """Some of a register's facts as they may be told; nothing is read where everything may be."""
    every = list(facts)
    if any(rights.may_everywhere(role) for role in READERS):
        return every
    return as_told(every, marks_in(register, every), rights)


def marks_in(register: Register, facts: Iterable[Fact]) -> dict[str, str]:
    """By id the provisions of those facts that are marked, and of corrections and retractions of such."""
    known = {one.id: one for one in facts}
    waiting = list(known.values())
    while waiting:
        target = one.text("target") if (one := waiting.pop()).kind in RECORDS else None
        if target and target not in known and (found := register.fact(target)) is not None:
            known[target] = found
            waiting.append(found)
    known |= {one.id: one for one in FactSource(register, None).about(known)}
    return provisions(known.values())
