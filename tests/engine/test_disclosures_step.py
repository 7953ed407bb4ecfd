"""A register from before what was given out was kept opens, holds, and keeps them."""

from datetime import date
from pathlib import Path

from tests.engine.proof_world import filled_before

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.access.disclosures import Disclosure, disclosures, keep_disclosure
from avtalsvakt_engine.storage.database.register import open_register


def test_a_register_from_before_is_brought_up_to_date_and_holds(tmp_path: Path, decider: Decider) -> None:
    path = filled_before("disclosures", tmp_path, decider)
    with open_register(path) as register, register.transaction():
        days = date(2025, 1, 1), date(2025, 12, 31)
        made = "2026-01-02T12:00:00Z"
        one = Disclosure(1, made, "jurist", "lokal", *days, "KS 2026:1", (("chair", "OSL 21 kap. 1 §"),), ("m2",), "ab")
        assert keep_disclosure(register.connection, one) == 1
        assert disclosures(register.connection) == [one]
    with open_register(path) as register:
        assert verify_register(register).problems == ()
