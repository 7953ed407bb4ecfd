"""What follows from the texts of rule files alone, kept on disk between processes: reading them is most of a command.

A result is found by a digest over its name, the texts, the program's own files and the Python that runs it: what has
changed in any of them is made anew, and nothing stale is found. A file that cannot be read, that another account could
have written, or that holds anything but values of the rule language counts as missing. `AVTALSVAKT_CACHE` names another
folder than the account's own for such files; empty, nothing is kept.
"""

import gc
import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import mkstemp
from typing import Any, TypeVar

from avtalsvakt_rules.machine import is_own

VARIABLE = "AVTALSVAKT_CACHE"
MOST = 12
"""How many results of a name are kept where nothing else is said, the latest used ones: what is small does not push out
a whole rulebook."""
OURS = "avtalsvakt_rules."
PLAIN = frozenset(
    [("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")]
    + [("fractions", "Fraction"), ("builtins", "frozenset"), ("builtins", "set")]
)
PRIVATE = 0o700
WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
Result = TypeVar("Result")


def remembered(name: str, texts: Sequence[str], make: Callable[[], Result], most: int = MOST) -> Result:
    """What `make` makes of the texts, or what it made of the same texts before. What it raises is not kept.

    Of the results of this name the `most` that were used last are kept.
    """
    folder = _folder()
    if folder is None:
        return make()
    place = folder / f"{_digest(name, texts)}.{name}"
    found = _kept(place)
    if found is not None:
        with suppress(OSError):
            os.utime(place)
        return found  # type: ignore[no-any-return] # the digest says what it is
    made = make()
    _keep(place, made, most)
    return made


def _folder() -> Path | None:
    """The folder for such files: as named, else what a service manager gives, else the account's own."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    given = os.environ.get("CACHE_DIRECTORY") or os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(given.split(":")[0] if given else Path.home() / ".cache") / "avtalsvakt"
    except RuntimeError:  # an account without a home
        return None


def _digest(name: str, texts: Sequence[str]) -> str:
    found = hashlib.sha256(f"{name}\0{_program()}\0{len(texts)}".encode())
    for text in texts:
        found.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return found.hexdigest()[:40]


@lru_cache(maxsize=1)
def _program() -> str:
    """Which program this is: its Python, and the size and time of each of its own files of the rule language."""
    root = Path(str(files("avtalsvakt_rules")))
    own = sorted(path for pattern in ("*.py", "*.yaml") for path in root.glob(pattern))
    stats = ((path.name, path.stat()) for path in own)
    return "|".join([sys.version, *(f"{name}:{found.st_size}:{found.st_mtime_ns}" for name, found in stats)])


def _kept(place: Path) -> Any:
    """What a file holds; None where there is none that can be trusted."""
    with (
        suppress(
            OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError, IndexError
        ),
        place.open("rb") as file,
        _without_collecting(),
    ):
        found = os.fstat(file.fileno())
        if is_own(found.st_uid) and not found.st_mode & WRITABLE_BY_OTHERS:
            return _Reader(file).load()
    return None


class _Reader(pickle.Unpickler):
    """Reads values of the rule language and nothing else: no function is ever called."""

    def find_class(self, module: str, name: str) -> type:
        """The class. Raises UnpicklingError for any other."""
        if module.startswith(OURS) or (module, name) in PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the rule language")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Garbage is not looked for among many new values that are all kept."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _keep(place: Path, result: object, most: int) -> None:
    """Keep a result, whole or not at all; where that cannot be done it is made anew the next time."""
    with suppress(OSError, pickle.PicklingError, RecursionError):
        place.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        handle, beside = mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(result, file, protocol=pickle.HIGHEST_PROTOCOL)
            Path(beside).replace(place)
        finally:
            Path(beside).unlink(missing_ok=True)
        alike = place.parent.glob(f"*{place.suffix}")
        for old in sorted(alike, key=lambda one: one.stat().st_mtime, reverse=True)[most:]:
            old.unlink(missing_ok=True)
