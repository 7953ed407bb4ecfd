"""A registration in running text: its day in full, what happened, and not the name that programs have for it."""

from avtalsvakt.pages.day_words import in_full
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_dates import written_day


def fact_told(fact: Fact, names: Names, *, whole: bool = False) -> str:
    """`12 mars 2026: möte hållet, lokal styrgrupp`; `whole` where its words may be told though it is secret."""
    words = fact_words(fact, names, whole=whole).removesuffix(f" ({fact.id})")
    day = written_day(fact.date, fact.precision)
    return f"{in_full(fact.date) if fact.precision == 'day' else day}: {words.removeprefix(day).strip()}"
