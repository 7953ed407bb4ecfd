"""Judges pieces elsewhere, in order: sends some ahead, checks what comes back, judges here what does not.

Whatever happens to workers costs time and never a verdict: an errand whose worker was lost is sent once more, and one
that fails, or comes back unsound or not at all, is judged here. What was done is told (`told`).
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.assessing.pieces import Judge, Judged, Piece, Unjudged
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.spreading.errands import packed_errand, packed_rules
from avtalsvakt_engine.spreading.mapper import HowJudged
from avtalsvakt_engine.spreading.replies import Unsound, read

PATIENCE = 600.0
"""Seconds for the reply to an errand, which takes a few; a worker that takes longer hangs."""
LITTLE = 5.0
"""Seconds for what is under way once a reply did not come."""
MOST = 16
"""Agreements in an errand at most: enough that what it brings along is shared, few enough that one that is lost is
soon done again."""
ROUNDS = 4
"""Errands for each worker at least, where there is work enough: so that all are done at about the same time."""
REMEMBERED = 64
"""Agreements on which others rest, whose facts are kept between errands."""


class WorkerLost(Exception):  # noqa: N818 - what happened
    """The worker that had an errand is no more; the errand can be sent again."""


class Unavailable(Exception):  # noqa: N818 - what it is
    """Nothing can be sent any more; says why in Swedish."""


class Pending(Protocol):
    """An errand under way."""

    def get(self, patience: float, /) -> bytes:
        """The reply. Raises WorkerLost, Unavailable, TimeoutError, or what went wrong with the worker."""


class Pool(Protocol):
    """Workers somewhere."""

    @property
    def width(self) -> int:
        """How many errands can be under way at once. Raises Unavailable."""

    @property
    def lost(self) -> int:
        """How many times workers were lost."""

    def send(self, rules: bytes, errand: bytes, /) -> Pending:
        """Send an errand out. Raises Unavailable."""


class _Sent(Struct, frozen=True):
    pieces: tuple[Piece, ...]
    errand: bytes
    pending: Pending | None


class Spread:
    """Judges pieces in a pool, which somebody else opens and closes. For one night."""

    def __init__(self, pool: Pool, patience: float = PATIENCE) -> None:
        """Nothing is sent yet."""
        self._pool = pool
        self._patience = patience
        self._told = HowJudged()
        self._closed: str | None = None  # why nothing is sent any more

    @property
    def told(self) -> HowJudged:
        """How it was done so far."""
        return replace(self._told, lost=self._pool.lost)

    def map(self, judge: Judge, pieces: Iterable[Piece], count: int, /) -> Iterator[Judged | Unjudged]:
        """What the pieces come to, in their order."""
        rules, width = packed_rules(judge.world.rulebook), self._width()
        facts_of = lru_cache(maxsize=REMEMBERED)(lambda name: tuple[Fact, ...](judge.world.facts_of(name)))
        waiting, ahead = iter(pieces), deque[_Sent]()
        while batch := tuple(islice(waiting, _size(count, width))):
            errand = packed_errand(judge.world, facts_of, batch) if self._closed is None else b""
            ahead.append(_Sent(batch, errand, self._send(rules, errand)))
            if len(ahead) > width:
                yield from self._received(judge, rules, ahead.popleft())
        while ahead:
            yield from self._received(judge, rules, ahead.popleft())

    def _width(self) -> int:
        try:
            return self._pool.width
        except Unavailable as reason:
            self._closed = str(reason)
            return 1

    def _send(self, rules: bytes, errand: bytes) -> Pending | None:
        if self._closed is None:
            try:
                return self._pool.send(rules, errand)
            except Unavailable as reason:
                self._closed = str(reason)
        return None

    def _received(self, judge: Judge, rules: bytes, sent: _Sent) -> Iterator[Judged | Unjudged]:
        """What an errand came to, sent once more if its worker was lost; what did not come is judged here."""
        found: Sequence[Judged | Unjudged | None] = (None,) * len(sent.pieces)
        why = self._closed or ""
        try:
            found, by_table = read(self._reply(rules, sent), sent.pieces, judge.world.rulebook)
            self._told = replace(self._told, by_table=self._told.by_table or by_table)
            why = "det som behövdes följde inte med"
        except WorkerLost:
            why = "arbetaren försvann två gånger"
        except TimeoutError:
            why = self._closed = self._closed or f"inget svar kom på {self._patience:.0f} sekunder"
            self._patience = min(self._patience, LITTLE)  # what hangs once is not waited for again and again
        except (Unavailable, Unsound) as reason:
            why = str(reason)
        except Exception as error:  # noqa: BLE001 - whatever befalls a worker, the agreements are judged
            why = f"arbetaren svarade med ett fel ({type(error).__name__}: {error})"
        for piece, one in zip(sent.pieces, found, strict=True):
            self._count(None if one is not None else why)
            yield judge(piece) if one is None else one

    def _reply(self, rules: bytes, sent: _Sent) -> bytes:
        if sent.pending is None:
            raise Unavailable(self._closed or "")
        try:
            return sent.pending.get(self._patience)
        except WorkerLost:
            again = self._send(rules, sent.errand)
            if again is None:
                raise Unavailable(self._closed or "") from None
            return again.get(self._patience)

    def _count(self, why: str | None) -> None:
        told = self._told
        if why is None:
            self._told = replace(told, elsewhere=told.elsewhere + 1)
        else:
            reasons = told.why if why in told.why else (*told.why, why)
            self._told = replace(told, here=told.here + 1, why=reasons)


def _size(count: int, width: int) -> int:
    return max(1, min(MOST, -(-count // (width * ROUNDS))))
