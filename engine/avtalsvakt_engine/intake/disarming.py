"""Texts that a spreadsheet would take for a formula: an apostrophe goes before them, and goes away when they return.

In comes a text, out comes the text of a cell, and back: `rearmed(disarmed(text)) == text`. A sign counts in every width
in which it can be written, since some spreadsheets read ＝ and ﹣ as = and -.
"""  # noqa: RUF002 - they are meant

import unicodedata

FORMULA = frozenset("=+-@|%'\t\r\n")
"""What a formula, a command or an escape begins with, and the apostrophe itself."""


def disarmed(text: str) -> str:
    """The text as a cell that is not run."""
    return f"'{text}" if _dangerous(text) else text


def rearmed(cell: str) -> str:
    """The text of a cell that `disarmed` wrote."""
    return cell[1:] if cell.startswith("'") and _dangerous(cell[1:]) else cell


def _dangerous(text: str) -> bool:
    """Whether a text begins, after spaces, as what a spreadsheet runs does."""
    if not text:
        return False
    if text[0] in FORMULA:
        return True
    first = text.lstrip()[:1]
    return unicodedata.normalize("NFKC", first)[:1] in FORMULA if first else False
