"""Who acts for whom: the parties, bodies and functions of an instrument, and the words for a bearer.

What a function does its party has done. Whom a function acts for is written once, in the vocabulary, and an instrument
adds or changes what it needs under `functions`. Source: semantics.md, Who, towards whom, about what.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.vocabulary import load

if TYPE_CHECKING:
    from avtalsvakt_rules.parsing.source import Source

JOINTLY = "parterna"
EACH = "vardera parten"
OTHER = "motparten"
NOBODY = "ingen angiven"
EACH_OTHER = "varandra"
BEARERS = (JOINTLY, EACH, OTHER, NOBODY)
"""The words for a bearer that name nobody in particular; every other bearer is a party, a body or a function."""

EVERYONE = frozenset({JOINTLY, "both", "båda"})
"""How a record says that all the parties did something."""

ACTING = ("by", "from", "party", "organisation", "sent_by")
RECEIVING = ("to", "to_role")
"""The attributes that say who acted, and towards whom; where a kind keeps a day in one of them it says nobody."""


class Actors(Struct, frozen=True):
    """The names that can act within an instrument. `of` leads from each to those it acts for, `labels` to its id.

    `joint` are the bodies of all the parties together, `deputies` those who may answer for a function.
    """

    parties: tuple[str, ...]
    of: Mapping[str, tuple[str, ...]]
    joint: frozenset[str]
    labels: Mapping[str, str]
    deputies: Mapping[str, tuple[str, ...]]

    def known(self, name: str) -> bool:
        """Whether the name means somebody here."""
        one = self.labels.get(name, name)
        return one in self.of or one in self.joint or one in self.parties or one in EVERYONE

    def acts_for(self, name: str, whole: str) -> bool:
        """Whether what `name` does, `whole` has done: it is the same, or a function, a part or a body of it."""
        return self.labels.get(whole, whole) in self._whole(name)

    def party_of(self, name: str) -> str | None:
        """The one party that a name acts for; None where it acts for none, or for several."""
        found = [party for party in self.parties if self.same(name, party)]
        return found[0] if len(found) == 1 else None

    def same(self, name: str, bearer: str) -> bool:
        """Whether a record that names the one may speak of the other: a part of it, or the whole it is a part of."""
        return self.acts_for(name, bearer) or self.acts_for(bearer, name)

    def _whole(self, name: str) -> set[str]:
        out, todo = set(), [self.labels.get(name, name)]
        while todo:
            one = todo.pop()
            if one not in out:
                out.add(one)
                todo += self.of.get(one, ())
        return out


def actors_of(*instruments: Instrument) -> Actors:
    """The actors of an agreement and of the text that binds it: the first one's parties, the functions of all."""
    parties = instruments[0].parties
    return _added(parties, instruments) if any(one.functions or one.bodies for one in instruments) else _known(parties)


@lru_cache(maxsize=256)
def _known(parties: tuple[str, ...]) -> Actors:
    """The actors where no text adds any to those that everybody knows."""
    return _added(parties, ())


def _added(parties: tuple[str, ...], instruments: Sequence[Instrument]) -> Actors:
    vocabulary = load()
    of = dict(vocabulary.functions)
    labels = {label: body for body, label in vocabulary.bodies.items()}
    bodies, deputies = set(vocabulary.bodies), {}
    for instrument in reversed(instruments):
        bodies |= set(instrument.bodies)
        labels |= {label: body for body, label in instrument.bodies.items()}
        for name, function in instrument.functions.items():
            of[name] = function.of or of.get(name, ())
            deputies[name] = function.deputy
            of |= {deputy: of.get(deputy, ()) for deputy in function.deputy}
    labels = {definite(name): name for name in of if definite(name) not in of} | labels
    joint = frozenset(body for body in bodies if not of.get(body))
    return Actors(parties, MappingProxyType(of), joint, MappingProxyType(labels), MappingProxyType(deputies))


@lru_cache(maxsize=1024)
def definite(name: str) -> str:
    """A function in the definite form, as people also write it: samordnaren, stadsdelsdirektören, kommunpolisen."""
    return f"{name}n" if name.endswith(("a", "e")) else f"{name}en"


def check_bearers(source: "Source", instrument: Instrument, above: tuple[Instrument, ...]) -> Iterator[Problem]:
    """Bearers and functions asked that nobody here is; `above` are the instruments whose words the file may use."""
    actors = actors_of(instrument, *above)
    for name, clause in instrument.clauses.items():
        for key, text in _named(clause):
            if text is not None and not actors.known(text) and text not in BEARERS:
                yield _unknown(name, text, source.where(("clauses", name, key)), actors)
    for name, function in instrument.functions.items():
        for whole in function.of:
            if not actors.known(whole):
                where = source.where(("functions", name))
                yield Problem(
                    f"functions: '{whole}' finns inte", where, "varken part, organ eller funktion heter så",
                    "skriv en av parterna, eller lägg till den under functions eller bodies",
                )  # fmt: skip


def _named(clause: Clause) -> Iterator[tuple[str, str | None]]:
    yield "who", clause.who
    yield "attest", clause.attest
    for choices in clause.instead.values():
        for variant in choices.values():
            yield from (("instead", getattr(variant.clause, key)) for key in ("who", "attest") if key in variant.keys)


def _unknown(clause: str, text: str, where: str, actors: Actors) -> Problem:
    known = [*BEARERS, *actors.parties, *actors.of, *actors.joint]
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(text, known, 1, 0.75)
    remedy = (
        f"menade du '{near[0]}'?" if near
        else f"skriv {', '.join((*actors.parties, *BEARERS))} eller ett organ, eller lägg till {text}: "
        f"{{of: {next(iter(actors.parties), 'parten')}}} under functions"
    )  # fmt: skip
    return Problem(f"klausul {clause}: '{text}' är ingen som kan handla", where, "namnet är okänt", remedy)
