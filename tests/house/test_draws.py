"""What a change has to pass is drawn the same every time, whatever a process has read before."""

from hypothesis.internal.conjecture.providers import HypothesisProvider
from tests.conftest import PROFILE

import avtalsvakt_engine.storage.database.migrations  # noqa: F401 - a module with numbers and texts that might be drawn


def test_no_draw_hangs_on_which_modules_have_been_read() -> None:
    found = HypothesisProvider(None)._local_constants
    assert bool(len(found)) is (PROFILE != "moderate")
