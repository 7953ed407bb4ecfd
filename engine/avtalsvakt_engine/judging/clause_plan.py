"""What judging needs to know of a clause, worked out once for all of its duties under one agreement."""

from msgspec import Struct

from avtalsvakt_engine.evidence.fitting import names_its_period
from avtalsvakt_engine.readings_in_use import InUse
from avtalsvakt_engine.verdicts import Clause as Address
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.vocabulary import Vocabulary


class ClausePlan(Struct, frozen=True, gc=False):
    """A clause as it is judged here.

    `stem` begins the keys of its duties and `at` is where it stands. `norm` is the word by which an act that is or is
    not done is judged, `sent` the reading that says what may still be done late. `by_period`: an act belongs to the
    period that it names (`year: same`), whatever its date; `by_version`: a step belongs to the period of the version
    that it serves. `occasions`: what is asked for are occasions, which nobody can hold afterwards. `nothing_after` is
    the reading PLANEFTER where the clause hangs on it. `condition`: the act is no duty of its own but a condition of
    something else.
    """

    stem: str
    at: Address
    readings: InUse
    norm: str
    sent: str
    by_period: bool
    by_version: bool
    occasions: bool
    nothing_after: str | None
    condition: bool


def clause_plan(
    agreement: str, source: Instrument, name: str, clause: Clause, readings: InUse, vocabulary: Vocabulary
) -> ClausePlan:
    """The plan of a clause of `source` as it binds an agreement, under these readings."""
    through = () if source.instrument == agreement else (source.instrument,)
    binding = readings.chosen("BOR", "duty") or readings.chosen("STARTDATUM", "binding")
    norm, kinds = clause.duty_norm or "shall", vocabulary.kinds
    return ClausePlan(
        stem=".".join((agreement, *through, name)),
        at=Address(source.document, clause.at.section_text, clause.at.paragraph_text),
        readings=readings,
        norm="shall" if norm == "should" and binding else norm,
        sent=readings.get("SENT"),
        by_period=all(names_its_period(pattern) for pattern in clause.what),
        by_version=not readings.chosen("UPPDATUM", "annex"),
        occasions=all(pattern.kind in kinds and kinds[pattern.kind].occasion for pattern in clause.what),
        nothing_after=readings.get("PLANEFTER") if "PLANEFTER" in readings.codes else None,
        condition=readings.chosen("SAMRADPLIKT", "condition"),
    )
