"""`avtalsvakt rules kinds`: what can be recorded and asked for, in Swedish and as files spell it."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import format_option, with_settings


@click.command(short_help="Lista faktatyper, attribut, värden och organ.")
@click.argument("word", metavar="[ORD]", required=False)
@format_option
@with_settings
def kinds(settings: Settings, *, word: str | None, form: str) -> None:
    """Lista det som kan registreras och krävas: faktatyper och organ, på svenska och som de skrivs i filer.

    Med ett ord visas det som innehåller ordet, med attribut och brukliga värden. Finns inget visas det som liknar, och
    hur en egen faktatyp skrivs.
    """
    from avtalsvakt.authoring.kind_register import found
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import kinds_page, screen

    hits = found(settings.rulebook(), word)
    if form == "json":
        screen.write(as_json.written(kinds_page.as_object(hits)))
    elif form == "csv":
        screen.write(as_csv.rows(kinds_page.rows(hits)))
    else:
        out = screen.console()
        for line in kinds_page.listing(hits) if word is None else kinds_page.answer(hits, word):
            out.print(line)
