"""`avtalsvakt backup`: a whole and checked copy of the register, while it is in use; and a look at earlier copies."""

from collections.abc import Sequence
from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, tell
from avtalsvakt.terminal.options import EXISTING, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.command(short_help="Säkerhetskopiera registret, även medan det används.")
@click.argument("files", type=EXISTING, metavar="FIL", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Ta ingen kopia, utan kontrollera en eller flera som redan finns.")
@with_settings
def backup(settings: Settings, *, files: tuple[Path, ...], check: bool) -> int:
    """Skriv en säkerhetskopia till FIL, som inte får finnas. Kopian kontrolleras innan den får sitt namn.

    Rester av kopior som avbröts tas bort ur mappen, och det sägs vilka. Med --check kontrolleras kopior som redan
    finns; returkoden är 1 om någon av dem inte är hel.
    """
    if check:
        return _check(files)
    if len(files) > 1:
        why = "en kopia skrivs till en fil"
        raise Rejected([Problem(f"{len(files)} filer är angivna", "FIL", why, "ange en, eller lägg till --check")])
    _write(settings, files[0])
    return ALL_JUDGED


def _write(settings: Settings, file: Path) -> None:
    from avtalsvakt_engine.storage.database.backups import backup as copy
    from avtalsvakt_engine.storage.integrity.atomic_files import clear_unfinished

    left = clear_unfinished(file.parent) if file.parent.is_dir() else []
    with settings.register(read_only=True) as register:
        done = copy(register, file)
    click.echo(f"{done.path}: {_counted(done.facts, done.runs)}, {done.size // 1024} kB, kontrollerad.")
    click.echo(f"Kedjans slut: {done.head}")
    for one in left:
        click.echo(f"Borttagen: {one}, resten av en kopia som avbröts.")


def _check(files: Sequence[Path]) -> int:
    """Hold each copy against itself and tell; the exit code."""
    from avtalsvakt_engine.storage.database.backups import check_backup

    code = ALL_JUDGED
    for file in files:
        try:
            if not file.is_file():
                why = "det finns ingen fil där"
                raise Rejected([Problem("säkerhetskopian finns inte", str(file), why, "ange rätt fil")])
            found = check_backup(file, str(file))
        except Rejected as rejected:
            tell(rejected.problems, heading="Stämmer inte")
            code = NOT_EVALUATED
        else:
            click.echo(f"{file}: {_counted(found.facts, found.runs)}, hel. Kedjans slut: {found.head}")
    return code


def _counted(facts: int, runs: int) -> str:
    from avtalsvakt.words.summary import counted

    return f"{counted(facts, 'registrering', 'registreringar')}, {counted(runs, 'körning', 'körningar')}"
