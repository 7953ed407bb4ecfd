"""What an agreement's clauses ask for: the kinds of facts, their attributes, bodies and documents. Pure.

For forms and templates, where everything that the vocabulary allows would be too much.
"""

from collections.abc import Mapping

from msgspec import Struct

from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import ANYWHERE, BESIDE, RECORDS, Kind, Vocabulary

_MEETINGS = ("meeting_scheduled", "meeting_held", "meeting_cancelled")
_ALWAYS = ("body", "document", "annex", "version", "site", "concerns_period", "time", "chair", *BESIDE)


class VocabularyInUse(Struct, frozen=True):
    """Kinds in the vocabulary's order, attributes, labels of bodies by id, documents, and what to suggest.

    `values` are by kind and attribute, and hold nothing that the agreement's rules would not accept.
    """

    kinds: tuple[Kind, ...]
    attributes: tuple[str, ...]
    bodies: Mapping[str, str]
    documents: tuple[str, ...]
    values: Mapping[tuple[str, str], tuple[str, ...]]

    def attributes_of(self, kind: Kind) -> tuple[str, ...]:
        """What to ask about a fact of the kind: what it requires first, what may stand beside any fact last."""
        own = [name for name in self.attributes if name in kind.attributes and name not in kind.requires]
        return tuple(dict.fromkeys((*kind.requires, *own, *BESIDE)))


def vocabulary_in_use(rulebook: Rulebook, instrument: Instrument, vocabulary: Vocabulary) -> VocabularyInUse:
    """What the clauses that bind the agreement speak of, as they are written; also those of the texts over it."""
    above = (clause.model_dump_json() for clause in rulebook.binding(instrument) if clause.downward)
    written, asked = "".join((instrument.model_dump_json(), *above)), rulebook.asked_of(instrument)
    named = {name for name in vocabulary.kinds if f'"{name}"' in written} | set(instrument.facts)
    if "meeting_held" in named:
        named |= set(_MEETINGS)
    named |= {kind for name, one in vocabulary.movable.items() if f'"kind":"{name}"' in written for kind in one.kinds}
    kinds = tuple(kind for name, kind in vocabulary.kinds.items() if name in named and name not in RECORDS)
    possible = dict.fromkeys((*ANYWHERE, *(name for kind in kinds for name in kind.attributes)))
    required = {name for kind in kinds for name in kind.requires}
    wanted = [name for name in possible if f'"{name}"' in written or name in required or name in _ALWAYS]
    ordered = sorted(wanted, key=lambda name: _ALWAYS.index(name) if name in _ALWAYS else len(_ALWAYS))
    bodies = {body: label for body, label in vocabulary.bodies.items() if f'"{body}"' in written}
    usual = vocabulary.values.get("document", ())
    documents = [name for name in usual if f'"{name}"' in written]
    documents += [text for (_, name), texts in asked.items() if name == "document" for text in texts]
    values = {(kind.id, name): vocabulary.offered(kind.id, name, asked) for kind in kinds for name in kind.attributes}
    return VocabularyInUse(
        kinds,
        tuple(ordered),
        {**bodies, **instrument.bodies},
        tuple(dict.fromkeys((*documents, *instrument.annexes.values()))),
        {key: offered for key, offered in values.items() if offered},
    )
