"""What judging needs to know of a clause, worked out once for all of its duties under one agreement."""

from msgspec import Struct

from avtalsvakt_engine.judging.case import Case
from avtalsvakt_engine.readings_in_use import InUse
from avtalsvakt_engine.verdicts import Clause


class ClausePlan(Struct, frozen=True, gc=False):
    """A clause as it is judged here.

    `stem` begins the keys of its duties and `at` is where it stands. `norm` is the word by which an act that is or is
    not done is judged, `sent` the reading that says what may still be done late. `occasions`: what is asked for are
    occasions, which nobody can hold afterwards. `nothing_after` is the reading PLANEFTER where the clause hangs on it.
    `condition`: the act is no duty of its own but a condition of something else.
    """

    stem: str
    at: Clause
    readings: InUse
    norm: str
    sent: str
    occasions: bool
    nothing_after: str | None
    condition: bool


def clause_plan(case: Case, name: str) -> ClausePlan:
    """The plan of a clause of the case's source."""
    clause, source, readings = case.source.clauses[name], case.source, case.readings(name)
    through = () if case.own else (source.instrument,)
    kinds = case.index.vocabulary.kinds
    binding = readings.chosen("BOR", "duty") or readings.chosen("STARTDATUM", "binding")
    norm = clause.duty_norm or "shall"
    return ClausePlan(
        stem=".".join((case.agreement.instrument, *through, name)),
        at=Clause(source.document, clause.at.section_text, clause.at.paragraph_text),
        readings=readings,
        norm="shall" if norm == "should" and binding else norm,
        sent=readings.get("SENT"),
        occasions=all(pattern.kind in kinds and kinds[pattern.kind].occasion for pattern in clause.what),
        nothing_after=readings.get("PLANEFTER") if "PLANEFTER" in readings.codes else None,
        condition=readings.chosen("SAMRADPLIKT", "condition"),
    )
