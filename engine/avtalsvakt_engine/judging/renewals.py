"""Terms that are renewed by themselves: a right to object that nobody had used when its last day was over.

An agreement is renewed at the end of the last day for notice, for the term after the one it is in. Whether notice was
given is what the verdict on the right says on that day, so form, window and conditions are those of any right. A notice
that came too late for one term is in time for the next. Source: docs/regelspraket.md, Att avsluta avtalet.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.dates.deadlines import Marks, date_of
from avtalsvakt_engine.evidence.fact_index import day_of
from avtalsvakt_engine.readings_in_use import in_country
from avtalsvakt_engine.terms.timeline import Span, Use
from avtalsvakt_engine.terms.timelines import Timelines
from avtalsvakt_rules.language.instrument import AGREED, Instrument

DAY = timedelta(days=1)
Objected = Callable[[date, str, list[Use]], bool]
"""Whether the right was used in a term, by its label, as seen on a day with the renewals until then."""


def renewals(timelines: Timelines, instrument: Instrument, name: str, asof: AsOf, objected: Objected) -> Iterator[Use]:
    """The renewals of an instrument by the clause of that name, each on the last day for notice."""
    effect, granted = instrument.clauses[name].effect, list[Use]()
    day = timelines.apart_from_rights(instrument.instrument, timelines.day).of(instrument.instrument).first
    while effect and (effect.times is None or len(granted) < effect.times):
        last, notice = _settled(timelines, instrument, name, day, granted)
        if not asof.passed(notice):
            return
        could = max(day, _agreed_on(timelines, instrument, last)) <= notice
        if could and not objected(notice, f"term-{last.number}", granted):
            granted.append(Use(name, "", notice, None, extends=True))
            yield granted[-1]
            day = notice + DAY
        elif (agreed := _agreed_after(timelines, instrument, last, max(notice, day), granted)) is not None:
            day = agreed
        else:
            return


def _settled(
    timelines: Timelines, instrument: Instrument, name: str, day: date, granted: list[Use]
) -> tuple[Span, date]:
    """The term that an instrument is in from a day on, and its last day for notice, when that has come."""
    while True:
        seen = min(day, timelines.day)
        last = timelines.apart_from_rights(instrument.instrument, seen, granted).of(instrument.instrument).spans[-1]
        notice = last_notice(timelines, instrument, name, last)
        agreed = timelines.index_of(instrument.instrument).of_kind(AGREED)
        if notice <= day or day >= timelines.day or not agreed:
            return last, notice  # nothing can have been agreed on between the day and the last one for notice
        day = notice


def last_notice(timelines: Timelines, instrument: Instrument, name: str, term: Span) -> date:
    """The last day on which the renewal of a term can be objected to; date.max of one without an end."""
    clause = instrument.clauses[name]
    due = clause.when.due if clause.when else None
    if term.open or due is None:
        return FAR if term.open else term.planned_end
    read = timelines.rulebook.reading
    marks = Marks(term.start, term.planned_end)
    sexman, vardag = read(instrument, "SEXMAN", clause), in_country(instrument, read(instrument, "VARDAG", clause))
    return date_of(due, marks, sexman=sexman, vardag=vardag) or term.planned_end


def _agreed_on(timelines: Timelines, instrument: Instrument, term: Span) -> date:
    """The day on which the parties agreed on a term; date.min of one that the text or a renewal gives."""
    fact = timelines.index_of(instrument.instrument).get(term.fact or "")
    return day_of(fact) if fact is not None and fact.kind == AGREED else date.min


def _agreed_after(
    timelines: Timelines, instrument: Instrument, last: Span, day: date, granted: list[Use]
) -> date | None:
    """The first day after a day on which the parties agreed on a longer term; None where they did not."""
    name = instrument.instrument
    for agreed in sorted({day_of(fact) for fact in timelines.index_of(name).of_kind(AGREED)}):
        if day < agreed <= timelines.day:
            now = timelines.apart_from_rights(name, agreed, granted).of(name).spans[-1]
            if now.number > last.number:
                return agreed
    return None
