"""What can be written in a rule and in a register: kinds of facts, attributes, usual values, bodies. Pure values.

In comes a rulebook and perhaps a word, out come kinds and bodies with their names in Swedish and as files spell them.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_rules.language.occasions import MOVABLE
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Kind, Vocabulary, load

LIKE = 0.7
"""How alike two words must be for the one to be offered instead of the other."""


class AttributeEntry(Struct, frozen=True):
    """An attribute of a kind. `holds`: day, reference, yes_no or text; `values` are the usual ones, if there are."""

    id: str
    sv: str
    holds: str
    required: bool
    values: tuple[str, ...]


class KindEntry(Struct, frozen=True):
    """A kind of fact, or an occasion that is planned and held. `declared_in` are the agreements whose own it is.

    `also` is what people may call it when they look for it.
    """

    id: str
    sv: str
    attributes: tuple[AttributeEntry, ...]
    occasion: bool
    declared_in: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Everything one may look for in it."""
        inside = (f"{one.id} {one.sv} {' '.join(one.values)}" for one in self.attributes)
        return " ".join((self.id, self.sv, *self.also, *inside)).casefold()


class BodyEntry(Struct, frozen=True):
    """A body; `declared_in` are the agreements whose own it is, none where it is in the vocabulary."""

    id: str
    sv: str
    declared_in: tuple[str, ...]


class Found(Struct, frozen=True):
    """What was found; `near` are names that are nearly the word where nothing holds it."""

    kinds: tuple[KindEntry, ...]
    bodies: tuple[BodyEntry, ...]
    near: tuple[str, ...] = ()


def found(rulebook: Rulebook, word: str | None = None) -> Found:
    """Everything there is, or what holds the word: in its id, its Swedish name, an attribute or a usual value."""
    kinds, bodies = tuple(_kinds(rulebook)), tuple(_bodies(rulebook))
    if word is None:
        return Found(kinds, bodies)
    sought = word.casefold().strip()
    holding = [one for one in kinds if sought in one.words]
    named = [one for one in holding if sought in f"{one.id} {one.sv} {' '.join(one.also)}".casefold()]
    groups = tuple(one for one in bodies if sought in f"{one.id} {one.sv}".casefold())
    hits = (*named, *(one for one in holding if one not in named))
    return Found(hits, groups, () if hits or groups else _near(sought, kinds, bodies))


def _kinds(rulebook: Rulebook) -> Iterator[KindEntry]:
    known, names = known_facts(rulebook), names_of(*rulebook.instruments.values())
    own = _declared({name: one.facts for name, one in rulebook.instruments.items() if one.facts})
    builtin = load().kinds
    for kind in known.vocabulary.kinds.values():
        attributes = tuple(_attribute(kind, name, known.vocabulary, names) for name in kind.attributes)
        whose = () if kind.id in builtin else own.get(kind.id, ())
        yield KindEntry(kind.id, kind.sv, attributes, kind.occasion, whose, names.vocabulary.also.get(kind.id, ()))
    for name, one in known.vocabulary.movable.items():
        held = known.vocabulary.kinds[one.held]
        kept = tuple(
            _attribute(held, key, known.vocabulary, names) for key in held.attributes if key in ("body", "site")
        )
        whose = own.get(one.held, ()) if name not in MOVABLE else ()
        said = f"{one.sv}, planerat eller hållet (bara i each)" if name in MOVABLE else f"{one.sv} (bara i each)"
        yield KindEntry(name, said, kept, True, whose)


def _attribute(kind: Kind, name: str, vocabulary: Vocabulary, names: Names) -> AttributeEntry:
    holds = "day" if name in kind.days else "reference" if name in kind.refers else "text"
    holds = "number" if name in kind.numbers else holds
    holds = "yes_no" if name in vocabulary.yes_no else "body" if name == "body" else holds
    usual = vocabulary.expected(kind.id, name) or vocabulary.offered(kind.id, name)
    values = tuple(one for one in usual if one not in vocabulary.bodies) if holds == "text" else ()
    return AttributeEntry(name, names.attribute(name), holds, name in kind.requires, values)


def _bodies(rulebook: Rulebook) -> Iterator[BodyEntry]:
    vocabulary = names_of().vocabulary
    yield from (BodyEntry(body, label, ()) for body, label in vocabulary.bodies.items())
    own = _declared({name: one.bodies for name, one in rulebook.instruments.items() if one.bodies})
    labels = {body: label for one in rulebook.instruments.values() for body, label in one.bodies.items()}
    yield from (BodyEntry(body, labels[body], whose) for body, whose in own.items() if body not in vocabulary.bodies)


def _declared(by_agreement: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """By name: the agreements that declare it."""
    out: dict[str, tuple[str, ...]] = {}
    for agreement, listed in by_agreement.items():
        for name in listed:
            out[name] = (*out.get(name, ()), agreement)
    return out


def _near(sought: str, kinds: Iterable[KindEntry], bodies: Iterable[BodyEntry]) -> tuple[str, ...]:
    """Ids whose name, or a word of it, is nearly what was sought; the nearest first."""
    scored: list[tuple[float, str]] = []
    entries: list[KindEntry | BodyEntry] = [*kinds, *bodies]
    for one in entries:
        words = {one.id, *one.id.split("_"), one.sv.casefold(), *one.sv.casefold().replace("/", " ").split()}
        words |= set(one.also) if isinstance(one, KindEntry) else set()
        scored.append((max(difflib.SequenceMatcher(None, sought, word).ratio() for word in words), one.id))
    return tuple(name for score, name in sorted(scored, reverse=True)[:5] if score >= LIKE)
