"""Strict YAML: every scalar is text, every key stands once, and every value remembers its line.

`on`, `no`, dates and `1.10` mean what they say; PyYAML alone would turn them into other things and keep the last of
two equal keys without a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rule_text import read_text, unreadable

if TYPE_CHECKING:
    import yaml

Path_ = tuple[str | int, ...]
Tree = str | list["Tree"] | dict[str, "Tree"] | None

DEEPEST = 40  # levels; the deepest that the language has is ten, and the parser's tree builder descends by itself
MOST = 200_000  # values; the largest file that comes with the program has ten thousand


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says (`tree`), on which line each value stands (`lines`, by path of keys and positions), its text.

    `parts` are further files of the same instrument, whose clauses stand in the tree too (parts.py). `each` is the
    signatory whose agreement it is, where several sign the same text (expanding.py). Name, text (and those of
    the parts) and signatory are what tells one from another: the rest follows from them.
    """

    name: str
    tree: Tree = field(compare=False)
    lines: Mapping[Path_, int] = field(compare=False)
    text: str = ""
    parts: "tuple[Source, ...]" = ()
    each: str = ""

    def where(self, path: Path_) -> str:
        """`file:line` of the nearest value at or above `path`."""
        for part in self.parts:
            if path[:2] not in self.lines and path[:2] in part.lines and len(path) > 1:
                return part.where(path)
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"


def read_source(path: Path) -> Source:
    """Read a YAML file. Raises Rejected for what cannot be read: encoding, syntax, doubled keys, aliases."""
    return parse_source(read_text(path), path.name)


@lru_cache(maxsize=64)
def parse_source(text: str, name: str) -> Source:
    """Read YAML text; `name` is what errors call it. Raises Rejected. What was read once is remembered."""
    import yaml  # takes time that a command can spare whose files were read before

    try:
        _refuse_overgrown(text, name)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = Problem(
            what="filen är inte giltig YAML",
            where=f"{name}:{line}",
            why=_in_swedish(str(error.problem or error.context or "")),
            remedy="rätta raden; vanligast är fel indrag, saknat kolon eller citattecken",
        )
        raise Rejected([problem]) from error
    except yaml.YAMLError as error:
        raise Rejected([unreadable(name, str(error).splitlines()[0])]) from error
    if node is None:
        raise Rejected([unreadable(name, "filen är tom")])
    reader = _Reader(name)
    tree = reader.read(node, ())
    if reader.problems:
        raise Rejected(reader.problems)
    return Source(name, tree, MappingProxyType(reader.lines), text)


def _refuse_overgrown(text: str, name: str) -> None:
    """Raise Rejected for what nobody writes: read as a stream of events, which neither descends nor is kept."""
    import yaml

    depth = values = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        values += isinstance(event, yaml.NodeEvent)
        if depth > DEEPEST or values > MOST:
            what, least = ("nivåer under varandra", DEEPEST) if depth > DEEPEST else ("värden", MOST)
            why = f"den har fler än {least} {what}"
            line = event.start_mark.line + 1 if event.start_mark else 1
            remedy = "skriv om filen; en fil för människor är mindre än så"
            raise Rejected([Problem("filen är inte rimligt byggd", f"{name}:{line}", why, remedy)])


_SAID = {
    "could not find expected ':'": "ett kolon saknas efter nyckeln",
    "mapping values are not allowed": "ett kolon står där det inte kan stå; sätt texten inom citattecken",
    "found character that cannot start any token": "tecknet kan inte inleda ett värde; använd inte tabb som indrag",
    "found unexpected end of stream": "ett citattecken eller en klammer stängs aldrig",
    "did not find expected key": "raden hör inte ihop med dem ovanför; jämför indraget",
    "did not find expected '-' indicator": "raden hör inte ihop med listan ovanför; jämför indraget",
    "did not find expected ',' or": "ett komma eller en klammer saknas",
    "did not find expected node content": "ett värde saknas",
    "found undefined alias": "* används; skriv ut innehållet eller sätt texten inom citattecken",
    "control characters are not allowed": "filen innehåller styrtecken",
    "found unknown escape character": "omvänt snedstreck betyder något annat; använd enkla citattecken",
}


def _in_swedish(said: str) -> str:
    """What the YAML parser said, in Swedish where it is one of the usual things."""
    return next((swedish for english, swedish in _SAID.items() if english in said), f"YAML-läsaren sade: {said}")


def _form(node: "yaml.Node") -> str:
    """What PyYAML calls it: scalar, sequence or mapping."""
    return str(node.id)  # type: ignore[attr-defined] # the stubs leave it out


class _Reader:
    """Walks the nodes once, collecting values, lines and problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def read(self, node: "yaml.Node", path: Path_) -> Tree:
        """The node's value; notes the line of everything below it."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        form = _form(node)
        if id(node) in self.seen and form != "scalar":
            self._refuse(node, "alias (*) används", "skriv ut innehållet; en regelfil ska kunna läsas rakt uppifrån")
            return None
        self.seen.add(id(node))
        if form == "mapping":
            return self._mapping(node, path)
        if form == "sequence":
            return [self.read(item, (*path, place)) for place, item in enumerate(node.value)]
        return None if node.tag.endswith(":null") and not node.value else str(node.value)

    def _mapping(self, node: "yaml.Node", path: Path_) -> dict[str, Tree]:
        out: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if _form(key_node) != "scalar" or key == "<<":
                self._refuse(key_node, "nyckeln är inte en enkel text", "skriv nyckeln som ett ord")
                continue
            if key in out:
                first = self.lines[(*path, key)]
                self._refuse(
                    key_node, f"nyckeln '{key}' står redan på rad {first}", "ta bort eller byt namn på en av dem"
                )
                continue
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            out[key] = self.read(value_node, (*path, key))
        return out

    def _refuse(self, node: "yaml.Node", what: str, remedy: str) -> None:
        where = f"{self.name}:{node.start_mark.line + 1}"
        self.problems.append(Problem(what, where, "två läsningar vore möjliga", remedy))
