"""`avtalsvakt record`: one thing that has happened, or is planned."""

import click

from avtalsvakt.failures import warn
from avtalsvakt.options import by_option, with_settings
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

ANY_OPTION = {"ignore_unknown_options": True, "allow_interspersed_args": True}


@click.command(
    short_help="Registrera en händelse.", context_settings=dict(ANY_OPTION),
    epilog="Exempel: avtalsvakt record meeting_held --agreement ostermalm-2020 --date 2026-03-12 "
    "body=local_steering_group chair=polisen",
)  # fmt: skip
@click.argument("kind", metavar="TYP")
@click.option("--agreement", metavar="AVTAL", help="Avtalet som händelsen hör till.")
@click.option("--date", metavar="DATUM", help="Dagen det skedde: 2026-03-12, eller 2026-03 eller 2026.")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[FÄLT=VÄRDE]…")
@with_settings
@by_option
def record(settings: Settings, *, kind: str, agreement: str | None, date: str | None, values: tuple[str, ...]) -> None:
    """Registrera något som har hänt, eller som är planerat.

    TYP är en faktatyp, till exempel meeting_held. Övriga uppgifter skrivs FÄLT=VÄRDE eller --fält värde; en lista
    skrivs med |.
    """
    from avtalsvakt.recording import record as add
    from avtalsvakt.recording import typed_values
    from avtalsvakt.recording_page import show
    from avtalsvakt_rules.vocabulary import RECORDS

    if kind in RECORDS:
        why = "en rättelse eller återkallelse gäller en annan registrering"
        remedy = "använd 'avtalsvakt correct' eller 'avtalsvakt retract'"
        raise Rejected([Problem(f"{kind} registreras på annat sätt", "TYP", why, remedy)])
    stated = {name: text for name, text in (("agreement", agreement), ("date", date)) if text is not None}
    done = add(settings, {**typed_values(values, settings), **stated, "kind": kind})
    warn(done.warnings)
    show(done)
