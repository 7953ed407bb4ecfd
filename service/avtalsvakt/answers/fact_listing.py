"""Facts for people and programs: chosen, searched, and written as lines, JSON or CSV.

In come facts, out come chosen facts and objects. Names are compared as they look: composed and decomposed letters, and
small and capital ones, are the same.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_reading import to_line
from avtalsvakt_rules.texts.normal_form import composed

FIXED = ("id", "kind", "agreement", "date", "recorded", "recorder", "arrival")


class Cut(Struct, frozen=True):
    """Which facts are meant; None means all. `since` and `as_of` are about the day the fact concerns."""

    agreement: str | None = None
    kind: str | None = None
    body: str | None = None
    recorder: str | None = None
    since: date | None = None
    as_of: date | None = None

    def keeps(self, fact: Fact) -> bool:
        """Whether the fact is meant."""
        return (
            self.agreement in (None, fact.agreement)
            and self.kind in (None, fact.kind)
            and self.body in (None, fact.text("body"))
            and self.recorder in (None, fact.recorder)
            and (self.since is None or fact.last >= self.since)
            and (self.as_of is None or fact.date <= self.as_of)
        )


def by_day(facts: Iterable[Fact]) -> list[Fact]:
    """In the order of the days they concern."""
    return sorted(facts, key=lambda one: (one.date, one.arrival))


def searched(facts: Iterable[Fact], words: Sequence[str], names: Names) -> list[Fact]:
    """The facts that hold all the words, in any field, in the Swedish name of the kind or in a value's."""
    wanted = [_plain(word) for word in words]
    return [fact for fact in facts if all(word in _text(fact, names) for word in wanted)]


def fact_object(fact: Fact) -> dict[str, object]:
    """One fact as JSON: its line, who recorded it and as which in order."""
    return {**to_line(fact), "recorder": fact.recorder, "arrival": fact.arrival}


def rows(facts: Sequence[Fact]) -> list[dict[str, object]]:
    """Facts as rows with the same columns: the fixed ones, and every attribute that any of them has."""
    attributes = sorted({name for fact in facts for name in fact.attributes})
    return [_row(fact_object(fact), attributes) for fact in facts]


def said(value: object) -> str:
    """A value on one line."""
    if value is None:
        return "(inget)"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value)


def _row(fields: Mapping[str, object], attributes: Sequence[str]) -> dict[str, object]:
    row: dict[str, object] = {name: fields.get(name) for name in FIXED}
    for name in attributes:
        value = fields.get(name)
        row[name] = json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else value
    return row


def _text(fact: Fact, names: Names) -> str:
    values = [said(value) for value in fact.attributes.values()]
    spoken = [names.value(value) for value in fact.attributes.values() if isinstance(value, str)]
    parts = (fact.id, fact.kind, names.kind(fact.kind), fact.agreement, fact.recorder or "", *values, *spoken)
    return _plain(" ".join((fact.date.isoformat(), *parts)))


def _plain(text: str) -> str:
    return composed(text).casefold()
