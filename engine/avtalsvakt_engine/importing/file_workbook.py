"""A workbook (.xlsx) as the text that the same table would have as CSV, with tabs: values only, nothing that runs.

In comes a path, out comes text for `csv_lines`; row 7 of the sheet is line 7 of the text. Raises Rejected for what is
no workbook, for what unpacks to far more than it is or holds more than is kept at a time (workbook_budget), for
references to other files, and for formulas: what they show depends on who opens the file.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avtalsvakt_engine.importing.accounts import Account
from avtalsvakt_engine.importing.file_lines import COLUMNS
from avtalsvakt_engine.importing.file_package import LARGEST, Unreadable, package, reading
from avtalsvakt_engine.importing.file_text import LONGEST_LINE
from avtalsvakt_engine.importing.workbook_budget import ROWS, formulas_within_budget
from avtalsvakt_engine.intake.fact_checks import closest
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SHEETS = ("Registreringar", "Fakta", "Facts")
"""The sheet that is read, if one is called so; else the first that can be seen."""

LISTS = "Listor"
"""The hidden sheet of a template that holds its pick-lists."""

CELLS = 50_000_000
"""Cells that are walked through, the empty ones included; a hundred thousand rows of two hundred are twenty million."""

_SHOWN = 20
_COUNTED = 1_000


def workbook_text(path: Path, sheet: str | None = None, account: Account | None = None) -> str:
    """The cells of the workbook's table as text; `sheet` names another than the first. Raises Rejected."""
    if path.is_dir() or not path.exists():
        raise Rejected([_problem(path, "filen finns inte", "det finns ingen fil där", "kontrollera sökvägen")])
    formulas = _refuse_traps(path)
    from openpyxl import load_workbook

    try:
        with reading(path):
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                return _text(book, path, sheet, account, formulas)
            finally:
                book.close()
    except Unreadable as error:
        raise Rejected([_no_workbook(path)]) from error


def _refuse_traps(path: Path) -> Mapping[str, Sequence[str]]:
    """The cells with formulas by part. Raises Rejected for a package that is not what it seems, or is too much."""
    try:
        with package(path) as opened:
            names = [entry.filename.lower() for entry in opened.infolist()]
            if any("externallink" in name or "connections.xml" in name for name in names):
                why = "den hämtar värden ur andra filer eller källor"
                remedy = "bryt länkarna (Data, Redigera länkar) och spara på nytt"
                raise Rejected([_problem(path, "filen hänvisar till andra filer", why, remedy)])
            if any(name.endswith("vbaproject.bin") for name in names):
                raise Rejected(
                    [_problem(path, "filen innehåller makron", "sådana läses inte", "spara som .xlsx eller CSV")]
                )
            return formulas_within_budget(opened, path)
    except Unreadable as error:
        raise Rejected([_no_workbook(path)]) from error


def _text(
    book: "Workbook",
    path: Path,
    sheet_name: str | None,
    account: Account | None,
    formulas_of: Mapping[str, Sequence[str]],
) -> str:
    """The rows of the sheet that is read, one line each."""
    sheet = _sheet(book, path, sheet_name)
    others = {one.title: rows for one in book.worksheets if one is not sheet and (rows := _rows_of(one))}
    if account is not None:
        account.sheet, account.sheets = sheet.title, others
    formulas = list(formulas_of[sheet._worksheet_path])  # the library has no other name for it
    lines = _written(sheet, path, formulas)
    if formulas:
        raise Rejected(list(_formulas(path, sheet.title, formulas)))
    text = _even(lines)
    if not text.strip():
        filled = ", ".join(others)
        remedy = f"ange bladet som ska läsas med --sheet ({filled})" if others else "kontrollera filen"
        raise Rejected([_problem(path, "filen är tom", f"bladet {sheet.title} har inga rader", remedy)])
    return text


