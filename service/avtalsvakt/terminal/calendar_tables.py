"""Rows about calendars: on the screen, as JSON or as CSV."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

Cell = str | int | date | None


class Column(Struct, frozen=True):
    """A column: its key in JSON and CSV, its heading on the screen; whether cells stay whole or may be cut short."""

    key: str
    heading: str
    whole: bool = False
    cut: bool = False


def rows_out(
    name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], form: str, *, nothing: str = "Inget."
) -> None:
    """Write the rows in the form asked for: table, json or csv.

    `name` is what they are called in JSON; `nothing` stands for an empty table.
    """
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen

    keyed = [dict(zip((column.key for column in columns), map(_plain, row), strict=True)) for row in rows]
    if form == "json":
        screen.write(as_json.written({name: keyed}))
    elif form == "csv":
        screen.write(as_csv.rows(keyed))
    elif rows:
        _table(columns, [["" if cell is None else str(_plain(cell)) for cell in row] for row in rows])
    else:
        screen.write(f"{nothing}\n")


def _plain(cell: Cell) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _table(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> None:
    """A table as wide as the window."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from avtalsvakt.terminal import screen

    console = Console(highlight=False, markup=False, emoji=False, width=screen.console().width)
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
    console.print(table, crop=False)
