"""The life of an invented agreement on record: its extensions and its end, who sits in its body, what was excused."""

from datetime import date, timedelta

from avtalsvakt_engine.facts import Value
from bench.workload_records import LENGTHS, Records, label
from bench.workload_texts import Text


def life_of(text: Text, records: Records) -> None:
    """What is recorded of an agreement's life in a year."""
    _waiver(text, records)
    _roster(text, records)
    _terms(text, records)


def consulted(subject: str, records: Records) -> None:
    """A consultation: of both parties for the most part, and now and then nobody says of whom."""
    said: dict[str, Value] = {"subject": subject}
    if records.chance.random() < 0.95:
        said["parties"] = ("polisen",) if records.chance.random() < 0.1 else ("kommunen", "polisen")
    records.add("consultation_held", records.some_day(1, 5), **said)


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
    records.add("waiver", records.some_day(), **said)


def _roster(text: Text, records: Records) -> None:
    """Who sits in the body: from the first year on, with a last day for some, and successors."""
    for one in text.asked:
        if one.form == "state" and (records.year - text.start.year) % 3 == 0:
            for role in one.parts:
                if records.chance.random() < 0.9:
                    on = date(records.year, 1, 1) + timedelta(days=records.chance.randint(0, 60))
                    to = {"to": str(date(records.year + 3, 1, 15))} if records.chance.random() < 0.7 else {}
                    records.add(one.kind, on, **one.says, role=role, **to)


def _terms(text: Text, records: Records) -> None:
    """Extensions and the consultations before them; of one agreement in ten an early end."""
    chance = records.chance
    power = next((one for one in text.asked if one.form == "right"), None)
    ends = [] if text.end is None else [text.end.year, text.end.year + (power.number if power else 2)]
    if text.end is not None and records.year in ends:
        end = text.end.replace(year=records.year)
        consulted("förlängning", records)
        said: dict[str, Value] = {"signed_by": chance.choice((("kommunen", "polisen"),) * 5 + (("polisen",),))}
        said |= {"form": form} if (form := chance.choice(("skriftligt",) * 5 + ("muntligt", ""))) else {}
        said |= {"new_end": str(date(end.year + 1, 12, 31))} if chance.random() < 0.2 else {}
        records.add("extension_agreed", end - timedelta(days=chance.choice((30, 60, 90, -10))), **said)
    if records.year == 2022 and chance.random() < 0.1:
        last = records.some_day()
        records.add_told("agreement_terminated", last, last - timedelta(days=30), {"ends_on": str(last)})
