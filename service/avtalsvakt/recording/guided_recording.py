"""Recording step by step: questions a person can answer without knowing any name, one after the other.

In come rules and three ways to talk to a person, out comes a line for `recording.record`. What was answered is offered
again if the line turns out to be wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from avtalsvakt.recording.vocabulary_in_use import VocabularyInUse, vocabulary_in_use
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import Kind, Vocabulary

Line = dict[str, object]
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Person:
    """How to reach somebody: ask for a text (with what is offered), and tell a line."""

    ask: Callable[[str, str], str]
    tell: Callable[[str], None]


def guide(
    rulebook: Rulebook, vocabulary: Vocabulary, today: date, person: Person, before: Mapping[str, object] | None = None
) -> Line:
    """The line that the answers make. `before`: earlier answers, offered again."""
    offered = {name: str(value) for name, value in (before or {}).items()}
    agreements = {name: one.title for name, one in rulebook.instruments.items()}
    agreement = _choose("Vilket avtal gäller det?", agreements, offered.get("agreement", ""), person)
    names = vocabulary_in_use(rulebook, rulebook.instruments[agreement], vocabulary)
    kinds = {kind.id: names_of().kind(kind.id) for kind in (names.kinds or tuple(vocabulary.kinds.values()))}
    kind = vocabulary.kinds[_choose("Vad har hänt?", kinds, offered.get("kind", ""), person)]
    day = person.ask("Vilken dag (år-månad-dag)?", offered.get("date", today.isoformat()))
    line: Line = {"kind": kind.id, "agreement": agreement, "date": day}
    return line | _attributes(kind, names, vocabulary, offered, person)


def _attributes(
    kind: Kind, names: VocabularyInUse, vocabulary: Vocabulary, offered: Mapping[str, str], person: Person
) -> Line:
    """What there is to say of the fact; what is required is asked until it is answered."""
    answers: Line = {}
    for name in names.attributes_of(kind):
        label, needed = vocabulary.labels.get(name, name).capitalize(), name in kind.requires
        before = offered.get(name, "")
        if name == "body" and names.bodies:
            choice = _choose(f"{label}?", names.bodies, before, person, needed=needed)
        else:
            if offered_here := names.values.get((kind.id, name)):
                person.tell(
                    f"  Till exempel {', '.join(offered_here[:SHOWN])}{' …' if len(offered_here) > SHOWN else ''}"
                )
            choice = _answer(
                f"{label}{'' if needed else ' (tomt om det inte är känt)'}?", before, person, needed=needed
            )
        if choice:
            answers[name] = choice.split("|") if "|" in choice else choice
    return answers


def _answer(question: str, before: str, person: Person, *, needed: bool) -> str:
    while True:
        answer = person.ask(question, before).strip()
        if answer or not needed:
            return answer
        person.tell("Det behövs ett svar.")


def _choose(question: str, choices: Mapping[str, str], before: str, person: Person, *, needed: bool = True) -> str:
    """One of the choices, by its number, its name or its beginning."""
    listed: Sequence[str] = list(choices)
    person.tell(question)
    for number, name in enumerate(listed, start=1):
        person.tell(f"  {number}. {choices[name]}")
    while True:
        answer = person.ask("Nummer", str(listed.index(before) + 1) if before in choices else "").strip()
        if not answer and not needed:
            return ""
        if answer.isdigit() and 1 <= int(answer) <= len(listed):
            return listed[int(answer) - 1]
        near = [name for name in listed if answer and answer.casefold() in (name.casefold(), choices[name].casefold())]
        if len(near) == 1:
            return near[0]
        person.tell(f"Skriv ett nummer från 1 till {len(listed)}.")
