"""`avtalsvakt access seen`: who has been shown what is secret, and the clearing of what is kept about that."""

from datetime import date

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.terminal.options import DAY, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

WAYS = {"page": "sidorna", "api": "API"}


@click.command(short_help="Vem som har sett uppgifter med sekretess.")
@click.option("--of", "who", metavar="NAMN", help="Bara det som NAMN (inloggningen, eller api-NR) har sett.")
@click.option("--fact", metavar="REGISTRERING", help="Bara vem som har sett den.")
@click.option(
    "--clear-before", "before", type=DAY, metavar="DATUM", help="Ta bort det som antecknats före dagen, för gott."
)
@format_option
@with_settings
def seen(settings: Settings, *, who: str | None, fact: str | None, before: date | None, form: str) -> None:
    """Visar varje gång orden i en registrering med sekretess har visats på sidorna eller lämnats genom API:et.

    Med --of är det ett utdrag åt den som vill veta vad som är antecknat om hen.
    """
    from avtalsvakt.recording.sights import all_sights, clear

    if before is not None:
        if who or fact:
            why = "det som antecknats tas bort för alla, till en dag"
            raise Rejected([Problem("bara en del kan inte tas bort", "--clear-before", why, "ta bort --of och --fact")])
        click.echo(f"Borttaget: {clear(settings, before)}. Det som antecknats före {before} finns inte kvar.")
        return
    rows = [(one.seen, one.who, WAYS[one.way], one.agreement, one.fact) for one in all_sights(settings, who, fact)]
    columns = (
        Column("seen", "När", whole=True),
        Column("who", "Vem"),
        Column("where", "Var"),
        Column("agreement", "Avtal"),
        Column("fact", "Registrering"),
    )
    rows_out("sights", columns, rows, form, nothing="Ingen har sett uppgifter med sekretess, så vitt det är antecknat.")
