"""`avtalsvakt history`: what runs have said of one duty, and when it became known."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED
from avtalsvakt.terminal.options import format_option, with_settings


@click.command(short_help="En skyldighets hela historia.")
@click.argument("duty", metavar="SKYLDIGHET")
@format_option
@with_settings
def history(settings: Settings, *, duty: str, form: str) -> int:
    """Visa hur en skyldighet har bedömts genom tiden: varje läge, dagen då det blev sant och när det blev känt.

    SKYLDIGHET är beteckningen i listorna, eller en del av den som bara passar på en.
    """
    from avtalsvakt.answers.whole_history import read_history
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import history_page, screen

    found = read_history(settings, duty)
    if form == "json":
        screen.write(as_json.written(as_json.headed("history", history_page.history_object(found))))
    elif form == "csv":
        screen.write(as_csv.rows(list(map(history_page.fields, found.changes))))
    else:
        screen.print_folded(history_page.history_lines(found))
    return ALL_JUDGED
