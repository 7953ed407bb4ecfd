"""What comes back: JSON, checked against the values' own types and against the piece before anything is believed.

In come bytes from a worker and the pieces that it was given, out comes what they came to; Unsound says what is not as
it should be. Whether a verdict is right cannot be seen from here: a worker is trusted to judge, and with nothing else.
"""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from avtalsvakt_engine.assessing.pieces import Judged, JudgedCell, Piece, Unjudged, possible_cells
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.spreading.program import program
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.rulebook import Rulebook

LONGEST = 200_000_000
"""Bytes; ten thousand duties of an agreement are some ten million."""


class Unsound(Exception):  # noqa: N818 - what a reply is
    """A reply that cannot be used; says why in Swedish."""


class Told(Struct, frozen=True):
    """What a worker says of one piece: what it came to, or why not (`cause`), or what did not come with it."""

    agreement: str
    judged: Judged | None = None
    cause: str | None = None
    lacking: str | None = None


class Reply(Struct, frozen=True):
    """What a worker says of an errand. `by_table`: why its rule engine did not start and the table answered."""

    program: str
    told: tuple[Told, ...]
    by_table: str | None = None


def written(reply: Reply) -> bytes:
    """The reply as it is sent."""
    return msgspec.json.encode(reply)


def read(sent: bytes, pieces: Sequence[Piece], rulebook: Rulebook) -> tuple[list[Judged | Unjudged | None], str | None]:
    """What each piece came to, None where the worker lacked something, and why its engine did not start, if so.

    Raises Unsound.
    """
    if len(sent) > LONGEST:
        raise Unsound("svaret är för långt")
    try:
        reply = msgspec.json.decode(sent, type=Reply)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Unsound("svaret har inte den form som det ska") from error
    if reply.program != program():
        raise Unsound("arbetaren har en annan version av programmet")
    if [one.agreement for one in reply.told] != [one.agreement for one in pieces]:
        raise Unsound("svaret gäller andra avtal än dem som skickades")
    both = zip(reply.told, pieces, strict=True)
    return [_believed(told, piece, rulebook) for told, piece in both], reply.by_table


def _believed(told: Told, piece: Piece, rulebook: Rulebook) -> Judged | Unjudged | None:
    if told.lacking is not None:
        return None
    if told.cause is not None:
        return Unjudged(piece.agreement, told.cause)
    if told.judged is None or not all(_agrees(told.judged, piece, rulebook)):
        raise Unsound(f"svaret om {piece.agreement} hänger inte ihop med det som skickades")
    return told.judged


def _agrees(judged: Judged, piece: Piece, rulebook: Rulebook) -> Iterator[bool]:
    """Whether an answer speaks of the piece and of nothing else."""
    possible = dict(possible_cells(rulebook, piece.agreement))
    asked = [name for name in judged.existing if piece.cells is None or name in piece.cells]
    yield judged.agreement == judged.state.agreement == piece.agreement
    yield possible.keys() >= set(judged.existing) and len(set(judged.existing)) == len(judged.existing)
    yield [one.name for one in judged.cells] == asked
    yield all(one.agreement in (piece.agreement, None) for one in judged.findings)
    for cell in judged.cells:
        waiting = piece.cells[cell.name] if piece.cells is not None else None
        yield set(cell.kept) <= (waiting.until.keys() if waiting else set())
        clauses = possible[cell.name].clauses if cell.name in possible else ()
        yield all(_of_cell(one, piece.agreement, cell, clauses) for one in cell.verdicts)


def _of_cell(verdict: Verdict, agreement: str, cell: JudgedCell, clauses: Sequence[str]) -> bool:
    return (
        verdict.agreement == agreement
        and verdict.duty.startswith(f"{agreement}.")
        and verdict.instrument == cell.name.partition("/")[0]
        and verdict.obligation in clauses
        and verdict.status in labels.STATUSES
    )
