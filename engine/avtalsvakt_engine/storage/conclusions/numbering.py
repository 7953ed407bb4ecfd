"""The numbers under which agreements, clauses, wordings and grounds stand, given out as they are first written.

In come a connection inside the register's transaction and verdicts, out come numbers. Of a large register no more is
read than what is asked for.
"""

from collections.abc import Collection
from itertools import chain
from sqlite3 import Connection

from avtalsvakt_engine.storage.conclusions.verdict_rows import (
    SOON_DONE,
    ClauseKey,
    Content,
    Key,
    content_of,
    duty_of,
    key_parts,
    wording_of,
    written,
)
from avtalsvakt_engine.verdicts import Verdict

CLAUSES_OF = "SELECT id, instrument, obligation, stem, cell FROM clauses WHERE instrument = ?"
FIND_WORDING = (
    "SELECT id FROM wordings WHERE document = ? AND section = ? AND paragraph IS ? AND modality = ?"
    " AND bearer IS ? AND body IS ? AND attest IS ? AND readings IS ?"
)
FIND_GROUNDS = "SELECT id FROM grounds WHERE rules IS ? AND flags IS ?"
_WORDING = (
    "INSERT INTO wordings (document, section, paragraph, modality, bearer, body, attest, readings)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_GROUNDS = "INSERT INTO grounds (rules, flags) VALUES (?, ?)"


class Numbers:
    """What stands once for many verdicts, by what it says. Of an instrument all clauses are read at once."""

    def __init__(self, connection: Connection) -> None:
        """Read the names of agreements."""
        self.connection = connection
        self._agreements: dict[str, int] = {
            name: number for number, name in connection.execute("SELECT id, name FROM agreements")
        }
        self._read: set[str] = set()
        self._clauses: dict[ClauseKey, int] = {}
        self._cells: dict[int, str] = {}
        self._of_cell: dict[str, tuple[int, ...]] = {}
        self._named: dict[tuple[str, str], tuple[int, ...]] = {}
        self._keys: dict[tuple[str, str, str], tuple[str, int, int]] = {}
        self._wordings: dict[tuple[object, ...], int] = {}
        self._grounds: dict[tuple[object, ...], int] = {}
        self.cells_changed = False

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
            row = (*wording[:-1], written(verdict.readings))
            said = self._wordings[wording] = self._found(FIND_WORDING, row) or self._insert(_WORDING, *row)
        if why is None:
            row = (written(verdict.rules), written(verdict.flags))
            why = self._grounds[grounds] = self._found(FIND_GROUNDS, row) or self._insert(_GROUNDS, *row)
        return content_of(verdict, said, why)

    def clauses_of(self, cell: str, obligations: Collection[str]) -> list[int]:
        """The clauses that are noted as a cell's (`instrument/name`), and those of its instrument that are named."""
        instrument = cell.split("/", maxsplit=1)[0]
        self._read_clauses(instrument)
        named = (self._named[instrument, one] for one in obligations if (instrument, one) in self._named)
        return sorted({*self._of_cell.get(cell, ()), *chain.from_iterable(named)})

    def _clause(self, parts: ClauseKey, cell: str) -> int:
        """The number of a clause, which is noted as one of the cell's."""
        self._read_clauses(parts.instrument)
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

    def _read_clauses(self, instrument: str) -> None:
        if instrument in self._read:
            return
        self._read.add(instrument)
        for number, *parts, cell in self.connection.execute(CLAUSES_OF, (instrument,)):
            self._note(ClauseKey(*parts), number, cell)

    def _note(self, parts: ClauseKey, number: int, cell: str) -> None:
        self._clauses[parts] = number
        self._cells[number] = cell
        name = parts.instrument, parts.obligation
        self._of_cell[cell] = (*self._of_cell.get(cell, ()), number)
        self._named[name] = tuple(dict.fromkeys((*self._named.get(name, ()), number)))

    def _found(self, query: str, values: tuple[object, ...]) -> int | None:
        row = self.connection.execute(query, values).fetchone()
        return int(row[0]) if row else None

    def _insert(self, query: str, *values: object) -> int:
        return int(self.connection.execute(query, values).lastrowid or 0)
