"""The numbers under which agreements, clauses, wordings and grounds stand, given out as they are first written.

In come a connection inside the register's transaction and verdicts, out come numbers.
"""

from collections.abc import Collection
from itertools import chain
from sqlite3 import Connection

from avtalsvakt_engine.storage.verdict_rows import (
    SOON_DONE,
    ClauseKey,
    Content,
    Key,
    content_of,
    duty_of,
    key_parts,
    read_grounds,
    read_wording,
    wording_of,
    written,
)
from avtalsvakt_engine.verdicts import Verdict


class Numbers:
    """What stands once for many verdicts, by what it says. All of it is read at once: it is for runs."""

    def __init__(self, connection: Connection) -> None:
        """Read what there is."""
        self.connection = connection
        self._agreements: dict[str, int] = {
            name: number for number, name in connection.execute("SELECT id, name FROM agreements")
        }
        self._clauses: dict[ClauseKey, int] = {}
        self._cells: dict[int, str] = {}
        self._of_cell: dict[str, tuple[int, ...]] = {}
        self._named: dict[tuple[str, str], tuple[int, ...]] = {}
        self._keys: dict[tuple[str, str, str], tuple[str, int, int]] = {}
        for number, *parts, cell in connection.execute("SELECT id, instrument, obligation, stem, cell FROM clauses"):
            self._note(ClauseKey(*parts), number, cell)
        self._wordings: dict[tuple[object, ...], int] = {}
        self._grounds: dict[tuple[object, ...], int] = {}
        self.cells_changed = False
        self._read_texts()

    def _read_texts(self) -> None:
        query = "SELECT id, document, section, paragraph, modality, bearer, body, attest, readings FROM wordings"
        for number, *row in self.connection.execute(query):
            self._wordings[read_wording(row)] = number
        for number, *row in self.connection.execute("SELECT id, rules, flags FROM grounds"):
            self._grounds[read_grounds(row)] = number

    def known_agreement(self, name: str) -> int:
        """The number of an agreement; 0 where it has none."""
        return self._agreements.get(name, 0)

    def agreement(self, name: str) -> int:
        """The number of an agreement."""
        found = self._agreements.get(name)
        if found is None:
            found = self._agreements[name] = self._insert("INSERT INTO agreements (name) VALUES (?)", name)
        return found

    def key(self, verdict: Verdict, cell: str) -> Key:
        """Which duty a verdict is on; its clause is noted as one of the cell's."""
        known = self._keys.get((verdict.agreement, verdict.instrument, verdict.obligation))
        if known is not None and self._cells[known[2]] == cell and verdict.duty.startswith(known[0]):
            return known[1], known[2], verdict.duty[len(known[0]) :]
        if len(self._keys) > SOON_DONE:
            self._keys.clear()
        parts, occasion = key_parts(verdict)
        agreement, clause = self.agreement(verdict.agreement), self._clause(parts, cell)
        if occasion:
            beginning = duty_of(verdict.agreement, parts.stem, " ")[:-1]
            self._keys[verdict.agreement, verdict.instrument, verdict.obligation] = (beginning, agreement, clause)
        return agreement, clause, occasion

    def content(self, verdict: Verdict) -> Content:
        """What a verdict says, as its row says it."""
        wording, grounds = wording_of(verdict), (verdict.rules, verdict.flags)
        said, why = self._wordings.get(wording), self._grounds.get(grounds)
        if said is None:
            query = (
                "INSERT INTO wordings (document, section, paragraph, modality, bearer, body, attest, readings)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            )
            said = self._wordings[wording] = self._insert(query, *wording[:-1], written(verdict.readings))
        if why is None:
            query = "INSERT INTO grounds (rules, flags) VALUES (?, ?)"
            why = self._grounds[grounds] = self._insert(query, written(verdict.rules), written(verdict.flags))
        return content_of(verdict, said, why)

    def clauses_of(self, cell: str, obligations: Collection[str]) -> list[int]:
        """The clauses that are noted as a cell's (`instrument/name`), and those of its instrument that are named."""
        instrument = cell.split("/", maxsplit=1)[0]
        named = (self._named[instrument, one] for one in obligations if (instrument, one) in self._named)
        return sorted({*self._of_cell.get(cell, ()), *chain.from_iterable(named)})

    def _clause(self, parts: ClauseKey, cell: str) -> int:
        """The number of a clause, which is noted as one of the cell's."""
        clause = self._clauses.get(parts)
        if clause is None:
            query = "INSERT INTO clauses (instrument, obligation, stem, cell) VALUES (?, ?, ?, ?)"
            clause = self._insert(query, *parts, cell)
        elif self._cells[clause] != cell:
            self.connection.execute("UPDATE clauses SET cell = ? WHERE id = ?", (cell, clause))
            was = self._cells[clause]
            self._of_cell[was] = tuple(one for one in self._of_cell[was] if one != clause)
        else:
            return clause
        self._note(parts, clause, cell)
        self.cells_changed = True
        return clause

    def _note(self, parts: ClauseKey, number: int, cell: str) -> None:
        self._clauses[parts] = number
        self._cells[number] = cell
        name = parts.instrument, parts.obligation
        self._of_cell[cell] = (*self._of_cell.get(cell, ()), number)
        self._named[name] = tuple(dict.fromkeys((*self._named.get(name, ()), number)))

    def _insert(self, query: str, *values: object) -> int:
        return int(self.connection.execute(query, values).lastrowid or 0)
