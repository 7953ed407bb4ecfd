"""A register from before there were roles opens, holds, and keeps them."""

from pathlib import Path

import pytest
from tests.engine.proof_world import filled, rules

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access_roles import AccessRoles, GivenRole
from avtalsvakt_engine.storage.migrations import MIGRATIONS
from avtalsvakt_engine.storage.register import open_register

STEP = [one.name for one in MIGRATIONS].index("access roles")


def test_a_register_from_before_is_brought_up_to_date_and_holds(tmp_path: Path, decider: Decider) -> None:
    path, earlier = tmp_path / "r.db", MIGRATIONS[:STEP]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_engine.storage.migrations.MIGRATIONS", earlier)
        patch.setattr("avtalsvakt_engine.storage.register.MIGRATIONS", earlier)
        filled(path, rules(tmp_path / "regler"), decider)
    with open_register(path) as register, register.transaction():
        store = AccessRoles(register.connection)
        made = store.add(GivenRole(0, "chef", "reader", "all", "", "chef", "2026-01-02T12:00:00Z", "jurist"))
        assert store.revoke(made.id, "2026-01-04T12:00:00Z", "it")
        assert not store.revoke(made.id, "2026-01-05T12:00:00Z", "it")
        [kept] = store.all()
        assert (kept.name, kept.scope, kept.revoked, kept.revoker) == ("chef", "all", "2026-01-04T12:00:00Z", "it")
    with open_register(path) as register:
        assert verify_register(register).problems == ()
