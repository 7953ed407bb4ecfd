"""`avtalsvakt changes`: which verdicts a run changed, and by what."""

from datetime import date

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED
from avtalsvakt.terminal.options import DAY, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.command(short_help="Vilka bedömningar en körning ändrade.")
@click.option("--run", "number", type=click.IntRange(1), metavar="NUMMER", help="En tidigare körning än den senaste.")
@click.option("--since", type=DAY, metavar="DATUM", help="I stället allt som blev känt från och med den dagen.")
@click.option("--agreement", metavar="ID", help="Bara detta avtal; tillsammans med --since.")
@format_option
@with_settings
def changes(settings: Settings, *, number: int | None, since: date | None, agreement: str | None, form: str) -> int:
    """Lista de bedömningar som en körning ändrade: läget före och efter.

    Överst står om det var händelser och tid som ändrade dem, eller bara nya regler. Med --since visas varje ändring med
    dagen då den blev sann och dagen då den blev känd.
    """
    if since is not None:
        _refuse(number is not None, "--run")
        return _since(settings, since, agreement, form)
    _refuse(agreement is not None, "--agreement", "gäller bara tillsammans med --since", "ange --since DATUM")
    from avtalsvakt.answers.run_changes import changes_of_run
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.changes_page import object_of, rows, show

    found = changes_of_run(settings, number)
    if form == "json":
        screen.write(as_json.written(as_json.headed("changes", object_of(found))))
    elif form == "csv":
        screen.write(as_csv.rows(rows(found)))
    else:
        show(screen.console(), found)
    return ALL_JUDGED


def _since(settings: Settings, since: date, agreement: str | None, form: str) -> int:
    """Every change that became known since a day."""
    from avtalsvakt.answers.changes_since import read_changes
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import history_page, screen

    found = read_changes(settings, since, agreement)
    if form == "json":
        screen.write(as_json.written(as_json.headed("changes-since", history_page.changes_object(found))))
    elif form == "csv":
        screen.write(as_csv.rows(list(map(history_page.fields, found.changes))))
    else:
        screen.print_folded(history_page.changes_lines(found))
    return ALL_JUDGED


def _refuse(wrong: bool, option: str, why: str = "", remedy: str = "ange bara den ena") -> None:
    """Raise Rejected for an option that does not go with the others."""
    if wrong:
        reason = why or "de säger var för sig vilka ändringar som menas"
        raise Rejected([Problem(f"{option} passar inte med det övriga", option, reason, remedy)])
