"""A workbook (.xlsx) as the text that the same table would have as CSV, with tabs: values only, nothing that runs.

In comes a path, out comes text for `csv_lines`; row 7 of the sheet is line 7 of the text. Raises Rejected for what is
no workbook, for what unpacks to far more than it is (a zip bomb), for references to other files, for XML that declares
entities, and for formulas: what they show depends on who opens the file.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LARGEST = 300_000_000
"""Bytes, unpacked: a hundred thousand rows of twenty columns are fifty million."""

RATIO = 200
"""How many times larger a part may be unpacked; sheets of text are ten to forty."""

PARTS = 2_000
COLUMNS = 200
SHEETS = ("Registreringar", "Fakta", "Facts")
"""The sheet that is read, if one is called so; else the first that can be seen."""

_SMALL = 1_000_000
_SHOWN = 20


def workbook_text(path: Path) -> str:
    """The cells of the workbook's table as text. Raises Rejected."""
    if path.is_dir() or not path.exists():
        raise Rejected([_problem(path, "filen finns inte", "det finns ingen fil där", "kontrollera sökvägen")])
    _refuse_traps(path)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            return _text(book, path)
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError) as error:
        raise Rejected([_no_workbook(path)]) from error
    except OSError as error:
        why = f"systemet svarar: {error.strerror or error}"
        raise Rejected([_problem(path, "filen kan inte läsas", why, "kontrollera filen")]) from error


def _refuse_traps(path: Path) -> None:
    """Raise Rejected for a package that is not what it seems; only the list of contents and first bytes are read."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            swollen = [
                one for one in entries if one.file_size > _SMALL and one.file_size > RATIO * max(1, one.compress_size)
            ]
            if unpacked > LARGEST or swollen or len(entries) > PARTS:
                why = f"den packas upp till {unpacked // 1_000_000} MB i {len(entries)} delar"
                raise Rejected([_problem(path, "filen är orimligt stor uppackad", why, "spara tabellen som CSV")])
            names = [entry.filename.lower() for entry in entries]
            if any("externallink" in name or "connections.xml" in name for name in names):
                why = "den hämtar värden ur andra filer eller källor"
                remedy = "bryt länkarna (Data, Redigera länkar) och spara på nytt"
                raise Rejected([_problem(path, "filen hänvisar till andra filer", why, remedy)])
            if any(name.endswith("vbaproject.bin") for name in names):
                raise Rejected(
                    [_problem(path, "filen innehåller makron", "sådana läses inte", "spara som .xlsx eller CSV")]
                )
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")) and b"<!" in _beginning(package, entry):
                    why = "dess XML deklarerar egna entiteter"
                    raise Rejected([_problem(path, "filen kan inte läsas säkert", why, "spara tabellen som CSV")])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Rejected([_no_workbook(path)]) from error


def _beginning(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The first bytes of a part, before any data: a declaration of a document type can stand nowhere else."""
    with package.open(entry) as part:
        first = part.read(4096)
    return first.replace(b"\0", b"").replace(b"<!--", b"")


def _text(book: "Workbook", path: Path) -> str:
    """The rows of the sheet that is read, one line each."""
    named = [one for name in SHEETS for one in book.worksheets if one.title == name]
    sheet = next((one for one in (*named, *book.worksheets) if one.sheet_state == "visible"), None)
    if sheet is None:
        raise Rejected([_no_workbook(path)])
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    formulas: list[str] = []
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS), start=1):
        values = [_value(cell, formulas) for cell in row]
        while values and not values[-1]:
            values.pop()
        if not values:
            empty += 1
            continue
        out.write("\n" * empty)
        empty = 0
        width = max(len(values), 1 if number == 1 else 0)
        writer.writerow(values[:width])
    if formulas:
        raise Rejected(list(_formulas(path, sheet.title, formulas)))
    text = _even(out.getvalue())
    if not text.strip():
        raise Rejected([_problem(path, "filen är tom", f"bladet {sheet.title} har inga rader", "kontrollera filen")])
    return text


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
    if cell.data_type in ("f", "e"):
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
