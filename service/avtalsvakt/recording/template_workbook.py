"""An empty workbook for an agreement's facts: the right columns in Swedish, and pick-lists for what can be picked.

In come an agreement's relevant names, out comes a workbook that `avtalsvakt import` reads when it has been filled in.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from avtalsvakt.recording.vocabulary_in_use import VocabularyInUse
from avtalsvakt_engine.importing.file_workbook import LISTS, SHEETS
from avtalsvakt_engine.storage.integrity.atomic_files import whole
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.vocabulary import Vocabulary

ROWS, WIDTH = 2_000, 18
_HINTS: Mapping[str, str] = {
    "date": "År-månad-dag, till exempel 2026-03-04; 2026-03 om bara månaden är känd.",
    "concerns_period": "Till exempel 2026, 2026-H1 eller 2026-Q2.",
    "kind": "Välj ur listan.",
}


def write_template(instrument: Instrument, names: VocabularyInUse, vocabulary: Vocabulary, target: Path) -> int:
    """Write the workbook to a file that is not there yet; how many columns it has. Raises Rejected."""
    columns = ("kind", "date", *names.attributes)
    book = Workbook()
    sheet, lists = book.active, book.create_sheet(LISTS)
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = SHEETS[0]
    lists.sheet_state = "hidden"
    sheet["A1"] = f"# agreement: {instrument.instrument}"
    sheet["B1"] = None
    for number, field in enumerate(columns, start=1):
        _column(sheet, number, field, vocabulary)
        choices = _choices(field, names, vocabulary)
        if choices:
            _pick_list(book, number, field, choices)
    sheet.freeze_panes = "A3"
    with whole(target) as beside:
        book.save(beside)
    return len(columns)


def _column(sheet: Worksheet, number: int, field: str, vocabulary: Vocabulary) -> None:
    """A heading, its hint, and dates kept as text so that no spreadsheet turns 2026-03 into a day."""
    cell = sheet.cell(2, number, vocabulary.labels.get(field, field))
    cell.font = Font(bold=True)
    if field in _HINTS:
        cell.comment = Comment(_HINTS[field], "avtalsvakt")
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = WIDTH * (2 if field in ("kind", "body") else 1)
    sheet.column_dimensions[letter].number_format = "@"


def _choices(field: str, names: VocabularyInUse, vocabulary: Vocabulary) -> Sequence[str]:
    """What may be picked in a column; nothing where any text will do."""
    if field == "kind":
        return [kind.sv for kind in names.kinds]
    if field == "body":
        # A body that only this agreement has is known by its id.
        return [label if body in vocabulary.bodies else body for body, label in names.bodies.items()]
    if field == "document":
        return names.documents
    if field in vocabulary.yes_no:
        return ("ja", "nej")
    if any(vocabulary.expected(kind.id, field) is None for kind in names.kinds if field in kind.attributes):
        return ()
    return tuple(dict.fromkeys(text for (_, name), texts in names.values.items() if name == field for text in texts))


def _pick_list(book: Workbook, number: int, field: str, choices: Sequence[str]) -> None:
    """Put the choices on the hidden sheet, under a name, and offer them in the column; other values are warned of."""
    lists, sheet = book[LISTS], book[SHEETS[0]]
    for row, choice in enumerate(choices, start=1):
        lists.cell(row, number, choice)
    letter, name = get_column_letter(number), f"val_{field}"
    span = f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(choices)}"
    book.defined_names[name] = DefinedName(name, attr_text=span)
    strict = field in ("kind", "body")
    offered = DataValidation(
        type="list", formula1=f"={name}", allow_blank=True, errorStyle="stop" if strict else "warning",
        error="Välj ur listan." if strict else "Värdet finns inte i listan. Behålla det?", showErrorMessage=True,
    )  # fmt: skip
    sheet.add_data_validation(offered)
    offered.add(f"{letter}3:{letter}{ROWS}")
