"""What the one who imports says of a table: which columns mean which field, which are not read, which sheet is.

In come the options as they were written, out come headings in plain form; raises Rejected for what cannot be read.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from avtalsvakt_engine.importing.headings import plain
from avtalsvakt_rules.problems import Problem, Rejected


class Columns(Struct, frozen=True):
    """The field (as written) for a heading, the headings that are left, and the sheet, if they were stated."""

    fields: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    sheet: str | None = None

    @classmethod
    def stated(cls, mapped: Sequence[str], ignored: Sequence[str], sheet: str | None) -> "Columns":
        """From `HEADING=FIELD` texts, headings and a sheet's name. Raises Rejected."""
        pairs = [text.partition("=") for text in mapped]
        problems = [
            Problem(f"'{text}' går inte att tyda", "--map", "det saknar rubrik, likhetstecken eller fält",
                    "skriv RUBRIK=FÄLT, t.ex. Mötesdag=datum")
            for text, pair in zip(mapped, pairs, strict=True) if not all(part.strip() for part in pair)
        ]  # fmt: skip
        fields = {plain(heading): to.strip() for heading, _, to in pairs}
        left = frozenset(plain(heading) for heading in ignored)
        if len(fields) < len(pairs) or left & fields.keys():
            why = "en kolumn läses som ett fält, eller inte alls"
            problems.append(Problem("en rubrik är angiven två gånger", "--map", why, "ange varje rubrik en gång"))
        if problems:
            raise Rejected(problems)
        return cls(fields, left, sheet)


AS_WRITTEN = Columns()
"""Nothing stated: headings mean what they say."""
