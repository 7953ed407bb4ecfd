"""A register from before there were roles opens, holds, and keeps them."""

from pathlib import Path

from tests.engine.proof_world import filled_before

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access.roles import AccessRoles, GivenRole
from avtalsvakt_engine.storage.database.register import open_register


def test_a_register_from_before_is_brought_up_to_date_and_holds(tmp_path: Path, decider: Decider) -> None:
    path = filled_before("access roles", tmp_path, decider)
    with open_register(path) as register, register.transaction():
        store = AccessRoles(register.connection)
        made = store.add(GivenRole(0, "chef", "reader", "all", "", "chef", "2026-01-02T12:00:00Z", "jurist"))
        assert store.revoke(made.id, "2026-01-04T12:00:00Z", "it")
        assert not store.revoke(made.id, "2026-01-05T12:00:00Z", "it")
        [kept] = store.all()
        assert (kept.name, kept.scope, kept.revoked, kept.revoker) == ("chef", "all", "2026-01-04T12:00:00Z", "it")
    with open_register(path) as register:
        assert verify_register(register).problems == ()
