"""The questions of interpretation as a register: the choices of each, which can be made, which clauses hang on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from avtalsvakt_engine.duties.requirements import doubled
from avtalsvakt_engine.readings_in_use import in_use
from avtalsvakt_rules.interpreting.reading_choice import reading_problem
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.readings import SUPPORTED, load_readings
from avtalsvakt_rules.rulebook import Rulebook

Hanging = Sequence[tuple[Instrument, str, Clause]]


class Choice(Struct, frozen=True):
    """One choice: who carries it out (the program, the clauses, or nobody), and why it cannot be made if so."""

    name: str
    by: str | None
    refused: Problem | None


class Question(Struct, frozen=True):
    """One question, the choices in force where something hangs on it, and the clauses that do."""

    code: str
    default: str
    choices: tuple[Choice, ...]
    in_force: tuple[str, ...]
    clauses: tuple[str, ...]


def questions(rulebook: Rulebook) -> list[Question]:
    """Every question, in the order of the table of readings."""
    hanging = _hanging(rulebook)
    return [
        Question(
            code,
            known.default,
            tuple(_choice(rulebook, code, str(name)) for name in known.choices),
            in_force(rulebook, code, hanging.get(code, ())),
            tuple(f"{instrument.instrument}.{name}" for instrument, name, _ in hanging.get(code, ())),
        )
        for code, known in load_readings().items()
    ]


def question(rulebook: Rulebook, code: str) -> Question:
    """One of them."""
    return next(one for one in questions(rulebook) if one.code == code)


def in_force(rulebook: Rulebook, code: str, hanging: Hanging) -> tuple[str, ...]:
    """The choices made where something hangs on the reading; what would be made where nothing does."""
    found = {rulebook.reading(instrument, code, clause) for instrument, _, clause in hanging}
    return tuple(sorted(found or {rulebook.overrides.get(code) or load_readings()[code].default}))


def _hanging(rulebook: Rulebook) -> Mapping[str, Hanging]:
    """By code the clauses that hang on it, by their words or because they say so; questions to functions last."""
    out: dict[str, list[tuple[Instrument, str, Clause]]] = defaultdict(list)
    for instrument in rulebook.instruments.values():
        twice = _doubled(rulebook, instrument)
        for name, clause in instrument.clauses.items():
            codes = set(in_use(rulebook, instrument, clause).codes if clause.judged else clause.readings.codes)
            for code in sorted(codes | ({"DUBBEL"} if name in twice else set())):
                out[code].append((instrument, name, clause))
    return {code: sorted(found, key=lambda one: one[2].attest is not None) for code, found in out.items()}


def _doubled(rulebook: Rulebook, instrument: Instrument) -> set[str]:
    """The clauses of an agreement that a text over it makes too: which of them counts is a reading (DUBBEL)."""
    groups = doubled(rulebook, instrument, rulebook.chain(instrument))
    return {name for group in groups for _, source, name in group.clauses if source == instrument.instrument}


def _choice(rulebook: Rulebook, code: str, name: str) -> Choice:
    refused = reading_problem(code, name, "--reading", rulebook.written)
    by = None if refused else "program" if name in SUPPORTED[code] else "clauses"
    return Choice(name, by, refused)
