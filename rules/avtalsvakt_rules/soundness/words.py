"""Words that can be read and mean nothing: an id nobody has, norms at odds, a share of nothing, no attribute."""

import difflib
from collections.abc import Iterator

from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import held_kind
from avtalsvakt_rules.language.patterns import ITSELF, Compare, Length, OneOf, Pattern, Same
from avtalsvakt_rules.vocabulary import Kind, Vocabulary

Said = tuple[str, str, str, str]
DUTY_NORMS = ("shall", "should", "may", "shall_not")
ALONE = ("states", "defines", "deemed")
RELATIONS = ("same", "next", "alternating", "both")
SWEDISH = {
    "samma": "same", "samme": "same", "detsamma": "same", "nästa": "next", "kommande": "next", "båda": "both",
    "bägge": "both", "växlande": "alternating", "omväxlande": "alternating", "turas": "alternating",
}  # fmt: skip
"""What people write for the four words of the language that are English."""


def check_words(clause: Clause, vocabulary: Vocabulary) -> Iterator[Said]:
    """What is wrong with the words of one clause: key, what, why, remedy."""
    yield from _norms(clause)
    for pattern in clause.patterns:
        key = "what" if pattern in clause.what or any(one.kind == ITSELF for one in clause.what) else "when"
        yield from _ids(key, pattern, vocabulary)
        yield from _shares(key, pattern)
        yield from _others(key, pattern, clause, vocabulary)
    yield from _listed(clause, vocabulary)


def _norms(clause: Clause) -> Iterator[Said]:
    norms = [norm for norm in clause.norm if norm in DUTY_NORMS]
    alone = [norm for norm in clause.norm if norm in ALONE]
    if len(norms) > 1:
        why = "en klausul kan inte vara både det ena och det andra"
        yield "norm", f"{' och '.join(norms)} går inte ihop", why, "dela den i två klausuler"
    elif alone and len(clause.norm) > 1:
        why = f"{alone[0]} står alltid ensamt"
        yield "norm", f"{' och '.join(clause.norm)} går inte ihop", why, "dela den i två klausuler"


def near(text: str) -> str | None:
    """The word of the language that a text is a slip for; None where it is none."""
    if text.casefold() in SWEDISH:
        return SWEDISH[text.casefold()]
    for word in RELATIONS:
        if text != word and (text.casefold() == word or sorted(text.casefold()) == sorted(word)):
            return word
    found = difflib.get_close_matches(text.casefold(), RELATIONS, 1, 0.8)
    return found[0] if found and text not in RELATIONS else None


def slips(clause: Clause, vocabulary: Vocabulary) -> Iterator[tuple[str, Said]]:
    """Values, with what is said of them, that are nearly a word of the language and no usual value: worth a look."""
    for pattern in clause.patterns:
        kind = vocabulary.kinds.get(pattern.kind)
        for name, value in pattern.values:
            refers = kind is not None and name in kind.refers
            for text in value.texts if isinstance(value, OneOf) and not refers else ():
                usual = vocabulary.expected(pattern.kind, name) if kind else None
                if (word := near(text)) and text not in (usual or ()):
                    why = f"'{text}' läses som det värde som registreringen ska ha i {name}"
                    said = f"'{text}' är inget ord i språket"
                    yield text, (_key(clause, pattern), said, why, f"menade du {word}?")


def _key(clause: Clause, pattern: Pattern) -> str:
    conditions = {"given": clause.given, "unless": clause.unless}
    for key, listed in conditions.items():
        if any(one.pattern and pattern in one.pattern.parts() for one in listed):
            return key
    inside = any(pattern in one.parts() for one in clause.what)
    return "what" if inside or any(one.kind == ITSELF for one in clause.what) else "when"


def _ids(key: str, pattern: Pattern, vocabulary: Vocabulary) -> Iterator[Said]:
    """Texts where a reference to another record should stand."""
    kind = vocabulary.kinds.get(pattern.kind)
    for name, value in pattern.values:
        if kind is None or name not in kind.refers or not isinstance(value, OneOf):
            continue
        for text in value.texts:
            why = f"{name} hänvisar till en annan registrering, och ingen har den beteckningen"
            word = near(text) or next(iter(difflib.get_close_matches(text, RELATIONS, 1, 0.6)), None)
            remedy = f"menade du {word}?" if word else "skriv same, eller ett mönster som {decision_made: {}}"
            yield key, f"'{text}' kan aldrig stå i {name}", why, remedy


def _shares(key: str, pattern: Pattern) -> Iterator[Said]:
    for name, value in pattern.values:
        if not isinstance(value, Compare):
            continue
        if value.of is None and value.bound.denominator != 1:
            why = f"{value.bound} är en andel, och det sägs inte av vad"
            remedy = f"lägg till of: {{at_least: {value.bound}, of: attributet}}"
            yield key, f"{name} jämförs med en andel av ingenting", why, remedy
        elif value.of is not None and value.at_least and (value.bound > 1 or (value.strict and value.bound == 1)):
            why = f"{value.bound} är mer än allt i {value.of}"
            yield key, f"{name} kan aldrig bli så stort", why, "skriv en andel, t.ex. 3/4"
        elif value.strict and not value.at_least and value.bound == 0:
            why = "inget tal i en registrering är mindre än noll"
            yield key, f"{name} kan aldrig bli så litet", why, "skriv {at_most: 0}"
        elif value.of == name:
            why = f"{name} jämförs med sig självt"
            yield key, f"{name} jämförs med sig självt", why, "skriv attributet för det hela i of"


def _others(key: str, pattern: Pattern, clause: Clause, vocabulary: Vocabulary) -> Iterator[Said]:
    """Attributes named inside a value that no record there can have."""
    own = _kinds([pattern.kind], vocabulary)
    events = clause.when.events if clause.when and clause.when.form == "event" else ()
    theirs = _kinds([held_kind(event.kind, vocabulary.movable) for event in events], vocabulary)
    for _, value in pattern.values:
        if isinstance(value, Compare) and value.of is not None:
            yield from _unknown(key, value.of, "of", own)
        elif isinstance(value, Length):
            yield from _unknown(key, value.since, "from", own)
        elif isinstance(value, Same) and value.attribute is not None and clause.per is None:
            yield from _unknown(key, value.attribute, "same", theirs)


def _listed(clause: Clause, vocabulary: Vocabulary) -> Iterator[Said]:
    """Attributes of parts that no record of the evidence can have."""
    events = clause.when.events if clause.when else ()
    itself = bool(clause.what) and clause.what[0].kind == ITSELF
    kinds = _kinds([one.kind for one in (events if itself else clause.what)], vocabulary)
    for name in dict.fromkeys(name for part in clause.including for name in part):
        yield from _unknown("including", name, "including", kinds)


def _kinds(names: list[str], vocabulary: Vocabulary) -> list[Kind]:
    return [vocabulary.kinds[name] for name in names if name in vocabulary.kinds]


def _unknown(key: str, name: str, word: str, kinds: list[Kind]) -> Iterator[Said]:
    if not kinds or any(kind.allows(name) for kind in kinds):
        return
    known = sorted({one for kind in kinds for one in kind.attributes})
    found = difflib.get_close_matches(name, known, 1)
    why = f"{kinds[0].id} har inget sådant attribut, så ingen registrering kan visa det"
    remedy = (
        f"menade du '{found[0]}'?" if found else f"kända är {', '.join(known[:8]) or 'inga'}; lägg till det under facts"
    )
    yield key, f"attributet '{name}' i {word} finns inte", why, remedy
