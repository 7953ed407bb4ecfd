"""Words that can be read and mean nothing: an id nobody has, two norms at odds, a share of nothing, a taken name."""

import difflib
from collections.abc import Iterator

from avtalsvakt_rules.language import Clause, Instrument
from avtalsvakt_rules.patterns import ITSELF, Compare, OneOf, Pattern
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.source import Source
from avtalsvakt_rules.vocabulary import Vocabulary

Said = tuple[str, str, str, str]
DUTY_NORMS = ("shall", "should", "may", "shall_not")
EVERY_FACT = frozenset({"id", "kind", "agreement", "date", "precision", "recorded", "recorder"})
"""What every record has before any attribute of its kind."""
RELATIONS = ("same", "next", "alternating", "both")


def check_words(clause: Clause, vocabulary: Vocabulary) -> Iterator[Said]:
    """What is wrong with the words of one clause: key, what, why, remedy."""
    norms = [norm for norm in clause.norm if norm in DUTY_NORMS]
    if len(norms) > 1:
        why = "en klausul kan inte vara både det ena och det andra"
        yield "norm", f"{' och '.join(norms)} går inte ihop", why, "dela den i två klausuler"
    for pattern in clause.patterns:
        key = "what" if pattern in clause.what or any(one.kind == ITSELF for one in clause.what) else "when"
        yield from _ids(key, pattern, vocabulary)
        yield from _shares(key, pattern)


def _ids(key: str, pattern: Pattern, vocabulary: Vocabulary) -> Iterator[Said]:
    """Texts where a reference to another record should stand."""
    kind = vocabulary.kinds.get(pattern.kind)
    for name, value in pattern.values:
        if kind is None or name not in kind.refers or not isinstance(value, OneOf):
            continue
        for text in value.texts:
            why = f"{name} hänvisar till en annan registrering, och ingen har den beteckningen"
            near = difflib.get_close_matches(text, RELATIONS, 1, 0.6)
            remedy = f"menade du {near[0]}?" if near else "skriv same, eller ett mönster som {decision_made: {}}"
            yield key, f"'{text}' kan aldrig stå i {name}", why, remedy


def _shares(key: str, pattern: Pattern) -> Iterator[Said]:
    for name, value in pattern.values:
        if isinstance(value, Compare) and value.of is None and value.bound.denominator != 1:
            why = f"{value.bound} är en andel, och det sägs inte av vad"
            remedy = f"lägg till of: {{at_least: {value.bound}, of: attributet}}"
            yield key, f"{name} jämförs med en andel av ingenting", why, remedy


def check_own_facts(source: Source, instrument: Instrument) -> Iterator[Problem]:
    """Attributes of the file's own kinds that every record has already."""
    for kind, attributes in instrument.facts.items():
        for taken in sorted(EVERY_FACT & set(attributes)):
            what = f"faktatypen {kind}: '{taken}' kan inte vara ett attribut"
            where = source.where(("facts", kind))
            yield Problem(
                what, where, "varje registrering har det redan", f"stryk {taken}, eller kalla det något annat"
            )