def _written(sheet: Any, path: Path, formulas: list[str]) -> str:
    """The rows as lines of cells with tabs between; cells with errors are added to the formulas. Raises Rejected."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    empty = 0
    for number, row in enumerate(_rows(sheet, path), start=1):
        values = [_value(cell, formulas) for cell in row] if any(cell.value is not None for cell in row) else []
        while values and not values[-1]:
            values.pop()
        if not values:
            empty += 1
            continue
        out.write("\n" * empty)
        empty = 0
        if sum(map(len, values)) > LONGEST_LINE or out.tell() > LARGEST:
            where = Path(f"{path}:{sheet.title}, rad {number}")
            why = f"en rad rymmer {LONGEST_LINE} tecken och ett blad {LARGEST // 1_000_000} miljoner"
            raise Rejected([_problem(where, "texterna är för långa", why, "korta dem, eller dela upp tabellen")])
        writer.writerow(values)
    return out.getvalue()


def _sheet(book: "Workbook", path: Path, name: str | None) -> Any:
    """The sheet that is asked for, else one with a name of ours, else the first that can be seen. Raises Rejected."""
    if name is not None:
        chosen = next((one for one in book.worksheets if one.title.casefold() == name.strip().casefold()), None)
        if chosen is None:
            titles = [one.title for one in book.worksheets]
            raise Rejected(
                [
                    _problem(
                        path, f"bladet '{name}' finns inte", "arbetsboken har inget sådant blad", closest(name, titles)
                    )
                ]
            )
        return chosen
    named = [one for title in SHEETS for one in book.worksheets if one.title == title]
    sheet = next((one for one in (*named, *book.worksheets) if one.sheet_state == "visible"), None)
    if sheet is None:
        raise Rejected([_no_workbook(path)])
    return sheet


def _rows(sheet: Any, path: Path) -> Iterator[Any]:
    """The rows of a sheet, each as wide as it is: what it says of its own size may be wrong. Raises Rejected."""
    sheet.reset_dimensions()
    walked = 0
    for row in sheet.iter_rows(max_row=ROWS):
        walked += len(row)
        if walked > CELLS:
            why = f"bladet {sheet.title} har fler än {CELLS // 1_000_000} miljoner celler, de tomma medräknade"
            raise Rejected(
                [_problem(path, "bladet är för stort", why, "ta bort formaterade tomma kolumner, eller spara som CSV")]
            )
        if len(row) > COLUMNS:
            beyond = next((cell for cell in row[COLUMNS:] if cell.value is not None), None)
            if beyond is not None:
                why = f"{COLUMNS} kolumner kan läsas"
                where = Path(f"{path}:{sheet.title}!{beyond.coordinate}")
                raise Rejected(
                    [_problem(where, "tabellen är för bred", why, "ta bort eller flytta kolumnerna längst till höger")]
                )
        yield row[:COLUMNS]


def _rows_of(sheet: Any) -> str:
    """How many rows a sheet has that is not read, for the account; empty for an empty one and for our pick-lists."""
    if sheet.title == LISTS and sheet.sheet_state != "visible":
        return ""
    sheet.reset_dimensions()
    found = 0
    for row in sheet.iter_rows(max_row=_COUNTED * 10, values_only=True):
        found += any(value is not None for value in row)
        if found >= _COUNTED:
            return f"minst {_COUNTED}"
    return str(found) if found else ""


def _even(text: str) -> str:
    """The lines as they are; rows shorter than the headings get their empty cells back."""
    width = max((line.count("\t") for line in text.split("\n", 50)[:50]), default=0)
    lines = text.split("\n")
    return "\n".join(
        line + "\t" * (width - line.count("\t")) if line.strip() and not line.startswith(("#", '"#')) else line
        for line in lines
    )


def _value(cell: Any, formulas: list[str]) -> str:
    """One cell as a person sees it, on one line; days as ISO 8601."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        formulas.append(cell.coordinate)
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).replace("\t", " ").splitlines())


def _formulas(path: Path, sheet: str, cells: list[str]) -> Iterator[Problem]:
    for cell in cells[:_SHOWN]:
        where = f"{path}:{sheet}!{cell}"
        why = "formler och felvärden läses inte, eftersom de kan visa olika saker för olika läsare"
        yield Problem("cellen innehåller en formel", where, why, "klistra in den som värde")
    if len(cells) > _SHOWN:
        yield _problem(path, f"{len(cells) - _SHOWN} formler till", "de första visas", "klistra in dem som värden")


def _no_workbook(path: Path) -> Problem:
    why = "den är ingen hel Excelarbetsbok (.xlsx), eller är skyddad med lösenord"
    return _problem(path, "filen kan inte läsas", why, "spara den på nytt som .xlsx eller CSV")


def _problem(path: Path, what: str, why: str, remedy: str) -> Problem:
    return Problem(what, str(path), why, remedy)
