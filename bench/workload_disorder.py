"""What happens to records in a register: lost, known only to the month, corrected, retracted, and brought back."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec.structs import replace

from avtalsvakt_engine.facts import Fact, Value
from bench.workload_records import Records, moment

LOST, ROUGH = 0.06, 0.05
MAY_BE_ROUGH = frozenset(
    {"evaluation_done", "inspection_done", "invitation_sent", "measurement_done", "report_delivered", "training_done"}
)
SETTLED = frozenset({"extension_agreed", "agreement_terminated", "role_assigned", "agreement_revised"})
"""Kinds whose day is not corrected here."""


def disordered(records: Records) -> Iterator[Fact]:
    """The year's records as they ended up, with the records about them."""
    chance = records.chance
    kept = [_roughly(fact, records) for fact in records.made if chance.random() > LOST]
    yield from kept
    known = [fact for fact in kept if fact.kind not in SETTLED]
    number = 0
    for fact in chance.sample(known, min(len(known), 5)):
        number += 1
        first = _record(records, number, fact, corrected=number > 2)
        yield first
        if chance.random() < 0.1:  # the record was the mistake
            number += 1
            yield _about(records, number, first, "record_retracted", {"reason": "felaktig"})


def _roughly(fact: Fact, records: Records) -> Fact:
    """The record, known to the month or the year only, now and then."""
    if fact.kind not in MAY_BE_ROUGH or records.chance.random() > ROUGH:
        return fact
    precision: Literal["month", "year"] = records.chance.choice(("month", "month", "month", "year"))
    first = fact.date.replace(day=1) if precision == "month" else date(fact.date.year, 1, 1)
    return replace(fact, date=first, precision=precision)


def _record(records: Records, number: int, fact: Fact, *, corrected: bool) -> Fact:
    if corrected:
        return _about(records, number, fact, "record_corrected", {"set": _change(records, fact), "reason": "fel"})
    return _about(records, number, fact, "record_retracted", {"reason": "felregistrerad"})


def _change(records: Records, fact: Fact) -> Mapping[str, object]:
    """What was wrong: the day, or something that the record says."""
    chance = records.chance
    if fact.kind == "meeting_held" and chance.random() < 0.5:
        return {"chair": chance.choice(("stadsdelsdirektör", "lokalpolisområdeschef"))}
    if "by" in fact.attributes and chance.random() < 0.5:
        return {"by": chance.choice(("polisen", "stadsdelsdirektör", None))}
    return {"date": str(fact.date - timedelta(days=chance.randint(1, 20)))}


def _about(records: Records, number: int, fact: Fact, kind: str, said: Mapping[str, Value]) -> Fact:
    told = date.fromisoformat(fact.recorded[:10]) + timedelta(days=records.chance.randint(1, 40))
    name = f"{records.agreement}-{records.year}-r{number}"
    attributes = {"target": fact.id, **said}
    return Fact(name, kind, records.agreement, told, moment(told), attributes=attributes, recorder="samordnare")
