"""What clauses are called, read from the rule files without checking them: a list of duties must not wait for that.

The files were checked when they were judged. A file that cannot be read here gives no titles, and the list shows the
duties' keys alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import yaml

Titles = Mapping[tuple[str, str], str]
FOLDERS = ("agreements", "statutes")


def clause_titles(further: Iterable[Path] = ()) -> Titles:
    """The act, else the sentence, of every clause, by (instrument, obligation)."""
    root = Path(str(files("avtalsvakt_rules")))
    found: dict[tuple[str, str], str] = {}
    for path in (*(one for folder in FOLDERS for one in (root / folder).glob("*.yaml")), *_yaml_files(further)):
        found |= _titles(path)
    return found


def _yaml_files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from [place] if place.is_file() else [*place.rglob("*.yaml"), *place.rglob("*.yml")]


def _titles(path: Path) -> Titles:
    try:
        return _titles_in(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return {}


@lru_cache(maxsize=64)
def _titles_in(text: str) -> Titles:
    """The titles of one file; a service that lists and runs reads each text once."""
    try:
        tree = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
        clauses = tree["clauses"].items()
        whose = tree.get("instrument") or tree["part_of"]  # a long text may be written in several files
        return {(whose, name): str(clause.get("act") or clause.get("sv") or name) for name, clause in clauses}
    except (yaml.YAMLError, AttributeError, KeyError, TypeError):
        return {}
