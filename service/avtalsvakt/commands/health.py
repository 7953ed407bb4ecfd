"""`avtalsvakt health`: whether the program does its work, for a person and for what watches it."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED
from avtalsvakt.terminal.options import with_settings

MARKS = {"ok": "bra     ", "look": "titta på", "wrong": "FEL     "}


@click.command(short_help="Om allt fungerar: natten, breven, disken, regelmotorn.")
@click.option("--json", "as_object", is_flag=True, help="Som JSON.")
@with_settings
def health(settings: Settings, *, as_object: bool) -> int:
    """Pröva registret, den senaste natten, det senaste försöket, breven, disken och regelmotorn.

    Returkod 0 när allt fungerar, också om det finns något att titta på; 1 när något inte fungerar.
    """
    from avtalsvakt.answers.health import read_health, with_engine
    from avtalsvakt.formats import as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt_engine.inference.engine_status import engine_status

    found = with_engine(read_health(settings), engine_status())
    if as_object:
        checks = [
            {"name": one.name, "level": one.level, "said": one.said, "remedy": one.remedy} for one in found.checks
        ]
        screen.write(as_json.written({"well": found.well, "checks": checks}))
    else:
        for one in found.checks:
            click.echo(f"{MARKS[one.level]}  {one.name}: {one.said}" + (f" → {one.remedy}" if one.remedy else ""))
    return ALL_JUDGED if found.well else NOT_EVALUATED
