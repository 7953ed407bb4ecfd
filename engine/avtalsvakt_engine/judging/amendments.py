"""Amendments and decisions that change how many are required: which are valid in form, and what number they leave.

Source: semantics.md, Instruments in time; readings.yaml BLANKFORM.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from avtalsvakt_engine.evidence.fact_index import FactIndex, day_of
from avtalsvakt_engine.evidence.matching import Parties
from avtalsvakt_engine.evidence.written_form import signatures, written_form
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.rulesets import QUESTIONS

CHANGING = ("amendment_signed", "decision_made")


def stated_changes(indexes: Iterable[FactIndex], parties: Parties, decider: Decider, blank: str) -> list[Fact]:
    """Facts that change an obligation, by day: amendments in the required form, and decisions that say so."""
    stated = [
        fact
        for index in indexes
        for kind in CHANGING
        for fact in index.of_kind(kind)
        if fact.attributes.get("changes") and not index.planned(fact)
    ]
    valid = [fact for fact in stated if fact.kind != "amendment_signed" or _in_form(fact, parties, decider, blank)]
    return sorted(valid, key=lambda fact: (day_of(fact), fact.arrival, fact.id))


def changed_number(
    changes: Iterable[Fact], name: str, number: int, day: date, effect_day: Callable[[Fact], date | None]
) -> int:
    """How many a clause requires on a day, of its own number and what changes made of it."""
    for fact in changes:
        change = fact.attributes["changes"]
        if isinstance(change, Mapping) and change.get("obligation") == name and effect_day(fact) is not None:
            start = str(change.get("from") or fact.date.isoformat())
            if start <= day.isoformat() and str(change.get("at_least", "")).isdigit():
                number = int(str(change["at_least"]))
    return number


def _in_form(fact: Fact, parties: Parties, decider: Decider, blank: str) -> bool:
    words = QUESTIONS["paper"].words(form=written_form(fact), signed=signatures(fact, parties), blank=blank)
    return decider.decide("paper", words).value != "void"
