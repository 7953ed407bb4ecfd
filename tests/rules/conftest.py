"""What the tests of rules share with the engine's: one Decider."""

from tests.engine.conftest import decider

__all__ = ["decider"]
