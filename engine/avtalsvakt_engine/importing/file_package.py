"""Files in a ZIP, opened with care: a small one may unpack to what no machine holds, and damage has many names.

In comes a path, out come the sizes of its parts and their bytes. Raises `Unreadable` for all that the library raises,
and Rejected for what is too large.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from avtalsvakt_rules.problems import Problem, Rejected

LARGEST = 300_000_000
"""Bytes, unpacked: a hundred thousand rows of twenty columns are fifty million."""

RATIO = 200
"""How many times larger a part may be unpacked; sheets of text are ten to forty."""

PARTS = 2_000
_SMALL = 1_000_000


class Unreadable(Exception):  # noqa: N818 - what the file is
    """The file is no whole package, or not of the kind that was expected."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever a library says of a damaged file, as Unreadable: there are too many ways to name them one by one."""
    try:
        yield
    except (Rejected, Unreadable):
        raise
    except OSError as error:
        if error.strerror is None:  # said by the library, not by the system
            raise Unreadable(str(path)) from error
        why = f"systemet svarar: {error.strerror}"
        raise Rejected([Problem("filen kan inte läsas", str(path), why, "kontrollera filen")]) from error
    except Exception as error:
        raise Unreadable(str(path)) from error


@contextmanager
def package(path: Path) -> Iterator[zipfile.ZipFile]:
    """The open package; nothing of it has been unpacked. Raises Unreadable, and Rejected for what would swell."""
    with reading(path), zipfile.ZipFile(path) as opened:
        entries = opened.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        swollen = any(one.file_size > _SMALL and one.file_size > RATIO * max(1, one.compress_size) for one in entries)
        if unpacked > LARGEST or swollen or len(entries) > PARTS:
            why = f"den packas upp till {unpacked // 1_000_000} MB i {len(entries)} delar"
            remedy = "spara innehållet på nytt, eller som CSV"
            raise Rejected([Problem("filen är orimligt stor uppackad", str(path), why, remedy)])
        yield opened
