"""Columns with headings of one's own: what somebody chose on the page that each of them means.

In comes a form, out come the columns as the reading of tables takes them, and the rows of the form to show again.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from avtalsvakt_engine.importing.columns import Columns
from avtalsvakt_engine.importing.headings import plain
from avtalsvakt_rules.vocabulary import load

NOT_READ = "-"
"""What stands for a column that is not to be read."""
MOST = 100


class OwnColumn(Struct, frozen=True):
    """A heading, and the field it was said to mean: NOT_READ, or empty where nobody has said."""

    heading: str
    field: str = ""


def own_columns(given: Mapping[str, str]) -> tuple[OwnColumn, ...]:
    """The choices that a form holds."""
    found = ((given.get(f"kolumn.{one}.rubrik", ""), given.get(f"kolumn.{one}", "")) for one in range(1, MOST + 1))
    return tuple(OwnColumn(heading, field) for heading, field in found if heading)


def as_columns(chosen: Iterable[OwnColumn]) -> Columns:
    """The same for whoever reads the table."""
    said = [one for one in chosen if one.field]
    return Columns(
        {plain(one.heading): one.field for one in said if one.field != NOT_READ},
        frozenset(plain(one.heading) for one in said if one.field == NOT_READ),
    )


def to_choose(chosen: Iterable[OwnColumn], unknown: Iterable[str]) -> tuple[OwnColumn, ...]:
    """What the form asks about: what was chosen, then headings that nothing has been said of, each once."""
    rows = {plain(one.heading): one for one in chosen if one.field}
    for heading in unknown:
        rows.setdefault(plain(heading), OwnColumn(heading))
    return tuple(rows.values())[:MOST]


def fields() -> list[tuple[str, str]]:
    """Every field and what it is called, in the order of the alphabet."""
    return sorted(load().labels.items(), key=lambda pair: pair[1].casefold())
