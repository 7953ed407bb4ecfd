"""Unfolds a clause into duties: one function for each form of `when`."""

from collections.abc import Iterator
from dataclasses import replace

from avtalsvakt_engine.duties import Duty
from avtalsvakt_engine.occasions import events
from avtalsvakt_engine.recurring import recurring
from avtalsvakt_engine.setting import Setting, slug
from avtalsvakt_engine.single_duties import by_term, every_n_years, rolling, single, standing


def unfold(setting: Setting) -> Iterator[Duty]:
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
    duties = unfolders[setting.when.form](setting)
    if setting.clause.per == "party":
        for duty in duties:
            for party in setting.parties:
                yield replace(duty, per=party, suffix=f"{duty.suffix}.{slug(party)}".strip("."))
    else:
        yield from duties
