"""The page of readings: where texts can be read in several ways, the choices, and the clauses that hang on each."""

from collections import defaultdict
from collections.abc import Iterator

from avtalsvakt.answers.reading_register import Choice, Question, questions
from avtalsvakt.authoring.reference.markdown import by_text, code, linked, table
from avtalsvakt_engine.explaining.reading_labels import READINGS
from avtalsvakt_engine.explaining.reading_sentences import SENTENCES
from avtalsvakt_rules.rulebook import Rulebook

INTRODUCTION = (
    "En läsning väljs för hela körningen med `--reading KOD=VAL`, för ett avtal eller en klausul under `readings` i "
    "regelfilen. [Regelspråket](../regelspraket.md#läsningar) säger hur."
)
BY = {"program": "ja", "clauses": "ja, genom klausulerna", None: "nej"}


def page(rulebook: Rulebook) -> tuple[str, str]:
    """The title and the text of the page."""
    found = questions(rulebook)
    overview = table(("läsning", "fråga"), ((linked(one.code, ""), _sentences(one)[0]) for one in found))
    parts = ["\n\n".join(_part(one)) for one in found]
    return "Läsningar", "\n\n".join((INTRODUCTION, overview, *parts)) + "\n"


def _sentences(one: Question) -> tuple[str, str]:
    return SENTENCES.get(one.code, (one.code, ""))


def _part(one: Question) -> Iterator[str]:
    question, reason = _sentences(one)
    yield f"## {one.code}"
    yield question
    yield table(("val", "betyder", "går att välja"), (_row(one, choice) for choice in one.choices))
    yield f"Förval: {code(one.default)}. {reason}"
    clauses: dict[str, list[str]] = defaultdict(list)
    for key in one.clauses:
        text, _, name = key.partition(".")
        clauses[text].append(name)
    yield f"Hänger på den\n\n{by_text(clauses)}" if clauses else "Ingen klausul hänger på den."


def _row(one: Question, choice: Choice) -> tuple[str, str, str]:
    words = READINGS.get(one.code, ("", {}))[1].get(choice.name, choice.name)
    refused = f": {choice.refused.why}" if choice.refused else ""
    return code(choice.name), words, BY[choice.by] + refused
