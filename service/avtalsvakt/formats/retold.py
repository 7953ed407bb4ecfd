"""A list that was written as CSV for programs, told anew for people: as a sheet for Excel in Swedish, or as Markdown.

In comes the CSV text that every list can be written as, out comes the other form: no list needs forms of its own.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from avtalsvakt.words.column_titles import code_word, column_title
from avtalsvakt_engine.importing.file_lines import IN_WORDS
from avtalsvakt_engine.intake.disarming import rearmed

BOM = "\ufeff"
"""By which Excel knows that a file is UTF-8."""


def for_excel(text: str) -> str:
    """Semicolons, a byte order mark, Swedish titles, and beside each column of codes one with the words."""
    rows = _rows(text)
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";")
    if rows:
        names = rows[0]
        writer.writerow([title for name in names for title in _titles(name)])
        for row in rows[1:]:
            writer.writerow([cell for name, code in zip(names, row, strict=True) for cell in _cells(name, code)])
    return out.getvalue()


def as_markdown(text: str) -> str:
    """A table in Markdown with Swedish titles, and words in place of codes."""
    rows = _rows(text)
    if not rows:
        return ""
    names = rows[0]
    lines = [_line([column_title(name) for name in names]), _line(["---"] * len(names))]
    lines += [_line([_word(name, code) for name, code in zip(names, row, strict=True)]) for row in rows[1:]]
    return "\n".join(lines) + "\n"


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def _titles(name: str) -> Iterator[str]:
    title = column_title(name)
    yield title
    if code_word(name, "") is not None:
        yield title + IN_WORDS


def _cells(name: str, code: str) -> Iterator[str]:
    yield code
    word = code_word(name, code)
    if word is not None:
        yield word


def _word(name: str, code: str) -> str:
    """The word for a code, else the text itself, without the apostrophe that keeps a spreadsheet from running it."""
    word = code_word(name, code)
    return word if word is not None else rearmed(code)


def _line(cells: Sequence[str]) -> str:
    escaped = (" ".join(cell.replace("\\", "\\\\").replace("|", "\\|").split()) for cell in cells)
    return f"| {' | '.join(escaped)} |"
