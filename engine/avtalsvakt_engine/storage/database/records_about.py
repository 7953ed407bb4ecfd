"""What was recorded about other records: found by what it is about, without reading all of it.

In comes a register, out come corrections and retractions. By an index over what they are about it costs what is found.
"""

from collections.abc import Iterable, Iterator

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.database.register import Register
from avtalsvakt_engine.storage.facts.rows import SELECT
from avtalsvakt_engine.storage.facts.schema import ABOUT, MOVES, TARGET

_AT_ONCE = 500


def records_about(register: Register, ids: Iterable[str]) -> Iterator[Fact]:
    """The records about facts with these ids, in no order."""
    every = list(ids)
    for first in range(0, len(every), _AT_ONCE):
        some = every[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        yield from register.read(f"{SELECT} WHERE {ABOUT} AND {TARGET} IN ({marks})", some)


def moves(register: Register) -> Iterator[Fact]:
    """The corrections that may say that a fact is about another agreement, in order of arrival."""
    may = f"arrival IN (SELECT fact FROM fact_texts WHERE {MOVES})"  # noqa: S608 - a constant
    yield from register.read(f"{SELECT} WHERE {ABOUT} AND {may} ORDER BY arrival", ())
