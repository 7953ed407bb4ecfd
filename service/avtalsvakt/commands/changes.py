"""`avtalsvakt changes`: which verdicts a run changed, and by what."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED
from avtalsvakt.terminal.options import format_option, with_settings


@click.command(short_help="Vilka bedömningar en körning ändrade.")
@click.option("--run", "number", type=click.IntRange(1), metavar="NUMMER", help="En tidigare körning än den senaste.")
@format_option
@with_settings
def changes(settings: Settings, *, number: int | None, form: str) -> int:
    """Lista de bedömningar som en körning ändrade: läget före och efter.

    Överst står om det var händelser och tid som ändrade dem, eller bara nya regler.
    """
    from avtalsvakt.answers.run_changes import changes_of_run
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.changes_page import object_of, rows, show

    found = changes_of_run(settings, number)
    if form == "json":
        screen.write(as_json.written(object_of(found)))
    elif form == "csv":
        screen.write(as_csv.rows(rows(found)))
    else:
        show(screen.console(), found)
    return ALL_JUDGED
