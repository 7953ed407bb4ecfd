"""`avtalsvakt restore`: a backup becomes the register again; what was there is kept beside it."""

import sys
from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import EXISTING, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.command(short_help="Återställ registret från en säkerhetskopia.")
@click.argument("file", type=EXISTING, metavar="FIL")
@click.option("--yes", is_flag=True, help="Fråga inte om registret som finns ska ersättas.")
@with_settings
def restore(settings: Settings, *, file: Path, yes: bool) -> None:
    """Ersätt registret med säkerhetskopian FIL, som först kontrolleras helt.

    Det register som fanns sparas bredvid, med tidpunkten i namnet. Den som har registret öppet fortsätter med det
    återställda.
    """
    from avtalsvakt.words.summary import counted
    from avtalsvakt_engine.storage.database.restoring import restore as put_back

    if not yes:
        _ask(file, settings.db)
    done = put_back(file, settings.db, settings.now)
    copy = done.copy
    facts, runs = counted(copy.facts, "registrering", "registreringar"), counted(copy.runs, "körning", "körningar")
    click.echo(f"{settings.db} är återställt: {facts}, {runs}.")
    click.echo(f"Kedjans slut: {copy.head}")
    if done.erased_again:
        said = counted(done.erased_again, "text", "texter")
        click.echo(f"Gallrat igen, eftersom det gallrats efter att kopian togs: {said}.")
    if done.kept:
        damaged = " (det gick inte att läsa)" if done.damaged else ""
        click.echo(f"Det register som fanns ligger kvar i {done.kept}{damaged}.")


def _ask(file: Path, target: Path) -> None:
    """Tell what would be lost and let a person decide. Raises Rejected where nobody can be asked."""
    from avtalsvakt_engine.storage.database.restoring import lost_by

    if not target.exists():
        return
    try:
        lost = f"{lost_by(file, target)} av registreringarna i {target} finns inte i {file}"
    except Rejected:
        lost = f"{target} eller {file} kan inte läsas helt"
    if not sys.stdin.isatty():
        raise Rejected([Problem("registret ersätts inte utan ett ja", str(target), lost, "lägg till --yes")])
    click.confirm(f"{lost}. Ersätta registret?", abort=True)
