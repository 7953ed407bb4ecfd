"""What an agreement's clauses ask for: the kinds of facts, their attributes, bodies and documents. Pure.

For forms and templates, where everything that the vocabulary allows would be too much.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from avtalsvakt_rules.language import Instrument
from avtalsvakt_rules.movable import MOVABLE
from avtalsvakt_rules.vocabulary import ANYWHERE, RECORDS, Kind, Vocabulary

_MEETINGS = ("meeting_scheduled", "meeting_held", "meeting_cancelled")
_ALWAYS = ("body", "document", "annex", "version", "site", "concerns_period", "time", "chair", "reference", "note")


@dataclass(frozen=True, slots=True)
class VocabularyInUse:
    """Kinds in the vocabulary's order, attributes, labels of bodies by id, and documents."""

    kinds: tuple[Kind, ...]
    attributes: tuple[str, ...]
    bodies: Mapping[str, str]
    documents: tuple[str, ...]

    def attributes_of(self, kind: Kind) -> tuple[str, ...]:
        """What to ask about a fact of the kind: what it requires first."""
        own = [name for name in self.attributes if name in kind.attributes and name not in kind.requires]
        return (*kind.requires, *own)


def vocabulary_in_use(instrument: Instrument, vocabulary: Vocabulary) -> VocabularyInUse:
    """What the agreement's clauses speak of, as they are written."""
    written = instrument.model_dump_json()
    named = {name for name in vocabulary.kinds if f'"{name}"' in written} | set(instrument.facts)
    if "meeting_held" in named:
        named |= set(_MEETINGS)
    named |= {kind for name, one in MOVABLE.items() if f'"kind":"{name}"' in written for kind in one.kinds}
    kinds = tuple(kind for name, kind in vocabulary.kinds.items() if name in named and name not in RECORDS)
    possible = dict.fromkeys((*ANYWHERE, *(name for kind in kinds for name in kind.attributes)))
    required = {name for kind in kinds for name in kind.requires}
    wanted = [name for name in possible if f'"{name}"' in written or name in required or name in _ALWAYS]
    ordered = sorted(wanted, key=lambda name: _ALWAYS.index(name) if name in _ALWAYS else len(_ALWAYS))
    bodies = {body: label for body, label in vocabulary.bodies.items() if f'"{body}"' in written}
    usual = vocabulary.values.get("document", ())
    documents = [name for name in usual if f'"{name}"' in written] or list(usual)
    return VocabularyInUse(
        kinds,
        tuple(ordered),
        {**bodies, **instrument.bodies},
        tuple(dict.fromkeys((*documents, *instrument.annexes.values()))),
    )
