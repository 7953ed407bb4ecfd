"""What the engine's tests share: one Decider with a real worker, and how hard hypothesis tries."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from avtalsvakt_engine.inference.deciding import Decider

COMMON = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    report_multiple_bugs=False,
)
for name, examples in (("moderate", 150), ("wide", 600), ("deep", 3000)):
    settings.register_profile(name, COMMON, max_examples=examples)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "moderate"))


@pytest.fixture(scope="session")
def decider() -> Iterator[Decider]:
    """The rule engine itself, started once: the same words give the same conclusion whoever asks."""
    with Decider() as one:
        yield one
