"""Verdicts as rows, and back: what many verdicts say stands once, in tables of its own, and is referred to by number.

In come a connection and verdicts, out come rows in the order of COLUMNS (dates as ISO 8601, lists as JSON where they
are not empty), and verdicts again. A duty's key is its agreement, its clause's stem and its occasion, with dots.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from json.encoder import encode_basestring
from sqlite3 import Connection
from typing import Any, NamedTuple

from msgspec import Struct

from avtalsvakt_engine.compact_json import compact
from avtalsvakt_engine.storage.integrity.database_errors import Illegible, legible
from avtalsvakt_engine.verdicts import Clause, NotCounted, Period, Verdict

COLUMNS = (
    "id, run, agreement, clause, occasion, wording, status, required, counted, period, period_start, period_end,"
    " trigger, opens, due, facts, not_counted, part_period, curable, grounds, reason, since, until, leaf"
)
KEY = slice(2, 5)
CONTENT = slice(5, 21)
WITHDRAWN = "withdrawn"
SOON_DONE = 2_000
"""So many names of clauses and duties are remembered; an agreement's are asked for together, and then no more."""

Key = tuple[int, int, str]
"""Which duty: the numbers of its agreement and clause, and its occasion."""
Content = tuple[object, ...]
"""What a verdict says, in the order of COLUMNS from wording to reason."""


class ClauseKey(NamedTuple):
    """A clause as the key of its duties has it."""

    instrument: str
    obligation: str
    stem: str


class Wording(NamedTuple):
    """What the text says of a duty, the same for many."""

    document: str
    section: str
    paragraph: str | None
    modality: str
    bearer: str | None
    body: str | None
    attest: str | None
    readings: tuple[tuple[str, str], ...]


class Grounds(NamedTuple):
    """Which rules led to a verdict, and what to notice."""

    rules: tuple[str, ...]
    flags: tuple[str, ...]


class Row(Struct, frozen=True, gc=False):
    """A stored verdict as it stands in its row, to compare with."""

    id: int
    key: Key
    duty: str
    content: Content
    since: str
    until: str | None

    @property
    def status(self) -> str:
        """Its status."""
        return str(self.content[1])

    @property
    def timing(self) -> tuple[str, str | None]:
        """Since when and until when, as text."""
        return self.since, self.until


def key_parts(verdict: Verdict) -> tuple[ClauseKey, str]:
    """The clause and the occasion of a verdict's duty; a key of another form is all stem."""
    rest = verdict.duty.removeprefix(f"{verdict.agreement}.")
    own = verdict.obligation
    stem = own if verdict.instrument == verdict.agreement else f"{verdict.instrument}.{own}"
    if rest == stem:
        return ClauseKey(verdict.instrument, own, stem), ""
    if rest.startswith(f"{stem}."):
        return ClauseKey(verdict.instrument, own, stem), rest[len(stem) + 1 :]
    return ClauseKey(verdict.instrument, own, rest), ""


def duty_of(agreement: str, stem: str, occasion: str) -> str:
    """The key of a duty."""
    return f"{agreement}.{stem}.{occasion}" if occasion else f"{agreement}.{stem}"


def wording_of(verdict: Verdict) -> tuple[object, ...]:
    """What the text says of the duty, in the order of Wording: a plain tuple, made for every verdict."""
    clause = verdict.clause
    return (
        clause.document, clause.section, clause.paragraph, verdict.modality, verdict.bearer, verdict.body,
        verdict.attest, verdict.readings,
    )  # fmt: skip


def content_of(verdict: Verdict, wording: object, grounds: object) -> Content:
    """What a verdict says, as its row says it."""
    period, opens, due = verdict.period, verdict.opens, verdict.due
    label, start, end = (period.label, period.start.isoformat(), period.end.isoformat()) if period else (None,) * 3
    return (
        wording,
        verdict.status,
        verdict.required,
        verdict.counted,
        label,
        start,
        end,
        verdict.trigger,
        opens.isoformat() if opens else None,
        due.isoformat() if due else None,
        "[" + ",".join(map(encode_basestring, verdict.facts)) + "]" if verdict.facts else None,
        _pairs_written(verdict.not_counted) if verdict.not_counted else None,
        int(verdict.part_period),
        int(verdict.curable),
        grounds,
        verdict.reason,
    )


def _pairs_written(pairs: Iterable[NotCounted]) -> str:
    """Facts with reasons as compact JSON; quicker than an encoder of any shape."""
    return "[" + ",".join(f"[{encode_basestring(one.fact)},{encode_basestring(one.reason)}]" for one in pairs) + "]"


