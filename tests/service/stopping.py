"""Servers that stop while other tests go on: to close one takes a tenth of a second in which nothing is done."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

_POOL = ThreadPoolExecutor(thread_name_prefix="avslutas")
_LEFT: list[Future[None]] = []


def stop_by_itself(stop: Callable[[], None]) -> None:
    """Let a server stop. What it has noted and not written may be lost with the register, which goes with its test."""
    _LEFT.append(_POOL.submit(stop))


def all_stopped() -> None:
    """Wait for those that have been told to stop. Raises what one of them raised."""
    for one in _LEFT:
        one.result()
