"""The whole proof of a register: what was written is what is there, and what was concluded follows from it.

In comes an open register, out comes a Verification. Nothing is written.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache

from msgspec import Struct

from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.runs.replaying import Replay, replay
from avtalsvakt_engine.runs.rerunning import replay_all
from avtalsvakt_engine.storage.chain import REMEDY, Chain, follow_chain
from avtalsvakt_engine.storage.migrations import MIGRATIONS, fresh
from avtalsvakt_engine.storage.proving import (
    Shape,
    check_beside,
    check_mark,
    check_pages,
    check_runs,
    check_shape,
    check_turns,
    shape_of,
)
from avtalsvakt_engine.storage.proving_conclusions import check_conclusions
from avtalsvakt_engine.storage.register import Register
from avtalsvakt_engine.storage.seals import last_seal
from avtalsvakt_engine.storage.signed_heads import SignedHead, check_signed, continues, signed_heads
from avtalsvakt_engine.storage.store import Run, Store
from avtalsvakt_engine.storage.store_problems import answered
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.rulebook import Rulebook


class Verification(Struct, frozen=True):
    """What was looked at and what is wrong. `head` and `seal` are what to note outside the register.

    `signed`: how many runs have signed heads, `public`: the public half of the key that signed the last of them.
    `erased`: how many texts were erased; what is left of those facts holds.
    """

    facts: int
    head: str
    runs: int
    seal: str
    replays: tuple[Replay, ...]
    problems: tuple[Problem, ...]
    erased: int = 0
    signed: int = 0
    public: str | None = None


def verify_register(
    register: Register,
    decider: Decider | None = None,
    runs: Sequence[Run] = (),
    *,
    current: Rulebook | None = None,
    noted: str | None = None,
    heads: tuple[str, Sequence[SignedHead]] = ("", ()),
) -> Verification:
    """Verify everything that is stored, and work out `runs` again.

    `noted`: the end of the chain, or a seal, that somebody wrote down earlier. `heads`: signed heads that were kept
    elsewhere, and where.

    `current`: today's rules, for runs whose own were not kept. Raises Rejected where the file cannot be read at all.
    """
    connection, path = register.connection, register.path
    # One moment for all of it: the night may write while this reads.
    with answered(path):
        connection.execute("BEGIN")
        try:
            problems = [*check_pages(connection, path), *_shape(connection, path)]
            chain = follow_chain(connection, path)
            problems += [*_in_the_register(connection, chain, path), *_noted(connection, chain, noted, path)]
            problems += continues(connection, heads[1], heads[0], path)
            signed = signed_heads(connection)
            replays = _replayed(connection, runs, decider, current, honest=not problems) if decider else []
            problems += [found for one in replays for found in _unlike(one, path)]
            (count,) = connection.execute("SELECT count(*) FROM runs").fetchone()
            seal = last_seal(connection)
        finally:
            connection.execute("ROLLBACK")
    public = signed[-1].public if signed else None
    return Verification(
        chain.facts, chain.head, count, seal, tuple(replays), tuple(problems), chain.erased, len(signed), public
    )


def _in_the_register(connection: sqlite3.Connection, chain: Chain, path: str) -> Iterator[Problem]:
    """What does not hold in what the register itself keeps."""
    yield from chain.problems
    yield from check_turns(connection, path)
    yield from check_runs(connection, chain, path)
    yield from check_conclusions(connection, chain, path)
    yield from check_mark(connection, chain, path)
    yield from check_beside(connection, tuple(one.name for one in MIGRATIONS), path)
    yield from check_signed(connection, path)


def _replayed(
    connection: sqlite3.Connection, runs: Sequence[Run], decider: Decider, current: Rulebook | None, *, honest: bool
) -> list[Replay]:
    """The runs worked out again: one after the other if it is all of them, and what they left can be trusted."""
    (count,) = connection.execute("SELECT count(*) FROM runs").fetchone()
    if honest and len(runs) == count > 1:
        return list(replay_all(connection, runs, decider, current))
    return [replay(connection, run, decider, current) for run in runs]


def runs_to_replay(register: Register, asked: Sequence[int], *, everything: bool = False) -> list[Run]:
    """The runs to work out again: those asked for, all, or the last. Raises Rejected for one that is not there."""
    with answered(register.path):
        known = {run.id: run for run in Store(register.connection).runs()}
    missing = [number for number in asked if number not in known]
    if missing:
        why = f"körningarna är {min(known)}–{max(known)}" if known else "ingen körning har gjorts"
        raise Rejected([Problem(f"körning {one} finns inte", "--run", why, "ange en som finns") for one in missing])
    if everything:
        return list(known.values())
    return [known[number] for number in asked] if asked else list(known.values())[-1:]


def _shape(connection: sqlite3.Connection, path: str) -> list[Problem]:
    """Hold the tables and triggers against those of a new register."""
    return list(check_shape(connection, _shape_of_new(), path))


@cache
def _shape_of_new() -> Shape:
    with closing(fresh()) as new:
        return shape_of(new)


def _noted(connection: sqlite3.Connection, chain: Chain, noted: str | None, path: str) -> list[Problem]:
    """Whether the head or the seal that somebody noted is still there."""
    if noted is None or noted in chain.hashes.values():
        return []
    if connection.execute("SELECT 1 FROM seals WHERE hash = ?", (noted,)).fetchone():
        return []
    why = "ingen registrering och ingen körning har den; kedjan är en annan än när den antecknades"
    return [Problem(f"kontrollsumman {noted[:16]}… finns inte i kedjan", path, why, REMEDY)]


def _unlike(one: Replay, path: str) -> list[Problem]:
    """What a run stored and does not follow, as one problem with the first difference."""
    where = f"{path}, körning {one.run.id} ({one.run.as_of})"
    if one.impossible:
        remedy = "ange reglerna från den tiden med --rules"
        return [Problem("körningen kan inte räknas om", where, one.impossible, remedy)]
    if not one.differences:
        return []
    first = one.differences[0]
    why = f"{first.subject}: {first.name} är {first.stored} i registret och {first.recomputed} vid omräkning"
    remedy = "dagens program drar slutsatser på annat sätt än det som körde" if one.unlike else REMEDY
    return [Problem(f"körningen ger {len(one.differences)} andra resultat vid omräkning", where, why, remedy)]
