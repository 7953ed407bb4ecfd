"""A register from before the journal of nights and the outbox opens, holds, and can be backed up and restored."""

from datetime import date
from pathlib import Path

import pytest
from tests.engine.meetings import meeting
from tests.engine.proof_world import NOON, filled, rules

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.verifying import verify_register
from avtalsvakt_engine.storage.database.backups import check_backup
from avtalsvakt_engine.storage.database.migrations import MIGRATIONS
from avtalsvakt_engine.storage.database.register import open_register
from avtalsvakt_engine.storage.runs.night_log import BEGUN, LogEntry, NightLog
from avtalsvakt_rules.problems import Rejected

NIGHTS = [one.name for one in MIGRATIONS].index("nights") + 1


@pytest.fixture
def before(tmp_path: Path, decider: Decider) -> Path:
    """A register as it was made before the step."""
    path, earlier = tmp_path / "r.db", MIGRATIONS[: NIGHTS - 1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avtalsvakt_engine.storage.database.migrations.MIGRATIONS", earlier)
        patch.setattr("avtalsvakt_engine.storage.database.register.MIGRATIONS", earlier)
        filled(path, rules(tmp_path / "regler"), decider)
    return path


def test_it_is_brought_up_to_date_and_holds(before: Path) -> None:
    with pytest.raises(Rejected, match="registret är äldre än programmet"):
        open_register(before, read_only=True)
    with open_register(before) as register:
        register.append([meeting(9, date(2025, 1, 3))], now=NOON)
        with register.transaction():
            NightLog(register.connection).begin(LogEntry("2025-01-06T04:15:00+01:00", date(2025, 1, 6), "run", BEGUN))
        assert verify_register(register).problems == ()


def test_a_backup_of_it_is_whole(before: Path) -> None:
    assert check_backup(before, "kopia").runs == 2
