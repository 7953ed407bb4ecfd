"""What a report is made of, whatever it is written as: headings, text, numbers, tables, a picture, matters.

Plain immutable values. `as_html`, `as_text` and `as_workbook` each write all of them.
"""

from datetime import date

from msgspec import Struct

from avtalsvakt.answers.year_picture import Lane

GOOD, LATE, BAD, WAIT, QUIET = "good", "late", "bad", "wait", "quiet"
TONES = (GOOD, LATE, BAD, WAIT, QUIET)
"""How a word is meant; a page gives each a mark and a colour, and the word says the same without them."""


class Said(Struct, frozen=True):
    """A word with its tone: `För sent`."""

    text: str
    tone: str


Cell = str | int | date | Said | None


class Heading(Struct, frozen=True):
    """A heading; level 2 or 3."""

    text: str
    level: int = 2


class Paragraph(Struct, frozen=True):
    """Running text."""

    text: str


class Numbers(Struct, frozen=True):
    """How many of each: `30 uppfyllda`."""

    counts: tuple[tuple[int, Said], ...]


class Table(Struct, frozen=True):
    """Rows under column titles; `name` is what a sheet is called."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Picture(Struct, frozen=True):
    """The time as lanes between two days, both included."""

    title: str
    start: date
    end: date
    lanes: tuple[Lane, ...]


class Matters(Struct, frozen=True):
    """A list of things, each with how it stands and the reasons: (title, how it stands, lines)."""

    entries: tuple[tuple[str, str, tuple[str, ...]], ...]


Block = Heading | Paragraph | Numbers | Table | Picture | Matters


class Document(Struct, frozen=True):
    """A whole report: its title, one sentence that says the most, what it is about, and the rest in order."""

    title: str
    lead: str
    about: str
    blocks: tuple[Block, ...]
