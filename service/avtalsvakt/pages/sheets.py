"""Forms as values: what is asked about each act, with what is known filled in and what can be chosen listed.

In come acts and what an agreement speaks of, out come steps with fields. Pure; nothing is drawn here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.answers.acts import Act, FromStep
from avtalsvakt.answers.agreement_facts import AgreementFacts
from avtalsvakt.recording.vocabulary_in_use import VocabularyInUse, vocabulary_in_use
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import Names, names_of
from avtalsvakt_engine.intake.fact_checks import ATTESTATION
from avtalsvakt_engine.intake.said_days import iso_day
from avtalsvakt_rules.vocabulary import OCCASION, RECORDS, Kind

STEP = "steg:"
"""How a field says that it holds the id of another step of the same form: `steg:1`."""
BODIES = ("body", "from_body", "to_body", "forum")
PAPERS = ("document", "annex")
ACTORS = ("chair", "by", "from", "to", "to_role", "role", "organisation", "leads", "revised_by", "sent_by", "mandate")
"""Attributes that name functions, organisations or parties, for which those known are offered."""
SHOWN, PICKED = 4, 60
DAY_HINT, MANY_HINT = "hint.day", "hint.several"


class Field(Struct, frozen=True):
    """One thing that is asked.

    `form` is `day`, `text`, `long`, `several` (one a line), `choice`, `yes_no` or `kept` (shown and not changed).
    `was` is what the record says now, in a correction; `hint` and `wrong` are told beside it.
    """

    name: str
    attribute: str
    label: str
    form: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    offered: tuple[str, ...] = ()
    needed: bool = False
    said: str = ""
    hint: str = ""
    wrong: str = ""
    was: str | None = None


class Step(Struct, frozen=True):
    """One act and what is asked about it; `more` is folded. `skippable`: left without a day, it has not been done."""

    number: int
    act: Act
    fields: tuple[Field, ...]
    more: tuple[Field, ...] = ()
    skippable: bool = False

    @property
    def every(self) -> tuple[Field, ...]:
        """All its fields."""
        return (*self.fields, *self.more)


class Choices(Struct, frozen=True):
    """What can be chosen in one agreement."""

    known: AgreementFacts

    @property
    def in_use(self) -> VocabularyInUse:
        """What the agreement and the texts over it speak of."""
        return vocabulary_in_use(self.known.rulebook, self.known.instrument, self.known.vocabulary)

    @property
    def names(self) -> Names:
        """What ids are called here."""
        one = self.known.instrument
        return names_of(*reversed(self.known.rulebook.chain(one)), one)

    def actors(self) -> tuple[str, ...]:
        """Parties and functions that the agreement knows, then those of the field."""
        one = self.known.instrument
        asked = sorted({verdict.attest for verdict in self.known.verdicts if verdict.attest})
        usual = (name for name in self.known.vocabulary.functions if name not in self.known.vocabulary.bodies)
        return tuple(dict.fromkeys((*one.parties, *asked, *usual)))

    def facts(self) -> tuple[tuple[str, str], ...]:
        """The latest registrations, to refer to."""
        names = self.names
        latest = sorted(self.known.facts, key=lambda one: (one.date, one.arrival), reverse=True)
        return tuple((one.id, fact_words(one, names)) for one in latest[:PICKED])


def steps_of(acts: Sequence[Act], choices: Choices) -> tuple[Step, ...]:
    """A step for each act; several are a chain, of which each may be left for later."""
    in_use, names = choices.in_use, choices.names
    return tuple(
        _step(number, act, choices, in_use, names, chain=len(acts) > 1) for number, act in enumerate(acts, start=1)
    )


def filled(steps: Sequence[Step], given: Mapping[str, str], wrong: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps with what somebody has typed, and what is wrong beside the field that it is about."""

    def one(field: Field) -> Field:
        value, was = given.get(field.name, field.value), given.get(f"was.{field.name}", field.was)
        return replace(field, value=value, was=was, wrong=wrong.get(field.name, ""))

    return tuple(replace(step, fields=tuple(map(one, step.fields)), more=tuple(map(one, step.more))) for step in steps)


def settled(steps: Sequence[Step], today: date) -> tuple[Step, ...]:
    """The steps with days as the register writes them, however they were typed (`10 dec`)."""

    def one(field: Field) -> Field:
        return replace(field, value=iso_day(field.value, today)) if field.form == "day" else field

    return tuple(replace(step, fields=tuple(map(one, step.fields)), more=tuple(map(one, step.more))) for step in steps)


def _step(number: int, act: Act, choices: Choices, in_use: VocabularyInUse, names: Names, *, chain: bool) -> Step:
    kind = choices.known.vocabulary.kinds.get(act.kind)
    if kind is None:
        return Step(number, act, ())
    making = _Making(number, act, kind, choices, in_use, names)
    known = [name for name in dict.fromkeys((*act.attributes, *act.missing)) if name != "date"]
    if act.verb == "correct" or act.kind in RECORDS:
        fields = [making.field(name) for name in dict.fromkeys((*act.attributes, *act.missing)) if name != "reason"]
        if act.verb == "correct":
            fields = [
                replace(one, was=one.value if one.attribute in act.attributes else "", form=_open(one))
                for one in fields
            ]
        return Step(number, act, (*fields, replace(making.field("reason"), needed=True)))
    asked = [name for name in in_use.attributes_of(kind) if name not in known]
    needed = [name for name in asked if name in kind.requires]
    rest = [name for name in asked if name not in kind.requires]
    if act.kind == ATTESTATION and "statement" in known:
        about = [making.field(name) for name in known if name != "statement"]
        return Step(number, act, (making.field("statement"),), (making.day(skippable=chain), *about), skippable=chain)
    shown = [] if known else rest[:SHOWN]
    first = (making.day(skippable=chain), *map(making.field, (*known, *needed, *shown)))
    return Step(number, act, first, tuple(making.field(name) for name in rest if name not in shown), skippable=chain)


