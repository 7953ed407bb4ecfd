"""A register from before there were accounts opens, holds, and keeps them."""

from pathlib import Path

from tests.engine.proof_world import filled_before

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access.accounts import Accounts, SignIns
from avtalsvakt_engine.storage.database.register import open_register


def test_a_register_from_before_is_brought_up_to_date_and_holds(tmp_path: Path, decider: Decider) -> None:
    path = filled_before("accounts", tmp_path, decider)
    with open_register(path) as register, register.transaction():
        accounts, signed = Accounts(register.connection), SignIns(register.connection)
        number = accounts.add("chef", "2026-01-02T12:00:00Z", "it")
        accounts.invite(number, "ab", "2026-01-02T12:00:00Z", "it", "2026-01-09T12:00:00Z")
        accounts.close(number, "2026-01-03T12:00:00Z", "it")
        found = accounts.invitation("ab")
        assert found is not None and found.used == "2026-01-03T12:00:00Z"
        signed.begin("cd", "chef", "account", "2026-01-02T12:00:00Z")
        assert signed.end(1, "2026-01-03T12:00:00Z", "it") and not signed.end(1, "2026-01-04T12:00:00Z", "it")
        signed.begin("ef", "chef", "account", "2026-05-02T12:00:00Z")
        signed.forget("2026-02-01T00:00:00Z")
        assert [one.id for one in signed.all()] == [2]
    with open_register(path) as register:
        assert verify_register(register).problems == ()
