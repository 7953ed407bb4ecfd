"""What clauses are called, read from the rule files without checking them: a list of duties must not wait for that.

The files were checked when they were judged. A file that cannot be read here gives no titles, and the list shows the
duties' keys alone.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from avtalsvakt.words.rule_texts import Tree, followed

Titles = Mapping[tuple[str, str], str]


def clause_titles(further: Iterable[Path] = ()) -> Titles:
    """The act, else the sentence, of every clause, by (instrument, obligation)."""
    return followed("titles", _titles, further)


def _titles(trees: Iterable[Tree]) -> Titles:
    found: dict[tuple[str, str], str] = {}
    for tree in trees:
        found |= _titles_in(tree)
    return found


def _titles_in(tree: Tree) -> Titles:
    """The titles of one file."""
    try:
        clauses = tree["clauses"].items()
        whose = tree.get("instrument") or tree["part_of"]  # a long text may be written in several files
        return {(whose, name): str(clause.get("act") or clause.get("sv") or name) for name, clause in clauses}
    except (AttributeError, KeyError, TypeError):
        return {}
