"""The days within which a clause runs: from a day or an event, until a day or an event (`from`, `until`).

Source: docs/regelspraket.md, Nycklarna i when och dagarna.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from avtalsvakt_engine.duties.unfolding_context import UnfoldingContext
from avtalsvakt_engine.evidence.selection import Item
from avtalsvakt_rules.interpreting.sensitive_cases import keys_of
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import Pattern
from avtalsvakt_rules.language.when import When


class Scheme(Struct, frozen=True):
    """First and last day within the term; for one site or case where each has its own; how its duties' keys begin."""

    first: date
    last: date
    per: str | None = None
    prefix: str = ""


def first_day(when: When) -> date | None:
    """The day that `from` names: a year is its first day. None where it names none, or an event."""
    return date(int(when.from_), 1, 1) if isinstance(when.from_, str) else _day(when.from_)


def last_day(when: When) -> date | None:
    """The day that `until` names; None where it names none, or an event."""
    return _day(when.until)


def _day(limit: object) -> date | None:
    return limit if isinstance(limit, date) else None


def schemes(context: UnfoldingContext) -> Iterator[Scheme]:
    """The schemes of a clause; one for each site or case where it is per such, one for each time it begins anew."""
    start, stop, scope = context.when.from_, context.when.until, context.scope
    ends = _certain(context, stop) if isinstance(stop, Pattern) else []
    if not isinstance(start, Pattern):
        first = max(first_day(context.when) or scope.first, scope.first)
        yield Scheme(first, min(_over(context, ends, first, None), scope.last))
        return
    begun: dict[str, date] = {}
    beginnings = _certain(context, start)
    keys = _keys(context.clause, beginnings)
    for item in beginnings:
        if not context.asof.reached(item.day):
            break
        site = item.fact.text(context.clause.per_case) if context.clause.per_case else None
        key = site or ""
        if begun.get(key, date.min) >= item.day:
            continue
        over = begun[key] = _over(context, ends, item.day, site)
        prefix = f"{keys[site]}." if site else ""
        yield Scheme(max(item.day, scope.first), min(over, scope.last), site, prefix)


def _keys(clause: Clause, beginnings: Iterable[Item]) -> Mapping[str, str]:
    """What stands for each case in keys."""
    facts = [item.fact for item in beginnings]
    named = ((case, one.arrival) for one in facts if clause.per_case and (case := one.text(clause.per_case)))
    return keys_of(named, sensitive=clause.sensitive)


def _certain(context: UnfoldingContext, pattern: Pattern) -> list[Item]:
    """What certainly looks like a limit, by day: what is not understood neither begins nor ends anything."""
    return [item for item in context.select((pattern,)).items if item.certain]


def _over(context: UnfoldingContext, ends: list[Item], first: date, site: str | None) -> date:
    """The last day of what began on a day: the first end after it, else the day that the clause or the term names."""
    here = (
        one.day
        for one in ends
        if one.day >= first and (site is None or one.fact.text(context.clause.per_case or "site") == site)
    )
    return next(here, last_day(context.when) or context.scope.last)
