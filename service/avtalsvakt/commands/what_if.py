"""`avtalsvakt what-if`: what would change if something had happened; nothing is stored."""

from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, warn
from avtalsvakt.terminal.options import EXISTING, format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.command(
    "what-if", short_help="Vad skulle ändras om något hände?",
    epilog='Exempel: avtalsvakt what-if --suppose "möte hållet 2026-12-10 lokal styrgrupp"',
)  # fmt: skip
@click.option(
    "--suppose", "supposed", metavar="TEXT", multiple=True,
    help="Vad som antas ha hänt: vad, dag, organ, FÄLT=VÄRDE; kan upprepas.",
)  # fmt: skip
@click.option("--facts", type=EXISTING, metavar="FIL", multiple=True, help="Fil med händelser, även kommande dagar.")
@click.option("--agreement", metavar="ID", help="Avtalet som antagandena gäller, där de inte säger det själva.")
@format_option
@with_settings
def what_if(
    settings: Settings, *, supposed: tuple[str, ...], facts: tuple[Path, ...], agreement: str | None, form: str
) -> int:
    """Visa vilka bedömningar som skulle ändras om det antagna hade hänt. Inget registreras.

    Bedömningen gäller den sista antagna dagen, med och utan antagandena: det som bara tiden ändrar är inte med.
    """
    from avtalsvakt.answers.assessing import check_agreements, gather_material
    from avtalsvakt.answers.in_force import in_force_by_terms
    from avtalsvakt.answers.supposed_text import supposed_line
    from avtalsvakt.answers.supposing import suppose, supposed_facts
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import foresight_page, screen
    from avtalsvakt.words.own_names import OwnNames
    from avtalsvakt_engine.intake.known_facts import known_facts

    if not supposed and not facts:
        remedy = 'skriv t.ex. --suppose "möte hållet 2026-12-10 lokal styrgrupp", eller --facts FIL'
        raise Rejected([Problem("inget är antaget", "--suppose", "det finns inget att pröva", remedy)])
    material = gather_material(settings)
    warn(material.warnings)
    check_agreements(material.rulebook, [agreement] if agreement else [], lacking=material.lacking)
    vocabulary, living = known_facts(material.rulebook).vocabulary, in_force_by_terms(material.rulebook, material.as_of)
    lines = [supposed_line(text, material.rulebook, vocabulary, living, agreement, settings.today) for text in supposed]
    found = suppose(material, supposed_facts(material, lines, facts, settings.now))
    if form == "json":
        screen.write(as_json.written(as_json.headed("what-if", foresight_page.supposed_object(found))))
    elif form == "csv":
        screen.write(as_csv.rows(foresight_page.supposed_rows(found)))
    else:
        screen.print_folded(foresight_page.supposed_lines(found, OwnNames(material.rulebook)))
    return ALL_JUDGED
