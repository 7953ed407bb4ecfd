"""Rule files as they stand, read without checking them: a list of duties must not wait for that.

The files were checked when they were judged. A file that cannot be read here is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from avtalsvakt_rules.keeping.plain_yaml import plain
from avtalsvakt_rules.keeping.result_cache import HERE, remembered, remembered_of_file
from avtalsvakt_rules.parsing.signatories import signed

FOLDERS = ("agreements", "statutes")
Tree = Mapping[str, Any]
Result = TypeVar("Result")


def rule_trees(further: Iterable[Path] = ()) -> tuple[Tree, ...]:
    """What stands in every built-in rule file, then in those in further files and folders. Not to be changed."""
    return _trees(tuple(_texts(further)))


def followed(name: str, make: Callable[[Iterable[Tree]], Result], further: Iterable[Path] = ()) -> Result:
    """What is made of the trees (plain values), or what was made of the same files before; `name` says what it is."""
    texts = tuple(_texts(further))
    return remembered(name, texts, lambda: make(_trees(texts)))


@lru_cache(maxsize=4)
def _trees(texts: tuple[str, ...]) -> tuple[Tree, ...]:
    """The trees of texts; a service reads each text once, and a command what another one has read before."""
    return remembered("trees", texts, lambda: tuple(_each([tree for text in texts if (tree := _tree(text))])))


def _each(trees: Sequence[Tree]) -> Iterator[Tree]:
    """The trees, with one of each signatory for those of a text that several sign, and for its parts."""
    several = {str(tree.get("instrument")): found for tree in trees if (found := signed(tree))}
    for tree in trees:
        mine = several.get(str(tree.get("instrument", tree.get("part_of"))))
        if mine is None:
            yield tree
        elif "part_of" in tree:
            yield from ({**tree, "part_of": one["instrument"]} for one in mine.values())
        else:
            yield from mine.values()


@lru_cache(maxsize=64)
def _tree(text: str) -> Tree | None:
    """The tree of one file, which is read once; None where it is none."""
    return remembered_of_file("plain", [text], lambda: _read(text))


def _read(text: str) -> Tree | None:
    from yaml import YAMLError

    try:
        tree = plain(text)
    except YAMLError:
        return None
    return tree if isinstance(tree, dict) else None


def _texts(further: Iterable[Path]) -> Iterator[str]:
    for path in (*(one for folder in FOLDERS for one in (HERE / folder).glob("*.yaml")), *_yaml_files(further)):
        try:
            yield path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue


def _yaml_files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from [place] if place.is_file() else [*place.rglob("*.yaml"), *place.rglob("*.yml")]
