"""Ten years of facts about an invented agreement: what it asks for, mostly done, sometimes late or not at all."""

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from avtalsvakt_engine.facts import Fact, Value
from bench.workload_disorder import disordered
from bench.workload_life import consulted, life_of
from bench.workload_meetings import meetings_of
from bench.workload_pool import Asked
from bench.workload_records import LENGTHS, Records, label
from bench.workload_texts import Text

LAST = date(2025, 12, 15)
YEARS = range(2015, 2027)
NAMES = {"polisen": ("polisen", "lokalpolisområdeschef", "kommunpolis"), "stadsdelsförvaltningen":
         ("stadsdelsförvaltningen", "stadsdelsdirektör", "staden")}  # fmt: skip
DATELESS = frozenset({"alternating", "state", "right", "notice", "next", "version", "term"})
"""Forms whose records are made with those of another, or below by their own rules."""


def facts_of(agreement: str, text: Text, seed: int, years: Iterable[int] = YEARS) -> list[Fact]:
    """The facts of some years that were recorded by the last day, in the order they arrived."""
    found = [
        fact for year in years for fact in _year(agreement, text, year, random.Random(f"{seed}:{agreement}:{year}"))
    ]
    last = f"{LAST}T99"
    return sorted((fact for fact in found if fact.recorded < last), key=lambda fact: fact.recorded)


def _year(agreement: str, text: Text, year: int, chance: random.Random) -> list[Fact]:
    if year < text.start.year:
        return []
    records = Records(agreement, year, chance)
    for one in text.asked:
        if one.form not in DATELESS and one.kind != "meeting_held":
            MAKERS.get(one.form, _counted)(one, records)
    meetings_of(text.asked, records)
    life_of(text, records)
    return list(disordered(records))


def _counted(one: Asked, records: Records) -> None:
    """So many in each period of the year, now and then one more or less, now and then in the next period."""
    months = LENGTHS.get(one.each, 12)
    for start in range(1, 13, months):
        for _ in range(one.least + records.chance.choice((-1, 0, 0, 0, 0, 0, 0, 1))):
            late = records.chance.random() < 0.06 and one.form in ("count", "afterwards", "closing")
            _act(one, records, start, months, late=late)


def _act(one: Asked, records: Records, start: int, months: int, *, late: bool) -> None:
    chance, said = records.chance, dict(one.says)
    on = records.some_day(start, months)
    if one.form == "closing":
        on = date(records.year, chance.choice((9, 10, 11, 12)), chance.randint(1, 28))
        said |= {"for_year": str(records.year + 1)} if one.coming and chance.random() < 0.9 else {}
    if one.form == "afterwards" or late:
        on += timedelta(days=chance.randint(0, 40) + (30 * months if one.form == "afterwards" or months < 12 else 200))
        if one.kind in ("evaluation_done", "document_revised", "agreement_revised") or one.form == "afterwards":
            name = "concerns_period" if "concerns_period" in CAN_NAME.get(one.kind, ()) else "period"
            said |= {name: label(records.year, start, one.each)} if chance.random() < 0.8 else {}
    if one.kind == "measurement_done":
        said |= {"name": "länsgemensam trygghetsmätning", "year": str(records.year - (chance.random() < 0.1))}
    records.add(one.kind, on, **said, **_by(one, chance))


CAN_NAME = {
    "evaluation_done": ("concerns_period",),
    "document_revised": ("concerns_period",),
    "agreement_revised": ("concerns_period",),
}


def _by(one: Asked, chance: random.Random) -> dict[str, Value]:
    """Who did it: the right one, nobody named, another, or somebody that nobody knows."""
    if not one.who:
        return {}
    luck = chance.random()
    others = NAMES["polisen" if one.who != "polisen" else "stadsdelsförvaltningen"]
    name = "" if luck < 0.1 else chance.choice(others) if luck < 0.16 else "en konsult" if luck < 0.19 else ""
    return {"by": name or chance.choice(NAMES[one.who])} if luck >= 0.1 else {}


