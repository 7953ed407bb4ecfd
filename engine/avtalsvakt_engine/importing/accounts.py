"""The account of a file that was read: how many rows were seen, and what in it was left.

It is filled in while the file is read, so that an import can say what it did not read, and not only what it did.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """What a file held: rows seen, rows without an answer, columns and sheets that were not read (with their rows).

    `unknown`: by their addresses the headings that mean nothing, for which the table was not read.
    """

    name: str
    rows: int = 0
    unanswered: int = 0
    sheet: str | None = None
    columns: list[str] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def left(self) -> Iterator[str]:
        """What was not read, in words."""
        if self.unanswered:
            yield f"{self.unanswered} obesvarade frågor"
        if self.columns:
            yield f"{'kolumnen' if len(self.columns) == 1 else 'kolumnerna'} {', '.join(self.columns)}"
        if self.sheets:
            told = ", ".join(f"{title} ({rows} rader)" for title, rows in self.sheets.items())
            yield f"{'bladet' if len(self.sheets) == 1 else 'bladen'} {told}"
