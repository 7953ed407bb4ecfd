"""What the service's tests share: a fixed morning, no settings from outside, a register of the invented agreements."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.service.command_line import FACTS, NOW, RULES, call
from tests.service.stopping import all_stopped

from avtalsvakt import clock
from avtalsvakt_engine.inference.deciding import Decider

SETTINGS = ("AVTALSVAKT_DB", "AVTALSVAKT_BY", "COLUMNS", "FORCE_COLOR")
ROLE = "samordnare"
BUILTIN = "avtalsvakt_rules.rulebook.builtin_files"


@pytest.fixture(scope="session", autouse=True)
def _servers_stopped() -> Iterator[None]:
    """Nothing of the tests' servers is left when the process ends."""
    yield
    all_stopped()


@pytest.fixture(scope="session")
def decider() -> Iterator[Decider]:
    """The rule engine, in one worker for all tests that judge by themselves."""
    with Decider() as one:
        yield one


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands at the same moment for every command."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AVTALSVAKT_BY", ROLE)  # the register takes nothing anonymous
    return NOW


def judged_in(folder: Path) -> tuple[Path, Path]:
    """A register with the invented agreements' facts, and the same after a run."""
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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The two registers, judged with the agreements that come with the program: made once and copied."""
    return judged_in(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="session")
def made_alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same, where the invented agreements are all there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BUILTIN, list)
        return judged_in(tmp_path_factory.mktemp("alone"))


def is_alone(request: pytest.FixtureRequest) -> bool:
    return "alone" in request.fixturenames and "among_all" not in request.fixturenames


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The invented agreements are all there are: the many that come with the program cost a night more than the two."""
    if is_alone(request):
        monkeypatch.setattr(BUILTIN, list)


@pytest.fixture
def among_all() -> None:
    """The agreements that come with the program are there too, in a file whose other tests are `alone`."""


@pytest.fixture
def registers(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    """The two registers that the test is about."""
    found: tuple[Path, Path] = request.getfixturevalue("made_alone" if is_alone(request) else "made")
    return found


@pytest.fixture
def db(morning: datetime, registers: tuple[Path, Path], tmp_path: Path) -> Path:
    """A register with the invented agreement's facts."""
    return Path(shutil.copy(registers[0], tmp_path / "register.db"))


@pytest.fixture
def run_db(morning: datetime, registers: tuple[Path, Path], tmp_path: Path) -> Path:
    """The same after a run."""
    return Path(shutil.copy(registers[1], tmp_path / "register.db"))
