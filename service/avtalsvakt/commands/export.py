"""`avtalsvakt export`: an archive that others can read and verify without the program."""

from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import EXISTING, with_settings


@click.command(short_help="Skriv ett arkiv som andra kan läsa och kontrollera.")
@click.argument("file", type=EXISTING, metavar="FIL")
@with_settings
def export(settings: Settings, *, file: Path) -> None:
    """Skriv registreringar, regler, körningar, bedömningar och förklaringar till FIL (ZIP), som inte får finnas.

    Arkivet kan kontrolleras på en annan dator utan programmet; docs/registret.md beskriver hur.
    """
    from avtalsvakt.archiving.archive import content
    from avtalsvakt.archiving.archive_file import write_archive
    from avtalsvakt.words.summary import counted
    from avtalsvakt_engine.inference.deciding import Decider

    with settings.register(read_only=True) as register, Decider() as decider:
        made = content(register, decider, settings.now.isoformat(timespec="seconds"))
    noted = write_archive(made, file, settings.now)
    facts, runs = (int(str(made.about[name])) for name in ("registreringar", "körningar"))
    told = f"{counted(facts, 'registrering', 'registreringar')}, {counted(runs, 'körning', 'körningar')}"
    click.echo(f"{file}: {told}.")
    click.echo(f"Kedjans slut: {made.about['kedjans_slut']}")
    click.echo(f"Manifestets kontrollsumma: {noted}")
