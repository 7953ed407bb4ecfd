"""`avtalsvakt settings`: what the register remembers of where rules are read from, and how it forgets."""

from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, tell
from avtalsvakt.terminal.options import EXISTING, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.command("settings", short_help="Visa vad registret kommer ihåg, och låt det glömma.")
@click.option(
    "--forget-rules", "forgotten", type=EXISTING, metavar="MAPP", multiple=True,
    help="Glöm en mapp med regler; kan anges flera gånger.",
)  # fmt: skip
@with_settings
def settings_(settings: Settings, *, forgotten: tuple[Path, ...]) -> int:
    """Visa registrets fil och de mappar med regler som det kommer ihåg.

    En mapp kommer registret ihåg när en körning görs med --rules. Returkod 1 om något i dem inte kan läsas.
    """
    from avtalsvakt_engine.storage.runs.rule_folders import rule_folders

    with settings.register(read_only=not forgotten) as register:
        if forgotten:
            _forget(settings, forgotten)
        kept = rule_folders(register.connection)
    click.echo(f"Register: {settings.db.absolute()}")
    click.echo("Regler:   de inbyggda")
    for path in kept:
        click.echo(f"          {path}{'' if path.exists() else ' (finns inte)'}")
    problems = settings.rules_in_use().problems
    tell(problems, heading="Reglerna kan inte läsas")
    return NOT_EVALUATED if problems else ALL_JUDGED


def _forget(settings: Settings, forgotten: tuple[Path, ...]) -> None:
    """Let go of folders. Raises Rejected for one that is not remembered."""
    from avtalsvakt_engine.storage.runs.rule_folders import remember_rule_folders, rule_folders

    wanted = {path.absolute() for path in forgotten}
    with settings.register() as register, register.transaction():
        kept = rule_folders(register.connection)
        if strange := sorted(wanted - set(kept)):
            why = "registret kommer inte ihåg den"
            raise Rejected(
                [Problem("mappen kan inte glömmas", str(one), why, "se 'avtalsvakt settings'") for one in strange]
            )
        remember_rule_folders(register.connection, [path for path in kept if path not in wanted])
