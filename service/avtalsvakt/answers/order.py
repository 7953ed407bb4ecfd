"""In which order a person should read duties."""

from collections.abc import Iterable
from datetime import date

from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.verdicts import Verdict


def worst_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """By status, the loudest first, then by day."""
    order = {code: place for place, code in enumerate(labels.STATUSES)}
    return sorted(verdicts, key=lambda one: (order.get(one.status, 0), one.due is None, one.due or date.max, one.duty))


def by_day(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """By the last day, those without one last; on the same day what is to be done before what is to be attested."""
    return sorted(verdicts, key=lambda one: (one.due is None, one.due or date.max, one.attest is not None, one.duty))
