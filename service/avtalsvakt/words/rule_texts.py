"""The texts of rule files, read without checking them: a list of duties must not wait for that.

The files were checked when they were judged. A file that cannot be read here is left out.
"""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

FOLDERS = ("agreements", "statutes")


def rule_texts(further: Iterable[Path] = ()) -> Iterator[str]:
    """The text of every built-in rule file, then of those in further files and folders."""
    root = Path(str(files("avtalsvakt_rules")))
    for path in (*(one for folder in FOLDERS for one in (root / folder).glob("*.yaml")), *_yaml_files(further)):
        try:
            yield path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue


def _yaml_files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from [place] if place.is_file() else [*place.rglob("*.yaml"), *place.rglob("*.yml")]
