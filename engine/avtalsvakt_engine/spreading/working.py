"""What a worker does, wherever it is: an errand in, a reply out. It keeps nothing but the rules it was last given."""

from functools import lru_cache

from avtalsvakt_engine.assessing.assessment import World
from avtalsvakt_engine.assessing.pieces import Judged, Piece, judge_piece
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.spreading.errands import Lacking, unpacked_errand, unpacked_rules
from avtalsvakt_engine.spreading.program import program
from avtalsvakt_engine.spreading.replies import Reply, Told, written
from avtalsvakt_engine.sweeping import swept_seldom
from avtalsvakt_rules.rulebook import Rulebook


def answer(rules: bytes, errand: bytes) -> bytes:
    """The reply to an errand. Raises what is wrong with the program; its asker then judges itself."""
    work, decider = unpacked_errand(errand), _decider()
    world = World(_rulebook(rules), work.facts_of, decider, work.as_of, work.horizon)
    told = []
    with swept_seldom():
        for piece in work.pieces:
            told.append(_told(world, piece))
            world.forget(piece.agreement)
    return written(Reply(program(), tuple(told), decider.by_table))


def _told(world: World, piece: Piece) -> Told:
    try:
        found = judge_piece(world, piece)
    except Lacking as lacking:
        return Told(piece.agreement, lacking=str(lacking))
    return Told(piece.agreement, found) if isinstance(found, Judged) else Told(piece.agreement, cause=found.cause)


@lru_cache(maxsize=2)
def _rulebook(rules: bytes) -> Rulebook:
    return unpacked_rules(rules)


@lru_cache(maxsize=1)
def _decider() -> Decider:
    """One for the life of the process; its own worker ends when this process does, however it does."""
    return Decider()
