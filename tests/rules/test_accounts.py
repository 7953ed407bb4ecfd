"""How each clause is accounted for, and what findings and clauses point to. Slips stand in rule_file_slips.txt."""

import re

import pytest
from tests.rules.test_rule_file_errors import FILE

from avtalsvakt_rules.checks.accounts import accounting_clause
from avtalsvakt_rules.language.head import FINDING_KINDS
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import Rulebook, load_rulebook, parse_rulebook


@pytest.fixture(scope="module")
def builtin() -> Rulebook:
    return load_rulebook()


def read(text: str) -> Instrument:
    book = parse_rulebook({"prov.yaml": text.replace("under: umbrella-2024\n", "")})
    return book.instruments["prov-2026"]


def with_clause(entry: str, head: str = "") -> str:
    return FILE.replace("clauses:\n", f'{head}clauses:\n  mal:\n    at: {{section: "2"}}\n{entry}')


@pytest.mark.parametrize(
    ("entry", "accounted", "judged"),
    [
        ("    norm: states\n    part_of: [moten]\n", "part", False),
        ("    norm: states\n    part_of: {moten: local_steering_group}\n", "part", False),
        ("    norm: states\n    given_by: term\n", "given", False),
        ("    norm: shall\n    who: polisen\n    attest: kommunpolis\n", "attested", True),
        ("    norm: states\n    note: ett mål\n", "not_checkable", False),
        ("    norm: shall\n    when: once\n    what: {decision_made: {}}\n", "computed", True),
    ],
)
def test_the_ways_to_account_for_a_clause(entry: str, accounted: str, judged: bool) -> None:
    one = read(with_clause(entry)).clauses["mal"]
    assert (one.accounted, one.judged) == (accounted, judged)


@pytest.mark.parametrize(("key", "head"), [("extended", "extended: [{to: 2030}]\n"), ("term", "")])
def test_a_key_of_the_head_that_decides_something_accounts_for_its_clause(key: str, head: str) -> None:
    term = "term: {from: 2026-01-01, to: 2027-12-31}" if key == "extended" else "term: {from: 2026-01-01}"
    found = with_clause(f"    norm: states\n    given_by: [{key}]\n", head)
    assert read(found.replace("term: {from: 2026-01-01}", term)).clauses["mal"].given_by == (key,)


@pytest.mark.parametrize("key", ["parties", "annexes", "bodies"])
def test_a_key_that_decides_nothing_accounts_for_nothing(key: str) -> None:
    with pytest.raises(Rejected, match="given_by"):
        read(with_clause(f"    norm: states\n    given_by: [{key}]\n"))


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("part_of: {moten: protokoll}", "klausul mal: delen av moten 'protokoll' finns inte"),
        ("part_of: [motena]", "klausul mal: klausulen 'motena' finns inte"),
        ("asked_in: [moten]", "klausul mal: asked_in pekar på 'moten'. den klausulen är ingen fråga"),
        ("given_by: [replaces]", "klausul mal: given_by pekar på 'replaces'. nyckeln är tom"),
        ("computed_by: [moten]", "computed_by"),
    ],
)
def test_an_account_that_nothing_evaluates_is_refused(entry: str, told: str) -> None:
    with pytest.raises(Rejected, match=re.escape(told)):
        read(with_clause(f"    norm: states\n    {entry}\n"))


def test_a_name_points_to_a_clause_here_or_in_another_agreement(builtin: Rulebook) -> None:
    local, by_id = builtin.instruments["norrmalm-2016"], builtin.instruments
    assert accounting_clause("chefsamrad-moten", local, by_id) is local.clauses["chefsamrad-moten"]
    there = accounting_clause("umbrella-2015.samrad-forlangning", local, by_id)
    assert there is by_id["umbrella-2015"].clauses["samrad-forlangning"]
    assert accounting_clause("samrad", local, by_id) is None
    assert accounting_clause("inget.samrad", local, by_id) is None


def test_every_statement_of_the_five_texts_is_accounted_for(builtin: Rulebook) -> None:
    for instrument in builtin.instruments.values():
        for name, clause in instrument.clauses.items():
            elsewhere = clause.part_of or clause.given_by or clause.asked_in
            assert clause.judged or elsewhere or clause.note, name
            for part in clause.part_of:
                found = accounting_clause(part.clause, instrument, builtin.instruments)
                assert found is not None and found.computed, (name, part)


def test_findings_point_to_places_and_clauses_that_there_are(builtin: Rulebook) -> None:
    found = [(one, finding) for one in builtin.instruments.values() for finding in one.findings.values()]
    assert found
    for instrument, finding in found:
        assert finding.kind in FINDING_KINDS and finding.at
        assert all(accounting_clause(target, instrument, builtin.instruments) for target in finding.clauses)


def test_a_file_is_refused_whole_for_one_finding(builtin: Rulebook) -> None:
    finding = 'findings:\n  glapp: {kind: gap, sv: x, at: [{section: "1"}], clauses: [annan]}\n'
    with pytest.raises(Rejected, match="fynd glapp: klausulen 'annan' finns inte"):
        read(FILE.replace("clauses:\n", finding + "clauses:\n"))
