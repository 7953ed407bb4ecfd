"""The cases beside the rules: they hold, they cover every obligation, and a wrong one is shown side by side."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.service.command_line import call

from avtalsvakt.authoring.rule_cases import run_cases, untried
from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_rules.case_files import builtin_case_files, read_case_files
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import load_rulebook

BOOK = load_rulebook()

ONE = """\
instrument: norrmalm-2016
cases:
  ett-mote-racker-inte:
    why: Ett möte av två; halvåret är slut den 30 juni.
    facts:
      - {id: m1, kind: meeting_held, date: 2017-02-14, body: chiefs_council}
    expect:
      2017-06-30: {chefsamrad-moten.2017-H1: at_risk}
      2017-07-01: {chefsamrad-moten.2017-H1: {status: overdue, due: 2017-06-30, counted: 1, required: 2}}
"""


@pytest.mark.parametrize("path", builtin_case_files(), ids=lambda path: path.stem)
def test_every_case_beside_the_rules_holds(
    path: Path, decider: Decider, record_property: Callable[[str, object], None]
) -> None:
    checked = list(run_cases(read_case_files([path]), BOOK, decider))
    record_property("expectations", len(checked))
    assert checked
    assert [(one.where, one.duty, one.differences) for one in checked if one.differences] == []


def test_every_computed_obligation_is_in_some_case() -> None:
    files = read_case_files(builtin_case_files())
    assert untried(files, BOOK) == {}
    with_obligations = {
        name for name, one in BOOK.instruments.items() if any(clause.computed for clause in one.clauses.values())
    }
    assert {file.instrument for file in files} >= with_obligations


@pytest.mark.usefixtures("morning")
def test_cases_that_hold_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "fall.yaml"
    path.write_text(ONE, encoding="utf-8")
    found = call("rules", "cases", path)
    assert found.code == 0
    assert found.out.splitlines()[-1] == "1 fall, 2 väntade lägen: alla stämmer."


@pytest.mark.usefixtures("morning")
def test_a_difference_is_shown_side_by_side_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "fall.yaml"
    path.write_text(ONE.replace("at_risk}", "fulfilled}").replace("2017-06-30, c", "2017-06-29, c"), encoding="utf-8")
    found = call("rules", "cases", path)
    assert found.code == 2
    assert found.out.splitlines()[:6] == [
        "fall.yaml:8  ett-mote-racker-inte: Ett möte av två; halvåret är slut den 30 juni.",
        "  2017-06-30  norrmalm-2016.chefsamrad-moten.2017-H1",
        "    läge      väntat uppfylld                 blev närmar sig",
        "fall.yaml:9  ett-mote-racker-inte: Ett möte av två; halvåret är slut den 30 juni.",
        "  2017-07-01  norrmalm-2016.chefsamrad-moten.2017-H1",
        "    sista dag väntat 2017-06-29               blev 2017-06-30",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "at_risk}",
            "riskabel}",
            "fall.yaml:8: fall ett-mote-racker-inte: fel i 'status'. läget 'riskabel'",
        ),
        ("why:", "varför:", "fall.yaml:3: fall ett-mote-racker-inte: nyckeln 'why' saknas."),
        ("2017-06-30:", "sommaren:", "fall.yaml:8: fall ett-mote-racker-inte: 'sommaren' är ingen dag."),
        ("body: chiefs", "bdy: chiefs", "fall.yaml:6 (bdy): attributet 'bdy' finns inte"),
        ("instrument: norrmalm-2016", "instrument: norrmlam", "fall.yaml:1: avtalet 'norrmlam' finns inte."),
    ],
)
def test_a_slip_in_a_case_is_said_with_its_line(
    old: str, new: str, told: str, decider: Decider, tmp_path: Path
) -> None:
    path = tmp_path / "fall.yaml"
    path.write_text(ONE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        list(run_cases(read_case_files([path]), BOOK, decider))
    assert any(str(problem).startswith(told) for problem in refused.value.problems), str(refused.value)


def test_a_clause_judged_by_itself_is_judged_as_among_all(decider: Decider) -> None:
    [file] = [one for one in read_case_files(builtin_case_files()) if one.instrument == "vaxholm-2023"]
    day = date(2025, 12, 31)
    every = assess(BOOK, (), day, None, decider, agreements=["vaxholm-2023"]).duties
    names = [
        {part for on in case.expect.values() for key in on for part in key.split(".")} for case in file.cases.values()
    ]
    judged = [assess(BOOK, (), day, None, decider, agreements=["vaxholm-2023"], clauses=one).duties for one in names]
    assert sum(map(bool, judged)) > len(judged) / 2
    for asked, some in zip(names, judged, strict=True):
        assert set(some) <= set(every)
        assert {one for one in every if one.obligation in asked} <= set(some)
