"""Ten years of facts about one invented agreement: about what it asks for, mostly done, sometimes late or not at all."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from avtalsvakt_engine.facts import Fact, Value
from bench.workload_disorder import disordered
from bench.workload_meetings import meetings_of
from bench.workload_pool import Asked
from bench.workload_records import Records
from bench.workload_texts import Text

LAST = date(2025, 12, 15)
YEARS = range(2015, 2027)
LENGTHS = {"month": 1, "quarter": 3, "half_year": 6, "semester": 6, "year": 12}
NAMES = {"polisen": ("polisen", "lokalpolisområdeschef", "kommunpolis"), "stadsdelsförvaltningen":
         ("stadsdelsförvaltningen", "stadsdelsdirektör", "staden")}  # fmt: skip
DATELESS = frozenset({"alternating", "state", "right", "notice", "next", "version", "term"})
"""Forms whose records are made with those of another, or below by their own rules."""


def facts_of(agreement: str, text: Text, seed: int, years: Iterable[int] = YEARS) -> list[Fact]:
    """The facts of some years that were recorded by the last day, in the order they arrived."""
    found = [fact for year in years for fact in _year(agreement, text, year, random.Random(f"{seed}:{agreement}:{year}"))]
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
    _waiver(text, records)
    _roster(text, records)
    _life(text, records)
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
    on = _in_months(records, start, months)
    if one.form == "closing":
        on = date(records.year, chance.choice((9, 10, 11, 12)), chance.randint(1, 28))
        said |= {"for_year": str(records.year + 1)} if one.opens and chance.random() < 0.9 else {}
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


def label(year: int, start: int, each: str) -> str:
    """The name of the period of a year that begins with a month."""
    return {
        "month": f"{year}-{start:02}",
        "quarter": f"{year}-Q{start // 3 + 1}",
        "half_year": f"{year}-H{1 if start == 1 else 2}",
        "semester": f"{year}-{'VT' if start == 1 else 'HT'}",
    }.get(each, str(year))


def _by(one: Asked, chance: random.Random) -> dict[str, Value]:
    """Who did it: the right one, nobody named, another, or somebody that nobody knows."""
    if not one.who:
        return {}
    luck = chance.random()
    others = NAMES["polisen" if one.who != "polisen" else "stadsdelsförvaltningen"]
    name = "" if luck < 0.1 else chance.choice(others) if luck < 0.16 else "en konsult" if luck < 0.19 else ""
    return {"by": name or chance.choice(NAMES[one.who])} if luck >= 0.1 else {}


def _in_months(records: Records, start: int, months: int) -> date:
    return date(records.year, records.chance.randint(start, start + months - 1), records.chance.randint(1, 28))


def _annual(one: Asked, records: Records) -> None:
    """About the day, mostly before; now and then naming the year."""
    chance, day = records.chance, date(records.year, *one.day)
    on = day + timedelta(days=chance.randint(-25, 8) if chance.random() < 0.9 else chance.randint(8, 90))
    named = {"concerns_period": str(records.year)} if chance.random() < 0.2 and one.kind == "evaluation_done" else {}
    records.add(one.kind, on, **one.says, **named, **_by(one, chance))


def _picture(one: Asked, records: Records) -> None:
    """Versions of the picture of the situation, and the steps that each goes through."""
    if one.name != "beslutas":
        _minutes(one)
        return
    chance = records.chance
    for _ in range(chance.choice((1, 2, 2, 3))):
        on, version = _in_months(records, 1, 12), f"{records.year}.{len(records.made)}"
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


def _minutes(_: Asked) -> None:
    """Made with their meetings (workload_meetings)."""


def _consulted(one: Asked, records: Records) -> None:
    chance = records.chance
    parties: tuple[str, ...] = chance.choice((("kommunen", "polisen"),) * 8 + (("polisen",),))
    records.add(one.kind, _in_months(records, 1, 5), **one.says, **({"parties": parties} if chance.random() < 0.95 else {}))


def _every_few_years(one: Asked, records: Records) -> None:
    if records.year % one.number == 2 or records.chance.random() < 0.1:
        records.add(one.kind, _in_months(records, 1, 12), **one.says, **_by(one, records.chance))


def _rarely(one: Asked, records: Records) -> None:
    likely = {"once": 0.2, "by": 0.9 if records.year == one.number else 0.1}[one.form]
    if records.chance.random() < likely:
        records.add(one.kind, _in_months(records, 1, 12), **one.says, **_by(one, records.chance))


def _trained(one: Asked, records: Records) -> None:
    for start in range(1, 13, min(12, one.number)):
        if records.chance.random() < 0.85:
            records.add(one.kind, _in_months(records, start, min(6, one.number)))


def _answered(one: Asked, records: Records) -> None:
    """A function's answers: yes or no, with or without a name, changed now and then."""
    chance, months = records.chance, LENGTHS[one.each]
    for start in range(1, 13, months):
        on = _in_months(records, start, months) + timedelta(days=chance.choice((0, 0, 0, 25)))
        for statement in chance.choice((["ja"], ["ja"], ["ja, men sent"], ["nej", "ja"], ["nej"], ["oklart"], [], [])):
            said: dict[str, Value] = {"clause": chance.choice((one.name, f"{records.agreement}.{one.name}"))}
            said |= {"period": label(records.year, start, one.each)} if chance.random() < 0.5 else {}
            by = chance.choice(("stadsdelsdirektör",) * 7 + ("samordnare", "", ""))
            recorder = chance.choice(("stadsdelsdirektör", "samordnare"))
            records.add(one.kind, on, recorder=recorder, statement=statement, **said, **({"by": by} if by else {}))
            on += timedelta(days=chance.randint(5, 60))


