"""`avtalsvakt why`: one duty's verdict explained in one screen."""

from datetime import date
from pathlib import Path

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, warn
from avtalsvakt.terminal.options import (
    as_of_option,
    chosen_readings,
    facts_option,
    known_at_option,
    reading_option,
    with_settings,
)


@click.command(short_help="Förklara bedömningen av en skyldighet.")
@click.argument("duty", metavar="SKYLDIGHET")
@as_of_option
@known_at_option
@facts_option
@reading_option
@click.option(
    "--all",
    "--allt",
    "whole",
    is_flag=True,
    help="Visa allt: också förvalda läsningar, avtalets tid och varje regel som avgjorde.",
)
@with_settings
def why(
    settings: Settings,
    *,
    duty: str,
    as_of: date | None,
    known_at: date | None,
    facts: tuple[Path, ...],
    readings: tuple[str, ...],
    whole: bool,
) -> int:
    """Förklara varför en skyldighet bedöms som den gör.

    SKYLDIGHET är beteckningen i listorna, eller en del av den som bara passar på en. Svaret får plats på en skärm;
    med --all visas allt.
    """
    from avtalsvakt.answers.assessing import gather_material
    from avtalsvakt.answers.explaining import explained_with_acts, with_history, withdrawn, without_rules
    from avtalsvakt.terminal.explanation_page import show, with_acts

    chosen = chosen_readings(readings)
    material = gather_material(settings, files=facts, readings=chosen, as_of=as_of, known_at=known_at)
    warn(material.warnings)
    stored = not (facts or chosen or as_of or known_at)
    explanation = withdrawn(settings, duty) if stored else None
    if explanation is None and material.lacking:
        explanation = without_rules(settings, material.lacking, duty)
    if explanation is None:
        explanation, how = explained_with_acts(material, duty)
        explanation = with_acts(explanation, how)
        explanation = with_history(explanation, settings) if stored else explanation
    known = f", med det som var känt {known_at}" if known_at else ""
    show(explanation, f"Bedömt per {material.as_of}{known}.", whole=whole)
    return NOT_EVALUATED if explanation.status == "not_evaluated" else ALL_JUDGED
