"""`avtalsvakt run`: the night's work, once."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import HEADS, Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, problems_of, tell
from avtalsvakt.terminal.options import as_of_option, judging_options, known_at_option, with_settings
from avtalsvakt_rules.problems import Rejected

if TYPE_CHECKING:
    from avtalsvakt.nightly.night import Night

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(short_help="Bedöm allt och spara, en gång.")
@as_of_option
@known_at_option
@click.option("--publish", type=FOLDER, metavar="MAPP", help="Skriv en kalenderfil per avtal i mappen.")
@click.option("--store-anyway", is_flag=True, help="Spara även en körning för en annan dag än den som står på tur.")
@click.option(
    "--withdraw", metavar="AVTAL", multiple=True, help="Avsluta bevakningen av ett avtal vars regler är borttagna."
)
@click.option(
    "--heads", type=click.Path(path_type=Path, dir_okay=False), metavar="FIL",
    help=f"Fil på annan plats där körningens undertecknade huvud läggs till (annars {HEADS}).",
)  # fmt: skip
@click.option("--full", is_flag=True, help="Bedöm allt på nytt, och kontrollera att det blir som förut.")
@with_settings
@judging_options
def run(  # noqa: PLR0913 - one for each option
    settings: Settings, *, as_of: date | None, known_at: date | None, publish: Path | None, full: bool,
    store_anyway: bool, withdraw: tuple[str, ...], heads: Path | None,
) -> int:  # fmt: skip
    """Bedöm det som kan ha ändrats sedan förra körningen, spara det och visa en sammanfattning.

    Mappar som anges med --rules kommer registret ihåg. En körning för en tidigare dag än den senaste, eller för en dag
    som inte har kommit, visas men sparas inte. Returkod 0 när allt är bedömt och gjort, 1 när något inte blev det.
    """
    from avtalsvakt.nightly import night_page
    from avtalsvakt.nightly.journalling import journalled
    from avtalsvakt.nightly.night import is_a_look, work
    from avtalsvakt.terminal import screen
    from avtalsvakt.words.clause_titles import clause_titles

    def do() -> "Night":
        return work(
            settings, as_of=as_of, known_at=known_at, publish=publish, full=full, store_anyway=store_anyway,
            withdraw=withdraw, heads=heads,
        )  # fmt: skip

    look = is_a_look(settings, as_of, known_at, store_anyway=store_anyway)
    night = do() if look else journalled(settings, "run", as_of, do)
    night_page.show(screen.console(), night, clause_titles(settings.rule_places()))
    return _told(night, asked=bool(as_of or known_at))


def _told(night: "Night", *, asked: bool) -> int:
    """Tell what was not done on stderr; the exit code. Another day that was asked for need not be stored."""
    tell(night.rule_problems, heading="Reglerna kan inte läsas")
    if night.not_stored:
        tell([night.not_stored], heading="Obs")
        return ALL_JUDGED if night.complete and asked else NOT_EVALUATED
    tell(night.heads_unkept, heading="Huvudet är inte sparat")
    if night.unpublished is not None:
        click.echo("Bedömningen är sparad. Kalendrarna är inte skrivna:", err=True)
        if not isinstance(night.unpublished, (Rejected, OSError)):
            raise night.unpublished
        tell(problems_of(night.unpublished))
    return ALL_JUDGED if night.complete else NOT_EVALUATED