def _waiver(text: Text, records: Records) -> None:
    """Now and then the parties excuse a miss, and not always in the form that counts."""
    chance = records.chance
    counted = [one for one in text.asked if one.each and one.form in ("count", "afterwards")]
    if not counted or chance.random() > 0.5:
        return
    one = chance.choice(counted)
    start = chance.randrange(1, 13, LENGTHS[one.each])
    said: dict[str, Value] = {"obligation": one.name, "period": label(records.year, start, one.each)}
    said |= {"form": form} if (form := chance.choice(("skriftlig", "skriftlig", "muntlig", ""))) else {}
    said |= {"signed_by": chance.choice((("kommunen", "polisen"), ("kommunen", "polisen"), ("polisen",)))}
    records.add("waiver", _in_months(records, 1, 12), **said)


def _roster(text: Text, records: Records) -> None:
    """Who sits in the body: from the first year on, with a last day for some, and successors."""
    for one in text.asked:
        if one.form == "state" and (records.year - text.start.year) % 3 == 0:
            for role in one.parts:
                if records.chance.random() < 0.9:
                    on = date(records.year, 1, 1) + timedelta(days=records.chance.randint(0, 60))
                    to = {"to": str(date(records.year + 3, 1, 15))} if records.chance.random() < 0.7 else {}
                    records.add(one.kind, on, **one.says, role=role, **to)


def _life(text: Text, records: Records) -> None:
    """Extensions and the consultations before them; of one agreement in ten an early end."""
    chance = records.chance
    power = next((one for one in text.asked if one.form == "right"), None)
    ends = [] if text.end is None else [text.end.year, text.end.year + (power.number if power else 2)]
    if text.end is not None and records.year in ends:
        end = text.end.replace(year=records.year)
        _consulted(Asked("", "term", "consultation_held", {"subject": "förlängning"}), records)
        said: dict[str, Value] = {"signed_by": chance.choice((("kommunen", "polisen"),) * 5 + (("polisen",),))}
        said |= {"form": form} if (form := chance.choice(("skriftligt",) * 5 + ("muntligt", ""))) else {}
        said |= {"new_end": str(date(end.year + 1, 12, 31))} if chance.random() < 0.2 else {}
        records.add("extension_agreed", end - timedelta(days=chance.choice((30, 60, 90, -10))), **said)
    if records.year == 2022 and chance.random() < 0.1:
        last = _in_months(records, 1, 12)
        records.add("agreement_terminated", last, recorded=last - timedelta(days=30), ends_on=str(last))


MAKERS: Mapping[str, Callable[[Asked, Records], None]] = {
    "annual": _annual,
    "after": _picture,
    "step": lambda one, _: _minutes(one),
    "before": _consulted,
    "years": _every_few_years,
    "once": _rarely,
    "by": _rarely,
    "rolling": _trained,
    "attest": _answered,
}
"""What makes the records of a form; of any other they are counted by period."""


def years_before(until: date) -> Iterator[int]:
    """The years whose facts may have been recorded by a day: plans lie ahead."""
    yield from (year for year in YEARS if year <= until.year + 1)
