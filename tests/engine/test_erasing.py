"""What somebody wrote, or who recorded it, can be taken away for good, and every hash still follows."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.engine.first_world import HEAD, first_register
from tests.engine.meetings import meeting
from tests.engine.proof_world import RULES, behind_its_back, filled, rules

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import runs_to_replay, verify_register
from avtalsvakt_engine.storage.database.backups import backup as back_up
from avtalsvakt_engine.storage.database.register import Register, open_register
from avtalsvakt_engine.storage.database.restoring import restore
from avtalsvakt_engine.storage.facts.erasing import erase
from avtalsvakt_rules.problems import Rejected

MOMENT, DECISION = "2026-02-01T09:00:00+01:00", "gallring 2026:1"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, decider: Decider) -> Path:
    folder = tmp_path_factory.mktemp("original")
    filled(folder / "r.db", rules(folder / "rules"), decider)
    return folder / "r.db"


@pytest.fixture(params=["new", "brought over"])
def path(request: pytest.FixtureRequest, original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of the second format, and one that was brought over: facts by both rules."""
    monkeypatch.chdir(tmp_path)
    if request.param == "brought over":
        return first_register(Path("r.db"))
    Path("r.db").write_bytes(original.read_bytes())
    return Path("r.db")


def erased_from(register: Register, *fields: tuple[str, str]) -> None:
    with register.transaction():
        for id_, field in fields:
            erase(register.connection, id_, field, MOMENT, DECISION)


def test_text_and_salt_are_gone_and_the_chain_holds(path: Path) -> None:
    with open_register(path) as register:
        before = register.head()
        erased_from(register, ("m2", "chair"), ("m3", "recorder"))
        found = verify_register(register, noted=before.hash)
        assert (found.problems, found.erased, found.head) == ((), 2, before.hash)
        second, third = register.fact("m2"), register.fact("m3")
        assert second is not None and "chair" not in second.attributes and second.recorder == "samordnare"
        assert third is not None and third.recorder is None and third.attributes["chair"] == "ordförande 3"
        erasures = register.connection.execute("SELECT fact, field, moment, decision FROM erasures").fetchall()
        assert erasures == [(2, "chair", MOMENT, DECISION), (3, "recorder", MOMENT, DECISION)]
        (salts,) = register.connection.execute("SELECT salts FROM fact_texts WHERE fact = 2").fetchone()
        assert "chair" not in salts and "recorder" in salts
        register.append([meeting(40, date(2025, 9, 1))], now=_later(register))
        assert register.verify() == ()


ALTERNATING = """
  ordforande: {at: {section: "3"}, norm: shall, what: {itself: {chair: alternating}},
    when: {each: {meeting_held: {body: local_steering_group}}, due: event}}
"""


def test_a_run_that_comes_to_something_else_without_a_text_is_proven_by_its_seal(
    tmp_path: Path, decider: Decider
) -> None:
    path = tmp_path / "r.db"
    filled(path, rules(tmp_path / "rules", RULES + ALTERNATING), decider)
    with open_register(path) as register:
        erased_from(register, ("m2", "chair"))
        found = verify_register(register, decider, runs_to_replay(register, (), everything=True))
    assert (found.problems, found.erased) == ((), 1)
    assert [(one.erased, one.differences) for one in found.replays] == [(1, ()), (1, ())]


def test_a_run_that_comes_to_the_same_without_a_text_is_still_worked_out(
    original: Path, tmp_path: Path, decider
) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(original.read_bytes())
    with open_register(path) as register:
        erased_from(register, ("m2", "chair"))
        found = verify_register(register, decider, runs_to_replay(register, (), everything=True))
    assert [(one.erased, one.differences) for one in found.replays] == [(0, ()), (0, ())]


def _later(register: Register):
    from datetime import datetime, timedelta

    (last,) = register.connection.execute("SELECT max(recorded) FROM facts").fetchone()
    return datetime.fromisoformat(last) + timedelta(days=1)


def test_nothing_of_it_is_left_in_the_file(path: Path) -> None:
    with open_register(path) as register:
        erased_from(register, ("m2", "chair"))
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = path.read_bytes()
    assert "ordförande 3".encode() in left
    assert "ordförande 2".encode() not in left


def test_what_is_left_of_such_a_fact_is_still_covered(path: Path) -> None:
    with open_register(path) as register:
        erased_from(register, ("m2", "chair"))
    with behind_its_back(path) as connection:
        connection.execute("UPDATE facts SET date = '2024-03-12' WHERE id = 'm2'")
    with open_register(path) as register:
        (problem,) = register.verify()
    assert problem.where == "r.db, registrering m2 (nr 2)"


