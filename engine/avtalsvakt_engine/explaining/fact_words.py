"""One fact in a few Swedish words: day, what happened, what it is about, and the id that people refer to it by."""

from avtalsvakt_engine.evidence.matching import texts
from avtalsvakt_engine.evidence.secrecy import instead, provision
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_dates import written_day

TELLING = (
    *("document", "annex", "version", "body", "site", "subject", "object", "indicator", "measure", "name", "event"),
    *("area", "group", "role", "organisation", "responsibility", "to", "to_body", "to_role", "new_end", "planned_for"),
    *("rescheduled_to", "concerns_period", "period", "for_year", "year", "chair", "function", "obligation"),
)
"""Attributes that tell one fact from another of its kind, in the order in which they are said."""

SAID = {
    "version": "version ", "concerns_period": "avser ", "for_year": "för ", "year": "för ", "period": "för ",
    "to": "till ", "to_body": "till ", "to_role": "till ", "new_end": "till ", "planned_for": "planerat till ",
    "rescheduled_to": "flyttat till ", "chair": "ordförande ",
}  # fmt: skip
ENOUGH = 4


def fact_words(fact: Fact, names: Names, *, whole: bool = False) -> str:
    """The fact on one line: `2026-03-12 möte hållet, lokal styrgrupp (om-26-1)`.

    Of a fact with a secrecy mark only its day and kind are said; the rest too where the `whole` of it may be told.
    """
    mark = provision(fact)
    if mark is None:
        return _words(fact, names)
    if whole:
        return f"{_words(fact, names).removesuffix(f' ({fact.id})')}, sekretess: {mark} ({fact.id})"
    return f"{written_day(fact.date, fact.precision)} {names.kind(fact.kind)}, {instead(mark)} ({fact.id})"


def _words(fact: Fact, names: Names) -> str:
    if fact.kind == "attestation":
        return _answer_words(fact, names)
    told = [
        SAID.get(name, "") + " och ".join(map(names.value, found))
        for name in TELLING
        if (found := texts(fact.attributes.get(name)))
    ]  # fmt: skip
    about = "".join(f", {text}" for text in told[:ENOUGH])
    return f"{written_day(fact.date, fact.precision)} {names.kind(fact.kind)}{about} ({fact.id})"


def _answer_words(fact: Fact, names: Names) -> str:
    """An answer to a question: what was answered, by whom and for which period."""
    by = "".join(f" av {names.value(one)}" for one in texts(fact.attributes.get("by"))[:1])
    period = "".join(f", för {one}" for one in texts(fact.attributes.get("period"))[:1])
    said = "".join(texts(fact.attributes.get("statement"))[:1]) or "ja"
    clause = (fact.text("clause") or "").rpartition(".")[2]
    about = "" if clause in names.titles else f" om {fact.text('clause')}"  # else the title already says it
    return f"{written_day(fact.date, fact.precision)} svarat »{said}«{about}{by}{period} ({fact.id})"
