"""What a workbook holds, walked through before anything of it is kept: a small file may ask for all memory there is.

In comes an open package, out come the cells with formulas by part. Raises Rejected for a sheet that numbers its rows
beyond the format's last, for more parts of a kind than any table has, and for XML that declares entities. The XML is
read as a stream; what is counted is what the library that reads the workbook would keep at a time.
"""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from avtalsvakt_rules.problems import Problem, Rejected

ROWS = 1_048_576
"""Rows in a sheet of the format; a damaged one may number its rows far beyond."""

ROW_PARTS, STRINGS = 500_000, 3_000_000
"""Rows that are written in a sheet, and texts in the table that sheets share."""

IN_ONE, BESIDE = 100_000, 200_000
"""Elements in one row or one shared text, and outside of them: formats, links, merged cells."""

DEEPEST, LONGEST = 100, 1_000_000
"""Elements inside each other, and bytes of one element's start or text."""

COUNTED = 1_000
"""Formulas whose cells are noted in a part."""

_UNITS = {"worksheet": "row", "sst": "si"}
_MOST = {"row": ROW_PARTS, "si": STRINGS}
_CHUNK = 65_536


def formulas_within_budget(opened: zipfile.ZipFile, path: Path) -> Mapping[str, Sequence[str]]:
    """The cells with formulas by part (none: an empty list), where every part is within bounds. Raises Rejected.

    Raises what the ZIP and XML libraries raise of damage.
    """
    found = {}
    for entry in opened.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            found[entry.filename] = _walked(opened, entry, path)
    return found


def _walked(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> list[str]:
    walk = _Walk(path, entry.filename)
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = walk.doctype
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    with opened.open(entry) as part:
        while chunk := part.read(_CHUNK):
            try:
                parser.Parse(chunk)
            except ExpatError:
                if walk.declares:  # what follows a document type may be too much even for the parser
                    walk.refuse_entities()
                raise
            walk.fed(len(chunk))
    parser.Parse(b"", True)
    return walk.formulas


class _Walk:
    """One part while it is walked through: how deep, inside which row or text, how much of it so far."""

    def __init__(self, path: Path, part: str) -> None:
        self.path, self.part = path, part
        self.declares = False
        self.formulas: list[str] = []
        self.depth = self.inside = self.units = self.held = self.beside = self.waiting = 0
        self.unit: str | None = None
        self.cell = ""

    def doctype(self, *_: object) -> None:
        """A document type, which can stand nowhere but before the first element."""
        self.declares = True

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self.declares:
            self.refuse_entities()
        self.waiting = 0
        self.depth += 1
        local = name.rpartition(":")[2]
        if self.depth == 1:
            self.unit = _UNITS.get(local)
        elif self.depth > DEEPEST:
            self._refuse(f"fler än {DEEPEST} element ligger i varandra")
        if self.inside:
            self._within(local, attributes)
        elif local == self.unit:
            self._begin(local, attributes)
        else:
            self.beside += 1 + len(attributes) // 8
            if self.beside > BESIDE:
                self._refuse(f"den har fler än {BESIDE} format, länkar eller annat vid sidan av cellerna")

    def end(self, _: str) -> None:
        """An element ends."""
        self.waiting = 0
        self.depth -= 1
        if self.depth < self.inside:
            self.inside = 0

    def fed(self, size: int) -> None:
        """So many bytes were read; without an element in them something is far too long."""
        self.waiting += size
        if self.waiting > LONGEST:
            self._refuse(f"ett värde är längre än {LONGEST} tecken")

    def refuse_entities(self) -> None:
        """Raise Rejected for a part that declares a document type."""
        why = "dess XML deklarerar egna entiteter"
        raise Rejected([Problem("filen kan inte läsas säkert", str(self.path), why, "spara tabellen som CSV")])

    def _begin(self, local: str, attributes: Mapping[str, str]) -> None:
        self.inside, self.held = self.depth, 0
        self.units += 1
        if self.units > _MOST[local]:
            what = "rader" if local == "row" else "texter"
            self._refuse(f"den har fler än {_MOST[local]} {what}")
        number = attributes.get("r", "").strip() if local == "row" else ""
        if number.isdecimal() and (len(number) > 9 or int(number) > ROWS):
            self._refuse(f"en rad har nummer {number[:12]}, och den sista i en arbetsbok är {ROWS}")

    def _within(self, local: str, attributes: Mapping[str, str]) -> None:
        self.held += 1 + len(attributes) // 8
        if self.held > IN_ONE:
            self._refuse(f"en rad eller text har fler än {IN_ONE} delar")
        if local == "c":
            self.cell = attributes.get("r", "")
        elif local == "f" and len(self.formulas) < COUNTED:
            self.formulas.append(self.cell or f"rad {self.units}")

    def _refuse(self, why: str) -> None:
        where = f"{self.path}, {self.part}"
        remedy = "klistra in tabellen som värden i en ny arbetsbok, eller spara den som CSV"
        raise Rejected([Problem("arbetsboken är orimligt byggd", where, why, remedy)])
