"""The rule language: an instrument (agreement, statute) and its clauses, as frozen models.

A clause says what follows from it (`norm`) and answers four questions: when (when.py), what shows it (patterns.py), how
many, given what (conditions.py). Any answer goes with any other, and each becomes one field of a duty. A clause that
is not computed says what accounts for it instead: `part_of`, `given_by`, `attest`, `asked_in` or `note`.
docs/regelspraket.md tells it with examples.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, get_args

from avtalsvakt_rules.language.accounts import Part, read_parts
from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.language.conditions import Condition, Effect, read_condition, read_effect
from avtalsvakt_rules.language.countries import read_country
from avtalsvakt_rules.language.days import Day
from avtalsvakt_rules.language.head import Discrepancy, Extension, Function, Term
from avtalsvakt_rules.language.instead import variants_written_out, with_attendance, with_head_variants
from avtalsvakt_rules.language.occasions import MOVABLE, Movables
from avtalsvakt_rules.language.own_kinds import OwnKind, movable_in, read_own_kinds
from avtalsvakt_rules.language.patterns import ITSELF, Pattern, read_patterns
from avtalsvakt_rules.language.raw_values import (
    as_list,
    as_tuple,
    each_one,
    named_choices,
    number_of_days,
    only_true,
    year_start,
)
from avtalsvakt_rules.language.when import When, read_when
from avtalsvakt_rules.model import Before, Between, Model, field
from avtalsvakt_rules.problems import Misread
from avtalsvakt_rules.texts.naming import duty_title, question, short_title

NORMS = ("shall", "should", "may", "shall_not", "valid_if", "deemed", "states", "defines")
MODALITY = {
    "shall": "obligation",
    "should": "recommendation",
    "may": "power",
    "shall_not": "prohibition",
    "valid_if": "definition",
    "deemed": "definition",
    "states": "declaration",
    "defines": "definition",
}

MEETING = "meeting_held"
AGREED = "extension_agreed"
"""The kind of fact by which parties agree on a longer term, whether or not a clause lets them."""

HeadKey = Literal["term", "extended", "under", "replaces", "continues"]
Norm = Literal["shall", "should", "may", "shall_not", "valid_if", "deemed", "states", "defines"]
DOWNWARD = ("local_agreement", "municipality")  # `per` of a clause that binds each of those below its instrument
Level = Literal["agreement", "superior", "local", "bylaws", "statute", "referral", "municipality"]
LEVELS: tuple[Level, ...] = get_args(Level)
BY_PARTIES = LEVELS[:3]  # what parties agree on
Accounted = Literal["computed", "part", "attested", "asked", "given", "not_checkable"]


def _patterns(raw: object) -> object:
    return raw if isinstance(raw, tuple) else read_patterns(raw)


class Reading(Model):
    """A choice of reading with the reason for it."""

    choice: str
    because: str


class ReadingChoice(Model):
    """The readings a clause hangs on: codes, each with a choice of its own or None for the default."""

    codes: dict[str, Reading | None] = field(default_factory=dict)


def _readings(raw: object) -> object:
    if raw is None or (isinstance(raw, dict) and set(raw) <= {"codes"}):
        return raw or {}
    codes: dict[str, object] = {}
    for item in raw if isinstance(raw, list) else [raw]:
        if isinstance(item, str):
            codes[item] = None
        elif isinstance(item, dict) and "because" in item and len(item) == 2:
            [(code, choice)] = ((key, value) for key, value in item.items() if key != "because")
            codes[str(code)] = {"choice": choice, "because": item["because"]}
        else:
            raise Misread("ett annat val än förvalet ska ha ett skäl", "skriv KOD, eller {KOD: val, because: skäl}")
    return {"codes": codes}


Days = Annotated[int, Before(number_of_days)]


class Validity(Model):
    """First and last day of a version of a rule."""

    from_: date | None = field(default=None, alias="from")
    to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the version is in force on a day."""
        return (self.from_ is None or day >= self.from_) and (self.to is None or day <= self.to)

    def checked(self) -> "Validity":
        """The last day does not come before the first."""
        if self.from_ and self.to and self.to < self.from_:
            raise Misread(f"sista dagen {self.to} ligger före den första, {self.from_}", "rätta from eller to")
        return self


