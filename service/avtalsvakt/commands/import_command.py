"""`avtalsvakt import`: files of facts into the register, whole or not at all."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from avtalsvakt.commands.import_choices import CALENDARS, refuse_mixed
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, BAD_INPUT, tell, warn
from avtalsvakt.terminal.options import EXISTING, by_option, with_settings
from avtalsvakt.words.summary import counted

if TYPE_CHECKING:
    from avtalsvakt.recording.file_import import Plan
    from avtalsvakt_engine.storage.database.register import Appended


@click.command("import", short_help="Läs in filer med händelser.")
@click.argument("files", nargs=-1, type=EXISTING, metavar="FIL…")
@click.option("--agreement", metavar="AVTAL", help="Avtalet där filen inte säger något annat.")
@click.option("--as-recorded", is_flag=True,
              help="Behåll filens registreringstider; bara innan den första körningen.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Visa rad för rad vad som skulle hända, och skriv ingenting.")
@click.option("--partial", is_flag=True, help="Läs in det som går, och berätta vad som inte gick.")
@click.option("--confirm", is_flag=True, help="Registrera alla möten som föreslås ur en kalenderfil.")
@click.option("--only", metavar="BETECKNING", multiple=True,
              help="Registrera bara detta förslag ur en kalenderfil; kan anges flera gånger.")  # fmt: skip
@click.option("--map", "mapped", metavar="RUBRIK=FÄLT", multiple=True,
              help="Läs en kolumn som ett fält, t.ex. Mötesdag=datum; kan anges flera gånger.")  # fmt: skip
@click.option("--ignore", "ignored", metavar="RUBRIK", multiple=True,
              help="Läs inte kolumnen; kan anges flera gånger.")  # fmt: skip
@click.option("--sheet", metavar="BLAD", help="Bladet i Excelfilen som ska läsas.")
@click.option("--list", "listed", is_flag=True, help="Visa vilka filer som har lästs in, med nummer.")
@click.option("--undo", metavar="NUMMER", help="Återkalla allt som kom in med en import.")
@click.option("--reason", metavar="TEXT", help="Varför importen återkallas.")
@with_settings
@by_option
def import_files(
    settings: Settings, *, files: tuple[Path, ...], agreement: str | None, dry_run: bool, listed: bool,
    undo: str | None, reason: str | None, **how: Any,
) -> int:  # fmt: skip
    """Läs in CSV och Excel (.xlsx), JSON Lines, ett arkiv (.zip) eller en kalender (.ics).

    Allt eller inget: är något fel läses ingenting in, om inte --partial anges. Det som redan finns läses inte in en
    gång till. Ur en kalender föreslås möten, som registreras först när de bekräftas; en händelse som inte går att läsa
    kostar bara sig själv. --list visar vad som lästs in och --undo NUMMER --reason TEXT återkallar en hel import.
    """
    refuse_mixed(files, {**how, "reason": reason, "list": listed, "undo": undo})
    if listed or undo is not None:
        from avtalsvakt.commands.import_undo import list_imports, undo_import

        if undo is None:
            list_imports(settings)
        else:
            undo_import(settings, undo, reason, dry_run=dry_run)
        return ALL_JUDGED
    if any(file.suffix.lower() in CALENDARS for file in files):
        from avtalsvakt.commands.import_meetings import import_meetings

        kept = {name: how[name] for name in ("confirm", "only", "partial")}
        return import_meetings(settings, files, agreement, dry_run=dry_run, **kept)
    return _tables(settings, files, agreement, dry_run=dry_run, **how)


def _tables(  # noqa: PLR0913 - one for each option
    settings: Settings, files: tuple[Path, ...], agreement: str | None, *, dry_run: bool, partial: bool,
    as_recorded: bool, mapped: tuple[str, ...], ignored: tuple[str, ...], sheet: str | None, **_: Any,
) -> int:  # fmt: skip
    """Read files of facts, or show what they would add; the exit code. Raises Rejected."""
    from avtalsvakt.recording.file_import import carry_out, plan
    from avtalsvakt_engine.importing.columns import Columns

    columns = Columns.stated(mapped, ignored, sheet)
    with settings.register(read_only=dry_run) as register:
        planned = plan(settings, register, files, agreement, columns)
        if dry_run:
            _preview(planned)
            return BAD_INPUT if planned.problems else ALL_JUDGED
        done = carry_out(planned, settings, register, partial=partial, as_recorded=as_recorded)
    warn(planned.batch.warnings)
    tell(planned.problems, heading="Inte inläst")
    _sum_up(done)
    _account(planned)
    return BAD_INPUT if planned.problems else ALL_JUDGED


def _account(planned: "Plan") -> None:
    """How many files and rows were seen, and what in them was not read."""
    accounts = planned.batch.accounts
    files, rows = counted(len(accounts), "fil", "filer"), counted(sum(one.rows for one in accounts), "rad", "rader")
    click.echo(f"Läst: {files}, {rows}.")
    for one in accounts:
        sheet = f", bladet {one.sheet}" if one.sheet else ""
        if left := "; ".join(one.left()):
            click.echo(f"  {one.name}{sheet}: lästes inte: {left}")


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
    _account(planned)
    found = f"{len(planned.new)} nya, {len(planned.known)} finns redan, {len(planned.problems)} fel"
    click.echo(f"Provläsning: {found}. Inget har skrivits.")
