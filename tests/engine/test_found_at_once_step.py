"""A register from before there were indexes over what nights look for opens and holds; nothing is read for the rest."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.meetings import meeting
from tests.engine.new_registers import new_register
from tests.engine.proof_world import filled_before

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.conclusions.numbering import CLAUSES_OF, FIND_GROUNDS, FIND_WORDING
from avtalsvakt_engine.storage.database.records_about import moves
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.facts.schema import ABOUT, MOVES

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def correction(name: str, target: str, **said: str) -> Fact:
    attributes: dict[str, Value] = {"target": target, "set": said, "reason": "fel"}
    return Fact(name, "record_corrected", "lokal", date(2026, 11, 22), "", attributes=attributes, recorder="samordnare")


def test_a_register_from_before_is_brought_up_to_date_and_holds(tmp_path: Path, decider: Decider) -> None:
    path = filled_before("found at once", tmp_path, decider)
    with open_register(path) as register:
        assert verify_register(register).problems == () and list(moves(register)) == []
        register.append(
            [correction("k1", "m1", agreement="annat"), correction("k2", "m2", date="2026-01-01")], now=NOON
        )
        assert [one.id for one in moves(register)] == ["k1"]
        assert verify_register(register).problems == ()


@pytest.mark.parametrize(
    ("query", "values", "index"),
    [
        (
            f"SELECT 1 FROM facts WHERE {ABOUT} AND arrival IN (SELECT fact FROM fact_texts WHERE {MOVES})",
            0,
            "fact_texts_moves",
        ),
        (CLAUSES_OF, 1, "clauses_by_instrument"),
        (FIND_WORDING, 8, "wordings_by_place"),
        (FIND_GROUNDS, 2, "grounds_by_rules"),
    ],
)
def test_what_a_night_looks_for_is_found_by_an_index(query: str, values: int, index: str, tmp_path: Path) -> None:
    with new_register(tmp_path / "r.db") as register:
        rows = register.connection.execute(f"EXPLAIN QUERY PLAN {query}", ("",) * values)
        steps = [row[3] for row in rows]
    assert any(index in one for one in steps)
    assert not any(one.startswith("SCAN") and "INDEX" not in one for one in steps)


def test_the_agreements_of_a_register_are_told_each_once_by_name(tmp_path: Path) -> None:
    with new_register(tmp_path / "r.db") as register:
        assert register.agreements() == ()
        named = [
            replace(meeting(number, date(2026, 1, number)), agreement=name) for number, name in enumerate("cabca", 1)
        ]
        register.append(named, now=NOON)
        assert register.agreements() == ("a", "b", "c")
