"""A function stands by its no: the question is closed with a reason, stays on record and is asked no more.

Source: semantics.md, Who, towards whom, about what; docs/decisions/0022-a-no-can-be-stood-by.md.
"""

from collections.abc import Mapping
from datetime import datetime

import pytest
from tests.engine.test_boundaries_attest import answer, asks
from tests.oracle.tables import Register

from avtalsvakt_engine.explaining.explaining_attest import missing_lines
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.intake.fact_reading import read_fact
from avtalsvakt_engine.intake.fact_targets import Others, meet_targets
from avtalsvakt_engine.intake.known_facts import known_facts
from avtalsvakt_engine.verdicts import CLOSED
from avtalsvakt_rules.problems import Rejected
from avtalsvakt_rules.rulebook import load_rulebook

WHY = "lokalerna räcker inte"
NO = answer("2024-05-01", "nej")
STANDS = answer("2024-06-01", "nej", period="2024", closed=WHY)
YES = answer("2025-02-01", "ja", period="2024")


@pytest.fixture
def yearly(decider: Decider) -> Register:
    return Register(decider, asks(), "2023-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("facts", "day", "status", "curable", "closed"),
    [
        pytest.param([NO], "2024-05-31", "overdue", True, False, id="a no can be mended"),
        pytest.param([NO, STANDS], "2024-05-31", "overdue", True, False, id="not closed yet"),
        pytest.param([NO, STANDS], "2024-06-01", "overdue", False, True, id="closed on the day"),
        pytest.param([STANDS], "2029-01-01", "overdue", False, True, id="it stays on record"),
        pytest.param([STANDS, YES], "2025-01-31", "overdue", False, True, id="the yes is not said yet"),
        pytest.param([STANDS, YES], "2025-02-01", "fulfilled_late", True, False, id="a later yes counts"),
        pytest.param([YES, STANDS], "2025-02-01", "fulfilled_late", True, False, id="whatever the order of records"),
    ],
)
def test_a_no_that_is_stood_by(
    yearly: Register, facts: list[Fact], day: str, status: str, curable: bool, closed: bool
) -> None:
    found = yearly.duty("tid.2024", facts, day)
    assert (found.status, found.curable, CLOSED in found.flags) == (status, curable, closed)


def test_a_recommendation_is_closed_likewise_and_the_next_year_is_asked_anew(decider: Decider) -> None:
    register = Register(decider, asks(norm="should"), "2023-01-01", "2026-12-31")
    found = register.duty("tid.2024", [STANDS], "2025-03-01")
    assert (found.status, found.curable, CLOSED in found.flags) == ("recommendation_not_met", False, True)
    following = register.duty("tid.2025", [STANDS], "2025-03-01")
    assert (following.status, CLOSED in following.flags) == ("pending", False)


def test_another_function_closes_nothing(yearly: Register) -> None:
    other = answer("2024-06-01", "nej", period="2024", closed=WHY, by="kommunpolis")
    found = yearly.duty("tid.2024", [NO, other], "2024-06-02")
    assert (found.status, found.curable, CLOSED in found.flags) == ("overdue", True, False)


def test_the_reason_is_told(yearly: Register) -> None:
    found = yearly.duty("tid.2024", [STANDS], "2024-07-01")
    clause = yearly.book().instruments[found.agreement].clauses["tid"]
    said = list(missing_lines(found, clause, None, {STANDS.id: STANDS}))
    assert said == [
        f"frågan är avslutad 2024-06-01: »{WHY}« ({STANDS.id})",
        "den ställs inte igen för samma period; ett senare ja räknas ändå",
    ]


@pytest.mark.parametrize("statement", ["ja", "Ja, nu", "kanske", ""])
def test_only_a_no_can_be_stood_by(statement: str) -> None:
    line = {"kind": "attestation", "agreement": "ostermalm-2020", "date": "2026-01-02", "clause": "styrgrupp-mandat",
            "closed": WHY, **({"statement": statement} if statement else {})}  # fmt: skip
    now = datetime.fromisoformat("2026-01-02T08:00:00+01:00")
    with pytest.raises(Rejected) as refused:
        read_fact(line, known=known_facts(load_rulebook(())), now=now, where="rad 1")
    [problem] = refused.value.problems
    assert (problem.what, problem.where, problem.why, problem.remedy) == (
        "frågan kan inte avslutas så", "rad 1 (closed)", "bara ett nej kan man stå fast vid",
        "skriv statement=nej, eller ta bort closed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answered", "changed", "refused"),
    [
        ("ja", {"closed": WHY}, True),
        ("nej", {"closed": WHY}, False),
        ("nej", {"statement": "ja", "closed": WHY}, True),
        ("ja", {"statement": "nej", "closed": WHY}, False),
    ],
)
def test_a_correction_cannot_close_a_question_with_a_yes(
    answered: str, changed: Mapping[str, str], refused: bool
) -> None:
    known, now = known_facts(load_rulebook(())), datetime.fromisoformat("2026-01-02T08:00:00+01:00")
    line = {"id": "a1", "kind": "attestation", "agreement": "ostermalm-2020", "date": "2026-01-02",
            "clause": "styrgrupp-mandat", "statement": answered}  # fmt: skip
    corrects = {"id": "r1", "kind": "record_corrected", "target": "a1", "set": changed, "reason": "fel"}
    facts = [read_fact(one, known=known, now=now, where="rad").fact for one in (line, corrects)]
    _, said = meet_targets(facts, Others(), known, now, {"r1": "rad 2"})
    what = [(one.what, one.where) for one in said.problems]
    assert what == ([("frågan kan inte avslutas så", "rad 2 (closed)")] if refused else [])
