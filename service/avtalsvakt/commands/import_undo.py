"""`avtalsvakt import --list` and `--undo`: which imports there have been, and one of them taken back whole."""

import click

from avtalsvakt.recording.import_history import left_of, made_imports, undo
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.calendar_tables import Column, rows_out
from avtalsvakt.words.summary import counted
from avtalsvakt_rules.problems import Problem, Rejected

_COLUMNS = (
    Column("number", "nr", whole=True), Column("made", "inläst", whole=True), Column("recorder", "av"),
    Column("facts", "antal"), Column("standing", "gäller"), Column("sources", "filer", cut=True),
)  # fmt: skip


def list_imports(settings: Settings) -> None:
    """Write the imports, oldest first, with how much of each still stands."""
    with settings.register(read_only=True) as register:
        made = made_imports(register)
        left = left_of(register, made)
    rows = [
        (one.number, one.made[:16].replace("T", " "), one.recorder, one.count, still,
         f"återkallar import {one.undoes}" if one.undoes else ", ".join(one.sources))
        for one, still in zip(made, left, strict=True)
    ]  # fmt: skip
    rows_out("imports", _COLUMNS, rows, "table", nothing="Inga filer har lästs in.")


def undo_import(settings: Settings, number: str, reason: str | None, *, dry_run: bool) -> None:
    """Retract the facts of an import, all with one reason. Raises Rejected."""
    if not (reason or "").strip():
        why = "en återkallelse anger alltid varför"
        raise Rejected([Problem("skälet saknas", "--reason", why, f'skriv --undo {number} --reason "fel kalender"')])
    with settings.register(read_only=dry_run) as register:
        done = undo(settings, register, number, str(reason), dry_run=dry_run)
    what = counted(len(done.retractions), "registrering", "registreringar")
    files = f" ({', '.join(done.of.sources)})" if done.of.sources else ""
    before = f"; {done.gone_before} var redan återkallade" if done.gone_before else ""
    word = "Skulle återkalla" if dry_run else "Återkallade"
    click.echo(f"{word} {what} ur import {done.of.number}{files}{before}.")
    if dry_run:
        click.echo("Provkörning: inget har skrivits.")
    else:
        click.echo("Blev det fel: återkallelsen är själv en import, se 'avtalsvakt import --list'.")
