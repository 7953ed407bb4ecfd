"""A registration in running text: its day in full, what happened, and not the name that programs have for it."""

from avtalsvakt.pages.day_words import in_full
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_dates import written_day


def fact_told(fact: Fact, names: Names) -> str:
    """`12 mars 2026: möte hållet, lokal styrgrupp`."""
    words = fact_words(fact, names).removesuffix(f" ({fact.id})")
    day = written_day(fact.date, fact.precision)
    return f"{in_full(fact.date) if fact.precision == 'day' else day}: {words.removeprefix(day).strip()}"
