"""The rule language on texts of other kinds: bylaws, a grant, a council abroad, a lease. All of them are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avtalsvakt.authoring.rule_cases import run_cases, untried
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.case_files import case_files_in, read_case_files
from avtalsvakt_rules.rulebook import Rulebook, read_rulebook

FOLDER = Path(__file__).parent / "elsewhere"
CASES = case_files_in(FOLDER)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return read_rulebook(sorted(FOLDER.glob("*.yaml")))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_holds(path: Path, book: Rulebook, record_property: Callable[[str, object], None]) -> None:
    with Decider() as decider:
        checked = list(run_cases(read_case_files([path]), book, decider))
    record_property("expectations", len(checked))
    assert checked
    wrong = [(one.case, str(one.day), one.duty, one.differences) for one in checked if one.differences]
    assert wrong == []


def test_every_obligation_is_in_some_case(book: Rulebook) -> None:
    assert untried(read_case_files(CASES), book) == {}
