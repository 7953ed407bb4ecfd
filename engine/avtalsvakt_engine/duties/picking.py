"""Which of the events give rise to duties, where a text does not mean each: the first so many, the one that turns.

A state becomes true by the record that shows it, where the record before of the same series did not; the first so many
are those of the agreement's time, of a term or of a period. Source: docs/regelspraket.md, Nycklarna i when och dagarna.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from avtalsvakt_engine.dates.periods import periods
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_engine.evidence.selection import Item, Selection, by_day
from avtalsvakt_engine.facts import Fact
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.language.when import SERIES

OWN_YEAR = ("year", "half_year", "quarter")
"""The periods that are counted from the first day of an instrument's own year."""


def turns(context: UnfoldingContext, selection: Selection) -> Iterator[Item]:
    """Of the records that show a state, those before which it was not so.

    A record that says nothing of what decides changes nothing; one that is not understood may be a turn, and ends none.
    """
    [state] = context.when.events
    shown = {item.fact.id: item for item in selection.items}
    everything = [shown.get(item.fact.id, item) for item in context.select((Pattern(state.kind),)).items]
    is_so: dict[tuple[str | None, ...], bool] = {}
    for item in sorted(everything, key=by_day):
        series = tuple(item.fact.text(name) for name in dict.fromkeys((*SERIES, context.clause.per_case or "site")))
        if _silent(item.fact, state):
            continue
        now = item.fact.id in shown
        if now and not is_so.get(series, False):
            yield item
        if item.certain or not now:
            is_so[series] = now


def _silent(fact: Fact, state: Pattern) -> bool:
    return any(fact.attributes.get(name) is None for name in state.names - set(SERIES))


def first_of(context: UnfoldingContext, days: Iterable[tuple[date, bool]]) -> list[bool]:
    """Whether each of some events, by day, is one of the first; an event that is `certain` takes a place."""
    taken: Counter[str] = Counter()
    out = []
    for day, certain in days:
        place = _place(context, day)
        out.append(context.when.first is None or taken[place] < context.when.first)
        taken[place] += certain
    return out


def _place(context: UnfoldingContext, day: date) -> str:
    """The period (or term) of which an event is one; all are of one where the text names none."""
    kind = context.when.first_in
    if kind is None:
        return ""
    if kind == "term":
        return next((str(span.number) for span in context.scope.spans if span.start <= day <= span.end), "")
    year_starts = context.readings.instrument.year_starts
    own = kind in OWN_YEAR and year_starts != "01-01"
    anchor = date.fromisoformat(f"{context.scope.first.year - 1}-{year_starts}") if own else None
    return next((one.label for one in periods(kind, day, day, anchor=anchor)), "")
