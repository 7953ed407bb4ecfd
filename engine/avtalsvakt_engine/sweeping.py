"""Lets Python's search for circular garbage wait while much is judged.

What judging leaves behind is freed as it is let go of; hardly any of it refers to itself in a circle. The search goes
through everything that is alive again and again, which was a quarter of a night. It still comes, but seldom: after so
many more values than were freed that memory stays bounded.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SELDOM = 10_000
"""Values made and not freed between two searches, against 700 (Python 3.11) or 2,000 (3.13) by default."""


class _Sweeps:
    """The process's searches, and how many want them seldom."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.wanting = 0
        self.usual = gc.get_threshold()

    def seldom(self) -> None:
        with self.lock:
            if not self.wanting:
                self.usual = gc.get_threshold()
                gc.set_threshold(max(SELDOM, self.usual[0]), *self.usual[1:])
            self.wanting += 1

    def as_usual(self) -> None:
        with self.lock:
            self.wanting -= 1
            if not self.wanting:
                gc.set_threshold(*self.usual)


_SWEEPS = _Sweeps()


def sweep_seldom() -> None:
    """From now on the search comes seldom: for a process that does one thing and ends, or that only waits."""
    _SWEEPS.seldom()


@contextmanager
def swept_seldom() -> Iterator[None]:
    """While this lasts, in any thread, the search comes seldom."""
    _SWEEPS.seldom()
    try:
        yield
    finally:
        _SWEEPS.as_usual()