class _Making(Struct, frozen=True):
    """The fields of one step in the making."""

    number: int
    act: Act
    kind: Kind
    choices: Choices
    in_use: VocabularyInUse
    names: Names

    def day(self, *, skippable: bool) -> Field:
        """The day on which it was done; one that lies ahead is proposed and not filled in, for it has not been done."""
        day, today = self.act.day, self.choices.known.as_of
        proposed = day is not None and (day <= today or self.kind.ahead)
        value = day.isoformat() if day and proposed and (not skippable or self.kind.id == ATTESTATION) else ""
        return Field(f"{self.number}.date", "date", "", "day", value, needed=not skippable, hint=DAY_HINT)

    def field(self, name: str) -> Field:
        """The field of an attribute, with what is known of it."""
        value = self.act.attributes.get(name)
        number = f"{self.number}.{name}"
        needed = name in self.act.missing or name in self.kind.requires or name == "statement"
        blank = Field(number, name, self._label(name), "text", _text(value), needed=needed)
        if isinstance(value, tuple):
            return replace(blank, form="several", hint=MANY_HINT)
        if isinstance(value, FromStep) or self._is_known_reference(name):
            return replace(blank, form="kept", said=self._said(value))
        return self._offering(blank, name)

    def _offering(self, blank: Field, name: str) -> Field:
        """The field with what can be chosen, as far as anything can."""
        vocabulary = self.choices.known.vocabulary
        expected = vocabulary.expected(self.kind.id, name)
        if name == "statement" or name in vocabulary.yes_no:
            return replace(blank, form="yes_no", value="" if name == "statement" else blank.value)
        if name in ("clause", "period") and blank.value:
            return replace(blank, form="kept", said=blank.value)
        if name == "date" or name in self.kind.days or name.endswith("_date"):
            return replace(blank, form="day", hint=DAY_HINT)
        if name in (*BODIES, *PAPERS):
            return replace(blank, form="choice", choices=_with(self._listed(name), blank.value, self.names))
        if name in self.kind.refers and (name != OCCASION or name in self.act.missing):
            return replace(blank, form="choice", choices=self.choices.facts())
        if name == "reason":
            return replace(blank, form="long")
        if expected is not None:
            return replace(blank, form="choice", choices=_with(self._usual(name, expected), blank.value, self.names))
        return replace(blank, offered=self.choices.actors() if name in ACTORS else self._suggested(name))

    def _suggested(self, name: str) -> tuple[str, ...]:
        """What people usually write, and nothing that the agreement's rules would not accept."""
        return self.in_use.values.get((self.kind.id, name), ())

    def _listed(self, name: str) -> tuple[tuple[str, str], ...]:
        """The bodies, or the documents, that the agreement speaks of."""
        if name in PAPERS:
            return tuple((paper, paper) for paper in self.in_use.documents)
        return tuple((body, label.split(" (")[0]) for body, label in self.in_use.bodies.items())

    def _usual(self, name: str, expected: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The usual values with what they are called; of all bodies only those that the agreement speaks of."""
        bodies = self.choices.known.vocabulary.bodies
        every = dict.fromkeys((*(one for one in expected if one not in bodies), *self.in_use.bodies))
        mixed = name in self.choices.known.vocabulary.body_values
        return tuple((one, self.names.value(one).split(" (")[0]) for one in (every if mixed else expected))

    def _label(self, name: str) -> str:
        label = self.choices.known.vocabulary.labels.get(name, name.replace("_", " "))
        return label[:1].upper() + label[1:]

    def _is_known_reference(self, name: str) -> bool:
        value = self.act.attributes.get(name)
        return isinstance(value, str) and (name == "target" or self.choices.known.index.get(value) is not None)

    def _said(self, value: object) -> str:
        if isinstance(value, FromStep):
            return f"{STEP}{value.number}"
        fact = self.choices.known.index.get(str(value))
        return fact_words(fact, self.names) if fact else str(value)


def _open(field: Field) -> str:
    """How a field is asked in a correction, where everything may be changed."""
    return "text" if field.form == "kept" else field.form


def _with(choices: Iterable[tuple[str, str]], value: str, names: Names) -> tuple[tuple[str, str], ...]:
    """The choices, and what is known already, if it is not among them."""
    found = dict(choices)
    return tuple({**found, **({value: names.value(value)} if value and value not in found else {})}.items())


def _text(value: object) -> str:
    if isinstance(value, FromStep):
        return f"{STEP}{value.number}"
    return "\n".join(value) if isinstance(value, tuple) else str(value or "")


def references(step: Step) -> Iterator[int]:
    """The numbers of the steps whose ids a step holds."""
    for field in step.every:
        if (number := step_meant(field.value)) is not None:
            yield number


def step_meant(text: str) -> int | None:
    """The number of the step whose id a field holds; None where it holds something else."""
    number = text.removeprefix(STEP)
    return int(number) if number != text and re.fullmatch(r"[0-9]{1,4}", number) else None
