"""How a presumed fact came about: what it is presumed from, which days were skipped, the day it gives, by which rule.

In comes the fact that gave rise to a duty, out come lines of Swedish; none where it was recorded by a person.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from avtalsvakt_engine.dates.workdays import is_workday
from avtalsvakt_engine.evidence.matching import texts
from avtalsvakt_engine.evidence.presumptions import presumed_by
from avtalsvakt_engine.explaining.clause_words import day_words
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.explaining.places import place_in
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.readings_in_use import in_country
from avtalsvakt_rules.language.instrument import Instrument
from avtalsvakt_rules.rulebook import Rulebook


def receipt_lines(
    fact: Fact | None, facts: Mapping[str, Fact], instrument: Instrument, rulebook: Rulebook, names: Names
) -> Iterator[str]:
    """The reckoning of a presumed fact. `instrument` is the agreement that it belongs to."""
    name = presumed_by(fact.id) if fact else None
    clause = instrument.clauses.get(name or "")
    if fact is None or clause is None or clause.when is None or clause.when.due is None:
        return
    sources = [facts[text] for value in fact.attributes.values() for text in texts(value) if text in facts]
    for source in sources[:1]:
        due = clause.when.due
        yield f"antas ha skett {fact.date} ({place_in(instrument, clause.at)}), inte registrerat"
        day = day_words(due, names, event=source.date.isoformat())
        yield f"räknat från {source.date} {names.kind(source.kind)} ({source.id}): {day}"
        vardag = in_country(instrument, rulebook.reading(instrument, "VARDAG", clause))
        if due.unit == "working day" and (skipped := _skipped(source.date, fact.date, vardag)):
            yield f"inte räknade, för att de inte är vardagar: {', '.join(map(str, skipped))}"


def presumed_lines(
    ids: Iterable[str], facts: Mapping[str, Fact], instrument: Instrument, rulebook: Rulebook, names: Names
) -> Iterator[str]:
    """The reckoning of each of several facts that was presumed, under its id."""
    for one in ids:
        for number, line in enumerate(receipt_lines(facts.get(one), facts, instrument, rulebook, names)):
            yield line if number else f"{one}: {line}"


def _skipped(first: date, last: date, vardag: str) -> list[date]:
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return [day for day in days if not is_workday(day, vardag)]
