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
STARTING = 100_000
"""The same in a command that has just started: it reads its program and rules, and all of that stays."""


class _Sweeps:
    """The process's searches, how many want them seldom, and whether they do so for good."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.wanting = 0
        self.usual = gc.get_threshold()
        self.for_good = False

    def start(self) -> None:
        with self.lock:
            self.usual, self.for_good = gc.get_threshold(), True
            gc.set_threshold(max(STARTING, self.usual[0]), *self.usual[1:])

    def seldom(self) -> None:
        with self.lock:
            if not self.wanting:
                self.usual = self.usual if self.for_good else gc.get_threshold()
                gc.set_threshold(max(SELDOM, self.usual[0]), *self.usual[1:])
            self.wanting += 1

    def as_usual(self) -> None:
        with self.lock:
            self.wanting -= 1
            if not self.wanting and not self.for_good:
                gc.set_threshold(*self.usual)


_SWEEPS = _Sweeps()


def sweep_seldom() -> None:
    """From now on the search comes seldom, and more so until much is judged: for a process that starts a command."""
    _SWEEPS.start()


def sweep_no_more() -> None:
    """Leave everything that is alive out of every search to come: for a process that is about to end."""
    gc.freeze()


@contextmanager
def swept_seldom() -> Iterator[None]:
    """While this lasts, in any thread, the search comes seldom."""
    _SWEEPS.seldom()
    try:
        yield
    finally:
        _SWEEPS.as_usual()
