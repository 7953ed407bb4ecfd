"""Rows on the screen, as JSON or as CSV."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import click

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON and CSV, its heading on the screen; whether cells stay whole or may be cut short."""

    key: str
    heading: str
    whole: bool = False
    cut: bool = False


def rows_out(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], form: str, *, nothing: str = "Inget.") -> None:
    """Write the rows in the form asked for: table, json or csv. `nothing` stands for an empty table."""
    if form == "json":
        keyed = [dict(zip((column.key for column in columns), map(_plain, row), strict=True)) for row in rows]
        click.echo(json.dumps(keyed, ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(_csv(columns, rows), nl=False)
    elif rows:
        _table(columns, rows)
    else:
        click.echo(nothing)


def _csv(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> str:
    """RFC 4180; what a spreadsheet would take for a formula is marked as text."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([column.key for column in columns])
    writer.writerows([[_inert(_plain(cell)) for cell in row] for row in rows])
    return file.getvalue()


def _inert(cell: str | int | None) -> str | int | None:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _plain(cell: Cell) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """A table as wide as the terminal, 80 columns in a pipe."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    texts = [["" if cell is None else str(_plain(cell)) for cell in row] for row in rows]
    widths = [
        max(map(len, (column.heading, *cells))) for column, cells in zip(columns, zip(*texts, strict=True), strict=True)
    ]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        # What may be cut gets what the others leave; the library would cut them all.
        room = console.width - sum(widths) + width - 2 * (len(columns) - 1) if column.cut else None
        table.add_column(
            column.heading,
            no_wrap=column.whole or column.cut,
            min_width=width if column.whole else None,
            max_width=max(room, 12) if room is not None else None,
        )
    for line in texts:
        table.add_row(*map(Text, line))
    console.print(table)
