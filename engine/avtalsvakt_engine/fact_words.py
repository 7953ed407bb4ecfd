"""One fact in a few Swedish words: day, what happened, what it is about, and the id that people refer to it by."""

from avtalsvakt_engine.clause_words import Names
from avtalsvakt_engine.fact_dates import written_day
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.matching import texts

TELLING = (
    *("document", "annex", "version", "body", "site", "subject", "object", "indicator", "measure", "area", "role"),
    *("to", "to_body", "to_role", "new_end", "planned_for", "concerns_period", "period", "for_year", "year", "chair"),
    *("clause", "statement"),
)
"""Attributes that tell one fact from another of its kind, in the order in which they are said."""

SAID = {"version": "version ", "concerns_period": "avser ", "for_year": "för ", "new_end": "till ", "to_body": "till "}
ENOUGH = 3


def fact_words(fact: Fact, names: Names) -> str:
    """The fact on one line: `2026-03-12 möte hållet, lokal styrgrupp (om-26-1)`."""
    told = [
        SAID.get(name, "") + " och ".join(map(names.value, found))
        for name in TELLING
        if (found := texts(fact.attributes.get(name)))
    ]  # fmt: skip
    about = "".join(f", {text}" for text in told[:ENOUGH])
    return f"{written_day(fact.date, fact.precision)} {names.kind(fact.kind)}{about} ({fact.id})"
