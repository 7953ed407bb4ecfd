"""Holds the program's rows against the reference's: equal in every duty, or the bench fails and says which differ."""

from collections.abc import Iterable

from avtalsvakt_engine.storage.conclusions.store import Store
from avtalsvakt_engine.storage.database.register import Register
from bench.reference_case import Judged

SHOWN = 20


class RowsDiffer(Exception):  # noqa: N818 - the name says what happened
    """The program and the reference come to different rows; the message names the first of them."""


def rows_of(register: Register) -> list[Judged]:
    """What the program keeps of each duty."""
    found = Store(register.connection).verdicts()
    return [Judged(one.duty, one.status, one.due, one.required, one.counted) for one in found]


def differing(ours: Iterable[Judged], theirs: Iterable[Judged]) -> list[str]:
    """A line for each duty that is not the same in both."""
    mine, other = {row.duty: row for row in ours}, {row.duty: row for row in theirs}
    return [
        f"{duty}: programmet {_told(mine.get(duty))}, referensen {_told(other.get(duty))}"
        for duty in sorted(mine.keys() | other.keys())
        if mine.get(duty) != other.get(duty)
    ]


def demand_equal(ours: Iterable[Judged], theirs: Iterable[Judged], when: str) -> None:
    """Raises RowsDiffer unless both have the same rows."""
    lines = differing(ours, theirs)
    if lines:
        more = [f"… och {len(lines) - SHOWN} till"] if len(lines) > SHOWN else []
        raise RowsDiffer("\n".join([f"{len(lines)} rader skiljer sig {when}:", *lines[:SHOWN], *more]))


def _told(row: Judged | None) -> str:
    return "saknar den" if row is None else f"{row.status}, {row.due or 'ingen dag'}, {row.counted}/{row.required}"