def withdrawn_content(reason: str | None) -> Content:
    """What the row of a duty that is no more says, in the same order: that it is withdrawn, and why."""
    return (None, WITHDRAWN, 0, 0, *(None,) * 8, 0, 0, None, reason)


def written(value: object) -> str | None:
    """A list as compact JSON; None where it is empty."""
    return compact(value) if value else None


def read_wording(row: Sequence[Any]) -> Wording:
    """A row of `wordings`, without its number."""
    *parts, readings = row
    return Wording._make([*parts, tuple((code, choice) for code, choice in json.loads(readings or "[]"))])


def read_grounds(row: Sequence[Any]) -> Grounds:
    """A row of `grounds`, without its number."""
    rules, flags = row
    return Grounds(tuple(json.loads(rules or "[]")), tuple(json.loads(flags or "[]")))


class Said:
    """What stands once for many verdicts: agreements, clauses, wordings, grounds, by number."""

    def __init__(self, connection: Connection) -> None:
        """Read them when they are asked for."""
        self.connection = connection
        self._agreements: dict[int, str] = {}
        self._clauses: dict[int, ClauseKey] = {}
        self._wordings: dict[int, Wording] = {}
        self._grounds: dict[int, Grounds] = {}

    def agreement(self, number: int) -> str:
        """The name of an agreement."""
        found = self._agreements.get(number)
        if found is None:
            (found,) = self._one("SELECT name FROM agreements WHERE id = ?", number)
            self._agreements[number] = found
        return found

    def clause(self, number: int) -> ClauseKey:
        """A clause."""
        found = self._clauses.get(number)
        if found is None:
            if len(self._clauses) > SOON_DONE:
                self._clauses.clear()
            found = ClauseKey(*self._one("SELECT instrument, obligation, stem FROM clauses WHERE id = ?", number))
            self._clauses[number] = found
        return found

    def wording(self, number: int) -> Wording:
        """A wording."""
        found = self._wordings.get(number)
        if found is None:
            query = (
                "SELECT document, section, paragraph, modality, bearer, body, attest, readings"
                " FROM wordings WHERE id = ?"
            )
            found = self._wordings[number] = read_wording(self._one(query, number))
        return found

    def grounds(self, number: int) -> Grounds:
        """What led to a verdict."""
        found = self._grounds.get(number)
        if found is None:
            row = self._one("SELECT rules, flags FROM grounds WHERE id = ?", number)
            found = self._grounds[number] = read_grounds(row)
        return found

    def duty(self, key: Key) -> str:
        """The key of a duty as text."""
        return duty_of(self.agreement(key[0]), self.clause(key[1]).stem, key[2])

    def row(self, columns: tuple[Any, ...]) -> Row:
        """What a row (in the order of COLUMNS) says, to compare with."""
        key = columns[KEY]
        return Row(columns[0], key, self.duty(key), columns[CONTENT], columns[21], columns[22])

    @legible
    def verdict(self, row: Row) -> Verdict:
        """The verdict that a row holds."""
        (wording, status, required, counted, label, start, end, trigger, opens, due, facts, not_counted, part, curable,
         grounds, reason) = row.content  # fmt: skip
        clause, text, why = self.clause(row.key[1]), self.wording(_number(wording)), self.grounds(_number(grounds))
        return Verdict(
            duty=row.duty,
            agreement=self.agreement(row.key[0]),
            instrument=clause.instrument,
            obligation=clause.obligation,
            clause=Clause(text.document, text.section, text.paragraph),
            modality=text.modality,
            bearer=text.bearer,
            body=text.body,
            period=None if label is None else Period(str(label), _date(start), _date(end)),
            trigger=_text(trigger),
            opens=_day(opens),
            due=_day(due),
            status=str(status),
            required=_number(required),
            counted=_number(counted),
            facts=tuple(json.loads(str(facts))) if facts else (),
            not_counted=tuple(NotCounted(*one) for one in json.loads(str(not_counted))) if not_counted else (),
            part_period=bool(part),
            until=_day(row.until),
            since=date.fromisoformat(row.since),
            curable=bool(curable),
            readings=text.readings,
            rules=why.rules,
            flags=why.flags,
            reason=_text(reason),
            attest=text.attest,
        )

    def _one(self, query: str, number: int) -> tuple[Any, ...]:
        """One row. Raises Illegible where a verdict refers to what is not there."""
        row: tuple[Any, ...] | None = self.connection.execute(query, (number,)).fetchone()
        if row is None:
            raise Illegible(f"{query}: {number}")
        return row


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _date(value: object) -> date:
    return date.fromisoformat(str(value))


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
