"""Days as they are typed in a field: year-month-day, or as Swedes write them (`17/11 2026`, `17 nov`)."""

from datetime import date

from avtalsvakt.settings import Settings
from avtalsvakt_engine.intake.fact_dates import read_day
from avtalsvakt_engine.intake.said_days import iso_day
from avtalsvakt_rules.problems import Problem, Rejected


def day_typed(text: str, settings: Settings, where: str) -> date:
    """The whole day. Raises Rejected."""
    read = read_day(iso_day(text.strip(), settings.today), now=settings.now, where=where)
    if isinstance(read, Problem):
        raise Rejected([read])
    if read[1] != "day":
        why = "där ska stå en bestämd dag"
        raise Rejected([Problem(f"{text[:40]} är ingen hel dag", where, why, "skriv till exempel 2026-03-04")])
    return read[0]
