"""The register: facts in SQLite, only ever added, chained by hash (facts/sealing.py says how).

In come facts that have been read (fact_reading, importing), out come the same facts in the order they arrived. Whatever
is wrong with the file or with the facts is Rejected, in Swedish. Nothing is written unless all of it is. Whoever keeps
the last hash (`head`) can tell whether anything before it was changed (`verify`). What only writing and verifying need
is imported there: most commands read.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from msgspec import Struct, structs
from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.storage.database.migrations import MIGRATIONS, migrate, version
from avtalsvakt_engine.storage.database.places import legible_here, make_place, refuse_what_is_no_file, unchanging
from avtalsvakt_engine.storage.facts.clock_turns import overtaken, turns
from avtalsvakt_engine.storage.facts.refusals import name_taken, refuse_anonymous
from avtalsvakt_engine.storage.facts.rows import INSERT, INSERT_TEXTS, SELECT, fact_row, from_rows, text_row
from avtalsvakt_engine.storage.facts.schema import AGREEMENTS
from avtalsvakt_engine.storage.facts.sealing import BEGINNING, SECOND, Kept, seal_fact
from avtalsvakt_engine.storage.integrity.database_errors import answered
from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.vocabulary import RECORDS

if TYPE_CHECKING:
    from sqlite_utils import Database

_AT_ONCE = 500

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far behind the last record a clock may be: machines that share a register never agree quite."""


class Head(Struct, frozen=True):
    """The end of the chain: the last hash and arrival number; BEGINNING and 0 in an empty register."""

    hash: str
    arrival: int


class Appended(Struct, frozen=True):
    """The facts that were added, as they are stored, and the ids of those that were there already."""

    added: tuple[Fact, ...]
    already_known: tuple[str, ...]


def open_register(
    path: Path | str, *, read_only: bool = False, create: bool = False, timeout: float = 5.0
) -> "Register":
    """Open the register in a file; `create` makes one where there is none. Raises Rejected.

    An older register is brought up to date unless `read_only`. `timeout`: seconds to wait for another writer.
    """
    file = Path(path)
    refuse_what_is_no_file(file, create)
    if create:
        make_place(file)
    mode = "ro" if read_only else "rwc" if create else "rw"
    with answered(str(path)):
        uri = f"{file.absolute().as_uri()}?mode={mode}{unchanging(file) if read_only else ''}"
        connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
        register = Register(connection, str(path))
        try:
            with legible_here(file):
                _bring_up_to_date(register, read_only=read_only, create=create)
        except BaseException:
            register.close()
            raise
    return register


