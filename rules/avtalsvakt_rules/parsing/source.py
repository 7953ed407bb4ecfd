"""Strict YAML: every scalar is text, every key stands once, and every value remembers its line.

`on`, `no`, dates and `1.10` mean what they say; PyYAML alone would turn them into other things and keep the last of
two equal keys without a word.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from avtalsvakt_rules.parsing.rule_text import read_text, unreadable
from avtalsvakt_rules.problems import Problem, Rejected

Path_ = tuple[str | int, ...]
Tree = str | list["Tree"] | dict[str, "Tree"] | None

DEEPEST = 40  # levels; the deepest that the language has is ten
MOST = 200_000  # values; the largest file that comes with the program has ten thousand


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says (`tree`), on which line each value stands (`lines`, by path of keys and positions), its text.

    `parts` are further files of the same instrument, whose clauses stand in the tree too (parts.py). `each` is the
    signatory whose agreement it is, where several sign the same text (signatory_sources.py). Name, text (and those of
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

    reader = _Reader(name, yaml.parse(text, Loader=yaml.CSafeLoader))
    try:
        tree = reader.document()
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
    if reader.problems:
        raise Rejected(reader.problems)
    return Source(name, tree, MappingProxyType(reader.lines), text)


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


class _Reader:
    """Reads the events of a document once, collecting values, lines and problems."""

    def __init__(self, name: str, events: Iterator[Any]) -> None:
        self.name, self.events = name, events
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self._named: dict[str, tuple[str, Tree, int]] = {}
        self._depth = self._values = 0

    def document(self) -> Tree:
        """The value of the only document there is. Raises Rejected, and what YAML's own reader raises."""
        next(self.events)
        if _form(next(self.events)) == "StreamEndEvent":
            raise Rejected([unreadable(self.name, "filen är tom")])
        tree = self._read(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if _form(after) != "StreamEndEvent":
            raise self._fault("but found another document", after)
        return tree

    def _read(self, event: Any, path: Path_) -> Tree:
        """The value that begins with an event; notes the line of everything below it."""
        form, line = _form(event), event.start_mark.line + 1
        self._depth += form.endswith("StartEvent")
        self._values += 1
        if self._depth > DEEPEST or self._values > MOST:
            raise Rejected([self._overgrown(line)])
        if form == "AliasEvent":
            return self._told_before(event, path)
        self.lines.setdefault(path, line)
        text = _text(event) if form == "ScalarEvent" else None
        if event.anchor is not None:
            if event.anchor in self._named:
                raise self._fault("second occurrence", event)
            self._named[event.anchor] = form, text, line
        if form == "ScalarEvent":
            return text
        out = self._mapping(path) if form == "MappingStartEvent" else self._sequence(path)
        self._depth -= 1
        return out

    def _told_before(self, event: Any, path: Path_) -> Tree:
        """What an alias stands for: a text, and nothing that has parts."""
        if event.anchor not in self._named:
            raise self._fault("found undefined alias", event)
        form, text, line = self._named[event.anchor]
        self.lines.setdefault(path, line)
        if form != "ScalarEvent":
            self._refuse(line, "alias (*) används", "skriv ut innehållet; en regelfil ska kunna läsas rakt uppifrån")
        return text

    def _sequence(self, path: Path_) -> list[Tree]:
        out: list[Tree] = []
        while _form(event := next(self.events)) != "SequenceEndEvent":
            out.append(self._read(event, (*path, len(out))))
        return out

    def _mapping(self, path: Path_) -> dict[str, Tree]:
        out: dict[str, Tree] = {}
        while _form(event := next(self.events)) != "MappingEndEvent":
            line = event.start_mark.line + 1
            key = self._key(event)
            if key is None:
                self._refuse(line, "nyckeln är inte en enkel text", "skriv nyckeln som ett ord")
            elif key in out:
                first = self.lines[(*path, key)]
                what = f"nyckeln '{key}' står redan på rad {first}"
                self._refuse(line, what, "ta bort eller byt namn på en av dem")
            else:
                self.lines[(*path, key)] = line
                out[key] = self._read(next(self.events), (*path, key))
                continue
            self._passed_over(next(self.events))
        return out

    def _key(self, event: Any) -> str | None:
        """The key that begins with an event; None where it is no plain text."""
        if _form(event) == "ScalarEvent" and event.anchor is None:  # as all are written
            self._values += 1
            return None if event.value == "<<" else str(event.value)
        found = self._passed_over(event)
        form = self._named[event.anchor][0] if _form(event) == "AliasEvent" else _form(event)
        return None if form != "ScalarEvent" or found == "<<" else found or ""  # type: ignore[return-value]

    def _passed_over(self, event: Any) -> Tree:
        """What is read like everything else, and told of nowhere."""
        lines, problems = self.lines, self.problems
        self.lines, self.problems = {}, []
        out = self._read(event, ())
        self.lines, self.problems = lines, problems
        return out

    def _fault(self, problem: str, event: Any) -> Exception:
        """What only shows when events are put together, as YAML's own reader tells of it; other faults go first."""
        import yaml

        deque(self.events, maxlen=0)
        return yaml.MarkedYAMLError(None, None, problem, event.start_mark)

    def _overgrown(self, line: int) -> Problem:
        """What is said of a file such as nobody writes."""
        what, least = ("nivåer under varandra", DEEPEST) if self._depth > DEEPEST else ("värden", MOST)
        why = f"den har fler än {least} {what}"
        remedy = "skriv om filen; en fil för människor är mindre än så"
        return Problem("filen är inte rimligt byggd", f"{self.name}:{line}", why, remedy)

    def _refuse(self, line: int, what: str, remedy: str) -> None:
        self.problems.append(Problem(what, f"{self.name}:{line}", "två läsningar vore möjliga", remedy))


def _form(event: object) -> str:
    """What YAML calls it: ScalarEvent, MappingStartEvent, SequenceEndEvent and so on."""
    return type(event).__name__


def _text(event: Any) -> str | None:
    """What a scalar says; None where nothing is written, or nothing and that it is null."""
    null = event.implicit[0] if event.tag in (None, "!") else event.tag.endswith(":null")
    return None if null and not event.value else str(event.value)
