"""Text in composed form (NFC), in time that grows with its length.

Putting marks in order takes time that grows with the square of how many stand in a row; no writing has many. In comes a
text, out comes the same in composed form. Source: UAX #15, Stream-Safe Text Format: at most thirty in a row.
"""

import unicodedata

MOST_MARKS = 30
"""Combining marks in a row."""


def composed(text: str) -> str:
    """The text in composed form; one with more marks in a row than any writing has stays as it is."""
    return text if text.isascii() or stacked(text) else unicodedata.normalize("NFC", text)


def stacked(text: str) -> bool:
    """Whether more marks stand in a row than any writing has."""
    row = 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        if row > MOST_MARKS:
            return True
    return False
