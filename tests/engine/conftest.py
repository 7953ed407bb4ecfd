"""What the engine's tests share: one Decider with a real worker, and two registers that are in no file."""

from collections.abc import Iterator

import pytest
from tests.engine.new_registers import in_memory

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.storage.database.register import Register


@pytest.fixture(scope="session")
def decider() -> Iterator[Decider]:
    """The rule engine itself, started once: the same words give the same conclusion whoever asks."""
    with Decider() as one:
        yield one


@pytest.fixture(scope="module")
def kept() -> Iterator[Register]:
    """An empty register, for what is written in a `rehearsal` and let go of: its tables are read once."""
    with in_memory() as register:
        yield register
        assert register.count() == 0


@pytest.fixture(scope="module")
def fresh() -> Iterator[Register]:
    """Another one, to compare with."""
    with in_memory() as register:
        yield register
        assert register.count() == 0
