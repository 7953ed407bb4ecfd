"""Checks of a fact's values against the vocabulary and against what the register may refer to.

In come clean values, out come values in their settled form; what is wrong or unusual is collected in `Notes`, so that
everything can be said at once. Errors: unknown names, missing or unreadable values. Warnings: unusual values.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import cast

from msgspec import Struct, field

from avtalsvakt_engine.facts import Precision, Value
from avtalsvakt_engine.intake.fact_dates import read_day
from avtalsvakt_engine.intake.fact_hours import HOURS, hours_or_problem
from avtalsvakt_engine.intake.fact_values import number, yes_or_no
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.expressions import expression
from avtalsvakt_rules.vocabulary import ANYWHERE, Kind, Vocabulary

PRECISIONS: Mapping[str, Precision] = MappingProxyType(
    {"day": "day", "month": "month", "year": "year", "dag": "day", "månad": "month", "år": "year"}
)
"""How a precision may be written."""

ATTESTATION, WAIVER = "attestation", "waiver"
ANSWERING = (ATTESTATION, WAIVER)
"""Kinds that speak of a clause, of one period or of one event."""

_CORRECTABLE = ("agreement", "date", "date_precision")
PERIOD_LABEL = expression(
    r"\d{4}(-H[12]|-Q[1-4]|-[VH]T|-W\d\d|-(0[1-9]|1[0-2])|/\d{4}|-\d\d-\d\d--\d{4}-\d\d-\d\d)?", re.ASCII
)
"""A period as facts name it."""

_PERIODS = frozenset({"concerns_period", "period", "year", "for_year"})
_TO_LIST = 12
_WHOLE_DAY = len("2026-03-04")


class Known(Struct, frozen=True):
    """What a fact may refer to: the vocabulary, the agreements, and bodies that single agreements add.

    `sensitive` are the attributes by agreement whose values only few may see; `cases` the kinds of facts that begin a
    case, each with the attribute that says which; `counted` those with the attribute from whose day rules count.
    `questions` are the names of the clauses that each agreement's functions are asked to attest, `clauses` those of all
    clauses that hold for it, `asked` the texts that those ask for, by kind and attribute.
    """

    vocabulary: Vocabulary
    agreements: frozenset[str]
    bodies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    questions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    clauses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asked: Mapping[str, Mapping[tuple[str, str], tuple[str, ...]]] = field(default_factory=dict)
    sensitive: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cases: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    counted: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)

    def offered(self, agreement: str, kind: str, attribute: str) -> tuple[str, ...]:
        """What to suggest in a record of this agreement: nothing that its rules would not accept."""
        return self.vocabulary.offered(kind, attribute, self.asked.get(agreement))

    def has_body(self, agreement: str, body: str) -> bool:
        """Whether the body is in the vocabulary or among the agreement's own."""
        return body in self.vocabulary.bodies or body in self.bodies.get(agreement, ())


class Notes(Struct):
    """What there is to say about one line; `columns` maps a field to what follows the line in an address.

    `left_out` are lines that cannot be kept because of what is wrong with others: told where those alone are refused.
    """

    where: str
    columns: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)

    def at(self, name: str) -> str:
        """The address of a field."""
        return self.where + self.columns.get(name, f" ({name})")

    def wrong(self, name: str, what: str, why: str, remedy: str) -> None:
        """Note an error in a field."""
        self.problems.append(Problem(what, self.at(name), why, remedy))

    def unusual(self, name: str, what: str, why: str, remedy: str) -> None:
        """Note a warning about a field."""
        self.warnings.append(Problem(what, self.at(name), why, remedy))

    def unknown(self, name: str, what: str, why: str, given: str, options: Iterable[str]) -> None:
        """Note a name that does not exist, with the closest that does."""
        self.wrong(name, f"{what} '{given}' finns inte", why, closest(given, options))


def closest(given: str, options: Iterable[str]) -> str:
    """Advice for someone who wrote a name that does not exist."""
    return _closest(given, tuple(sorted(set(options))))


@lru_cache(maxsize=4096)
def _closest(given: str, choices: tuple[str, ...]) -> str:
    """The same, remembered: a file may hold the same unusual value a hundred thousand times."""
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(given, choices, 1)
    if near:
        return f"skriv {near[0]} om det var det som avsågs"
    shown = ", ".join(choices[:_TO_LIST]) + (" …" if len(choices) > _TO_LIST else "")
    return f"välj bland {shown}" if choices else "lägg först till det"


