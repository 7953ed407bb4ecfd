"""What the engine's tests share: one Decider with a real worker."""

from collections.abc import Iterator

import pytest

from avtalsvakt_engine.inference.deciding import Decider


@pytest.fixture(scope="session")
def decider() -> Iterator[Decider]:
    """The rule engine itself, started once: the same words give the same conclusion whoever asks."""
    with Decider() as one:
        yield one
