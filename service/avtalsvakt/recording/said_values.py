"""The values of a registration as they were said, in the form that the register has: names become ids, days ISO.

In come values by field, out come the same in settled form. Only what cannot be mistaken is settled; a name that means
several things or nothing is refused with what it is nearest to, and other texts stay for the fact's own checks.
"""

from collections.abc import Callable, Mapping
from datetime import date

from avtalsvakt.words.said_names import SaidNames, settled_day, settled_value
from avtalsvakt_rules.vocabulary import Vocabulary

NAMED: Mapping[str, str] = {"kind": "kinds", "agreement": "agreements", "body": "bodies"}
"""Fields that hold a name that there must be, with what it is a name of."""

WHERE = "kommandoraden"


def settled_values(
    values: Mapping[str, object], names: SaidNames, vocabulary: Vocabulary, today: date, kind: str | None = None
) -> dict[str, object]:
    """The values in settled form; `kind` is that of the fact where they do not state it. Raises Rejected."""
    found = dict(values)
    for field, of in NAMED.items():
        text = found.get(field)
        if isinstance(text, str) and text:
            found[field] = names.settle(text, of, f"{WHERE} ({field})")
    known = vocabulary.kinds.get(str(found.get("kind") or kind or ""))
    days = ("date", *(known.days if known else ()))
    for field, value in found.items():
        if field in NAMED:
            continue
        if field in days:
            found[field] = _each(value, lambda text: settled_day(text, today))
        elif known is not None:
            found[field] = _each(value, _Settling(names, vocabulary, known.id, field))
    return found


class _Settling:
    """One field's texts: a usual value or a body, whichever it is called; a function that is asked."""

    def __init__(self, names: SaidNames, vocabulary: Vocabulary, kind: str, field: str) -> None:
        self.names, self.field = names, field
        self.usual = vocabulary.expected(kind, field) or vocabulary.values.get(field, ())
        self.bodies = set(vocabulary.bodies) & set(self.usual)

    def __call__(self, text: str) -> str:
        settled = settled_value(text, self.usual)
        if settled == text and self.bodies:
            meant = [one for one in self.names.bodies.meant(text) if one in self.bodies]
            settled = meant[0] if len(meant) == 1 else text
        if settled == text and self.field in ("by", "function"):
            functions = self.names.functions.meant(text)
            settled = functions[0] if len(functions) == 1 else text
        return settled


def _each(value: object, settle: Callable[[str], str]) -> object:
    """A text, or every text of a list, settled."""
    if isinstance(value, str):
        return settle(value)
    return [settle(one) if isinstance(one, str) else one for one in value] if isinstance(value, list) else value
