"""One agreement on a day: its year in a picture, its life as terms, its documents, its readings and what hangs on them.

In comes the material, out comes a value. Nothing is written.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from avtalsvakt.answers.assessing import Material
from avtalsvakt.answers.explained_duties import JudgedAgreement, judged_agreements
from avtalsvakt.answers.report import agreement_report
from avtalsvakt.answers.year_picture import Lane, lanes
from avtalsvakt.words.page_names import names_in
from avtalsvakt_engine.evidence.secrecy import provision
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.readings_in_use import in_use
from avtalsvakt_engine.terms.timeline import Span
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.rulebook import Rulebook


class Paper(Struct, frozen=True):
    """A document that the agreement speaks of, and the latest registration about it, if any."""

    name: str
    latest: Fact | None


class ReadingInUse(Struct, frozen=True):
    """A reading that bears on the agreement: the choice in force, and the clauses that hang on it."""

    code: str
    choice: str
    clauses: tuple[tuple[str, Clause], ...]


class AgreementYear(Struct, frozen=True):
    """The year from `start` to `end` as lanes, the terms there have been, papers; `failure`: it was not judged."""

    start: date
    end: date
    lanes: tuple[Lane, ...]
    terms: tuple[Span, ...]
    papers: tuple[Paper, ...]
    failure: str | None


def agreement_year(material: Material, agreement: str, documents: Iterable[str]) -> AgreementYear:
    """The calendar year of the material's day. `documents` are the names of those that the agreement speaks of."""
    start, end = date(material.as_of.year, 1, 1), date(material.as_of.year, 12, 31)
    (judged,) = judged_agreements(material, [agreement])
    report = agreement_report(judged, names_in(material.rulebook), start, end, None)
    timeline = judged.background.timelines.get(agreement)
    return AgreementYear(
        start,
        end,
        lanes(report, start, end),
        timeline.spans if timeline else (),
        tuple(_papers(judged, documents)),
        judged.failure,
    )


def _papers(judged: JudgedAgreement, documents: Iterable[str]) -> Iterator[Paper]:
    """Each document with what was last recorded of it."""
    told = (one for one in judged.background.facts.values() if not provision(one))
    facts = sorted(told, key=lambda one: (one.date, one.arrival))
    latest = {one.text("document"): one for one in facts if one.text("document")}
    for name in documents:
        yield Paper(name, latest.get(name))


def readings_in_agreement(rulebook: Rulebook, instrument: Instrument) -> tuple[ReadingInUse, ...]:
    """The readings that its own clauses hang on, by code; a choice that differs between clauses is told for each."""
    found: dict[tuple[str, str], list[tuple[str, Clause]]] = {}
    for name, clause in instrument.clauses.items():
        if clause.judged:
            for code, choice in in_use(rulebook, instrument, clause).shown:
                found.setdefault((code, choice), []).append((name, clause))
    return tuple(ReadingInUse(code, choice, tuple(clauses)) for (code, choice), clauses in sorted(found.items()))
