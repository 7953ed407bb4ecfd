"""A reading that a clause names is one that its verdict hangs on: for each, a case in which another choice changes it.

`golden/readings.txt` has a line for each clause and code: the other choice, and the case that shows the difference.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from msgspec import structs

from avtalsvakt.authoring.rule_cases import run_cases
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.case_files import CaseFile, builtin_case_files, read_case_files
from avtalsvakt_rules.rulebook import load_rulebook

RULEBOOK = load_rulebook()
LINES = (Path(__file__).parent / "golden" / "readings.txt").read_text(encoding="utf-8").splitlines()

Readings = tuple[tuple[str, str], ...]

ELSEWHERE = {
    **dict.fromkeys(("SNARAST", "REVSAMRAD", "BILNR"), "the other choices are refused: there is nothing to choose"),
    **dict.fromkeys(("BLANKFORM", "FORLANG", "AVSIKT"), "decides how long the agreement lasts, seen in its state"),
    **dict.fromkeys(("SENAST3", "VARDAG", "ADRESS", "BUD"), "moves the day of a notice, seen in what counts from it"),
    "SUCC": "chosen for the agreement below, which then has other duties",
    "DUBBEL": "chosen for two clauses together, seen where both are judged",
    **dict.fromkeys(("STUB", "TILLSVIDARE", "PERIODSLUT"), "makes duties that are not there otherwise"),
    "FRAMTID": "follows of any meeting, and is told of all of them",
}
"""Codes whose difference is not in the verdict on the clause itself; other tests show it."""
OTHERWISE = {
    ("ostermalm-2020.lagesbild-revideras", "UPPDATUM"), ("vaxholm-2023.handlingsplan-foljs-upp", "VEMBAR"),
    ("vaxholm-2023.handlingsplan-kontinuerligt", "KONTINUERLIGT"),
}  # fmt: skip
"""Seen in the example registers only: in who is asked, or by a question that is not put."""


@cache
def cases() -> Mapping[tuple[str, str], CaseFile]:
    """The file of each case, by instrument and name."""
    return {(file.instrument, name): file for file in read_case_files(builtin_case_files()) for name in file.cases}


class Verdicts:
    """What a case's duties are found to be, in order, without the names of the readings; judged as far as is asked."""

    def __init__(self, decider: Decider, file: CaseFile, name: str, readings: Readings) -> None:
        read = file.cases[name].model_copy(update={"readings": dict(readings)})
        self._left = run_cases([structs.replace(file, cases={name: read})], RULEBOOK, decider)
        self._found: list[object] = []

    def __iter__(self) -> Iterator[object]:
        yield from self._found
        for one in self._left:
            self._found.append((one.duty, one.day, one.found and structs.replace(one.found, readings=(), rules=())))
            yield self._found[-1]


@cache
def verdicts(decider: Decider, instrument: str, name: str, readings: Readings) -> Verdicts:
    return Verdicts(decider, cases()[instrument, name], name, readings)


def otherwise(chosen: Mapping[str, str], code: str, choice: str | None) -> Readings:
    rest = {one: picked for one, picked in chosen.items() if one != code}
    return tuple(sorted((rest if choice is None else rest | {code: choice}).items()))


@pytest.mark.parametrize("line", LINES)
def test_another_choice_changes_the_verdict(line: str, decider: Decider) -> None:
    _, code, choice, case = line.split(" ")
    instrument, _, name = case.partition("/")
    chosen = cases()[instrument, name].cases[name].readings
    now, then = otherwise(chosen, code, None), otherwise(chosen, code, choice)
    both = (verdicts(decider, instrument, name, one) for one in (now, then))
    assert any(one != other for one, other in zip(*both, strict=True))


def test_every_reading_that_a_judged_clause_names_is_shown_to_matter() -> None:
    shown = {tuple(line.split(" ")[:2]) for line in LINES} | OTHERWISE
    named = {
        (f"{one.instrument}.{name}", code)
        for one in RULEBOOK.written.values()
        for name, clause in one.clauses.items()
        if clause.judged
        for code in clause.readings.codes
    }
    assert {pair for pair in named - shown if pair[1] not in ELSEWHERE} == set()
    assert shown - named == set()
