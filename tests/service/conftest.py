"""What the service's tests share: a fixed morning, no settings from outside, a register of the invented agreements."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from tests.service.command_line import FACTS, NOW, RULES, call

from avtalsvakt import clock

SETTINGS = ("AVTALSVAKT_DB", "AVTALSVAKT_BY", "COLUMNS", "FORCE_COLOR")
ROLE = "samordnare"


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands at the same moment for every command."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AVTALSVAKT_BY", ROLE)  # the register takes nothing anonymous
    return NOW


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A register with the invented agreement's facts, and the same after a run: made once and copied."""
    folder = tmp_path_factory.mktemp("register")
    imported, judged = folder / "imported.db", folder / "judged.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        patch.setenv("AVTALSVAKT_BY", ROLE)
        assert call("--db", imported, "init").code == 0
        assert call("--db", imported, *RULES, "import", "--as-recorded", FACTS).code == 0
        shutil.copy(imported, judged)
        assert call("--db", judged, *RULES, "run").code == 0
    return imported, judged


@pytest.fixture
def db(morning: datetime, made: tuple[Path, Path], tmp_path: Path) -> Path:
    """A register with the invented agreement's facts."""
    return Path(shutil.copy(made[0], tmp_path / "register.db"))


@pytest.fixture
def run_db(morning: datetime, made: tuple[Path, Path], tmp_path: Path) -> Path:
    """The same after a run."""
    return Path(shutil.copy(made[1], tmp_path / "register.db"))
