"""What an attest clause asks, written out when its file is read: once for each period, its function says yes or no.

From then on it has a `when` and a `what` like any other clause. docs/decisions/0009-attestations.md says what follows.
Source: docs/regelspraket.md, Intyg.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.language.patterns import OneOf, Pattern
from avtalsvakt_rules.language.when import When
from avtalsvakt_rules.problems import Problem

if TYPE_CHECKING:
    from avtalsvakt_rules.parsing.source import Source

KIND = "attestation"
ASKED = ("shall", "should", "shall_not")
FORMS = ("period", "term", "event", "once", "date")
COUNTS = frozenset({"at_least", "at_most", "including", "effect"})


def with_attestations(instrument: Instrument) -> Instrument:
    """The instrument with every attest clause written out, also under other choices of reading."""
    clauses = {name: _asking(name, clause, instrument.instrument) for name, clause in instrument.clauses.items()}
    return instrument.model_copy(update={"clauses": clauses})


def _asking(name: str, clause: Clause, instrument: str) -> Clause:
    update: dict[str, object] = {}
    if clause.instead:
        update["instead"] = {
            code: {
                choice: one.model_copy(update={"clause": _asking(name, one.clause, instrument)})
                for choice, one in choices.items()
            }
            for code, choices in clause.instead.items()
        }
    if clause.attest is not None:
        update |= {"when": clause.when or _yearly(), "what": (_answer(name, instrument),)}
    return clause.model_copy(update=update) if update else clause


@cache
def _yearly() -> When:
    """What an attest clause without a `when` asks: once a year."""
    return When(form="period", period="year")


def _answer(name: str, instrument: str) -> Pattern:
    """What an answer looks like: it names the clause, in full or not. Who may give it is the engine's business."""
    return Pattern(KIND, (("clause", OneOf((name, f"{instrument}.{name}"))),))


def attested(clause: Clause) -> Iterator[str]:
    """The names under which a clause looks for attestations: its own if it asks, and those in its patterns."""
    events = clause.when.events if clause.when else ()
    conditions = (one.pattern for one in (*clause.given, *clause.unless) if one.pattern is not None)
    for pattern in (*clause.what, *events, *conditions):
        for part in pattern.parts():
            if part.kind == KIND:
                yield from (text for name, value in part.values if name == "clause" and isinstance(value, OneOf)
                            for text in value.texts)  # fmt: skip


def check_attestations(source: "Source", instrument: Instrument) -> Iterator[Problem]:
    """What is wrong with the attest clauses of an instrument: something that no yes or no can answer."""
    for name, clause in instrument.clauses.items():
        if clause.attest is None:
            continue
        where = source.where(("clauses", name, "attest"))
        if clause.duty_norm not in ASKED:
            why = f"norm är {', '.join(clause.norm)}, och då finns inget att fullgöra"
            yield Problem(f"klausul {name}: kan inte intygas", where, why, "skriv norm: shall eller should, eller note")
        if clause.when is not None and clause.when.form not in FORMS:
            why = "en fråga ställs en gång för varje period eller händelse, och det säger inte when"
            remedy = "skriv {each: year} eller en annan period, {each: {faktatyp: …}, due: …} eller once"
            yield Problem(f"klausul {name}: när intyget lämnas framgår inte", where, why, remedy)
        if said := sorted(COUNTS & clause.model_fields_set):
            why = "svaret är ja eller nej, inte ett antal"
            yield Problem(f"klausul {name}: '{said[0]}' hör inte till attest", where, why, f"ta bort {said[0]}")
