"""Which program judges: only the same one is sure to come to the same."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGES = ("avtalsvakt_rules", "avtalsvakt_engine")
"""What a verdict follows from, beside rules and facts."""
SUFFIXES = (".py", ".yaml", ".txt")


@cache
def program() -> str:
    """The SHA-256 (hex) of every file of the program that verdicts follow from."""
    found = hashlib.sha256()
    for package in PACKAGES:
        _add(found, files(package), package)
    return found.hexdigest()


def _add(found: "hashlib._Hash", folder: Traversable, name: str) -> None:
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{name}/{one.name}"
        if one.is_dir():
            _add(found, one, path)
        elif one.name.endswith(SUFFIXES):
            content = one.read_bytes()
            found.update(f"{path}\0{len(content)}\0".encode() + content)
