"""What goes out: a rulebook once, and errands: some pieces with the facts that judging them may ask for. Pure values.

In come pieces and a world, out come bytes; on the other side bytes come in and the values out. They are pickled: who
judges has to trust who asks, as every worker does. What comes back is no pickle (replies.py).
"""

import gc
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.assessing.assessment import World
from avtalsvakt_engine.assessing.pieces import Piece, Waiting, possible_cells
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook

Value = TypeVar("Value")


class Lacking(LookupError):  # noqa: N818 - what happened
    """Judging asked for something that did not come with the errand; the agreement is judged where everything is."""


class Errand(Struct, frozen=True):
    """Pieces to judge as of a day, and the visible facts of every agreement that they may rest on."""

    as_of: date
    horizon: int
    facts: Mapping[str, tuple[Fact, ...]]
    pieces: tuple[Piece, ...]

    def facts_of(self, agreement: str) -> Sequence[Fact]:
        """The visible facts of an agreement. Raises Lacking."""
        return _found(self.facts, agreement)


class Read(Struct, frozen=True):
    """Reads verdicts out of those that came along."""

    verdicts: Mapping[str, Verdict]

    def __call__(self, duty: str) -> Verdict:
        """The verdict on a duty. Raises Lacking."""
        return _found(self.verdicts, duty)


def _found(values: Mapping[str, Value], name: str) -> Value:
    if name not in values:
        raise Lacking(name)
    return values[name]


def packed_rules(rulebook: Rulebook) -> bytes:
    """A rulebook as it goes out. Its files do not go with it: nothing is kept on the other side."""
    return pickle.dumps((dict(rulebook.written), rulebook.content, dict(rulebook.overrides)), pickle.HIGHEST_PROTOCOL)


def unpacked_rules(rules: bytes) -> Rulebook:
    """The rulebook again."""
    collecting = gc.isenabled()
    gc.disable()  # nothing among so many new values is garbage
    try:
        written, content, overrides = pickle.loads(rules)  # noqa: S301 - from whoever gave the work
    finally:
        if collecting:
            gc.enable()
    return Rulebook(MappingProxyType(written), content, MappingProxyType(overrides))


def packed_errand(world: World, facts_of: Callable[[str], tuple[Fact, ...]], pieces: Sequence[Piece]) -> bytes:
    """Pieces with all that they may rest on, as they go out; `facts_of` may remember what it has read."""
    needed = {name: None for piece in pieces for name in rests_on(world.rulebook, piece.agreement)}
    sent = tuple(_with_verdicts(world.rulebook, piece) for piece in pieces)
    errand = Errand(world.as_of, world.horizon, {name: facts_of(name) for name in needed}, sent)
    return pickle.dumps(errand, pickle.HIGHEST_PROTOCOL)


def unpacked_errand(errand: bytes) -> Errand:
    """The errand again."""
    found: Errand = pickle.loads(errand)  # noqa: S301 - as above
    return found


def rests_on(rulebook: Rulebook, agreement: str) -> tuple[str, ...]:
    """The agreements whose facts judging one may ask for: its own and those of all that its terms may depend on."""
    found: dict[str, None] = {}
    todo = [agreement]
    while todo:
        name = todo.pop()
        one = rulebook.instruments.get(name)
        if one is not None and name not in found:
            found[name] = None
            todo += _near(rulebook, one)
    return tuple(found)


def _near(rulebook: Rulebook, one: Instrument) -> Iterator[str]:
    """What an instrument rests on itself: those over it, its successor, those it covers, those that clauses name."""
    over = rulebook.chain(one)
    successor = rulebook.successor(one)
    yield from (other.instrument for other in (*over, *([successor] if successor else [])))
    yield from rulebook.covering(one)
    clauses = (clause for text in (one, *over) for clause in text.clauses.values())
    conditions = (condition for clause in clauses for condition in (*clause.given, *clause.unless))
    yield from (condition.in_force for condition in conditions if condition.in_force)


def _with_verdicts(rulebook: Rulebook, piece: Piece) -> Piece:
    """The piece with the stored verdicts that its clauses may ask one another for: alone in its cell none does."""
    if piece.cells is None:
        return piece
    several = {name for name, cell in possible_cells(rulebook, piece.agreement) if len(cell.clauses) > 1}
    return replace(
        piece, cells={name: _sent(one, one.until if name in several else ()) for name, one in piece.cells.items()}
    )


def _sent(one: Waiting, duties: Iterable[str]) -> Waiting:
    return replace(one, until=dict(one.until), read=Read({duty: one.read(duty) for duty in duties}))