def check_attributes(
    kind: Kind, agreement: str, values: Mapping[str, Value], known: Known, now: datetime, notes: Notes
) -> dict[str, Value]:
    """The attributes of a fact of the kind in their settled form; whether required ones are there is not asked."""
    settled = {}
    for name, value in values.items():
        if not check_allowed(kind, name, notes):
            continue
        if name == "body":
            check_body(agreement, value, known, notes)
        elif (kind.id, name) in ((ATTESTATION, "clause"), (WAIVER, "obligation")):
            _check_clause(kind, name, agreement, value, known, notes)
        elif name in kind.days:
            _check_days(name, value, now, notes)
        elif name in kind.numbers:
            _check_numbers(name, value, notes)
        if name == "set":
            settled[name] = _settled_set(value, known, now, notes)
        else:
            settled[name] = _settled(name, value, known, notes, name)
        _check_usual(kind.id, name, settled[name], agreement, known, notes)
    return settled


def _settled(name: str, value: Value, known: Known, notes: Notes, place: str) -> Value:
    """The value in the one form that it has in the register; notes hours that cannot be read."""
    if name == HOURS:
        hours = hours_or_problem(value, notes.at(place))
        if isinstance(hours, Problem):
            notes.problems.append(hours)
            return value
        return hours
    return yes_or_no(value) if name in known.vocabulary.yes_no else value


def _check_clause(kind: Kind, name: str, agreement: str, value: Value, known: Known, notes: Notes) -> None:
    """Note an answer to what nobody asks, and an exemption from what nothing demands: neither would have any effect."""
    asking = kind.id == ATTESTATION
    names = (known.questions if asking else known.clauses).get(agreement, frozenset())
    if not (known.questions if asking else known.clauses) or agreement not in known.agreements:
        return
    if isinstance(value, str) and (value in names or (not asking and _duty_of(agreement, value, names))):
        return
    doing = "frågar om" if asking else "har"
    what = "frågan" if asking else "klausulen"
    notes.unknown(name, what, f"inget avtal som {agreement} följer {doing} en sådan klausul", str(value), names)


def _duty_of(agreement: str, key: str, names: Iterable[str]) -> bool:
    """Whether a whole key of a duty begins with the agreement and one of the clauses."""
    rest = key.removeprefix(f"{agreement}.")
    return rest != key and any(rest == name or rest.startswith(f"{name}.") for name in names)


CLOSING = "closed"
"""The attribute of an answer that holds the reason for which its no is stood by and the question is asked no more."""


def check_allowed(kind: Kind, name: str, notes: Notes) -> bool:
    """Whether the kind has the attribute; note it where it has not."""
    if not kind.allows(name):
        why = f"{kind.id} ({kind.sv}) har inget sådant"
        notes.unknown(name, "attributet", why, name, (*kind.attributes, *ANYWHERE))
        return False
    return True


def check_agreement(value: object, known: Known, notes: Notes, place: str = "agreement") -> None:
    """Note an agreement that has no rules and is not in the vocabulary."""
    if not isinstance(value, str) or not value:
        why = "varje registrering hör till ett avtal"
        notes.wrong(place, "avtal saknas", why, "ange agreement, på raden eller för hela filen")
    elif value not in known.agreements:
        notes.unknown(place, "avtalet", "det finns inga regler för det", value, known.agreements)


def check_body(agreement: str, value: object, known: Known, notes: Notes) -> None:
    """Note a body that neither the vocabulary nor the agreement has."""
    if not isinstance(value, str):
        notes.wrong("body", "organet är inte angivet", "fältet rymmer ett organ", "gör en registrering per organ")
    elif not known.has_body(agreement, value):
        why = "varken vokabulären eller avtalet har ett sådant"
        options = (*known.vocabulary.bodies, *known.bodies.get(agreement, ()))
        notes.unknown("body", "organet", why, value, options)


def check_required(kind: Kind, attributes: Mapping[str, object], notes: Notes) -> None:
    """Note attributes without which the fact says nothing."""
    for name in kind.requires:
        if attributes.get(name) is None:
            why = f"{kind.id} ({kind.sv}) säger inget utan {name}"
            notes.wrong(name, f"{name} saknas", why, f"ange {name}")


def check_case(kind: Kind, agreement: str, attributes: Mapping[str, object], known: Known, notes: Notes) -> None:
    """Warn of a record that begins a case and does not say which, or says several."""
    for begins, name in sorted(known.cases.get(agreement, ())):
        if begins == kind.id and not isinstance(attributes.get(name), str):
            several = attributes.get(name) is not None
            what = f"{name} är flera" if several else f"{name} är inte angivet"
            why = f"reglerna har en skyldighet för varje {name}, och den här hör då inte till någon"
            notes.unusual(name, what, why, f"gör en registrering för varje {name}" if several else f"ange {name}")


