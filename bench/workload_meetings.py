"""Meetings as registers hold them: planned, called to, moved, called off, held, written down twice; their minutes."""

from collections.abc import Iterable
from datetime import date, timedelta

from avtalsvakt_engine.facts import Value
from bench.workload_pool import PREPARATORY, STEERING, Asked
from bench.workload_records import LENGTHS, Records

CHAIRS = ("stadsdelsdirektör", "lokalpolisområdeschef")


def meetings_of(asked: Iterable[Asked], records: Records) -> None:
    """The year's meetings of every body that some obligation asks to meet."""
    for one in asked:
        if one.kind != "meeting_held":
            continue
        months = LENGTHS[one.each]
        for start in range(1, 13, months):
            if (one.only and start not in one.only) or start in one.but:
                continue
            for _ in range(one.least + records.chance.choice((-1, 0, 0, 0, 0, 0, 1))):
                on = date(
                    records.year, records.chance.randint(start, start + months - 1), records.chance.randint(1, 28)
                )
                _meeting(one.says["body"], on, records)


def _meeting(body: str, on: date, records: Records) -> None:
    chance = records.chance
    planned = body in (STEERING, PREPARATORY) and chance.random() < 0.6
    day: date | None = _announced(body, on, records) if planned else on
    if day is None:
        return
    said: dict[str, Value] = {"body": body}
    said |= {"chair": chance.choice(CHAIRS)} if chance.random() < 0.95 else {}
    if chance.random() < 0.01:  # written down before its day, and so a plan
        held = records.add_told("meeting_held", day, day - timedelta(days=5), said)
    else:
        held = records.add("meeting_held", day, **said)
    if chance.random() < 0.03:
        records.add("meeting_held", day, body=body, chair=chance.choice(CHAIRS))
    if body in (STEERING, PREPARATORY) and chance.random() < 0.9:
        records.add("minutes_distributed", day + timedelta(days=chance.randint(1, 25)), meeting=held, to="samordnare")


def _announced(body: str, on: date, records: Records) -> date | None:
    """Plan a meeting and call to it; the day on which it is held, or None where it is called off."""
    chance = records.chance
    records.add_told("meeting_scheduled", on, on - timedelta(days=chance.randint(40, 150)), {"body": body})
    moved, off = chance.random() < 0.15, chance.random() < 0.08
    if chance.random() < 0.8:
        _call(body, on, on - timedelta(days=chance.randint(3, 28)), records)
    told = on - timedelta(days=chance.randint(1, 12))
    if moved:
        new = on + timedelta(days=chance.randint(3, 30))
        said = {"body": body, "planned_for": str(on), "rescheduled_to": str(new)}
        records.add_told("meeting_cancelled", told, told, said)
        if chance.random() < 0.5:
            _call(body, new, told, records)
        return new
    if off:
        records.add_told("meeting_cancelled", told, told, {"body": body, "planned_for": str(on)})
        return None
    return on + timedelta(days=chance.choice((0,) * 12 + (1,)))


def _call(body: str, day: date, told: date, records: Records) -> None:
    records.add_told("meeting_convened", told, told, {"body": body, "meeting_date": str(day)})
