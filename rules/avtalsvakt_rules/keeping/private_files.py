"""Files and folders that only the account that made them may open: a register says who did what.

In comes a path, out comes an empty file of the account's own (0600), or a folder (0700), whatever the account's own
habit (umask) is. What is there keeps the rights that somebody gave it. Raises OSError.
"""

import os
from pathlib import Path

from avtalsvakt_rules.machine import give_rights

FILE, FOLDER = 0o600, 0o700
OTHERS = 0o077
"""What is taken away from everybody else."""


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=FOLDER, exist_ok=True)


def make_file(path: Path, like: Path | None = None) -> None:
    """Make an empty file, which may not be there; one that is to replace `like` gets the rights that it has."""
    rights = like.stat().st_mode & 0o777 if like is not None and like.exists() else FILE
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE)
    try:
        give_rights(handle, rights)
    finally:
        os.close(handle)


def open_to_others(path: Path) -> bool:
    """Whether other accounts may read or write a file."""
    return bool(path.stat().st_mode & OTHERS)
