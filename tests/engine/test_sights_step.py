"""A register from before it was kept who saw what is secret opens, holds, and keeps it."""

from datetime import date
from pathlib import Path

from tests.engine.proof_world import filled_before

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access.sights import Sight, clear_sights, keep_sights, sights
from avtalsvakt_engine.storage.database.register import open_register

OLD, NEW = (Sight(f"{day}T12:00:00Z", "chef", "page", "lokal", "m2") for day in ("2025-12-31", "2026-01-01"))


def test_a_register_from_before_is_brought_up_to_date_and_holds(tmp_path: Path, decider: Decider) -> None:
    path = filled_before("sights", tmp_path, decider)
    with open_register(path) as register, register.transaction():
        keep_sights(register.connection, [OLD, NEW])
        assert sights(register.connection) == sights(register.connection, "chef", "m2") == [OLD, NEW]
        assert sights(register.connection, "annan") == sights(register.connection, None, "m3") == []
    with open_register(path) as register:
        assert verify_register(register).problems == ()
        with register.transaction():
            assert clear_sights(register.connection, date(2026, 1, 1)) == 1
        assert sights(register.connection) == [NEW]
        assert verify_register(register).problems == ()
