"""Records made while the machine's clock ran ahead, told by those that arrived after them with earlier moments.

Facts keep the moment that the clock showed, for ever. What came in later cannot have been recorded earlier: so a fact
was known no later than the earliest moment of itself and of everything that arrived after it. In come a connection or
facts, out come the same facts with that moment in `overtaken` where it differs from their own (decision 13).

The table `clock_turns` has a row for each fact whose moment is before that of the fact that arrived just before it. A
trigger writes it, so that nobody has to read all facts to learn that the clock has always gone right.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from sqlite3 import Connection

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.evidence.visibility import moment_of
from avtalsvakt_engine.facts import Fact

TURNS_SCHEMA = """
CREATE TABLE clock_turns (
    arrival INTEGER PRIMARY KEY REFERENCES facts (arrival),
    recorded TEXT NOT NULL
) STRICT;
INSERT INTO clock_turns SELECT arrival, recorded FROM (
    SELECT arrival, recorded, lag(recorded) OVER (ORDER BY arrival) AS before FROM facts
) WHERE before > recorded
"""

TURNS_TRIGGERS = (
    """CREATE TRIGGER facts_clock_turns AFTER INSERT ON facts
    WHEN EXISTS (SELECT 1 FROM facts WHERE arrival = NEW.arrival - 1 AND recorded > NEW.recorded)
    BEGIN INSERT INTO clock_turns VALUES (NEW.arrival, NEW.recorded); END""",
    *(
        f"""CREATE TRIGGER clock_turns_no_{event.lower()} BEFORE {event} ON clock_turns
        BEGIN SELECT RAISE(ABORT, 'history is never changed or deleted'); END"""
        for event in ("UPDATE", "DELETE")
    ),
)


class Turn(Struct, frozen=True):
    """The arrival number of a fact that shows an earlier moment than the one before it, and that moment as stored."""

    arrival: int
    recorded: str

    @property
    def moment(self) -> datetime:
        """The moment, aware."""
        return moment_of(self.recorded)


def turns(connection: Connection, since: int = 0, until: int | None = None) -> tuple[Turn, ...]:
    """The turns among the facts that arrived after `since` and no later than `until`, in order of arrival."""
    query = "SELECT arrival, recorded FROM clock_turns WHERE arrival > ? AND (? IS NULL OR arrival <= ?) ORDER BY 1"
    return tuple(Turn(*row) for row in connection.execute(query, (since, until, until)))


def overtaken(facts: Iterable[Fact], found: Sequence[Turn]) -> Iterator[Fact]:
    """The facts, with the moment by which each was known where its own is later than a later arrival's."""
    if not found:
        yield from facts
        return
    arrivals, earliest = [one.arrival for one in found], _earliest_from(found)
    for fact in facts:
        place = bisect_right(arrivals, fact.arrival)
        first = earliest[place] if place < len(earliest) else None
        if first is not None and first.moment < moment_of(fact.recorded):
            yield replace(fact, overtaken=first.recorded)
        else:
            yield fact


def _earliest_from(found: Sequence[Turn]) -> list[Turn]:
    """For each turn the earliest moment of it and of all that came after it."""
    earliest: list[Turn] = []
    for one in reversed(found):
        earliest.append(one if not earliest or one.moment <= earliest[-1].moment else earliest[-1])
    return earliest[::-1]


def turned_facts(connection: Connection, head: int) -> set[str]:
    """Ids of facts up to `head` that may have been overtaken by what arrived after it."""
    query = "SELECT id FROM facts WHERE arrival <= ? AND recorded >= ?"
    # By day: a moment's text sorts as the moment does but for one hour a year.
    asked = ((head, one.recorded[:10]) for one in turns(connection, since=head))
    return {id_ for values in asked for (id_,) in connection.execute(query, values)}


def turns_of(connection: Connection) -> tuple[Turn, ...]:
    """The turns as the facts themselves show them, to hold the table against."""
    rows = connection.execute("SELECT arrival, recorded FROM facts ORDER BY arrival")
    return tuple(Turn(*row) for before, row in pairwise(rows) if before[1] > row[1])
