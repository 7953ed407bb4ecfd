"""`avtalsvakt runs`: the journal of nights, also of those that failed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Cell, Column, rows_out
from avtalsvakt.terminal.options import format_option, with_settings

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.night_log import LogEntry

COLUMNS = (
    Column("began", "Började", whole=True),
    Column("as_of", "Per", whole=True),
    Column("cause", "Av", whole=True),
    Column("outcome", "Gick"),
    Column("seconds", "Sek"),
    Column("run", "Nr"),
    Column("facts", "Såg"),
    Column("judged", "Bedömt"),
    Column("changed", "Ändrat"),
    Column("not_evaluated", "Ej bedömt"),
    Column("clock", "Klockan"),
    Column("why", "Varför"),
)


@click.command(short_help="Alla försök att göra natten, också de som misslyckades.")
@click.option("--last", "limit", type=click.IntRange(1, 10_000), default=30, metavar="ANTAL", help="Hur många.")
@format_option
@with_settings
def runs(settings: Settings, *, limit: int, form: str) -> None:
    """Lista försöken, det senaste först: när, för vilken dag, hur länge, vad de såg och ändrade, och varför inte.

    Också försök som inte kunde skrivas i registret är med; de står överst tills de kan föras över.
    """
    from avtalsvakt_engine.storage.night_log import NightLog
    from avtalsvakt_engine.storage.spare_journal import kept
    from avtalsvakt_engine.storage.store_problems import answered

    with settings.register(read_only=True) as register, answered(register.path):
        stored = NightLog(register.connection).latest(limit)
    beside = [one for one in reversed(kept(settings.db)) if one.began not in {other.began for other in stored}]
    rows = [_row(one, form) for one in [*beside, *stored][:limit]]
    places = [place for place in range(len(COLUMNS)) if form != "table" or _used(place, rows)]
    shown = [tuple(row[place] for place in places) for row in rows]
    rows_out("runs", tuple(COLUMNS[place] for place in places), shown, form, nothing="Inget försök är gjort.")


def _row(one: "LogEntry", form: str) -> tuple[Cell, ...]:
    """A value for each of COLUMNS."""
    from avtalsvakt.words.status_words import OUTCOMES

    return (
        one.began[:16].replace("T", " "),
        one.as_of,
        one.cause,
        one.outcome if form != "table" else OUTCOMES[one.outcome],
        None if one.seconds is None else f"{one.seconds:.1f}",
        one.run,
        one.facts,
        one.judged,
        one.changed,
        one.not_evaluated,
        None if one.clock is None else round(one.clock),
        one.why,
    )


def _used(place: int, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether any row says something in a column: an empty one only takes room from the reasons."""
    return any(row[place] not in (None, "", 0) for row in rows)
