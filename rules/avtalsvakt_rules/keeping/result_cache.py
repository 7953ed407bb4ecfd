"""What follows from the texts of rule files alone, kept on disk between processes: reading them is most of a command.

A result is found by a digest over its name, the texts, the program's own files and the Python that runs it: what has
changed in any of them is made anew, and nothing stale is found. A file that cannot be read, that is not to the last bit
what was written, that another account could have written, or that holds anything but values of the rule language counts
as missing. `AVTALSVAKT_CACHE` names another
folder than the account's own for such files; empty, nothing is kept.
"""

import gc
import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from avtalsvakt_rules.machine import is_own

VARIABLE = "AVTALSVAKT_CACHE"
MOST = 12
"""How many results of a name are kept, the latest used ones: what is small does not push out a whole rulebook."""
MOST_OF_FILES = 64
"""The same of what follows from one file: those that come with the program, and as many as many have."""
LEAST = 3_000
"""Signs of a file of which something is kept: a shorter one is read as quickly as it would be found."""
OURS = "avtalsvakt_rules."
HERE = Path(__file__).parents[1]
"""Where the rule language and the files that come with it are."""
PLAIN = frozenset(
    [("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")]
    + [("fractions", "Fraction"), ("builtins", "frozenset"), ("builtins", "set")]
)
PRIVATE = 0o700
CHECKSUM = 4
"""Bytes at the beginning of a file."""
WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
Result = TypeVar("Result")


def remembered(
    name: str,
    texts: Sequence[str],
    make: Callable[[], Result],
    kept: Callable[[Result], Result] = lambda made: made,
    most: int = MOST,
) -> Result:
    """What `make` makes of the texts, or what it made of the same texts before. What it raises is not kept.

    `kept`: the form in which it is kept, equal to what was made. `most`: how many results of this name are.
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
    _keep(place, kept(made), most)
    return made


def remembered_of_file(name: str, texts: Sequence[str], make: Callable[[], Result]) -> Result:
    """The same of the texts of one file, with its name and its parts; what is short is made each time."""
    return make() if sum(map(len, texts)) < LEAST else remembered(name, texts, make, most=MOST_OF_FILES)


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
    own = sorted(path for pattern in ("*.py", "*/*.py", "*.yaml") for path in HERE.glob(pattern))
    stats = ((path.relative_to(HERE), path.stat()) for path in own)
    return "|".join([sys.version, *(f"{name}:{found.st_size}:{found.st_mtime_ns}" for name, found in stats)])


def _kept(place: Path) -> Any:
    """What a file holds; None where there is none that can be trusted."""
    with (
        suppress(
            OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError, IndexError
        ),
        place.open("rb") as file,
    ):
        found = os.fstat(file.fileno())
        if is_own(found.st_uid) and not found.st_mode & WRITABLE_BY_OTHERS:
            checksum, raw = file.read(CHECKSUM), file.read()
            return values_in(raw) if checksum == _checksum(raw) else None
    return None


def _checksum(raw: bytes) -> bytes:
    """A bit that is lost on a disk would make another rule of one."""
    return crc32(raw).to_bytes(CHECKSUM)


def values_in(raw: bytes) -> Any:
    """The values of the rule language that were pickled. Raises UnpicklingError for anything else."""
    with _without_collecting():
        return _Reader(io.BytesIO(raw)).load()


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
    from tempfile import mkstemp  # only here: what is found again writes nothing

    with suppress(OSError, pickle.PicklingError, RecursionError):
        place.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        handle, beside = mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                raw = pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
                file.write(_checksum(raw) + raw)
            Path(beside).replace(place)
        finally:
            Path(beside).unlink(missing_ok=True)
        alike = place.parent.glob(f"*{place.suffix}")
        for old in sorted(alike, key=lambda one: one.stat().st_mtime, reverse=True)[most:]:
            old.unlink(missing_ok=True)
