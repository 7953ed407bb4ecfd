"""Fact patterns as Swedish clauses: `ett möte i den lokala styrgruppen hålls`, `lägesbilden har uppdaterats`.

In come a pattern and the names that hold, out come texts without a full stop. The forms of the words are data (`words`
in the vocabulary); here they are only put together. What has no forms is said in brackets with its label.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from avtalsvakt_engine.evidence.selection import PERIOD_NAMES
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.texts.word_forms import ELSE, KindWords, Noun
from avtalsvakt_rules.vocabulary import OCCASION

MARKS: Mapping[type, str] = MappingProxyType(
    {p.Same: "same", p.Both: "both", p.Next: "next", p.Alternating: "alternating", p.NotIn: "not_in", p.Met: "met"}
)
"""Under which key of a template a value stands that is no text of its own."""
PLAIN = MappingProxyType({p.Alternating: "annan än förra gången", p.Next: "kommande period", p.Both: "båda"})


class Act(Struct, frozen=True):
    """What a pattern asks for, ready to be put into a sentence: the thing, the verb, what is said beside and after."""

    noun: Noun
    words: KindWords
    near: str
    after: str
    named: bool

    @property
    def happens(self) -> str:
        """`ett möte i den lokala styrgruppen hålls`."""
        return self.so_many(self.noun.one)

    def so_many(self, things: str, *, stands: bool = False) -> str:
        """The same of so many, as an act or as what stands: `minst 2 möten i den lokala styrgruppen hålls`."""
        return _joined(things, self.near, self.words.has if stands else self.words.does, self.after)

    @property
    def has_happened(self) -> str:
        """`ett beslut om remissvar har fattats`; the thing is known where its value names it: `lägesbilden har …`."""
        return _joined(self.noun.the if self.named else self.noun.one, self.near, self.words.has, self.after)

    @property
    def each(self) -> str:
        """The occasion without its verb: `varje möte i den lokala styrgruppen`; empty where it needs one."""
        return _joined(self.words.each, self.near, self.after) if self.words.each else ""


def act_of(pattern: p.Pattern, names: Names) -> Act:
    """The parts of the sentence for a pattern."""
    words = names.kind_words(pattern.kind)
    noun, within, left = words.noun, "", list(pattern.values)
    named = [(name, value) for name, value in left if name == words.of and isinstance(value, p.OneOf | p.Refers)]
    for name, value in named[:1]:
        left.remove((name, value))
        noun, within = _thing(value, names)
    near = [_said(name, value, words.near, names) for name, value in left if name in words.near]
    after = [_said(name, value, words.after, names) for name, value in left if name not in words.near]
    one_of = bool(named) and isinstance(named[0][1], p.OneOf)
    return Act(noun, words, _joined(within, *near), _joined(*after), one_of)


def own_record(event: p.Pattern, wanted: p.Pattern, names: Names, contents: str = "") -> str:
    """What the occasion itself must have been: `mötet hålls med polisen närvarande`; `contents` is what it takes up."""
    noun, told = act_of(event, names).noun, act_of(p.Pattern(event.kind, wanted.values), names)
    does = told.so_many(noun.the) if wanted.values else noun.the
    return _joined(does, "och" if contents and wanted.values else "", contents)


def _thing(value: p.Value, names: Names) -> tuple[Noun, str]:
    """The noun that a value is, and what is said of it."""
    if isinstance(value, p.Refers):
        inner = act_of(value.pattern, names)
        return inner.noun, _joined(inner.near, inner.after)
    nouns = [names.noun(text, quoted=True) for text in getattr(value, "texts", ())]
    one, the, many = (either(map(form, nouns)) for form in _FORMS)
    return Noun(one, the, many), ""


_FORMS: tuple[Callable[[Noun], str], ...] = (lambda noun: noun.one, lambda noun: noun.the, lambda noun: noun.many)


def _said(name: str, value: p.Value, own: Mapping[str, Mapping[str, str]], names: Names) -> str:
    """One value in the words of its kind, else of the attribute, else in brackets."""
    templates = own.get(name) or names.vocabulary.words.attributes.get(name, {})
    mark = MARKS.get(type(value))
    if mark is not None:
        known = templates.get(mark)
        return value_words(name, value, names) if known is None else known.format(text=_plain(value, names))
    texts = value.texts if isinstance(value, p.OneOf) else ()
    if texts and set(texts) <= set(templates):
        return either(dict.fromkeys(templates[text] for text in texts))
    if ELSE not in templates:
        return value_words(name, value, names)
    return templates[ELSE].format_map(_forms(value, names))


def _forms(value: p.Value, names: Names) -> Mapping[str, str]:
    if isinstance(value, p.Refers):
        noun = act_of(value.pattern, names).noun
        return {"text": noun.one, "one": noun.one, "the": noun.the, "by": noun.by}
    if not isinstance(value, p.OneOf):
        return dict.fromkeys(("text", "one", "the", "by"), _plain(value, names))
    nouns = [names.noun(text) for text in value.texts]
    forms = {name: either(map(form, nouns)) for name, form in zip(("one", "the"), _FORMS, strict=False)}
    sent = either(noun.by or f"genom {names.value(text)}" for noun, text in zip(nouns, value.texts, strict=True))
    return forms | {"text": either(map(names.value, value.texts)), "by": sent}


def value_words(name: str, value: p.Value, names: Names) -> str:
    """A value with the label of its attribute, in brackets: `(innehåll: tidsplan)`, `(samma område)`."""
    label = names.attribute(name)
    if isinstance(value, p.Same) and value.attribute is None:
        return f"({_same(name, label)})"
    return f"({label}: {_plain(value, names)})"


def _same(name: str, label: str) -> str:
    if name in PERIOD_NAMES:
        return "just den perioden"
    return "gäller just detta" if name == OCCASION else f"samma {label}"


def _plain(value: p.Value, names: Names) -> str:
    if isinstance(value, p.OneOf | p.NotIn):
        besides = "annat än " if isinstance(value, p.NotIn) else ""
        joined = either if isinstance(value, p.OneOf) else listed
        return ("" if isinstance(value, p.NotIn) else besides) + joined(map(names.value, value.texts))
    if isinstance(value, p.Compare):
        of = f" av {names.attribute(value.of)}" if value.of else ""
        how = ("mer än" if value.at_least else "mindre än") if value.strict else "minst" if value.at_least else "högst"
        return f"{how} {value.bound}{of}"
    if isinstance(value, p.Length):
        length = f"{value.months // 12} år" if value.months % 12 == 0 else f"{value.months} månader"
        return f"{'minst ' if value.at_least else ''}{length} efter {names.attribute(value.since)}"
    if isinstance(value, p.Met):
        return names.clause(value.clause)
    if isinstance(value, p.Refers):
        return act_of(value.pattern, names).has_happened
    if isinstance(value, p.Same):
        return f"samma {names.attribute(value.attribute or '')}"
    return PLAIN[type(value)]


def either(words: Iterable[str]) -> str:
    """Alternatives in running text: `bud, e-post eller brev`."""
    return _series(words, "eller")


def listed(words: Iterable[str]) -> str:
    """Words as a list in running text: `mål, syfte och tid`."""
    return _series(words, "och")


def _series(words: Iterable[str], last: str) -> str:
    texts = list(dict.fromkeys(words))
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def _joined(*parts: str) -> str:
    return " ".join(_some(parts))


def _some(parts: Iterable[str]) -> Iterator[str]:
    return (part for part in parts if part)
