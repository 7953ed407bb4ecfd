"""A document as a workbook: a first sheet that says what it is, then a sheet for each table.

Texts are written as texts, so that no spreadsheet takes what somebody wrote in a register for a formula.
"""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from avtalsvakt.reporting import document as d

TEXT, DAY = 48, 14  # widths of columns
LONGEST = 31  # letters in the name of a sheet


def written(document: d.Document) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    first.title = "Sammanfattning"
    _fill(first, ((document.title,), (document.lead,), (document.about,)))
    first["A1"].font = Font(bold=True, size=14)
    first.column_dimensions["A"].width = 2 * TEXT
    for numbers in (one for one in document.blocks if isinstance(one, d.Numbers)):
        _fill(first, ((said.text, number) for number, said in numbers.counts), from_row=5)
    for table in _tables(document):
        sheet = book.create_sheet(_free(table.name, book.sheetnames))
        _fill(sheet, (table.columns, *table.rows))
        _dress(sheet, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _tables(document: d.Document) -> Iterable[d.Table]:
    """The tables, and lists of matters as tables under the heading before them."""
    heading = ""
    for one in document.blocks:
        if isinstance(one, d.Heading):
            heading = one.text
        elif isinstance(one, d.Table):
            yield one
        elif isinstance(one, d.Matters):
            rows = tuple((title, stands, "\n".join(lines)) for title, stands, lines in one.entries)
            yield d.Table(heading, ("Vad", "Läge", "Varför"), rows)


def _fill(sheet: Worksheet, rows: Iterable[Iterable[d.Cell]], from_row: int = 1) -> None:
    for row, values in enumerate(rows, start=from_row):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            cell.value = value.text if isinstance(value, d.Said) else value
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text, also where it begins as a formula does
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _dress(sheet: Worksheet, table: d.Table) -> None:
    for place, _ in enumerate(table.columns, start=1):
        days = any(isinstance(row[place - 1], date) for row in table.rows)
        sheet.column_dimensions[get_column_letter(place)].width = DAY if days else TEXT
        sheet.cell(1, place).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _free(name: str, taken: Iterable[str]) -> str:
    """The name as a sheet can have it, with a number where another has it."""
    plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in name)[: LONGEST - 4]
    used = {one.casefold() for one in taken}
    tries = (plain if number == 1 else f"{plain} {number}" for number in range(1, 1000))
    return next(one for one in tries if one.casefold() not in used)
