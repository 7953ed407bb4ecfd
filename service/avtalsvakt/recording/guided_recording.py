"""Recording step by step: questions a person can answer without knowing any name, one after the other.

In come rules, what has been recorded, and the ways to talk to a person; out comes a line for `recording.record`. What
was answered is offered again if the line turns out to be wrong.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from avtalsvakt.recording.vocabulary_in_use import VocabularyInUse, vocabulary_in_use
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.said_days import iso_day
from avtalsvakt_engine.intake.said_names import same
from avtalsvakt_rules.rulebook import Rulebook
from avtalsvakt_rules.vocabulary import RECORDS, Kind, Vocabulary

Line = dict[str, object]
LATEST = 9
"""How many registrations are listed where one has to be named, the latest first."""

OTHER = "något annat"


class Person(Struct, frozen=True):
    """How to reach somebody: ask for a text (with what is offered), and tell a line."""

    ask: Callable[[str, str], str]
    tell: Callable[[str], None]


class Offers(Struct, frozen=True):
    """What can be chosen from: the agreement's own names, the vocabulary, its functions, its registrations."""

    names: VocabularyInUse
    vocabulary: Vocabulary
    functions: Sequence[str] = ()
    recorded: Sequence[Fact] = ()

    def choices(self, kind: Kind, name: str) -> tuple[Mapping[str, str], bool]:
        """What a field may be, by what it is called, and whether it may be something else; nothing: any text."""
        if name == "body":
            return self.names.bodies, False
        if name in self.vocabulary.yes_no:
            return {"ja": "ja", "nej": "nej"}, False
        if name in kind.refers:
            return {one.id: fact_words(one, names_of()) for one in self.recorded[:LATEST]}, True
        if name == "document":
            return _by_itself(self.names.documents), True
        if name in ("by", "function") and self.functions:
            return _by_itself(self.functions), True
        usual = self.names.values.get((kind.id, name)) or self.vocabulary.expected(kind.id, name)
        return {one: names_of().value(one) for one in usual or ()}, True


def guide(
    rulebook: Rulebook,
    vocabulary: Vocabulary,
    today: date,
    person: Person,
    before: Mapping[str, object] | None = None,
    recorded: Iterable[Fact] = (),
) -> Line:
    """The line that the answers make. `before`: earlier answers, offered again; `recorded`: what can be referred to."""
    offered = {name: _joined(value) for name, value in (before or {}).items()}
    agreements = {name: one.title for name, one in rulebook.instruments.items()}
    agreement = _choose("Vilket avtal gäller det?", agreements, offered.get("agreement", ""), person)
    names = vocabulary_in_use(rulebook, rulebook.instruments[agreement], vocabulary)
    kinds = {kind.id: names_of().kind(kind.id) for kind in (names.kinds or tuple(vocabulary.kinds.values()))}
    kind = vocabulary.kinds[_choose("Vad har hänt?", kinds, offered.get("kind", ""), person)]
    day = person.ask("Vilken dag?", offered.get("date", today.isoformat()))
    line: Line = {"kind": kind.id, "agreement": agreement, "date": iso_day(day, today)}
    own = sorted((one for one in recorded if one.agreement == agreement and one.kind not in RECORDS),
                 key=lambda one: (one.date, one.arrival), reverse=True)  # fmt: skip
    offers = Offers(names, vocabulary, functions_of(rulebook, agreement), own)
    return line | _attributes(kind, offers, offered, person)


def functions_of(rulebook: Rulebook, agreement: str) -> list[str]:
    """The functions that the agreement, or what binds it, asks something."""
    one = rulebook.instruments[agreement]
    asked = (clause.attest for part in (one, *rulebook.chain(one)) for clause in part.clauses.values())
    return sorted({name for name in asked if name})


def _attributes(kind: Kind, offers: Offers, offered: Mapping[str, str], person: Person) -> Line:
    """What there is to say of the fact; what is required is asked until it is answered."""
    answers: Line = {}
    for name in offers.names.attributes_of(kind):
        label, needed = offers.vocabulary.labels.get(name, name).capitalize(), name in kind.requires
        before = offered.get(name, "")
        hint = "" if needed else " (tomt om det inte är känt)"
        choices, open_ = offers.choices(kind, name)
        if choices:
            choice = _choose(f"{label}{hint}?", choices, before, person, needed=needed, open_=open_)
        else:
            choice = _answer(f"{label}{hint}?", before, person, needed=needed)
        if choice:
            answers[name] = choice.split("|") if "|" in choice else choice
    return answers


def _answer(question: str, before: str, person: Person, *, needed: bool) -> str:
    while True:
        answer = person.ask(question, before).strip()
        if answer or not needed:
            return answer
        person.tell("Det behövs ett svar.")


def _choose(
    question: str, choices: Mapping[str, str], before: str, person: Person, *, needed: bool = True, open_: bool = False
) -> str:  # fmt: skip
    """One of the choices, by its number or its name, however it is written; where it is open, any other text too."""
    listed: Sequence[str] = list(choices)
    person.tell(question)
    for number, name in enumerate(listed, start=1):
        person.tell(f"  {number}. {choices[name]}")
    asked = f"Nummer, eller {OTHER}" if open_ else "Nummer"
    offered = str(listed.index(before) + 1) if before in choices else before if open_ else ""
    while True:
        answer = person.ask(asked, offered).strip()
        if not answer and not needed:
            return ""
        if answer.isdecimal() and 1 <= int(answer) <= len(listed):
            return listed[int(answer) - 1]
        near = [name for name in listed if answer and same(answer) in (same(name), same(choices[name]))]
        if len(near) == 1:
            return near[0]
        if open_ and answer:
            return answer
        person.tell(f"Skriv ett nummer från 1 till {len(listed)}.")


def _by_itself(texts: Iterable[str]) -> Mapping[str, str]:
    return {one: one for one in texts}


def _joined(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
