"""Workers on other machines: a Dask cluster that is there already, reached at its scheduler's address.

Whoever controls a cluster controls what its workers and this process run: Dask's own messages are pickles. So it has to
be one's own, reached over TLS or on this machine. What its workers conclude is JSON, and checked like any other.
"""

import asyncio
import logging
import warnings
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from avtalsvakt_engine.spreading.spread import Pending, Unavailable, WorkerLost
from avtalsvakt_engine.spreading.working import answer

START = 10.0
"""Seconds for the scheduler to answer, and for a worker to be there."""
MOST = 256
"""Errands under way at most: what is sent lies in memory."""
GONE = "klustret svarar inte längre"


class _Reply(Struct, frozen=True):
    future: Any  # distributed ships types that do not say what a future holds

    def get(self, patience: float, /) -> bytes:
        """The reply. Raises WorkerLost, Unavailable, TimeoutError, or what went wrong."""
        from distributed import KilledWorker

        try:
            found = self.future.result(patience)
        except KilledWorker as error:
            raise WorkerLost from error  # Dask has given it to one after the other, and all of them died
        except (CancelledError, asyncio.CancelledError) as error:
            raise Unavailable(GONE) from error
        return bytes(found)


class Cluster:
    """A cluster; use it as a context manager. It is reached when there is something to judge."""

    def __init__(self, address: str) -> None:
        """Nothing is reached yet."""
        self._address = address
        self._client: Any = None
        self._rules: tuple[bytes, Any] = (b"", None)
        self._workers: set[str] = set()
        self._lost: set[str] = set()

    @property
    def width(self) -> int:
        """Two errands for each thread that judges. Raises Unavailable."""
        return min(MOST, 2 * sum(self._threads(self._reached()).values()))

    @property
    def lost(self) -> int:
        """How many workers there were once and are no more."""
        if self._client is not None:
            try:
                self._threads(self._client)
            except Unavailable:
                return len(self._lost)
        return len(self._lost)

    def send(self, rules: bytes, errand: bytes, /) -> Pending:
        """Send an errand to the cluster, and before the first one the rules. Raises Unavailable."""
        client = self._reached()
        try:
            with warnings.catch_warnings(action="ignore"):
                if self._rules[0] is not rules:
                    self._rules = rules, client.submit(bytes, rules, pure=False)
                return _Reply(client.submit(answer, self._rules[1], errand, pure=False))
        except Exception as error:  # whatever Dask calls it, nothing can be sent any more
            raise Unavailable(GONE) from error

    def __enter__(self) -> Self:
        """The cluster."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the cluster; what its workers are doing for this night is called off."""
        client, self._client, self._rules = self._client, None, (b"", None)
        if client is not None:
            client.close(timeout=START)

    def _reached(self) -> Any:
        if self._client is None:
            from distributed import Client

            connect: Any = Client
            _quieten()
            try:
                self._client = connect(self._address, timeout=START, set_as_default=False)
                self._client.wait_for_workers(1, timeout=START)
            except (OSError, TimeoutError, ValueError) as error:
                raise Unavailable(f"klustret på {self._address} har inte svarat, eller har ingen arbetare") from error
        return self._client

    def _threads(self, client: Any) -> dict[str, int]:
        """The threads of each worker there is; who is not there any more is lost."""
        try:
            found: dict[str, int] = client.nthreads()
        except (Exception, asyncio.CancelledError) as error:  # whatever Dask calls it, nobody answers
            raise Unavailable(GONE) from error
        self._lost |= self._workers - found.keys()
        self._workers |= found.keys()
        return found


def _quieten() -> None:
    """Let Dask's logs be: what matters is told by the night."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
