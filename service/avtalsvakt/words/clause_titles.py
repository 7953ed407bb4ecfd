"""What clauses are called, read from the rule files without checking them: a list of duties must not wait for that.

The files were checked when they were judged. A file that cannot be read here gives no titles, and the list shows the
duties' keys alone.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from avtalsvakt.words.rule_texts import rule_texts

Titles = Mapping[tuple[str, str], str]


def clause_titles(further: Iterable[Path] = ()) -> Titles:
    """The act, else the sentence, of every clause, by (instrument, obligation)."""
    found: dict[tuple[str, str], str] = {}
    for text in rule_texts(further):
        found |= _titles_in(text)
    return found


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