TAMPERED = {
    "taken away without an erasure": "UPDATE fact_texts SET said = '{}', salts = json_remove(salts, '$.chair')",
    "put back": 'UPDATE fact_texts SET said = \'{"chair":"x"}\' WHERE fact = 2',
    "the erasure taken away": "DELETE FROM erasures",
    "an erasure of what was never there": "UPDATE erasures SET field = 'site'",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_an_erasure_cannot_be_feigned_or_denied(path: Path, statement: str) -> None:
    with open_register(path) as register:
        erased_from(register, ("m2", "chair"))
    with behind_its_back(path) as connection:
        connection.execute(statement)
    with open_register(path) as register:
        assert verify_register(register).problems != ()


def test_an_erasure_says_when_and_on_which_decision_for_ever(path: Path) -> None:
    with open_register(path) as register:
        erased_from(register, ("m2", "chair"), ("m3", "chair"))
    with closing(sqlite3.connect(path, isolation_level=None)) as outside:
        for statement in ("UPDATE erasures SET decision = 'x'", "DELETE FROM erasures"):
            with pytest.raises(sqlite3.IntegrityError, match="facts are never changed or deleted"):
                outside.execute(statement)
    with behind_its_back(path) as connection:
        connection.execute("UPDATE erasures SET decision = 'ett annat beslut' WHERE id = 1")
    with open_register(path) as register:
        (problem,) = verify_register(register).problems
    assert (problem.what, problem.where) == ("gallring 1 är ändrad", "r.db, tabellen erasures")


NOT_THERE = "x: registreringen 'x' finns inte. ingen har den beteckningen. Åtgärd: ange en som finns."
NEVER = (
    "m2: fältet 'body' kan inte gallras. registreringen har inget sådant som kan gallras; det som kan det är chair, "
    "recorder. Åtgärd: ange ett av dem, eller registrera en rättelse."
)
NO_DECISION = "m2: beslutet saknas. den som gallrar måste kunna visa varför. Åtgärd: ange beslutets beteckning."
TWICE = "m3: fältet 'chair' är redan gallrat. dess text finns inte kvar. Åtgärd: ange ett annat fält."
REFUSED = {
    "no such fact": ("x", "chair", DECISION, NOT_THERE),
    "what is never erased": ("m2", "body", DECISION, NEVER),
    "no decision": ("m2", "chair", " ", NO_DECISION),
    "twice": ("m3", "chair", DECISION, TWICE),
}


@pytest.mark.parametrize(("id_", "field", "decision", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_erased_is_refused(path: Path, id_: str, field: str, decision: str, expected: str) -> None:
    with open_register(path) as register:
        erased_from(register, ("m3", "chair"))
        with pytest.raises(Rejected) as caught, register.transaction():
            erase(register.connection, id_, field, MOMENT, decision)
        assert [str(one) for one in caught.value.problems] == [expected]
        assert register.connection.execute("SELECT count(*) FROM erasures").fetchone() == (1,)


def test_an_old_head_holds_after_an_old_fact_was_erased_from(tmp_path: Path) -> None:
    with open_register(first_register(tmp_path / "r.db")) as register:
        erased_from(register, *((f"m{n}", "chair") for n in range(1, 6)))
        found = verify_register(register, noted=HEAD)
        assert (found.problems, found.erased) == ((), 5)


def test_what_was_erased_after_a_backup_is_erased_again_when_it_is_restored(path: Path) -> None:
    backup = path.with_name("kopia.db")
    with open_register(path) as register:
        back_up(register, backup)
        erased_from(register, ("m2", "chair"), ("m3", "recorder"))
        wanted = register.connection.execute("SELECT fact, field, moment, decision FROM erasures").fetchall()
    done = restore(backup, path, datetime(2026, 3, 1, tzinfo=UTC))
    assert done.erased_again == 2
    with open_register(path) as register:
        assert register.connection.execute("SELECT fact, field, moment, decision FROM erasures").fetchall() == wanted
        assert "chair" not in (register.fact("m2") or meeting(1, date(2025, 1, 1))).attributes
        assert verify_register(register).problems == ()
    assert b"ordf\xc3\xb6rande 2" not in path.read_bytes()
    assert restore(backup, path, datetime(2026, 3, 2, tzinfo=UTC)).erased_again == 2
