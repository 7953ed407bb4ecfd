"""Workers that are processes of this machine: started when there is something to judge, stopped with the night.

They are started anew and not forked, since the asker may have threads; they heed no Ctrl-C, which their asker does for
them, and end when it is no more, however it ended. One that is killed takes the others of its set with it; the set is
started again, some times.
"""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import Self

from msgspec import Struct

from avtalsvakt_engine.spreading.spread import Pending, Unavailable, WorkerLost

STARTS = 4
"""How many times the set of workers is started in a night at most."""


class _Reply(Struct, frozen=True):
    future: "Future[bytes]"

    def get(self, patience: float, /) -> bytes:
        """The reply. Raises WorkerLost, TimeoutError, or what went wrong."""
        try:
            return self.future.result(patience)
        except BrokenProcessPool as error:
            raise WorkerLost from error


class Processes:
    """A set of worker processes; use it as a context manager."""

    def __init__(self, workers: int) -> None:
        """Nothing is started yet."""
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._rules = b""
        self._starts = 0

    width = property(lambda self: self._workers + 1, doc="One errand for each worker, and one that waits.")

    @property
    def lost(self) -> int:
        """How many times the set was lost."""
        return max(0, self._starts - 1)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that there are."""
        return tuple(getattr(self._executor, "_processes", None) or ())

    def send(self, rules: bytes, errand: bytes, /) -> Pending:
        """Send an errand to the next worker that is free. Raises Unavailable."""
        if rules is not self._rules:  # a night whose rules changed has two
            self._stop()
            self._starts, self._rules = max(0, self._starts - 1), rules
        try:
            with _unseen_interrupts():
                return _Reply(self._started().submit(_answer, errand))
        except BrokenProcessPool:
            self._stop()
            return self.send(rules, errand)
        except OSError as error:
            raise Unavailable(f"arbetsprocesser kan inte startas ({error.strerror or error})") from error

    def __enter__(self) -> Self:
        """The set."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop the workers; what they are doing is not waited for."""
        self._stop()

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            if self._starts == STARTS:
                raise Unavailable(f"arbetsprocesserna har försvunnit {STARTS} gånger")
            self._starts += 1
            self._executor = ProcessPoolExecutor(
                self._workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._rules,)
            )
        return self._executor

    def _stop(self) -> None:
        """End the processes at once: they hold nothing that anybody misses."""
        if self._executor is None:
            return
        executor, self._executor = self._executor, None
        running = list((getattr(executor, "_processes", None) or {}).values())
        executor.shutdown(wait=False, cancel_futures=True)
        for one in running:
            one.kill()
        for one in running:
            one.join()


@contextmanager
def _unseen_interrupts() -> Iterator[None]:
    """A process that starts within the block is not interrupted by Ctrl-C before it can say so itself."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:  # Windows
        yield
        return
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


_RULES = b""


def _begin(rules: bytes) -> None:
    """The first thing that a worker does."""
    global _RULES  # noqa: PLW0603 - a process has one set of rules, and errands come after them
    _RULES = rules
    for one in (signal.SIGINT, signal.SIGTERM):  # those reach a whole group of processes, and its first one decides
        signal.signal(one, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: nobody waits for what it does."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _answer(errand: bytes) -> bytes:
    from avtalsvakt_engine.spreading.working import answer

    return answer(_RULES, errand)
