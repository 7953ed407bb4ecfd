"""Files that are either whole or not there: written beside, flushed to the disk, put in place in one step.

A process that is killed, a disk that is full or a power supply that fails leaves the earlier file (or none), and at
most a file beside it whose name says what it is. It is the account's own; one that replaces another keeps the rights of
that. Raises Rejected where the machine refuses.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from avtalsvakt_rules.keeping.private_files import make_file
from avtalsvakt_rules.machine import NO_LINKS, WRITABLE_TO_FLUSH, flush_folder, lock
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.texts.expressions import expression

UNFINISHED = ".ofardig"
"""Ends the name of a file that is being written; whoever writes it holds a lock on it."""
_LEFT = expression(rf".+\.[0-9a-f]{{8}}{re.escape(UNFINISHED)}")


@contextmanager
def whole(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """A path beside `target` to write to; on leaving without an error it becomes `target`.

    Without `replace` a file that is there already, or comes there meanwhile, is left alone. Raises Rejected.
    """
    if not replace and target.exists():
        raise Rejected([_there(target)])
    import secrets  # only where a file is written: it brings random numbers of all kinds

    beside = target.with_name(f"{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
    held = -1
    try:
        make_file(beside, target)
        held = _held(beside)
        yield beside
        flush(beside)
        put(beside, target, replace=replace)
    except FileExistsError as error:
        raise Rejected([_there(target)]) from error
    except OSError as error:
        raise Rejected([_refused(target, error)]) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if held >= 0:
            os.close(held)


def _held(beside: Path) -> int:
    """The file opened and locked; -1 where there are no locks, and an open file could not be given its name."""
    handle = os.open(beside, os.O_RDONLY)
    if lock(handle, wait=True):
        return handle
    os.close(handle)
    return -1


def clear_unfinished(folder: Path) -> list[Path]:
    """Take away what killed programs left half written in a folder, and what it was; what is being written stays."""
    return [one for one in sorted(folder.iterdir()) if _LEFT.fullmatch(one.name) and _cleared(one)]


def _cleared(left: Path) -> bool:
    try:
        handle = os.open(left, os.O_RDONLY | NO_LINKS)
    except OSError:
        return False
    try:
        if not lock(handle, wait=False):
            return False  # nobody can tell whether it is being written
        left.unlink()
        left.with_name(f"{left.name}-journal").unlink(missing_ok=True)
    except OSError:
        return False  # somebody writes it, or it is not ours to take away
    else:
        return True
    finally:
        os.close(handle)


def put(source: Path, target: Path, *, replace: bool) -> None:
    """Give a flushed file its name, so that it is there after a power failure too."""
    if replace:
        os.replace(source, target)  # noqa: PTH105 - one step, on every system, and easy to interrupt in tests
    else:
        os.link(source, target)
    flush_folder(target.parent)


def flush(path: Path) -> None:
    """See to it that what was written is on the disk."""
    handle = os.open(path, WRITABLE_TO_FLUSH)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _there(target: Path) -> Problem:
    return Problem("filen finns redan", str(target), "den skrivs aldrig över", "ange ett annat namn")


def _refused(target: Path, error: OSError) -> Problem:
    why = f"operativsystemet svarar: {error.strerror or error}"
    remedy = "kontrollera mappen, rättigheterna och utrymmet; inget har ändrats"
    return Problem("filen kan inte skrivas", str(target), why, remedy)
