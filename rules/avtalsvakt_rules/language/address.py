"""Where a clause stands in its document."""

from functools import cached_property

from avtalsvakt_rules.model import Model
from avtalsvakt_rules.problems import Misread


class Address(Model):
    """Where the clause stands: section (or annex and part), paragraph (stycke) or row, sentence, list item.

    A sentence or an item that says several things is several clauses: `statement` numbers them. How paragraphs are
    counted is told in docs/regelspraket.md, Adressen.
    """

    section: str | None = None
    paragraph: str | None = None
    sentence: str | None = None
    annex: str | None = None
    part: str | None = None
    row: str | None = None
    item: str | None = None
    statement: str | None = None

    def checked(self) -> "Address":
        """An address names a section or an annex."""
        if not (self.section or self.annex):
            raise Misread("adressen säger inte var i texten", 'skriv section eller annex, t.ex. at: {section: "3"}')
        return self

    @cached_property
    def section_text(self) -> str:
        """The section as people cite it: `5`, `Tid`, `bilaga 4, Ungdomar`."""
        if self.annex is None:
            return self.section or ""
        return ", ".join(filter(None, (f"bilaga {self.annex}", self.section, self.part)))

    @cached_property
    def paragraph_text(self) -> str | None:
        """The paragraph or table row."""
        return self.paragraph or self.row
