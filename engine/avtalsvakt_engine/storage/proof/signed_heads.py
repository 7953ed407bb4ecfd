"""Signed heads: what a register held after a run, in one line that can be kept elsewhere and held against it later.

A head is the JSON object (names in order, no spaces, no escapes, UTF-8)

    {"as_of", "conclusions": [number, root], "facts": [number, hash, root], "format", "rules", "run", "runs", "seal",
     "since", "started", "states"}

of the run's roots (roots.py): `runs` is the root of the tree over all runs, `seal` the run's seal, `since` the first
run that was signed. It is signed with Ed25519 (RFC 8032) by a key that lies outside the register. In come connections
and lines of files, out come heads, or Problems that say from which run on the register is another one than it was.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from sqlite3 import Connection
from typing import Any

from msgspec import Struct

from avtalsvakt_engine.compact_json import canonical
from avtalsvakt_engine.storage.facts.chain import ENOUGH, REMEDY
from avtalsvakt_engine.storage.proof.signing import Signer, signed_by
from avtalsvakt_engine.storage.runs.roots import runs_root
from avtalsvakt_rules.problems import Problem, Rejected

FORMAT = "avtalsvakt-huvud 1"

HEADS_SCHEMA = """
CREATE TABLE signed_heads (
    run INTEGER PRIMARY KEY REFERENCES runs (id),
    head TEXT NOT NULL,
    public TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT
"""
HEADS_TRIGGERS = tuple(
    f"CREATE TRIGGER signed_heads_no_{event.lower()} BEFORE {event} ON signed_heads "
    "BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END"
    for event in ("UPDATE", "DELETE")
)

_PARTS = {
    "facts": "registreringarna",
    "conclusions": "bedömningarna och överträdelserna",
    "rules": "reglerna",
    "states": "tabellerna vid sidan",
}
"""What the parts of a head are about."""


class SignedHead(Struct, frozen=True):
    """A head's text, the public half of the key that signed it, and the signature; both in hexadecimal."""

    head: str
    public: str
    signature: str

    @property
    def told(self) -> dict[str, Any]:
        """What the head says."""
        return dict(json.loads(self.head))

    @property
    def run(self) -> int:
        """The run after which it was."""
        return int(self.told["run"])

    @property
    def line(self) -> str:
        """The line of a file."""
        return canonical({"head": self.head, "public": self.public, "signature": self.signature})


def head_of(connection: Connection, run: int) -> str | None:
    """The head after a run; None where there is no such run, or not all of it."""
    row = connection.execute(
        "SELECT as_of, started, head, head_hash, facts, last, conclusions, states, rules, hash FROM runs"
        " JOIN roots ON roots.run = id JOIN seals ON seals.run = id WHERE id = ?",
        (run,),
    ).fetchone()
    if row is None:
        return None
    as_of, started, number, hash_, facts, last, conclusions, states, rules, seal = row
    (since,) = connection.execute("SELECT coalesce(min(run), ?) FROM signed_heads", (run,)).fetchone()
    return canonical(
        {
            "format": FORMAT, "run": run, "as_of": as_of, "started": started, "facts": [number, hash_, facts],
            "conclusions": [last, conclusions], "states": states, "rules": rules, "seal": seal,
            "runs": _runs(connection, run), "since": since,
        }
    )  # fmt: skip


def _runs(connection: Connection, run: int) -> str:
    """The root over all runs; empty where what it is worked out from was changed."""
    try:
        return runs_root(connection, run)
    except (ValueError, TypeError):
        return ""


def sign_head(connection: Connection, run: int, signer: Signer) -> None:
    """Sign the head after a run that is sealed, in the transaction that stores it."""
    head = head_of(connection, run)
    if head is None:
        raise ValueError(f"run {run} is not sealed")
    values = (run, head, signer.public, signer.sign(head.encode()))
    connection.execute("INSERT INTO signed_heads VALUES (?, ?, ?, ?)", values)


def signed_heads(connection: Connection, after: int = 0) -> list[SignedHead]:
    """The heads of all runs above a number, oldest first."""
    rows = connection.execute("SELECT head, public, signature FROM signed_heads WHERE run > ? ORDER BY run", (after,))
    return [SignedHead(*row) for row in rows]


def read_heads(text: str, where: str) -> list[SignedHead]:
    """The heads in a file's text, one a line. Raises Rejected for what is none."""
    found, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            said = json.loads(line)
            one = SignedHead(str(said["head"]), str(said["public"]), str(said["signature"]))
            if one.told["format"] != FORMAT or one.run < 1:
                raise ValueError(line)
        except (ValueError, KeyError, TypeError, RecursionError):
            why, remedy = "raden är inget undertecknat huvud", "ange en fil som 'avtalsvakt run --heads' har skrivit"
            problems.append(Problem("filen med huvuden kan inte läsas", f"{where}:{number}", why, remedy))
            continue
        found.append(one)
    if problems or not found:
        empty = Problem("filen med huvuden är tom", where, "den har inga rader", "ange en annan fil")
        raise Rejected(problems or [empty])
    return found


def check_signed(connection: Connection, path: str) -> Iterator[Problem]:
    """Whether every head that the register keeps is what its runs say, and signed by its key; at most ENOUGH."""
    found = list(_kept(connection, path, head_of))
    yield from found[:ENOUGH]


def _kept(connection: Connection, path: str, head: Callable[[Connection, int], str | None]) -> Iterator[Problem]:
    runs = [run for (run,) in connection.execute("SELECT id FROM runs ORDER BY id")]
    kept = {row[0]: SignedHead(*row[1:]) for row in connection.execute("SELECT * FROM signed_heads ORDER BY run")}
    for run, one in kept.items():
        where = f"{path}, körning {run}"
        if one.head != head(connection, run):
            yield Problem("det undertecknade huvudet är ett annat", where, "körningen slutade inte så", REMEDY)
        elif not signed_by(one.public, one.head.encode(), one.signature):
            yield Problem("huvudets underskrift stämmer inte", where, "nyckeln har inte skrivit under det", REMEDY)
    first = min(kept, default=None)
    for run in runs if first is not None else ():
        if run > first and run not in kept:
            why = "körningar före den har undertecknade huvuden"
            yield Problem(f"körning {run} är inte undertecknad", path, why, REMEDY)


def continues(connection: Connection, heads: Sequence[SignedHead], where: str, path: str) -> Iterator[Problem]:
    """What shows that the register does not continue heads that were kept elsewhere (`where`): the first that differs.

    Nothing, where it does.
    """
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()
    matched: SignedHead | None = None
    for number, one in enumerate(sorted(heads, key=lambda each: each.run), start=1):
        if not signed_by(one.public, one.head.encode(), one.signature):
            why = "raden är ändrad, eller skriven utan nyckeln"
            yield Problem("huvudets underskrift stämmer inte", f"{where}:{number}", why, "använd en oförändrad fil")
            return
        now = head_of(connection, one.run)
        if now is None:
            why = f"registret slutar med körning {last}: det är ett äldre, eller så är körningar borttagna ur det"
            remedy = f"ta fram det register som har körning {one.run}, eller en säkerhetskopia av det"
            yield Problem(f"körning {one.run} saknas", path, why, remedy)
            return
        if now != one.head:
            yield _other(matched, one, json.loads(now), path)
            return
        matched = one


def _other(matched: SignedHead | None, one: SignedHead, now: dict[str, Any], path: str) -> Problem:
    """What is another than it was after a run, and since which run."""
    then = one.told
    since = f"efter körning {matched.run}, som stämmer, " if matched else ""
    parts = [words for name, words in _PARTS.items() if then[name] != now[name]]
    if then["facts"] != now["facts"]:
        first = matched.told["facts"][0] + 1 if matched else 1
        parts[0] = f"registreringarna {first}–{max(then['facts'][0], now['facts'][0])}"
    told = " och ".join(parts) if parts else "det som körningen såg eller en körning före den"
    why = f"{since}är {told} något annat än när huvudet undertecknades"
    return Problem(f"registret fortsätter inte huvudet från körning {one.run}", path, why, REMEDY)
