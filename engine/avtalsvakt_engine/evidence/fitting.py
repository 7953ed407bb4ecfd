"""Whether evidence fits one duty: what depends on its occasion (`same`, `next`), beyond what the fact alone tells.

What looks like evidence whatever the duty is found by `selection`.
"""

from avtalsvakt_engine.dates.periods import span
from avtalsvakt_engine.evidence.appointments import whole_day
from avtalsvakt_engine.evidence.fact_index import FactIndex, day_of
from avtalsvakt_engine.evidence.matching import FITS, NO_FIT, SILENT, Fit, Match, texts
from avtalsvakt_engine.evidence.selection import PERIOD_NAMES, Item, Occasion
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_rules.language import patterns as p
from avtalsvakt_rules.language.occasions import held_as, held_kind

APART = ("site", "area", "group")
"""Attributes that, where both an act and an occasion bear them, must be the same for the act to serve the occasion."""


def fits(pattern: p.Pattern, item: Item, occasion: Occasion, index: FactIndex) -> Fit:
    """Whether an item fits the duty: the values that depend on it (`same`, `next`)."""
    answer = FITS
    for name, value in pattern.depending:
        if isinstance(value, p.Same):
            match = _same(name, value, item.fact, occasion, index)
            one = SILENT if match is Match.UNKNOWN else Fit(match)
        else:
            found = item.fact.text(name)
            one = FITS if found is not None and found == occasion.next_label else NO_FIT
        if one.match is Match.NO:
            return one
        answer = min(answer, one)
    return answer


def names_its_period(pattern: p.Pattern) -> bool:
    """Whether a pattern asks that the act names the duty's own period (`year: same`), whatever its date."""
    return any(isinstance(value, p.Same) and name in PERIOD_NAMES for name, value in pattern.values)


def elsewhere(fact: Fact, event: Fact, index: FactIndex) -> bool:
    """Whether an act and an occasion name different days of a meeting, different places, areas or groups."""
    known = index.vocabulary.movable
    movable = known.get(event.kind) or known.get(held_as(event.kind, known) or "")
    named = whole_day(fact.text(movable.notice_day)) if movable and fact.kind == movable.notice else None
    if named is not None and {named, index.moved_to(fact, named)}.isdisjoint((event.date, *event.was)):
        return True
    said, told = fact.attributes, event.attributes
    for name in APART:
        if name in said and name in told:
            ours, theirs = texts(said[name]), texts(told[name])
            if ours and theirs and set(theirs).isdisjoint(ours):
                return True
    return False


def _same(name: str, value: p.Same, fact: Fact, occasion: Occasion, index: FactIndex) -> Match:
    if index.is_reference(fact.kind, name):
        return Match.YES if occasion.targets & set(index.targets(fact, name)) else Match.NO
    found, event = texts(fact.attributes.get(name)), occasion.event
    if name in PERIOD_NAMES and event is None and occasion.label is not None:
        return Match.YES if not found or occasion.label in found else Match.NO
    if event is not None and not _has(event, value.attribute or name, index) and occasion.per not in found:
        return _named(fact.attributes.get(name), event, occasion.targets)
    if occasion.per is not None and value.attribute is None:
        wanted: tuple[str, ...] = (occasion.per,)
    elif event is not None:
        wanted = texts(event.attributes.get(value.attribute or name))
    else:
        return Match.NO
    if name == "annex":
        found = tuple(index.annexes.get(text, text) for text in found)
        wanted = tuple(index.annexes.get(text, text) for text in wanted)
    if not found or not wanted:
        return Match.UNKNOWN
    return Match.YES if set(found) & set(wanted) else Match.NO


def _has(event: Fact, name: str, index: FactIndex) -> bool:
    """Whether the event can say the attribute at all; of an instrument's own kinds nobody knows that it cannot."""
    kind = index.vocabulary.kinds.get(held_kind(event.kind, index.vocabulary.movable))
    return name in event.attributes or kind is None or name in kind.attributes


def _named(value: Value | None, event: Fact, records: frozenset[str]) -> Match:
    """Whether an attribute that the event cannot have names the event itself: one of its records, or a day of its."""
    days, answers = {day_of(event), *event.was}, []
    for text in texts(value):
        rough = span(text) if len(text) < 10 else None
        if text in records or whole_day(text) in days:
            answers.append(Match.YES)
        else:
            around = rough is not None and any(rough[0] <= day <= rough[1] for day in days)
            answers.append(Match.UNKNOWN if around else Match.NO)
    return max(answers, default=Match.UNKNOWN)