def check_counted(kind: Kind, agreement: str, attributes: Mapping[str, object], known: Known, notes: Notes) -> None:
    """Warn of a record without the whole day from which rules count, so that what hangs on it has no day."""
    for counts, name in sorted(known.counted.get(agreement, ())):
        if counts == kind.id and len(str(attributes.get(name) or "")) != _WHOLE_DAY:
            what = f"{name} säger ingen dag" if attributes.get(name) else f"{name} är inte angivet"
            why = "reglerna räknar från den dagen, och vad som hänger på den vet man inte förrän den är känd"
            notes.unusual(name, what, why, f"ange {name} när dagen är känd, till exempel 2026-03-04")


def check_closing(attributes: Mapping[str, object], notes: Notes) -> None:
    """Note a question that is closed by anything but a no: only a no can be stood by."""
    if attributes.get(CLOSING) is None:
        return
    words = str(attributes.get("statement") or "").split()
    if not words or words[0].strip(".,;:!–-").casefold() != "nej":
        remedy = "skriv statement=nej, eller ta bort closed"
        notes.wrong(CLOSING, "frågan kan inte avslutas så", "bara ett nej kan man stå fast vid", remedy)


def _settled_set(values: Value, known: Known, now: datetime, notes: Notes) -> Value:
    """What is corrected, in settled form, checked as far as it can be before the target is known."""
    if not isinstance(values, Mapping):
        remedy = 'skriv till exempel set={"date": "2026-03-04"}'
        notes.wrong("set", "set är av fel slag", "en rättelse anger namn och nya värden", remedy)
        return values
    names = {*_CORRECTABLE, *ANYWHERE, *(name for kind in known.vocabulary.kinds.values() for name in kind.attributes)}
    for name, value in values.items():
        if name in ("id", "kind", "recorded"):
            why = "en registrering behåller sin beteckning, sin typ och sin tid"
            notes.wrong("set", f"{name} kan inte rättas", why, "återkalla registreringen och gör en ny")
        elif name not in names:
            notes.unknown("set", "attributet", "ingen faktatyp har ett sådant", name, names)
        elif name in _CORRECTABLE:
            _check_line_field(name, value, known, now, notes)
    return {
        name: value if value is None else _settled(name, cast("Value", value), known, notes, "set")
        for name, value in values.items()
    }


def _check_line_field(name: str, value: object, known: Known, now: datetime, notes: Notes) -> None:
    """Check a corrected agreement, date or precision."""
    if not isinstance(value, str):
        notes.wrong("set", f"{name} kan inte tas bort", "varje registrering har det", f"ange ett nytt värde för {name}")
    elif name == "agreement":
        check_agreement(value, known, notes, "set")
    elif name == "date":
        day = read_day(value, now=now, where=notes.at("set"))
        if isinstance(day, Problem):
            notes.problems.append(day)
    elif value not in ("day", "month", "year"):
        notes.unknown("set", "datumprecisionen", "den är dag, månad eller år", value, ("day", "month", "year"))


def _check_days(name: str, value: Value, now: datetime, notes: Notes) -> None:
    """Check an attribute that holds days: texts, or for a new end the event that it depends on."""
    if isinstance(value, Mapping):
        if name != "new_end" or set(value) != {"event"} or not isinstance(value["event"], str):
            remedy = 'skriv ett datum, eller {"event": "successor_in_force"}'
            notes.wrong(name, f"{name} är av fel slag", "det är varken ett datum eller en händelse", remedy)
        return
    for text in (value,) if isinstance(value, str) else value:
        day = read_day(text, now=now, where=notes.at(name))
        if isinstance(day, Problem):
            notes.problems.append(day)


def _check_numbers(name: str, value: Value, notes: Notes) -> None:
    """Note what cannot be read as a number in an attribute that holds one."""
    for text in (value,) if isinstance(value, str) else value:
        if number(text) is None:
            why = f"'{text}' kan inte jämföras med andra tal"
            notes.wrong(name, f"{name} är inget tal", why, "skriv till exempel 12 eller 0,5")


def _check_usual(kind: str, name: str, value: Value, agreement: str, known: Known, notes: Notes) -> None:
    """Warn of values that nobody writes and no rule asks for: they are kept, but rules may not recognise them."""
    if isinstance(value, Mapping):
        return
    usual = known.vocabulary.expected(kind, name)
    for text in (value,) if isinstance(value, str) else value:
        if kind in ANSWERING and name == "period":
            continue  # a question may be asked of an event or a term, and is then named by it (fact_references)
        if name in _PERIODS and not PERIOD_LABEL.fullmatch(text):
            remedy = "skriv till exempel 2026, 2026-H1, 2026-Q2, 2026-03, 2026-VT eller 2023/2026"
            notes.unusual(name, f"perioden '{text}' är inte skriven som en period", "ingen skyldighet har den", remedy)
        elif usual is not None and text not in usual:
            why = f"{name} brukar inte ha det värdet"
            remedy = closest(text, known.offered(agreement, kind, name))
            notes.unusual(name, f"värdet '{text}' är ovanligt", why, remedy)
