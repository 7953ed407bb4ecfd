"""Servers that stop while other tests go on: to close one takes a tenth of a second in which nothing is done."""

import threading
from collections.abc import Callable

STOPPING = "avslutas"


def stop_by_itself(stop: Callable[[], None]) -> None:
    """Let a server stop. What it has noted and not written may be lost with the register, which goes with its test."""
    threading.Thread(target=stop, name=STOPPING).start()


def all_stopped() -> None:
    """Wait for those that have been told to stop."""
    for thread in threading.enumerate():
        if thread.name == STOPPING:
            thread.join()
