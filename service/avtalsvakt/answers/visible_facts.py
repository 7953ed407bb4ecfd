"""The recorded facts that somebody sees: those of agreements that they see. Others are as if they were not there.

A fact belongs to the agreement that it has after corrections; one that does not stand to the one that it was recorded
for. In come facts and rights, out come facts.
"""

from collections.abc import Callable, Iterable, Mapping

from avtalsvakt.rights import Rights
from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_rules.vocabulary import load


def visible(every: Iterable[Fact], standing: Iterable[Fact], sees: Callable[[str], bool]) -> dict[str, Fact]:
    """By id: facts as they stand, and others as they were recorded, in order of arrival."""
    now = {one.id: one for one in standing}
    found = (now.get(one.id, one) for one in every)
    return {one.id: one for one in found if sees(one.agreement) and sees(_moved_to(one))}


def _moved_to(fact: Fact) -> str:
    """The agreement that a correction moves a fact to; its own where it moves nothing."""
    change = fact.attributes.get("set")
    return str(change["agreement"]) if isinstance(change, Mapping) and change.get("agreement") else fact.agreement


def seen_in(register: Register, rights: Rights) -> Callable[[Fact], bool]:
    """Whether a fact of the register is seen; nothing is read where everything is."""
    if rights.sees_all:
        return lambda _: True
    every = tuple(register.facts())
    known = visible(every, view(every, None, load()).facts, rights.sees)
    return lambda one: one.id in known
