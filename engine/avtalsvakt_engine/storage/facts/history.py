"""The story of facts: what was recorded, corrected and retracted, by whom and when, and what was learnt in between.

In come facts as recorded, in order of arrival, out come events and lists. Pure; visibility.py says what holds.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.evidence.visibility import view
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_reading import to_line
from avtalsvakt_rules.vocabulary import RECORDS, Vocabulary


class Step(Struct, frozen=True):
    """One value before and after; None where there was or is none."""

    field: str
    was: object
    becomes: object


class Event(Struct, frozen=True):
    """One record in a fact's story, and what it changed of what is shown."""

    record: Fact
    steps: tuple[Step, ...] = ()
    visible: bool = True


def records_about(facts: Iterable[Fact], id_: str) -> list[Fact]:
    """The fact and every record about it, or about such a record, in order of arrival."""
    read = list(facts)
    about, growing = {id_}, True
    while growing:
        found = {one.id for one in read if one.kind in RECORDS and one.text("target") in about}
        growing = not found <= about
        about |= found
    return sorted((one for one in read if one.id in about), key=lambda one: one.arrival)


def story(facts: Iterable[Fact], id_: str, vocabulary: Vocabulary) -> list[Event]:
    """What has happened to a fact, oldest first; empty where there is no such fact."""
    told: list[Event] = []
    before: Fact | None = None
    so_far: list[Fact] = []
    for record in records_about(facts, id_):
        so_far.append(record)
        after = next(iter(view(so_far, None, vocabulary).facts), None)
        told.append(Event(record, tuple(_steps(before, after)) if told else (), after is not None))
        before = after
    return told


def as_known(facts: Iterable[Fact], known_at: date | None, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """The facts that held as known at the end of the day, corrected, without the records about them."""
    return view(facts, known_at, vocabulary).facts


def learnt(facts: Iterable[Fact], after: date, until: date) -> list[Fact]:
    """What was recorded after one day and no later than another, in order of arrival."""
    return [one for one in facts if after < one.recorded_on <= until]


def _steps(before: Fact | None, after: Fact | None) -> Iterator[Step]:
    """What differs, field by field."""
    was = to_line(before) if before else {}
    is_ = to_line(after) if after else {}
    for field in dict.fromkeys((*was, *is_)):
        if field not in ("id", "kind", "recorded") and before and after and was.get(field) != is_.get(field):
            yield Step(field, was.get(field), is_.get(field))
