"""Who acts for whom, read from the vocabulary's list and the instruments' own; semantics.md, Who, towards whom.

A name speaks for itself and for every whole that it is a part of. Nothing here is taken from the rules' own reading of
these lists.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.vocabulary import load

EVERYBODY = ("parterna", "both", "båda")


@dataclass(frozen=True)
class People:
    """The names that can act under an agreement: `parts` (a part, a whole it acts for), and which names are bodies."""

    parties: tuple[str, ...]
    parts: frozenset[tuple[str, str]]
    names: frozenset[str]
    bodies: frozenset[str]
    called: tuple[tuple[str, str], ...]
    stand_ins: frozenset[tuple[str, str]]

    def called_by(self, name: str) -> str:
        """The name in the lists of somebody that people may also call otherwise."""
        return self._calls.get(name, name)

    @cached_property
    def _calls(self) -> dict[str, str]:
        return dict(self.called)

    def wholes(self, name: str) -> set[str]:
        """Everyone whose act it is when somebody acts: its own, and that of all it belongs to."""
        found = {self.called_by(name)}
        while more := {whole for part, whole in self.parts if part in found} - found:
            found |= more
        return found

    def speaks_for(self, name: str, whole: str) -> bool:
        """Whether what one does is done by another."""
        return self.called_by(whole) in self.wholes(name)

    def may_be(self, name: str, other: str) -> bool:
        """Whether two names may mean the same actor: one is a part of the other."""
        return self.speaks_for(name, other) or self.speaks_for(other, name)

    def party(self, name: str) -> str | None:
        """The party that a name stands for, if it is one and no more."""
        found = [party for party in self.parties if self.may_be(name, party)]
        return found[0] if len(found) == 1 else None

    def is_shared(self, name: str) -> bool:
        """Whether it is a body that belongs to no party: it is all of theirs."""
        return self.called_by(name) in self.bodies and self.wholes(name) == {self.called_by(name)}

    def is_known(self, name: str) -> bool:
        """Whether anybody here is called so."""
        one = self.called_by(name)
        return one in self.names or one in self.bodies or one in self.parties or one in EVERYBODY

    def stands_in(self, name: str, function: str) -> bool:
        """Whether somebody may do what a function is asked to: it is the function itself or its deputy."""
        allowed = {function} | {deputy for whom, deputy in self.stand_ins if whom == function}
        return any(self.speaks_for(name, one) for one in allowed)

    def all_of(self, names: Sequence[str]) -> bool:
        """Whether every party is among the names, by itself or by somebody of its own."""
        said = {name if name in EVERYBODY else self.party(name) or name for name in names}
        return bool(said & set(EVERYBODY)) or (len(said) > 1 and set(self.parties) <= said)


def people_of(agreement: Instrument, texts: Iterable[Instrument]) -> People:
    """Those of an agreement and of the texts that bind it, itself last: what it says goes before."""
    listed = load()
    wholes = {name: set(found) for name, found in listed.functions.items()}
    bodies, called = dict(listed.bodies), dict[str, str]()
    stand_ins = set[tuple[str, str]]()
    for text in (*texts, agreement):
        bodies |= text.bodies
        for name, function in text.functions.items():
            if function.of or name not in wholes:
                wholes[name] = set(function.of)
            stand_ins = {pair for pair in stand_ins if pair[0] != name} | {(name, one) for one in function.deputy}
            for deputy in function.deputy:
                wholes.setdefault(deputy, set())
    for name in wholes:  # samordnare, samordnaren; kommunpolis, kommunpolisen
        called.setdefault(name + ("n" if name[-1] in "ae" else "en"), name)
    called = {name: one for name, one in called.items() if name not in wholes}
    called |= {label: body for body, label in bodies.items()}
    parts = frozenset((part, whole) for part, found in wholes.items() for whole in found)
    return People(
        tuple(agreement.parties), parts, frozenset(wholes), frozenset(bodies), tuple(called.items()),
        frozenset(stand_ins),
    )  # fmt: skip
