"""`avtalsvakt forecast`: what becomes late if nothing more is recorded."""

from datetime import date, timedelta

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, warn
from avtalsvakt.terminal.options import DAY, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

YEAR = 365
MOST = 5 * YEAR


@click.command(short_help="Vad blir försenat om inget mer görs?")
@click.option("--until", type=DAY, metavar="DATUM", help="Sista dagen i prognosen (förval: ett år fram).")
@click.option("--agreement", "agreements", metavar="ID", multiple=True, help="Bara detta avtal; kan upprepas.")
@format_option
@with_settings
def forecast(settings: Settings, *, until: date | None, agreements: tuple[str, ...], form: str) -> int:
    """Lista i tur och ordning det som blir försenat till en viss dag om inget mer registreras, och hur det undviks."""
    from avtalsvakt.answers.assessing import check_agreements, gather_material
    from avtalsvakt.answers.forecasting import forecast as walk
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import foresight_page, screen
    from avtalsvakt.words.clause_titles import clause_titles

    last = until or settings.today + timedelta(days=YEAR)
    if not settings.today <= last <= settings.today + timedelta(days=MOST):
        why = "en prognos börjar i dag och når högst fem år fram"
        raise Rejected([Problem(f"dagen {last} går inte att använda", "--until", why, "ange en dag inom fem år")])
    material = gather_material(settings)
    warn(material.warnings)
    check_agreements(material.rulebook, agreements, lacking=material.lacking)
    found = walk(material, last, agreements or None)
    if form == "json":
        screen.write(as_json.written(as_json.headed("forecast", foresight_page.forecast_object(found))))
        return ALL_JUDGED
    titles = clause_titles(settings.rule_places())
    if form == "csv":
        screen.write(as_csv.rows(foresight_page.forecast_rows(found, titles)))
    else:
        screen.print_folded(foresight_page.forecast_lines(found, titles))
    return ALL_JUDGED