class Register:
    """An open register; use it as a context manager, or `close` it, in the thread that opened it."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """Take over a connection to a database that is up to date; `open_register` makes one."""
        self.connection = connection
        self.path = path

    @cached_property
    def database(self) -> "Database":
        """The same connection through sqlite-utils, which takes a tenth of a second to load."""
        from sqlite_utils import Database

        return Database(self.connection, execute_plugins=False)

    def append(
        self,
        facts: Iterable[Fact],
        *,
        now: datetime,
        as_recorded: bool = False,
        in_order: bool = False,
        where: Mapping[str, str] = MappingProxyType({}),
        kept: Mapping[str, Kept] = MappingProxyType({}),
    ) -> Appended:
        """Add facts in one transaction; all or none. Raises Rejected.

        They count as recorded now; with `as_recorded` they keep their own moments and arrive in the order of those, or
        `in_order` as they are given. A fact that is there already with the same id and content is left as it is.
        `where`: addresses for messages. `kept`: by id, how facts of an archive were sealed, so that they are so here.
        """
        given = list(facts)
        refuse_anonymous(one for one in given if "recorder" not in _erased(kept, one))
        if as_recorded and not in_order:
            given.sort(key=lambda fact: datetime.fromisoformat(fact.recorded))
        with self.transaction():
            given = given if as_recorded else self._stamped(given, now)
            new, known = self._sorted_out(given, where)
            return Appended(self._insert(new, kept), known)

    def rehearse(
        self, facts: Iterable[Fact], *, now: datetime, where: Mapping[str, str] = MappingProxyType({})
    ) -> Appended:
        """What `append` would add and what it would refuse, with nothing written. Raises Rejected."""
        given = list(facts)
        refuse_anonymous(given)
        with answered(self.path):
            new, known = self._sorted_out(self._stamped(given, now), where)
            first = self.head().arrival + 1
        return Appended(tuple(structs.replace(fact, arrival=first + place) for place, fact in enumerate(new)), known)

    def against(self, facts: Iterable[Fact], where: Mapping[str, str]) -> tuple[frozenset[str], tuple[Problem, ...]]:
        """The ids of facts that are recorded already, and a problem for each id that is another fact's."""
        from avtalsvakt_engine.intake.fact_reading import content

        given = list(facts)
        recorded = self._among({fact.id for fact in given})
        there = {fact.id for fact in given if fact.id in recorded and content(recorded[fact.id]) == content(fact)}
        taken = [name_taken(fact, where) for fact in given if fact.id in recorded and fact.id not in there]
        return frozenset(there), tuple(taken)

    def facts(self, agreement: str | None = None, since_arrival: int = 0) -> Iterator[Fact]:
        """The facts that arrived after `since_arrival`, in order of arrival; of one agreement, or all.

        By the agreement they were recorded for: a correction that moves a fact does not move it here.
        """
        query = f"{SELECT} WHERE arrival > ?"
        if agreement is None:
            yield from self.read(f"{query} ORDER BY arrival", (since_arrival,))
        else:
            yield from self.read(f"{query} AND agreement = ? ORDER BY arrival", (since_arrival, agreement))

    def latest(self, number: int, agreement: str | None = None) -> tuple[Fact, ...]:
        """The facts that arrived last, the last first; of one agreement, as it was recorded, or of all."""
        where, values = ("", ()) if agreement is None else (" WHERE agreement = ?", (agreement,))
        return tuple(self.read(f"{SELECT}{where} ORDER BY arrival DESC LIMIT ?", (*values, number)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write what belongs together: all of it on leaving, nothing if the block fails or is interrupted."""
        if self._writing():
            yield  # what is written belongs together with what is being written already
            return
        with answered(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self._writing():
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Write as in a transaction, and let go of all of it on leaving."""
        with answered(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if self._writing():
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Within a transaction: write what may fail, and if the block fails let go of no more than that."""
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self._writing():  # a full disk has let go of everything already
                self.connection.execute("ROLLBACK TO attempt")
                self.connection.execute("RELEASE attempt")
            raise
        self.connection.execute("RELEASE attempt")

    def _writing(self) -> bool:
        return self.connection.in_transaction

    def fact(self, id_: str) -> Fact | None:
        """The fact with the id, as recorded, or None."""
        return next(self.read(f"{SELECT} WHERE id = ?", (id_,)), None)

    def agreements(self) -> tuple[str, ...]:
        """The agreements that facts have been recorded for, sorted."""
        with answered(self.path):
            return tuple(name for (name,) in self.connection.execute(AGREEMENTS))

    def count(self, agreement: str | None = None) -> int:
        """How many facts there are, of one agreement or of all."""
        query = "SELECT count(*) FROM facts WHERE ?1 IS NULL OR agreement = ?1"
        with answered(self.path):
            return int(self.connection.execute(query, (agreement,)).fetchone()[0])

    def erased(self) -> int:
        """How many texts of facts have been erased."""
        with answered(self.path):
            return int(self.connection.execute("SELECT count(*) FROM erasures").fetchone()[0])

    def head(self) -> Head:
        """The end of the chain."""
        with answered(self.path):
            last = self.connection.execute("SELECT hash, arrival FROM facts ORDER BY arrival DESC LIMIT 1").fetchone()
        return Head(*last) if last else Head(BEGINNING, 0)

    def verify(self) -> tuple[Problem, ...]:
        """Follow the chain from the beginning; a problem for each fact that does not fit (verifying.py says more)."""
        from avtalsvakt_engine.storage.facts.chain import follow_chain

        with answered(self.path):
            return tuple(follow_chain(self.connection, self.path).problems)

    def close(self) -> None:
        """Close the file; it may be closed already."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def read(self, query: str, values: Sequence[object]) -> Iterator[Fact]:
        """The facts that a query finds, one that begins with SELECT of facts/rows.py."""
        with answered(self.path):
            found = turns(self.connection)
            yield from overtaken(from_rows(self.connection.execute(query, values)), found)

    def _moment(self, now: datetime) -> str:
        """The moment of arrival: now; that of the last record if clocks differ a little, so that order is kept.

        A clock that is far behind the last record's is believed: the other one went ahead (clock_turns).
        """
        from avtalsvakt_engine.intake.fact_dates import in_stockholm

        row = self.connection.execute("SELECT recorded FROM facts ORDER BY arrival DESC LIMIT 1").fetchone()
        last = datetime.fromisoformat(row[0]) if row else now
        if last.tzinfo and now < last <= now + CLOCKS_DIFFER:
            now = last
        return in_stockholm(now).isoformat()

    def _stamped(self, given: Sequence[Fact], now: datetime) -> list[Fact]:
        """The facts as recorded now. Raises Rejected where the clock was set back."""
        moment = self._moment(now)
        return [structs.replace(fact, recorded=moment) for fact in given]

    def _sorted_out(self, given: Sequence[Fact], where: Mapping[str, str]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
        """What is not there already, and the ids of what is. Raises Rejected for what cannot be added."""
        from avtalsvakt_engine.intake.fact_reading import content

        recorded = self._among({fact.id for fact in given})
        new: dict[str, Fact] = {}
        known = []
        problems = []
        for fact in given:
            before = recorded.get(fact.id) or new.get(fact.id)
            if before is None:
                new[fact.id] = fact
            elif content(before) == content(fact):
                known.append(fact.id)
            else:
                problems.append(name_taken(fact, where))
        problems += self._missing_targets(new, where)
        if problems:
            raise Rejected(problems)
        return tuple(new.values()), tuple(known)

    def _insert(self, facts: Iterable[Fact], kept: Mapping[str, Kept]) -> tuple[Fact, ...]:
        """Write the facts at the end of the chain and give them back as they are stored."""
        from avtalsvakt_engine.storage.facts.erasing import carry_erasures

        head = self.head()
        before, rule = head.hash, self._rule()
        added, rows, texts = [], [], []
        for arrival, fact in enumerate(facts, start=head.arrival + 1):
            stored = structs.replace(fact, arrival=arrival)
            how = kept.get(fact.id)
            rule = max(rule, how.rule if how else SECOND)  # no fact is sealed by an older rule than the one before
            sealed = seal_fact(stored, before, replace(how, rule=rule) if how else None)
            before = sealed.hash
            added.append(stored)
            rows.append(fact_row(stored, sealed))
            texts.append(text_row(stored, sealed))
        self.connection.executemany(INSERT, rows)
        self.connection.executemany(INSERT_TEXTS, texts)
        carry_erasures(self.connection, ((one.arrival, kept[one.id]) for one in added if one.id in kept))
        return tuple(added)

    def _rule(self) -> int:
        """The rule by which the last fact was sealed; 0 before the first."""
        row = self.connection.execute("SELECT rule FROM facts ORDER BY arrival DESC LIMIT 1").fetchone()
        return int(row[0]) if row else 0

    def _among(self, ids: Iterable[str]) -> dict[str, Fact]:
        """The recorded facts with these ids."""
        asked = sorted(ids)
        found = {}
        for start in range(0, len(asked), _AT_ONCE):
            part = asked[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            for fact in self.read(f"{SELECT} WHERE id IN ({marks})", tuple(part)):
                found[fact.id] = fact
        return found

    def _missing_targets(self, new: Mapping[str, Fact], where: Mapping[str, str]) -> list[Problem]:
        """A problem for each correction or retraction of what is neither recorded nor being added."""
        from avtalsvakt_engine.intake.fact_targets import missing_target

        records = [fact for fact in new.values() if fact.kind in RECORDS]
        recorded = self._among({str(fact.attributes["target"]) for fact in records})
        present = recorded.keys() | new.keys()
        return [
            missing_target(fact, where.get(fact.id, fact.id))
            for fact in records
            if fact.attributes["target"] not in present or fact.attributes["target"] == fact.id
        ]


def _erased(kept: Mapping[str, Kept], fact: Fact) -> Collection[str]:
    """The fields that were erased of an archive's fact."""
    return kept[fact.id].erased if fact.id in kept else ()


def _bring_up_to_date(register: Register, *, read_only: bool, create: bool) -> None:
    """Take the steps that the database lacks. Raises Rejected where it is not ours, is newer, or may not be changed."""
    taken = version(register.connection, register.path)
    if taken == 0 and not create:
        remedy = "skapa registret med 'avtalsvakt init'"
        raise Rejected([Problem("registret är tomt", register.path, "filen har inga tabeller", remedy)])
    if taken < len(MIGRATIONS):
        if read_only:
            why = f"det har version {taken} av {len(MIGRATIONS)} och är öppnat för läsning"
            remedy = "kör 'avtalsvakt init' en gång"
            raise Rejected([Problem("registret är äldre än programmet", register.path, why, remedy)])
        migrate(register.database, register.path)
    if not read_only:
        # Readers and the writer do not wait for each other; once set, it stays with the file.
        register.connection.execute("PRAGMA journal_mode = WAL")
        # What has been acknowledged is on the disk, even if the power goes the moment after.
        register.connection.execute("PRAGMA synchronous = FULL")
