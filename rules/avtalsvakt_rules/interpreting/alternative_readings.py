"""Applies the choices of reading that clauses write out themselves (`instead`), and says which cannot be carried out.

A choice is carried out either by the engine (readings.SUPPORTED) or by the clause that hangs on it.
"""

from collections.abc import Callable, Mapping

from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.readings import SUPPORTED, load_readings

Choose = Callable[[Instrument, str, Clause], str]


def reread(instrument: Instrument, choose: Choose) -> Instrument:
    """The instrument with every clause as it is read under the choices in force."""
    if not any(clause.instead for clause in instrument.clauses.values()):
        return instrument
    clauses = {name: _reread(instrument, clause, choose) for name, clause in instrument.clauses.items()}
    return instrument.model_copy(update={"clauses": clauses})


def _reread(instrument: Instrument, clause: Clause, choose: Choose) -> Clause:
    chosen = [
        variant
        for code, choices in clause.instead.items()
        if (variant := choices.get(choose(instrument, code, clause)))
    ]
    if not chosen:
        return clause
    accounted = [variant for variant in chosen if variant.clause.accounted != clause.accounted]
    out = (accounted or chosen)[0].clause  # a choice that accounts for the clause in another way decides alone
    for variant in () if accounted else chosen[1:]:
        out = out.model_copy(update={key: getattr(variant.clause, key) for key in variant.keys})
    return out.model_copy(update={"instead": clause.instead})


def carried_out(instruments: Mapping[str, Instrument], code: str) -> frozenset[str]:
    """The choices that someone carries out: the engine, or at least one clause."""
    written = {
        choice
        for instrument in instruments.values()
        for clause in instrument.clauses.values()
        for choice in clause.instead.get(code, {})
    }
    return SUPPORTED[code] | written


def someone_carries_out(instruments: Mapping[str, Instrument], code: str, choice: str) -> bool:
    """Whether the engine or at least one clause carries out this choice."""
    return choice in SUPPORTED[code] or choice in carried_out(instruments, code)


def left_out(instrument: Instrument, code: str, choice: str) -> list[str]:
    """Clauses that are judged, hang on this reading and do not say what they require under that choice."""
    if choice in SUPPORTED[code]:
        return []
    return [
        name
        for name, clause in instrument.clauses.items()
        if (clause.computed or clause.attest)
        and code in clause.readings.codes
        and choice not in clause.instead.get(code, {})
        and choice != load_readings()[code].default
    ]
