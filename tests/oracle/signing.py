"""Random registers of a text that several sign: one file, read as the agreements that it makes."""

from typing import Any

from msgspec.structs import replace
from tests.oracle.continuing import BEARING, CLAUSES
from tests.oracle.details import borne
from tests.oracle.drawing import ONE, Draw, Tree, a_day, maybe, pick
from tests.oracle.strategies import Case, facts, instrument, mended, renumbered, rulebook_of

NAMES = ("norr", "soder")


def signed_by_two(draw: Draw) -> tuple[Case, Case]:
    """The same register under one file for two signatories, and under a file for each of them."""
    start = a_day(draw)
    chosen = dict.fromkeys(pick(draw, *CLAUSES) for _ in range(2))
    clauses: Any = borne(draw, {name: {"norm": "shall"} | CLAUSES[name] for name in chosen})
    head = instrument("lokalt", clauses, start, None)
    term: Tree = {"from": (start + 40 * ONE).isoformat(), "to": (start + 500 * ONE).isoformat()}
    each: Tree = {name: maybe(draw, term=term) | maybe(draw, annexes={"3": "lägesbild"}) for name in NAMES}
    whole = {
        key: one for key, one in head.items() if not (key == "term" and all("term" in own for own in each.values()))
    }
    alone = [
        head | own | {"instrument": f"lokalt-{name}", "title": f"lokalt, {name.capitalize()}"}
        for name, own in each.items()
    ]
    told = facts(draw, BEARING, [start, start + 100 * ONE, start + 300 * ONE])
    theirs = [replace(one, agreement=f"lokalt-{pick(draw, *NAMES)}") for one in told]
    register = renumbered(mended(draw, theirs))
    together, apart = rulebook_of(whole | {"for_each": each}), rulebook_of(*alone)
    return Case(together[0], register, together[1]), Case(apart[0], register, apart[1])
