"""`avtalsvakt rules readings`: what can be read in two ways, the choices, and which of them can be made."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import format_option, with_settings


@click.command(short_help="Lista hur texterna kan läsas, och vilka val som går att göra.")
@click.argument("code", metavar="[KOD]", required=False)
@format_option
@with_settings
def readings(settings: Settings, *, code: str | None, form: str) -> None:
    """Lista frågorna om hur texterna ska läsas: val, förval, skäl och vilka klausuler som hänger på svaret.

    Med en kod visas den frågan för sig, med alla klausuler och skälet till att ett val inte går att göra.
    """
    from avtalsvakt.answers.reading_register import questions
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import readings_page, screen
    from avtalsvakt_rules.problems import Rejected, missing

    every = questions(settings.rulebook())
    found = [one for one in every if code is None or one.code == code.upper()]
    if not found:
        raise Rejected([missing("läsningen", str(code), {one.code for one in every}, "KOD")])
    if form == "json":
        screen.write(as_json.written({"readings": [readings_page.as_object(one) for one in found]}))
    elif form == "csv":
        screen.write(as_csv.rows(readings_page.rows(found)))
    else:
        out = screen.console()
        for place, one in enumerate(found):
            if place:
                out.print()
            for line in readings_page.entry(one, whole=code is not None):
                out.print(line)
