"""What a report is made of, whatever it is written as: headings, text, numbers, tables, a picture, matters.

Plain immutable values. `as_html`, `as_text` and `as_workbook` each write all of them.
"""

from dataclasses import dataclass
from datetime import date

from avtalsvakt.answers.year_picture import Lane

GOOD, LATE, BAD, WAIT, QUIET = "good", "late", "bad", "wait", "quiet"
TONES = (GOOD, LATE, BAD, WAIT, QUIET)
"""How a word is meant; a page gives each a mark and a colour, and the word says the same without them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word with its tone: `För sent`."""

    text: str
    tone: str


Cell = str | int | date | Said | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many of each: `30 uppfyllda`."""

    counts: tuple[tuple[int, Said], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column titles; `name` is what a sheet is called."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The time as lanes between two days, both included."""

    title: str
    start: date
    end: date
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Matters:
    """A list of things, each with how it stands and the reasons: (title, how it stands, lines)."""

    entries: tuple[tuple[str, str, tuple[str, ...]], ...]


Block = Heading | Paragraph | Numbers | Table | Picture | Matters


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report: its title, one sentence that says the most, what it is about, and the rest in order."""

    title: str
    lead: str
    about: str
    blocks: tuple[Block, ...]
