"""Answers as CSV (RFC 4180: comma, CRLF, quoted where needed), one line per duty, for spreadsheets.

A text that a spreadsheet would take for a formula is preceded by an apostrophe, so that opening a file never runs what
somebody wrote in a register. Lists are joined by `|`.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from avtalsvakt.formats.as_json import duty
from avtalsvakt_engine.intake.disarming import disarmed
from avtalsvakt_engine.verdicts import Verdict

NONE: Mapping[str, Sequence[str]] = MappingProxyType({})
COLUMNS = (
    *("duty", "agreement", "instrument", "obligation", "clause_document", "clause_section", "clause_paragraph"),
    *("modality", "bearer", "period_label", "period_from", "period_to", "trigger", "due", "status", "required"),
    *("counted", "facts", "not_counted", "days_left", "part_period", "until", "readings", "rules", "flags", "reason"),
    "attest",
    "act",
)
"""The last one only where lists tell how a duty is met: the command lines that do, in order."""


def written(verdicts: Iterable[Verdict], as_of: date, acts: Mapping[str, Sequence[str]] = NONE) -> str:
    """The CSV text with its heading; `acts` by duty where it is known how they are met."""
    flat = (_flat(duty(verdict, as_of) | {"act": list(acts.get(verdict.duty, ()))}) for verdict in verdicts)
    return _lines([COLUMNS, *([cell(row.get(name)) for name in COLUMNS] for row in flat)])


def rows(found: Sequence[Mapping[str, object]]) -> str:
    """Any rows with the same fields."""
    return _lines(
        [list(found[0]), *([cell(value) for value in _flat(dict(row)).values()] for row in found)] if found else []
    )


def _lines(rows: Iterable[Iterable[object]]) -> str:
    import csv  # not every list is written as CSV

    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def cell(value: object) -> str | int:
    """One cell: numbers as they are, texts disarmed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int):
        return value
    return disarmed(str(value))


def _flat(fields: dict[str, object]) -> dict[str, object]:
    """The fields with objects spread over columns and lists joined."""
    row: dict[str, object] = {}
    for name, value in fields.items():
        if name in ("clause", "period") and isinstance(value, dict):
            row |= {f"{name}_{part}": one for part, one in value.items()}
        elif name == "readings" and isinstance(value, dict):
            row[name] = "|".join(f"{code}={choice}" for code, choice in value.items())
        elif name == "not_counted" and isinstance(value, list):
            row[name] = "|".join(f"{one['fact']}:{one['reason']}" for one in value)
        else:
            row[name] = "|".join(map(str, value)) if isinstance(value, list) else value
    return row
