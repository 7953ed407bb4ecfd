"""The vocabulary of the field: kinds of facts, bodies, statuses, and the values people usually write.

Source: `vocabulary.yaml` beside this module, part of the program. Identifiers in it are stable; labels are Swedish.
Agreements may add kinds, attributes, bodies and values of their own: `Vocabulary.extended` gives a wider vocabulary.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from avtalsvakt_rules.keeping.plain_yaml import own
from avtalsvakt_rules.language.occasions import MOVABLE, Movable, Movables, own_label
from avtalsvakt_rules.language.own_kinds import OwnKind, movable_in
from avtalsvakt_rules.texts.word_forms import Words, read_words

LINE_FIELDS = ("id", "kind", "agreement", "date", "date_precision", "recorded")
"""Fields of every fact that are not attributes of its kind."""

OCCASION = "concerns"
"""The attribute through which a fact of any kind may name the occasion, or the record, that it is about.

Of a kind that lists it without holding ids there, it may also say a topic.
"""

SECRECY = "secrecy"
"""The attribute of a fact that is secret: the provision, in words. It is judged as others and kept from sight."""

BESIDE = ("note", "reference", SECRECY)
"""What may stand beside any fact: free text, a registry number (diarienummer), secrecy. No rule asks for them."""

ANYWHERE = ("body", "site", "document", "concerns_period", OCCASION, *BESIDE)
"""Attributes that a fact of any kind may carry."""

RECORDS = ("record_corrected", "record_retracted")
"""Kinds that speak about another record and not about the world."""

Asked = Mapping[tuple[str, str], Iterable[str]]
"""Texts that rules ask for, by kind of fact and attribute."""

_FREE, _BODIES = "or free text", "any body id"


class Kind(Struct, frozen=True):
    """A kind of fact.

    `requires`: attributes without which it says nothing. `refers`: attributes holding ids of other facts. `days`:
    attributes holding days, `numbers` numbers. `occasion`: cannot be made up afterwards. `ahead`: its date may properly
    lie ahead.
    """

    id: str
    sv: str
    en: str
    attributes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    occasion: bool = False
    ahead: bool = False

    def allows(self, name: str) -> bool:
        """Whether a fact of this kind may carry the attribute."""
        return name in self.attributes or name in ANYWHERE


class Vocabulary(Struct, frozen=True):
    """Everything the register and the rules may be worded in.

    `values` lists what people usually write, by attribute ("outcome") or kind and attribute ("waiver.form");
    `open_values` names the lists that are only examples, `body_values` those to which every body belongs.
    `yes_no` names the attributes that hold "ja" or "nej". `labels` says fields and attributes in Swedish. `functions`
    says whom functions, organisations and bodies act for; `forms` which words for a form mean the same. `words` are
    the forms that labels take in sentences. `also` are what people may call a kind when they look for it. `asked` are
    the texts that rules in force ask for: whoever records knows them, so they are as usual as those listed. `movable`
    are the occasions that are planned before they are held.
    """

    kinds: Mapping[str, Kind]
    bodies: Mapping[str, str]
    statuses: Mapping[str, str]
    modalities: Mapping[str, str]
    instruments: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    open_values: frozenset[str]
    body_values: frozenset[str]
    yes_no: frozenset[str]
    labels: Mapping[str, str]
    functions: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, tuple[str, ...]]
    words: Words
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    movable: Movables = field(default_factory=lambda: MOVABLE)

    def expected(self, kind: str, attribute: str) -> tuple[str, ...] | None:
        """The usual values of a kind's attribute and those that rules ask for, or None where any text will do."""
        listed = self._listed(kind, attribute)
        return None if listed is None else _merged(listed, self.asked.get((kind, attribute), ()))

    def offered(self, kind: str, attribute: str, asked: Asked | None = None) -> tuple[str, ...]:
        """What to suggest for a kind's attribute: what rules ask for (all of them, or `asked`), then what is usual.

        Where rules ask for nothing that is on the list, the list is for other agreements and is not suggested.
        """
        wanted = tuple((self.asked if asked is None else asked).get((kind, attribute), ()))
        usual = self._listed(kind, attribute) or ()
        return wanted if wanted and not set(wanted) & set(usual) else _merged(wanted, usual)

    def _listed(self, kind: str, attribute: str) -> tuple[str, ...] | None:
        if attribute in self.yes_no:
            return ("ja", "nej")
        if kind in self.kinds and attribute in self.kinds[kind].days:  # `to` is a day for a role, elsewhere a receiver
            return None
        for key in (f"{kind}.{attribute}", attribute):
            if key in self.values:
                usual = self.values[key] + (tuple(self.bodies) if key in self.body_values else ())
                return None if key in self.open_values else usual
        return None

    def extended(
        self,
        kinds: Mapping[str, OwnKind] = MappingProxyType({}),
        bodies: Mapping[str, str] = MappingProxyType({}),
        values: Mapping[str, Iterable[str]] = MappingProxyType({}),
        asked: Asked = MappingProxyType({}),
    ) -> "Vocabulary":
        """Widen with what agreements add: attributes by kind, labels by body, values by attribute, texts asked for.

        A known kind keeps its meaning and gains the attributes; a known body keeps its label.
        """
        if not (kinds or bodies or values or asked):
            return self
        wider = dict(self.kinds)
        movable = movable_in(kinds)
        for name, added in kinds.items():
            wider[name] = _with_own(wider.get(name) or _own(name, movable.get(added.occasion)), added)
        values = {**values, **{f"{kind}.{name}": texts for kind, one in kinds.items() for name, texts in one.listed}}
        labels = {one.notice_day: f"dag för {one.sv}" for one in movable.values()}
        merged = {key: _merged(self.values.get(key, ()), added) for key, added in values.items()}
        return replace(
            self,
            kinds=MappingProxyType(wider),
            bodies=MappingProxyType({**bodies, **self.bodies}),
            values=MappingProxyType({**self.values, **merged}),
            yes_no=self.yes_no.union(*(one.of_type("yes_no") for one in kinds.values())),
            labels=MappingProxyType({**labels, **self.labels}) if labels else self.labels,
            movable=MappingProxyType({**self.movable, **movable}) if movable else self.movable,
            asked=MappingProxyType(
                {**self.asked, **{key: _merged(self.asked.get(key, ()), added) for key, added in asked.items()}}
            ),
        )


