"""`avtalsvakt run`: the night's work, once."""

from datetime import date
from pathlib import Path

import click

from avtalsvakt.failures import ALL_JUDGED, NOT_EVALUATED
from avtalsvakt.options import as_of_option, known_at_option, with_settings
from avtalsvakt.settings import Settings

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(short_help="Bedöm allt och spara, en gång.")
@as_of_option
@known_at_option
@click.option("--publish", type=FOLDER, metavar="MAPP", help="Skriv en kalenderfil per avtal i mappen.")
@click.option("--full", is_flag=True, help="Bedöm allt på nytt, och kontrollera att det blir som förut.")
@with_settings
def run(settings: Settings, *, as_of: date | None, known_at: date | None, publish: Path | None, full: bool) -> int:
    """Bedöm det som kan ha ändrats sedan förra körningen, spara det och visa en sammanfattning.

    Returkod 0 när allt är bedömt, 1 när något inte kunde bedömas.
    """
    from avtalsvakt import night_page, screen
    from avtalsvakt.clause_titles import clause_titles
    from avtalsvakt.night import work

    night = work(settings, as_of=as_of, known_at=known_at, publish=publish, full=full)
    night_page.show(screen.console(), night, clause_titles(settings.rules))
    return ALL_JUDGED if night.complete else NOT_EVALUATED
