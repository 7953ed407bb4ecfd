"""`avtalsvakt service install`: the unit that systemd starts the service with, shown or written."""

import sys
from pathlib import Path

import click

from avtalsvakt.terminal.failures import BAD_INPUT
from avtalsvakt_rules.problems import Problem, Rejected


@click.group(short_help="Tjänsten i systemd.", subcommand_metavar="KOMMANDO …", options_metavar="[FLAGGOR]")
def service() -> None:
    """Tjänsten som gör nätterna, på en dator med systemd."""


@service.command(short_help="Visar eller skriver tjänstens filer.", options_metavar="[FLAGGOR]")
@click.option("--system", "where", flag_value="system", help="För hela datorn, med ett eget konto; kräver root.")
@click.option("--user", "where", flag_value="user", help="För det inloggade kontot.")
@click.option("--write", is_flag=True, help="Skriv filerna; annars visas de bara.")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), metavar="MAPP",
              help="Skriv under den här mappen i stället för under roten, till exempel för ett paket.")  # fmt: skip
def install(where: str | None, write: bool, root: Path | None) -> int:
    """Visar tjänstens filer och vad som körs sedan. Med --write skrivs de; inställningar som finns lämnas orörda."""
    from avtalsvakt.installing.unit import Installation

    if where is None:
        click.echo("Ange --system eller --user; 'avtalsvakt service install --help' säger mer.", err=True)
        return BAD_INPUT
    one = Installation(Path(sys.prefix) / "bin" / "avtalsvakt", where == "system")
    for path, text in one.files().items():
        target = root / path.relative_to("/") if root else path
        if not write:
            click.echo(f"# {target}\n{text}")
        elif path == one.settings and target.exists():
            click.echo(f"Finns redan, orörd: {target}")
        else:
            _write(target, text, private=path == one.settings)
            click.echo(f"Skrev {target}")
    click.echo("Kör sedan:" if write else "Inget är skrivet. Med --write skrivs filerna; kör sedan:")
    for step in one.steps():
        click.echo(f"  {step}")
    return 0


def _write(path: Path, text: str, *, private: bool) -> None:
    """Write a file. Raises Rejected."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600 if private else 0o644)
    except OSError as error:
        why = f"operativsystemet svarar: {error.strerror or error}"
        remedy = "kör som root för --system, eller ange --user"
        raise Rejected([Problem("tjänstens fil kan inte skrivas", str(path), why, remedy)]) from error