class Clause(Model):
    """One normative statement. docs/regelspraket.md says what each key means."""

    at: Address
    sv: str | None = None
    en: str | None = None
    act: str | None = None
    title: str | None = None
    question: str | None = None
    norm: Annotated[tuple[Norm, ...], Before(as_list)]
    who: str | None = None
    to: str | None = None
    body: str | None = None
    per: Annotated[str, Before(each_one)] | None = None
    sensitive: Annotated[bool, Before(only_true)] = field(default=False, later=True)
    when: Annotated[When, Before(read_when)] | None = None
    what: Annotated[tuple[Pattern, ...], Before(_patterns)] = ()
    at_least: Annotated[int, Between(0, 1000)] = 1
    at_most: Annotated[int, Between(0, 1000)] | None = None
    including: tuple[dict[str, str | list[str]], ...] = ()
    given: tuple[Annotated[Condition, Before(read_condition)], ...] = ()
    unless: tuple[Annotated[Condition, Before(read_condition)], ...] = ()
    effect: Annotated[Effect, Before(read_effect)] | None = None
    remind: Days | None = None
    warn: Days | None = None
    readings: Annotated[ReadingChoice, Before(_readings)] = field(default_factory=ReadingChoice)
    instead: Annotated[dict[str, dict[str, "Variant"]], Before(named_choices)] = field(default_factory=dict)
    part_of: Annotated[tuple[Part, ...], Before(read_parts)] = ()
    asked_in: Annotated[tuple[str, ...], Before(as_tuple)] = ()
    given_by: Annotated[tuple[HeadKey, ...], Before(as_tuple)] = ()
    attest: str | None = None
    note: str | None = None
    valid: Validity = field(default_factory=Validity)
    accepted: dict[str, str] = field(default_factory=dict)

    @classmethod
    def prepared(cls, raw: object) -> object:
        """What is written in short, written out."""
        if not isinstance(raw, dict):
            return raw
        out = with_attendance(raw | {key: as_list(raw[key]) for key in ("given", "unless") if key in raw})
        return out | {"instead": variants_written_out(out)} if "instead" in out else out

    def checked(self) -> "Clause":
        """A clause is accounted for in one way."""
        elsewhere = [bool(self.part_of), bool(self.asked_in), bool(self.given_by)]
        forms = [bool(self.what), *elsewhere, self.attest is not None, self.note is not None]
        if sum(forms) > 1:
            raise Misread(
                "en klausul beräknas (when, what), är en del av andra (part_of), följer av filens huvud (given_by), "
                "intygas (attest), frågas om på annat håll (asked_in) eller förklaras (note)",
                "behåll ett av dem",
            )
        if not any(forms) or (self.what and self.when is None):
            raise Misread(
                "klausulen säger inte hur den prövas",
                "skriv when och what, eller part_of, given_by, attest, asked_in eller note",
            )
        return self

    @cached_property
    def downward(self) -> bool:
        """Whether it binds those below its instrument, each by itself: local agreements, municipalities."""
        return self.per in DOWNWARD

    @cached_property
    def per_case(self) -> str | None:
        """The attribute of which each value (a site, a matter, a child) has duties of its own; None where none is."""
        return None if self.per in (None, "party", *DOWNWARD) else self.per

    @cached_property
    def judged(self) -> bool:
        """Whether the engine judges this clause: it computes, or holds the answers of a function that attests."""
        return bool(self.what)

    @cached_property
    def ends_its_term(self) -> Day | None:
        """The day on which a right of this clause, once used, ends the instrument; None where it is no such right."""
        is_right = self.judged and self.duty_norm == "may" and not self.downward
        return self.effect.ends if self.effect and is_right else None

    @cached_property
    def extends_its_term(self) -> bool:
        """Whether a right of this clause, used by something else than an agreed extension, lengthens the instrument."""
        is_right = self.judged and self.duty_norm == "may" and not self.downward and self.effect is not None
        return is_right and bool(self.effect and self.effect.extends) and bool(set(self.used_by) - {AGREED})

    @cached_property
    def renews_its_term(self) -> bool:
        """Whether the instrument is renewed by itself each time that a right of this clause has not been used."""
        is_right = self.judged and self.duty_norm == "may" and not self.downward
        return is_right and bool(self.effect and self.effect.renews)

    @property
    def used_by(self) -> tuple[str, ...]:
        """The kinds of facts by which a right of this clause is used."""
        events = self.when.events if self.when and self.what[0].kind == ITSELF else self.what
        return tuple(one.kind for one in events)

    @cached_property
    def computed(self) -> bool:
        """Whether the engine works out from other acts if the clause was followed."""
        return self.judged and self.attest is None

    @cached_property
    def duty_title(self) -> str | None:
        """What somebody does, as a sentence without a stop: `title`, else what texts/naming.py makes of `sv`, `act`."""
        return self.title or duty_title(self.sv, self.act)

    @cached_property
    def asked_as(self) -> str | None:
        """The question that a function is asked: `question`, else `sv` as one; None where nobody is asked."""
        return (self.question or question(self.sv)) if self.attest is not None else None

    @cached_property
    def accounted(self) -> Accounted:
        """What accounts for the statement: a duty or a question of its own, another clause, the head, or a reason."""
        if self.attest is not None:
            return "attested"
        found: dict[Accounted, bool] = {
            "computed": bool(self.what), "part": bool(self.part_of), "asked": bool(self.asked_in),
            "given": bool(self.given_by),
        }  # fmt: skip
        return next((account for account, is_so in found.items() if is_so), "not_checkable")

    @cached_property
    def duty_norm(self) -> str | None:
        """shall, should, may or shall_not: what a duty of this clause is; None where no duty follows."""
        return next((norm for norm in self.norm if norm in ("shall", "should", "may", "shall_not")), None)

    @cached_property
    def demands_its_form(self) -> bool:
        """Whether it is both a duty and a condition without which the act that it is about has no effect."""
        return "valid_if" in self.norm and self.duty_norm in ("shall", "should", "shall_not")

    @cached_property
    def modality(self) -> str:
        """The modality in output: a `may` that changes nothing in law is a permission, else a power."""
        norm = self.duty_norm or self.norm[0]
        return "permission" if norm == "may" and not self.what else MODALITY[norm]

    @cached_property
    def meeting_bodies(self) -> tuple[str, ...]:
        """The bodies whose meetings show the clause done."""
        values = (value for one in self.what if one.kind == MEETING for name, value in one.values if name == "body")
        return tuple(dict.fromkeys(text for value in values for text in getattr(value, "texts", ())))

    @cached_property
    def parts(self) -> frozenset[str]:
        """The attributes that tell the parts which acts must have together."""
        return frozenset(name for part in self.including for name in part)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """Every pattern of the clause, and those inside them; the occasion's own record by the occasion's kinds."""
        when = self.when
        events = when.events if when else ()
        limits = (when.from_, when.until, when.next_) if when else ()
        conditions = (one.pattern for one in (*self.given, *self.unless) if one.pattern)
        outer = [*events, *(one for one in limits if isinstance(one, Pattern)), *conditions]
        for pattern in self.what:
            outer += [Pattern(event.kind, pattern.values) for event in events] if pattern.kind == ITSELF else [pattern]
        return tuple(part for pattern in outer for part in pattern.parts())

    @cached_property
    def texts_asked_for(self) -> tuple[tuple[str, str, str], ...]:
        """Kind of fact, attribute and text of everything that the clause asks for, or leaves aside."""
        out = [
            (pattern.kind, name, text)
            for pattern in self.patterns
            for name, value in pattern.values
            for text in getattr(value, "texts", ())
        ]
        kinds = {pattern.kind for pattern in self.patterns}
        for part in self.including:
            for name, wanted in part.items():
                texts = (wanted,) if isinstance(wanted, str) else wanted
                out += [(kind, name, text) for kind in kinds for text in texts]
        return tuple(out)