def _own(name: str, occasion: Movable | None) -> Kind:
    """A kind that a file adds: its name is its label; a record of an occasion says which it is."""
    words = name.replace("_", " ")
    if occasion is None:
        return Kind(name, words, words, refers=(OCCASION,))
    needed = {occasion.notice: (occasion.notice_day,), occasion.called_off: (occasion.off_day,)}
    return Kind(
        name, own_label(name), words, requires=needed.get(name, ()), refers=(OCCASION,),
        occasion=name == occasion.held, ahead=name == occasion.planned,
    )  # fmt: skip


def _with_own(kind: Kind, added: OwnKind) -> Kind:
    """A kind with the attributes that a file adds to it."""
    return replace(
        kind,
        attributes=_merged(kind.attributes, added.holds),
        refers=_merged(kind.refers, added.of_type("reference")),
        days=_merged(kind.days, added.of_type("day")),
        numbers=_merged(kind.numbers, added.of_type("number")),
    )


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The vocabulary shipped with the program, read once."""
    return parse(own("vocabulary.yaml"))


def parse(document: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary from the parsed YAML document; KeyError where a section is missing."""
    lists = _value_lists(document["values"])
    return Vocabulary(
        kinds=MappingProxyType({name: _kind(name, entry) for name, entry in document["fact_kinds"].items()}),
        bodies=MappingProxyType(dict(document["bodies"])),
        statuses=MappingProxyType(dict(document["statuses"])),
        modalities=MappingProxyType(dict(document["modalities"])),
        instruments=MappingProxyType({name: entry["title"] for name, entry in document["instruments"].items()}),
        values=MappingProxyType(
            {key: tuple(text for text in found if text not in (_FREE, _BODIES)) for key, found in lists.items()}
        ),
        open_values=frozenset(key for key, found in lists.items() if _FREE in found),
        body_values=frozenset(key for key, found in lists.items() if _BODIES in found),
        yes_no=frozenset(document["values"]["yes_no"]),
        labels=MappingProxyType(dict(document["labels"])),
        forms=MappingProxyType({name: tuple(listed) for name, listed in document["forms"].items()}),
        also=MappingProxyType({name: tuple(listed) for name, listed in document["also"].items()}),
        functions=MappingProxyType({name: _listed(one.get("of", [])) for name, one in document["functions"].items()}),
        words=read_words(document["words"]),
    )


def _kind(name: str, entry: Mapping[str, Any]) -> Kind:
    """One kind; "area|site|group" names three attributes, and fields of every fact are no attributes."""
    listed = [part for text in entry.get("attributes", ()) for part in text.split("|")]
    return Kind(
        id=name,
        sv=entry["sv"],
        en=entry["en"],
        attributes=tuple(part for part in listed if part not in LINE_FIELDS),
        requires=tuple(entry.get("requires", ())),
        refers=tuple(entry.get("refers", ())) if OCCASION in listed else _merged(entry.get("refers", ()), (OCCASION,)),
        days=tuple(entry.get("days", ())),
        occasion=bool(entry.get("occasion", False)),
        ahead=bool(entry.get("ahead", False)),
    )


def _value_lists(section: Mapping[str, Any]) -> dict[str, list[str]]:
    """Lists by "attribute" or "kind.attribute"; entries that are one sentence are explanations, not lists."""
    lists: dict[str, list[str]] = {}
    for heading, entry in section.items():
        parts = entry if isinstance(entry, Mapping) else {"": entry}
        for part, found in parts.items():
            if heading == "yes_no" or isinstance(found, str):
                continue
            for name in heading.split(" / "):
                lists[f"{name}.{part}".rstrip(".")] = list(found)
    return lists


def _listed(one_or_more: str | list[str]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)


def _merged(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    """Both, in order, none twice."""
    return tuple(dict.fromkeys((*first, *second)))