def _annual(one: Asked, records: Records) -> None:
    """About the day, mostly before; now and then naming the year."""
    chance, day = records.chance, date(records.year, *one.day)
    on = day + timedelta(days=chance.randint(-25, 8) if chance.random() < 0.9 else chance.randint(8, 90))
    named = {"concerns_period": str(records.year)} if chance.random() < 0.2 and one.kind == "evaluation_done" else {}
    records.add(one.kind, on, **one.says, **named, **_by(one, chance))


def _picture(one: Asked, records: Records) -> None:
    """Versions of the picture of the situation, and the steps that each goes through."""
    if one.name != "beslutas":
        return
    chance = records.chance
    for _ in range(chance.choice((1, 2, 2, 3))):
        on, version = records.some_day(), f"{records.year}.{len(records.made)}"
        named: dict[str, Value] = {"concerns_period": str(records.year - 1)} if chance.random() < 0.08 else {}
        picture = records.add("document_revised", on, document="lägesbild", version=version, **named)
        for days in (10, 60)[: chance.choice((1, 1, 1, 2))]:
            day = on + timedelta(days=days)
            decision = records.add("decision_made", day, **one.says, concerns=picture)
            if chance.random() < 0.9:
                records.add("decision_documented", day + timedelta(days=chance.randint(0, 20)), decision=decision)
        named = {"version": version} if chance.random() < 0.95 else {}
        for kind, days in (("annex_dated", 16), ("annex_attached", chance.choice((17, 40)))):
            records.add(kind, on + timedelta(days=days), annex=chance.choice(("1", "lägesbild")), **named)
        records.add("notice_sent", on + timedelta(days=18), to="central_preparatory_group", concerns=picture)


def _nothing(_one: Asked, _records: Records) -> None:
    """What is made with what it follows: minutes with their meetings, steps with their version."""


def _consulted(one: Asked, records: Records) -> None:
    consulted(one.says["subject"], records)


def _every_few_years(one: Asked, records: Records) -> None:
    if records.year % one.number == 2 or records.chance.random() < 0.1:
        records.add(one.kind, records.some_day(), **one.says, **_by(one, records.chance))


def _rarely(one: Asked, records: Records) -> None:
    likely = {"once": 0.2, "by": 0.9 if records.year == one.number else 0.1}[one.form]
    if records.chance.random() < likely:
        records.add(one.kind, records.some_day(), **one.says, **_by(one, records.chance))


def _trained(one: Asked, records: Records) -> None:
    for start in range(1, 13, min(12, one.number)):
        if records.chance.random() < 0.85:
            records.add(one.kind, records.some_day(start, min(6, one.number)))


def _answered(one: Asked, records: Records) -> None:
    """A function's answers: yes or no, with or without a name, changed now and then."""
    chance, months = records.chance, LENGTHS[one.each]
    for start in range(1, 13, months):
        on = records.some_day(start, months) + timedelta(days=chance.choice((0, 0, 0, 25)))
        for statement in chance.choice((["ja"], ["ja"], ["ja, men sent"], ["nej", "ja"], ["nej"], ["oklart"], [], [])):
            said: dict[str, Value] = {"clause": chance.choice((one.name, f"{records.agreement}.{one.name}"))}
            said |= {"period": label(records.year, start, one.each)} if chance.random() < 0.5 else {}
            by = chance.choice(("stadsdelsdirektör",) * 7 + ("samordnare", "", ""))
            said |= {"statement": statement, **({"by": by} if by else {})}
            recorder = chance.choice(("stadsdelsdirektör", "samordnare"))
            records.add_told(one.kind, on, on + timedelta(days=chance.choice((0, 0, 5))), said, recorder=recorder)
            on += timedelta(days=chance.randint(5, 60))


MAKERS: Mapping[str, Callable[[Asked, Records], None]] = {
    "annual": _annual,
    "after": _picture,
    "step": _nothing,
    "before": _consulted,
    "years": _every_few_years,
    "once": _rarely,
    "by": _rarely,
    "rolling": _trained,
    "attest": _answered,
}
"""What makes the records of a form; of any other they are counted by period."""