class Variant(Model):
    """A clause as it is read under another choice: the whole of it, and which keys were written for that choice."""

    keys: tuple[str, ...]
    clause: Clause


class Instrument(Model):
    """One agreement, statute or other instrument, with all its clauses."""

    instrument: str
    title: str
    short_title: str | None = None
    level: Level = "agreement"
    document: str
    parties: tuple[str, ...] = ()
    municipality: str | None = None
    under: str | None = None
    replaces: str | None = None
    continues: str | None = None
    presumed: bool = False
    term: Term
    extended: tuple[Extension, ...] = ()
    annexes: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    facts: Annotated[dict[str, OwnKind], Before(read_own_kinds)] = field(default_factory=dict)
    year_starts: Annotated[str, Before(year_start)] = "01-01"
    calendar: Annotated[str, Before(read_country)] | None = None
    readings: dict[str, Reading] = field(default_factory=dict)
    instead: Annotated[dict[str, dict[str, dict[str, object]]], Before(named_choices)] = field(default_factory=dict)
    note: str | None = None
    accepted: dict[str, str] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    findings: Mapping[str, Discrepancy] = field(default_factory=dict)

    @classmethod
    def prepared(cls, raw: object) -> object:
        """The head's own choices, written out in its clauses."""
        return with_head_variants(raw) if isinstance(raw, dict) else raw

    @cached_property
    def called(self) -> str:
        """The short name: `short_title`, else what texts/naming.py makes of the title."""
        return self.short_title or short_title(self.instrument, self.title)

    @cached_property
    def followed(self) -> Mapping[str, str]:
        """The clauses that are done once another is, each with that one."""
        return {name: one.when.follows for name, one in self.clauses.items() if one.when and one.when.follows}

    @cached_property
    def movable(self) -> Movables:
        """The occasions that its patterns may name: those that every file knows, and its own."""
        return {**MOVABLE, **movable_in(self.facts)}

    @property
    def as_read(self) -> Iterator[tuple[tuple[str, ...], Clause]]:
        """The clauses, and each as it is read under another choice, with its place in the file."""
        for name, clause in self.clauses.items():
            yield ("clauses", name), clause
            for code, choices in clause.instead.items():
                for choice, variant in choices.items():
                    yield ("clauses", name, "instead", code, choice), variant.clause

    def annex_name(self, value: str) -> str:
        """Number and name are the same annex: the name where one is known."""
        return self.annexes.get(value, value)
