"""A register from before there were tokens opens, holds, and keeps them."""

from datetime import date
from pathlib import Path

from tests.engine.proof_world import filled_before

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access.api_tokens import ApiToken, ApiTokens
from avtalsvakt_engine.storage.database.register import open_register


def test_a_register_from_before_is_brought_up_to_date_and_holds(tmp_path: Path, decider: Decider) -> None:
    path = filled_before("api tokens", tmp_path, decider)
    with open_register(path) as register, register.transaction():
        store = ApiTokens(register.connection)
        made = store.add("ab", ApiToken(0, "k", ("read",), None, "2026-01-02T12:00:00Z", "jurist", date(2026, 2, 1)))
        store.used(made.id, date(2026, 1, 3))
        found = store.of("ab")
        assert found is not None
        assert (found.agreements, found.last_used) == (None, date(2026, 1, 3))
        assert store.revoke(made.id, "2026-01-04T12:00:00Z")
        assert not store.revoke(made.id, "2026-01-05T12:00:00Z")
    with open_register(path) as register:
        assert verify_register(register).problems == ()
