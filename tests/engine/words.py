"""Every label with all its forms, and every sentence made for the built-in rules: two files for a person to read.

`python -m tests.engine.words` writes the files in golden/ anew; a person then reads the difference.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap

from avtalsvakt_engine.explaining import clause_words, labels, reading_labels, time_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.rulesets.labels import RULE_LABELS
from avtalsvakt_rules.rulebook import load_rulebook
from avtalsvakt_rules.texts.word_forms import Noun
from avtalsvakt_rules.vocabulary import load

GOLDEN = Path(__file__).parent / "golden"
WIDTH = 118
CODES = {
    "statusar": labels.STATUSES, "statusar, flera": labels.SEVERAL, "så binder en klausul": labels.MODALITIES,
    "så binder en klausul, i en mening": labels.NORMS, "avtalets tillstånd": labels.STATES,
    "varför något inte räknas": labels.REASONS, "att notera": labels.FLAGS, "överträdelser": labels.VIOLATION_STATES,
    "ord som förklaras": labels.TERMS, "varför en skyldighet föll bort": labels.WITHDRAWALS, "nivåer": labels.LEVELS,
    "redovisning": labels.CLASSES, "ur filens huvud": labels.FILE_KEYS, "delar av en klausul": labels.ELEMENTS,
    "brister i texterna": labels.DISCREPANCIES, "perioder": time_words.PERIODS,
    "delar av året": time_words.WINDOW_WORDS, "för var och en": clause_words.PER, "regler": RULE_LABELS,
}  # fmt: skip
"""The tables of codes that have one form each (or two, listed apart)."""

FORMS = {"one": "en", "the": "den", "many": "flera", "each": "varje", "does": "sker", "has": "har skett", "by": "genom"}
"""What the forms are called in the list."""
VALUES = {"else": "annars", "same": "samma", "both": "båda", "next": "nästa", "met": "gjort", "not_in": "utom",
          "alternating": "växlar"}  # fmt: skip


def label_lines() -> Iterator[str]:
    """Every label: of kinds, attributes, bodies and things with their forms, of codes and readings."""
    vocabulary = load()
    yield "# Händelser"
    for name in sorted({*vocabulary.kinds, *vocabulary.words.kinds}):
        words = names_of().kind_words(name)
        yield f"{name}: {names_of().kind(name)}"
        yield from _forms({key: text for key, text in words.forms.items() if text})
        yield from _templates("    intill ", words.near)
        yield from _templates("    efter  ", words.after)
    yield "\n# Fält"
    for name, label in sorted(vocabulary.labels.items()):
        yield f"{name}: {label}"
        yield from _templates("    ", {name: vocabulary.words.attributes.get(name, {})})
        if name in vocabulary.words.contents:
            yield f"    innehåll: {vocabulary.words.contents[name]} …"
    yield "\n# Organ, handlingar och andra ord"
    for name, noun in sorted(vocabulary.words.things.items()):
        yield f"{name}: {vocabulary.bodies[name]}" if name in vocabulary.bodies else name
        yield from _forms(_noun(noun))
    for heading, table in CODES.items():
        yield f"\n# {heading[0].upper()}{heading[1:]}"
        yield from (f"{code}: {text}" for code, text in table.items())
    yield "\n# Läsningar"
    for code, (question, choices) in reading_labels.READINGS.items():
        yield f"{code}: {question}"
        yield from (f"    {choice}: {text}" for choice, text in choices.items())


def _noun(noun: Noun) -> Mapping[str, str]:
    forms = {"one": noun.one, "the": noun.the, "many": noun.many, "by": noun.by}
    return {name: text for name, text in forms.items() if text}


def _forms(forms: Mapping[str, str]) -> Iterator[str]:
    yield "    " + " · ".join(f"{FORMS[name]}: {text}" for name, text in forms.items())


def _templates(indent: str, templates: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, texts in templates.items():
        yield from (f"{indent}{name}, {VALUES.get(value, value)}: {text or '–'}" for value, text in texts.items())


def sentence_lines() -> Iterator[str]:
    """For every computed clause of the built-in rules: when, what, given what, with what effect."""
    for instrument in load_rulebook().instruments.values():
        names = names_of(instrument)
        computed = [(name, clause) for name, clause in instrument.clauses.items() if clause.judged]
        if computed:
            yield f"\n# {instrument.instrument}"
        for name, clause in computed:
            yield name
            yield from _wrapped("när", clause_words.when_words(clause, names))
            if clause.attest is None:
                yield from _wrapped("vad", clause_words.evidence_words(clause, names))
            for word, conditions in (("om", clause.given), ("utom om", clause.unless)):
                for one in conditions:
                    yield from _wrapped(word, clause_words.condition_words(one, names))
            if effect := clause_words.effect_words(clause, names):
                yield from _wrapped("verkan", effect)


def _wrapped(word: str, text: str) -> list[str]:
    return wrap(f"{word}: {text}", WIDTH, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)


def golden() -> Mapping[str, str]:
    """The files by name."""
    made = {"labels.txt": label_lines(), "sentences.txt": sentence_lines()}
    return {name: "\n".join(lines).lstrip() + "\n" for name, lines in made.items()}


if __name__ == "__main__":
    for name, content in golden().items():
        (GOLDEN / name).write_text(content, encoding="utf-8")
