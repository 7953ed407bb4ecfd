"""What some systems have and others have not, with what is done in its place: the one module that asks for it.

Locks between processes, rights on files, limits of processes, and pipes that can be waited for belong to Linux and its
kin. Elsewhere (Windows) each function does what can be done, or refuses in four parts when it is needed; importing
refuses nothing.
"""

import math
import os
import signal
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from avtalsvakt_rules.problems import Problem, Rejected


def _where_there_is(name: str) -> Any:
    return import_module(name) if find_spec(name) else None


fcntl = _where_there_is("fcntl")
resource = _where_there_is("resource")

PIPES_ARE_WAITED_FOR = fcntl is not None and hasattr(signal, "setitimer") and hasattr(os, "pread")
"""Whether a process can be asked over pipes with a deadline, which the rule engine's worker is."""
WRITABLE_TO_FLUSH = os.O_RDONLY if fcntl is not None else os.O_RDWR
"""How a file is opened to be flushed: Windows flushes only what may be written."""
NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


def lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file for this process alone; false where the system has no such locks.

    Raises BlockingIOError where it is taken and not waited for.
    """
    if fcntl is None:
        return False
    fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True


def lock_alone(handle: int, what: str, where: str) -> None:
    """Lock an open file where only one process may do something. Raises BlockingIOError, or Rejected for no locks."""
    if not lock(handle, wait=False):
        why = "systemet har inga fillås, som hindrar att det görs två gånger"
        raise Rejected([Problem(what, where, why, "kör det på Linux eller en liknande dator")])


def give_rights(handle: int, rights: int) -> None:
    """Give an open file rights, where the system has them."""
    with suppress(AttributeError):
        os.fchmod(handle, rights)


def is_own(owner: int) -> bool:
    """Whether this account owns a file, by the number of its owner; where accounts have none, the folder guards it."""
    account: Any = getattr(os, "geteuid", None)
    return account is None or owner == account()


def flush_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk, where the system can."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def descriptors() -> int | None:
    """How many files and connections a process may have open; None for no limit, or none that can be asked for."""
    if resource is None:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else int(soft)


def check_limits(what: str, where: str) -> None:
    """Raise Rejected where other processes cannot be given limits."""
    if not hasattr(resource, "prlimit"):
        why = "systemet kan inte begränsa vad en process får ta"
        raise Rejected([Problem(what, where, why, "gör det på en dator med Linux")])


def limit(pid: int, seconds: float, memory: int, written: int) -> None:
    """Limit a process: seconds of processor, bytes of memory, bytes of a file. One that has ended is left alone."""
    for what, most in (("RLIMIT_CPU", math.ceil(seconds)), ("RLIMIT_AS", memory), ("RLIMIT_FSIZE", written)):
        with suppress(ProcessLookupError):
            resource.prlimit(pid, getattr(resource, what), (most, most))
