"""What follows from one rule file alone, read once and kept on disk: of a set of files, only what is new is read.

The whole set is kept too (rulebook.py); these are for the set that has not been seen, of which most files have: an
author's next try, a rule file on a page, an upgrade of one agreement. Source: docs/decisions, number 25.
"""

from collections.abc import Callable
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from avtalsvakt_rules.keeping.result_cache import remembered_of_file
from avtalsvakt_rules.parsing.source import Path_, Source, Tree, parse_source

Result = TypeVar("Result")


def of_file(name: str, source: Source, make: Callable[[Source], Result]) -> Result:
    """What `make` makes of a file with its parts and nothing else, or made of the same before. It may raise.

    The agreements of a text that many sign are made each time: they would push out all others.
    """
    texts = [text for one in (source, *source.parts) for text in (one.name, one.text)]
    return make(source) if source.each else remembered_of_file(name, texts, lambda: make(source))


@lru_cache(maxsize=64)
def source_of(text: str, name: str) -> Source:
    """What a file says, as `parse_source` reads it. Raises Rejected."""
    tree, lines = remembered_of_file("tree", [name, text], lambda: _plain(parse_source(text, name)))
    return Source(name, tree, MappingProxyType(lines), text)


def _plain(source: Source) -> tuple[Tree, dict[Path_, int]]:
    return source.tree, dict(source.lines)
