"""`avtalsvakt import`: files of facts into the register, whole or not at all."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, BAD_INPUT, tell, warn
from avtalsvakt.terminal.options import EXISTING, by_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.recording.file_import import Plan
    from avtalsvakt_engine.storage.register import Appended

CALENDARS = (".ics", ".ical", ".ifb")


@click.command("import", short_help="Läs in filer med händelser.")
@click.argument("files", nargs=-1, required=True, type=EXISTING, metavar="FIL…")
@click.option("--agreement", metavar="AVTAL", help="Avtalet där filen inte säger något annat.")
@click.option("--as-recorded", is_flag=True,
              help="Behåll filens registreringstider; bara innan den första körningen.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Visa rad för rad vad som skulle hända, och skriv ingenting.")
@click.option("--partial", is_flag=True, help="Läs in de rader som går, och berätta vilka som inte gick.")
@click.option("--confirm", is_flag=True, help="Registrera de möten som föreslås ur en kalenderfil.")
@with_settings
@by_option
def import_files(
    settings: Settings, *, files: tuple[Path, ...], agreement: str | None, as_recorded: bool, dry_run: bool,
    partial: bool, confirm: bool,
) -> int:  # fmt: skip
    """Läs in CSV och Excel (.xlsx), JSON Lines, ett arkiv (.zip) eller en kalender (.ics).

    Allt eller inget: är något fel läses ingenting in, om inte --partial anges. Det som redan finns läses inte in en
    gång till. Ur en kalender föreslås möten, som registreras först när de bekräftas.
    """
    from avtalsvakt.recording.file_import import carry_out, plan

    calendars = [file for file in files if file.suffix.lower() in CALENDARS]
    if calendars:
        return _calendars(settings, files, calendars, agreement, confirm=confirm, dry_run=dry_run)
    with settings.register(read_only=dry_run) as register:
        planned = plan(settings, register, files, agreement)
        if dry_run:
            _preview(planned)
            return BAD_INPUT if planned.problems else ALL_JUDGED
        done = carry_out(planned, settings, register, partial=partial, as_recorded=as_recorded)
    warn(planned.batch.warnings)
    tell(planned.problems, heading="Inte inläst")
    _sum_up(done)
    return BAD_INPUT if planned.problems else ALL_JUDGED


def _sum_up(done: "Appended") -> None:
    there = f", {len(done.already_known)} fanns redan" if done.already_known else ""
    new = f"{len(done.added)} {'ny registrering' if len(done.added) == 1 else 'nya registreringar'}"
    click.echo(f"{new}{there}.")
    for name, count in sorted(Counter(fact.agreement for fact in done.added).items()):
        click.echo(f"  {name}: {count}")


def _preview(planned: "Plan") -> None:
    """Every line: what it would add, that it is there already, or what is wrong with it."""
    from avtalsvakt_engine.explaining.fact_words import fact_words
    from avtalsvakt_engine.explaining.names import names_of

    names, where = names_of(), planned.batch.where
    new = {fact.id for fact in planned.new}
    for fact in sorted((*planned.new, *planned.known), key=lambda one: one.arrival):
        word = "ny" if fact.id in new else "finns"
        click.echo(f"{where.get(fact.id, '')}: {word:<6}{fact.agreement}: {fact_words(fact, names)}")
    warn(planned.batch.warnings)
    tell(planned.problems)
    counted = f"{len(planned.new)} nya, {len(planned.known)} finns redan, {len(planned.problems)} fel"
    click.echo(f"Provläsning: {counted}. Inget har skrivits.")


def _calendars(
    settings: Settings,
    files: tuple[Path, ...],
    calendars: list[Path],
    agreement: str | None,
    *,
    confirm: bool,
    dry_run: bool,
) -> int:
    from avtalsvakt.commands.import_meetings import import_meetings

    if len(calendars) < len(files):
        why = "möten ur en kalender ska bekräftas, och andra filer läses in direkt"
        raise Rejected([Problem("filerna är av olika slag", str(calendars[0]), why, "läs in kalendern för sig")])
    return import_meetings(settings, calendars, agreement, confirm=confirm, dry_run=dry_run)
