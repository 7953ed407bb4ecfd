"""The recorded facts that somebody sees: those of agreements that they see. Others are as if they were not there.

A fact belongs to the agreement that it has after corrections; one that does not stand to the one that it was recorded
for. In come facts and rights, out come facts.
"""

from collections.abc import Callable, Iterable, Mapping

from avtalsvakt.rights import Rights
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.database.fact_source import FactSource
from avtalsvakt_engine.storage.database.register import Register


def visible(every: Iterable[Fact], standing: Iterable[Fact], sees: Callable[[str], bool]) -> dict[str, Fact]:
    """By id: facts as they stand, and others as they were recorded, in order of arrival."""
    now = {one.id: one for one in standing}
    return {one.id: now.get(one.id, one) for one in every if as_seen(one, now.get(one.id), sees) is not None}


def as_seen(fact: Fact, standing: Fact | None, sees: Callable[[str], bool]) -> Fact | None:
    """A fact as it is told: as recorded, but as it stands where it was recorded for an agreement that is not seen.

    None where it is not seen, or would tell of an agreement that is not.
    """
    now = standing or fact
    if not (sees(now.agreement) and sees(_moved_to(now))):
        return None
    return fact if sees(fact.agreement) else now


def seen_in(register: Register, rights: Rights) -> Callable[[Fact], bool]:
    """Whether a fact of the register is seen; nothing is read where everything is."""
    if rights.sees_all:
        return lambda _: True
    source = FactSource(register, None)
    return lambda one: as_seen(one, next(iter(source.seen([one]).facts), None), rights.sees) is not None


def seen_among(register: Register, facts: Iterable[Fact], rights: Rights) -> list[Fact]:
    """Those of many facts that are seen; what was recorded about them is read at once."""
    every = list(facts)
    if rights.sees_all:
        return every
    known = visible(every, FactSource(register, None).seen(every).facts, rights.sees)
    return [one for one in every if one.id in known]


def _moved_to(fact: Fact) -> str:
    """The agreement that a correction moves a fact to; its own where it moves nothing."""
    change = fact.attributes.get("set")
    return str(change["agreement"]) if isinstance(change, Mapping) and change.get("agreement") else fact.agreement
