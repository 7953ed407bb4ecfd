"""The texts that somebody may read: those of the agreements that they see, and those over them, which are inherited."""

from dataclasses import replace

from avtalsvakt.rights import Rights
from avtalsvakt_rules.rulebook import Rulebook


def texts_seen(rulebook: Rulebook, rights: Rights) -> frozenset[str]:
    """Their ids."""
    if rights.sees_all:
        return frozenset(rulebook.instruments)
    seen = [one for name, one in rulebook.instruments.items() if rights.sees(name)]
    return frozenset(one.instrument for own in seen for one in (own, *rulebook.chain(own)))


def rules_seen(rulebook: Rulebook, rights: Rights) -> Rulebook:
    """The rules of those texts alone: to read, not to judge by, since runs are made by all."""
    if rights.sees_all:
        return rulebook
    seen = texts_seen(rulebook, rights)
    return replace(rulebook, written={name: one for name, one in rulebook.written.items() if name in seen})
