"""`avtalsvakt rules new`: a commented file to begin a new agreement with, and a first case beside it."""

from datetime import date
from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import DAY, with_settings

LEVELS = ("agreement", "local", "superior", "bylaws", "statute", "referral")


@click.command("new", short_help="Börja på ett nytt avtal.")
@click.argument("name", metavar="ID")
@click.option("--title", metavar="TEXT", help="Avtalets namn (annars ID).")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    metavar="NIVÅ",
    help="agreement (förval), local (förval med --under), superior, bylaws, statute eller referral.",
)
@click.option("--from", "first", type=DAY, metavar="DATUM", help="Första dagen (annars årets första).")
@click.option("--to", "last", type=DAY, metavar="DATUM", help="Sista dagen; utelämnad: tills vidare.")
@click.option("--under", metavar="AVTAL", help="Det övergripande avtalet.")
@click.option("--municipality", metavar="KOMMUN", help="Kommunen, om avtalet gäller hela den.")
@click.option(
    "--folder", type=click.Path(path_type=Path), metavar="MAPP", help="Var filen läggs (annars mappen regler)."
)
@with_settings
def new(  # noqa: PLR0913 - one for each option
    settings: Settings, *, name: str, title: str | None, level: str | None, first: date | None, last: date | None,
    under: str | None, municipality: str | None, folder: Path | None,
) -> None:  # fmt: skip
    """Skriv en kommenterad regelfil och ett första fall, klara att kontrollera och fylla i."""
    from avtalsvakt.answers.assessing import check_agreements
    from avtalsvakt.authoring.rule_scaffold import Wanted, check_id, write_new
    from avtalsvakt_rules.problems import Problem, Rejected

    check_id(name)
    rulebook = settings.rulebook()
    if name in rulebook.instruments:
        why = "två avtal kan inte ha samma beteckning"
        raise Rejected([Problem(f"avtalet '{name}' finns redan", "ID", why, "välj en annan beteckning")])
    check_agreements(rulebook, [under] if under else [], "--under")
    begins = first or date(settings.today.year, 1, 1)
    if last and last < begins:
        why = f"avtalet börjar {begins}"
        raise Rejected([Problem(f"sista dagen {last} ligger före den första", "--to", why, "rätta någon av dagarna")])
    where = folder or (settings.rules[0] if settings.rules else Path("regler"))
    wanted = Wanted(
        name, title or name, level or ("local" if under else "agreement"), begins, last, under, municipality
    )
    rules, cases = write_new(wanted, where)
    for line in (
        f"Skrivet: {rules}",
        f"         {cases}",
        "Fyll i filen och kör sedan",
        f"  avtalsvakt rules check {where}",
        f"  avtalsvakt --rules {where} rules show {name}",
        f"  avtalsvakt --rules {where} rules cases {where}",
    ):
        click.echo(line)
