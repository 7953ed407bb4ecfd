"""Unfolds a clause into duties: one function for each form of `when`."""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from avtalsvakt_engine.duties.duty import Duty
from avtalsvakt_engine.duties.event_duties import events
from avtalsvakt_engine.duties.recurring import recurring
from avtalsvakt_engine.duties.single_duties import by_term, every_n_years, rolling, single, standing
from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_rules.texts.slugs import slug


def unfold(context: UnfoldingContext) -> Iterator[Duty]:
    """The duties of a clause, except those that follow another clause's (see follow)."""
    unfolders = {
        "period": recurring,
        "term": by_term,
        "event": events,
        "date": single,
        "once": single,
        "always": standing,
        "years": every_n_years,
        "performance": rolling,
    }
    duties = _told_apart(unfolders[context.when.form](context))
    if context.clause.per == "party":
        for duty in duties:
            for party in context.parties:
                yield replace(duty, per=party, suffix=f"{duty.suffix}.{slug(party)}".strip("."))
    else:
        yield from duties


def _told_apart(duties: Iterator[Duty]) -> Iterator[Duty]:
    """The duties with keys of their own: a scheme that ends and begins again in one period has two of one name."""
    known: Counter[str] = Counter()
    for duty in duties:
        known[duty.suffix] += 1
        yield replace(duty, suffix=f"{duty.suffix}.{known[duty.suffix]}") if known[duty.suffix] > 1 else duty
