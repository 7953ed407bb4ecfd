"""The seam at which judging is spread: pieces of a run's work in, what they come to out, in the same order.

Wherever it is done the same is stored: only the judging goes through here, and reading and writing stay with the run.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct

from avtalsvakt_engine.assessing.pieces import Judge, Judged, Piece, Unjudged


class HowJudged(Struct, frozen=True):
    """How agreements were judged that were to be judged elsewhere: how many were, and how many had to be judged here.

    `lost`: how many times workers were lost, whose agreements were judged again. `why`: why some were judged here, each
    reason once. `by_table`: why the rule engine did not start where they were judged, so that its table answered.
    """

    elsewhere: int = 0
    here: int = 0
    lost: int = 0
    why: tuple[str, ...] = ()
    by_table: str | None = None

    @property
    def as_asked(self) -> bool:
        """Whether all of it was judged elsewhere, once."""
        return not (self.here or self.lost)


class Mapper(Protocol):
    """What judges pieces, here or elsewhere."""

    @property
    def told(self) -> HowJudged | None:
        """How it was done so far; None where all is judged here because nothing else was asked for."""

    def map(self, judge: Judge, pieces: Iterable[Piece], count: int, /) -> Iterator[Judged | Unjudged]:
        """What `count` pieces come to, in their order. Pieces are taken as they are needed; `judge` judges here."""


class _InProcess:
    """Judges each piece when it is asked for, in this process."""

    told = None

    def map(self, judge: Judge, pieces: Iterable[Piece], _count: int, /) -> Iterator[Judged | Unjudged]:
        """What the pieces come to, each judged when it is asked for."""
        return map(judge, pieces)


IN_PROCESS: Mapper = _InProcess()
"""Judges here, which is what is done unless something else is asked for."""
