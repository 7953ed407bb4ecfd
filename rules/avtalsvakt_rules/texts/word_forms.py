"""The forms that labels take in Swedish sentences: the `words` of the vocabulary, as values.

A label says what something is called in a list (`möte hållet`); a sentence needs `ett möte`, `mötet`, `har hållits`.
What has no forms is said by its label. Source: `words` in `vocabulary.yaml`, where each key is explained.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

ELSE = "else"
"""Under this key stands what is said with any other value than those that are named."""

Templates = Mapping[str, Mapping[str, str]]


class Noun(Struct, frozen=True):
    """A thing: indefinite, definite, several; `by` is how something is sent with it."""

    one: str
    the: str
    many: str
    by: str = ""


class KindWords(Struct, frozen=True):
    """What happens in a kind of fact: the thing, the verb in the present and the perfect, and what goes with them.

    `of` names the attribute whose value is the thing itself. `each` is empty where only a verb says the occasion.
    `near` stands beside the thing and `after` behind the verb: by attribute, templates by value.
    """

    noun: Noun
    does: str
    has: str
    each: str
    of: str
    near: Templates
    after: Templates

    @property
    def forms(self) -> Mapping[str, str]:
        """Every form by the name of its key, for a person to look through."""
        noun = {"one": self.noun.one, "the": self.noun.the, "many": self.noun.many}
        return noun | {"each": self.each, "does": self.does, "has": self.has}


class Words(Struct, frozen=True):
    """All the forms: of kinds, of attributes whatever their kind, and of things (bodies, documents, other values).

    `contents` says of an attribute how a record has the parts that a clause lists.
    """

    kinds: Mapping[str, KindWords]
    attributes: Templates
    contents: Mapping[str, str]
    things: Mapping[str, Noun]


def read_words(section: Mapping[str, Any]) -> Words:
    """The forms from the parsed section of the vocabulary; KeyError where one that is always needed is missing."""
    return Words(
        MappingProxyType({name: _kind(entry) for name, entry in section["kinds"].items()}),
        _templates(section["attributes"]),
        MappingProxyType(dict(section["contents"])),
        MappingProxyType({name: _noun(entry) for name, entry in section["things"].items()}),
    )


def _kind(entry: Mapping[str, Any]) -> KindWords:
    near, after = _templates(entry.get("near", {})), _templates(entry.get("with", {}))
    return KindWords(_noun(entry), entry["does"], entry["has"], entry.get("each", ""), entry.get("of", ""), near, after)


def _noun(entry: Mapping[str, Any]) -> Noun:
    by = entry.get("with", "")
    return Noun(entry["one"], entry["the"], entry["many"], by if isinstance(by, str) else "")


def _templates(entries: Mapping[str, str | Mapping[str, str]]) -> Templates:
    """Templates by attribute and value; a text alone is said with any value."""
    read = {name: one if isinstance(one, Mapping) else {ELSE: one} for name, one in entries.items()}
    return MappingProxyType({name: MappingProxyType(dict(one)) for name, one in read.items()})
