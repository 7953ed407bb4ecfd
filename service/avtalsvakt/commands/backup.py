"""`avtalsvakt backup`: a whole and checked copy of the register, while it is in use."""

from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import EXISTING, with_settings


@click.command(short_help="Säkerhetskopiera registret, även medan det används.")
@click.argument("file", type=EXISTING, metavar="FIL")
@with_settings
def backup(settings: Settings, *, file: Path) -> None:
    """Skriv en säkerhetskopia till FIL, som inte får finnas. Kopian kontrolleras innan den får sitt namn."""
    from avtalsvakt.words.summary import counted
    from avtalsvakt_engine.storage.backups import backup as copy

    with settings.register(read_only=True) as register:
        done = copy(register, file)
    facts, runs = counted(done.facts, "registrering", "registreringar"), counted(done.runs, "körning", "körningar")
    click.echo(f"{done.path}: {facts}, {runs}, {done.size // 1024} kB, kontrollerad.")
    click.echo(f"Kedjans slut: {done.head}")
