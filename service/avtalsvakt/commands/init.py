"""`avtalsvakt init`: a place for the register."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import with_settings


@click.command(short_help="Skapa registret.")
@with_settings
def init(settings: Settings) -> None:
    """Skapa registret om det inte finns, eller för det till programmets version. Kan köras hur ofta som helst."""
    there = settings.db.exists()
    with settings.register(create=True) as register:
        count = register.count()
    said = f"finns redan ({count} registreringar)" if there else "är skapat"
    click.echo(f"Registret {settings.db} {said}.")
