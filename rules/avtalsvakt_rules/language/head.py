"""What the head of a file says beside its clauses: the term, reported extensions, who acts for whom, findings.

Source: docs/regelspraket.md, Avtalet; docs/regelspraket.md, Fynd.
"""

from typing import Annotated, Literal

from avtalsvakt_rules.language.address import Address
from avtalsvakt_rules.language.days import limits
from avtalsvakt_rules.model import After, Before, Model, field
from avtalsvakt_rules.problems import Misread

FINDING_KINDS = ("gap", "contradiction", "missing", "undefined", "unclear")


def _as_tuple(raw: object) -> object:
    return raw if isinstance(raw, tuple) else tuple(raw) if isinstance(raw, list) else (raw,)


def _rough(text: str) -> str:
    limits(text)
    return text


RoughDay = Annotated[str, After(_rough)]


class Term(Model):
    """First and last day; `to` missing means until further notice. A year or a month is a day of that precision."""

    from_: RoughDay = field(alias="from")
    to: RoughDay | None = None
    at: Address | None = None

    def checked(self) -> "Term":
        """The last day does not come before the first."""
        if self.to is not None and limits(self.to)[1] < limits(self.from_)[0]:
            raise Misread(f"sista dagen {self.to} ligger före den första, {self.from_}", "rätta from eller to")
        return self


class Extension(Model):
    """A later last day that the source itself reports."""

    to: RoughDay
    at: Address | None = None


class Function(Model):
    """Whom a function, an organisation or a body acts for, and who may stand in for it."""

    of: Annotated[tuple[str, ...], Before(_as_tuple)] = ()
    deputy: Annotated[tuple[str, ...], Before(_as_tuple)] = ()


class Discrepancy(Model):
    """A finding about the documents: something missing, contradictory or unclear that a person should know of."""

    kind: Literal["gap", "contradiction", "missing", "undefined", "unclear"]
    sv: str
    en: str | None = None
    at: tuple[Address, ...]
    clauses: tuple[str, ...] = ()
    reading: str | None = None
